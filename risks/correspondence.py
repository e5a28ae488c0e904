"""Deciding by correspondence, on one written proposal, in one week (DESIGN §5, after Software Carpentry's practice).

Counted are the appointed members and chairs without a conflict on the day it opened; the core team is not.
"""

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction

# At once when more than three quarters approve; at the end when more than half have answered.
AT_ONCE_ABOVE = Fraction(3, 4)
ENOUGH_ABOVE = Fraction(1, 2)


class Answer(StrEnum):
    """What somebody says to the proposal."""

    APPROVE = "approve"
    AGAINST = "against"
    MORE_TIME = "more_time"


class Result(StrEnum):
    """What has become of the proposal."""

    OPEN = "open"
    APPROVED = "approved"
    TO_THE_MEETING = "to_the_meeting"
    OTHERS_DECIDE = "others_decide"


def last_day(opened_on: date, days: int) -> date:
    """Give the last day (inclusive) on which an answer is in time."""
    return opened_on + timedelta(days=days)


def is_over(opened_on: date, days: int, today: date) -> bool:
    """Whether nobody is asked any more on `today`: the last day is past, whatever the answers."""
    return today > last_day(opened_on, days)


def result(
    answers: Mapping[int, Answer], *, counted: Collection[int], opened_on: date, days: int, today: date
) -> Result:
    """Say what the answers, by person, come to on `today`. Answers of those who are not counted do not count.

    Approved at once when more than three quarters of those counted approve and nobody asks for time; approved after
    the last day when every answer approves and more than half have answered; else the meeting decides.
    """
    heard = {person: answer for person, answer in answers.items() if person in counted}
    approve = sum(answer is Answer.APPROVE for answer in heard.values())
    nobody_waits = Answer.MORE_TIME not in heard.values()
    if nobody_waits and counted and Fraction(approve, len(counted)) > AT_ONCE_ABOVE:
        return Result.APPROVED
    if not is_over(opened_on, days, today):
        return Result.OPEN
    if approve == len(heard) and counted and Fraction(len(heard), len(counted)) > ENOUGH_ABOVE:
        return Result.APPROVED
    return Result.TO_THE_MEETING
