"""What waits for those who keep the record and for those who chair, in a line each with the way to do it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from actions.wording import day_in_words
from allies.models import Appointment, Body, Post, Seat
from allies.terms import Standing, standing, up_in_words
from meetings.models import Meeting, Purpose
from meetings.models.home import Announced, Meetings, Programme
from meetings.models.outstanding import Outstanding
from meetings.numbers import counted
from risks.models.situation import ForTheTeam


@dataclass(frozen=True, slots=True)
class Need:
    """One line: what waits, why or how it came, and the link that leads to doing it."""

    words: str
    detail: str
    link: str
    url: str


def for_the_team(
    meetings: Meetings,
    programme: Programme | None,
    outstanding: Outstanding,
    *,
    cases: ForTheTeam,
    today: date,
) -> list[Need]:
    """What the core team has before it, what cannot wait first."""
    needs = _cases(cases)
    needs += [_without_notes(meeting) for meeting in meetings.without_notes]
    needs += [_announced(one, meeting) for one, meeting in meetings.announced]
    if programme:
        needs += _before_the_meeting(programme)
    needs += [_left_open(meeting) for meeting in meetings.left_open]
    needs += [_to_answer(meeting) for meeting in meetings.to_answer]
    needs += _unpublished(meetings.unpublished)
    if outstanding.unconfirmed:
        needs.append(_unconfirmed(outstanding.unconfirmed))
    return needs


def for_chairs(
    meetings: Meetings, appointed: list[Appointment], chaired: Collection[int], *, today: date
) -> list[Need]:
    """Of the groups somebody chairs: concerns to look into, empty co-chair seats, terms that are up or soon will be."""
    needs = []
    bodies = {one.body_id: one.body for one in appointed if one.body_id in chaired}
    for body in bodies.values():
        here = [one for one in appointed if one.body_id == body.pk]
        if any(one.concern_waits for one in here):  # type: ignore[attr-defined]
            needs.append(_concern())
        if any(one.case_waits for one in here):  # type: ignore[attr-defined]
            needs.append(_case())
        if any(one.case_unplanned for one in here):  # type: ignore[attr-defined]
            needs.append(_case_of_the_group())
        needs += [_empty_seat(body, seat) for seat in _empty_seats(body, here)]
        needs += _terms(body, here, today)
    needs += [_without_notes(one) for one in meetings.without_notes if one.body_id in chaired]
    needs += _unpublished([one for one in meetings.unpublished if one.body_id in chaired])
    return needs


def asked_of_members(appointed: list[Appointment]) -> list[Need]:
    """What cases ask of somebody by themself: a key in a chair's place, an answer to a proposal."""
    needs = []
    if any(one.key_waits for one in appointed):  # type: ignore[attr-defined]
        needs.append(
            Need(
                "You were named to hold a key in a case.",
                "In a chair’s place, and in this case alone.",
                "See what waits",
                reverse("escalations:list"),
            )
        )
    if any(one.answer_waits for one in appointed):  # type: ignore[attr-defined]
        needs.append(
            Need(
                "You are asked to answer a proposal about a case.",
                "The Allies decide about it by correspondence.",
                "See the proposal",
                reverse("escalations:list"),
            )
        )
    return needs


def late_for_the_allies(appointed: list[Appointment]) -> list[Need]:
    """That the chairs have missed a limit, for the members of the group: they are told, and nothing is decided."""
    if not any(one.case_is_late for one in appointed):  # type: ignore[attr-defined]
        return []
    return [
        Need(
            "The chairs have not decided about a case in time.",
            "The Allies are told so. Nothing is decided by the clock.",
            "See the escalation review",
            reverse("escalations:list"),
        )
    ]


def _cases(waiting: ForTheTeam) -> list[Need]:
    """Cases of which a key waits for a substitute that the reader names, or can be held by nobody; and answers."""
    needs = []
    if waiting.to_name:
        needs.append(
            Need(
                "A key in a case waits for a substitute.",
                "Neither chair can name one, so you do, from the list that the group agreed.",
                "Name a substitute",
                reverse("escalations:substitute", args=waiting.to_name[:1]),
            )
        )
    if waiting.stuck:
        needs.append(
            Need(
                "Nobody can hold a key in a case.",
                "So it is for the Allies to decide.",
                "Take it to them",
                f"{reverse('escalations:case', args=waiting.stuck[:1])}#keys",
            )
        )
    if waiting.to_close:
        needs.append(
            Need(
                "The time to answer a proposal about a case is over.",
                "Nobody is asked any more. The case waits until you close it.",
                "Write down what it has come to",
                f"{reverse('escalations:case', args=waiting.to_close[:1])}#proposal",
            )
        )
    return needs


def _case() -> Need:
    return Need(
        "A case waits for the chairs.",
        "Both seats decide, each without seeing the other’s decision first.",
        "See what waits",
        reverse("escalations:list"),
    )


def _case_of_the_group() -> Need:
    return Need(
        "A case waits for the Allies, and no meeting is planned.",
        "They decide at a meeting, or by correspondence on a written proposal.",
        "See what waits for them",
        reverse("escalations:list"),
    )


def _concern() -> Need:
    """Not how many, nor about what: the page says that, to whoever is alone with it."""
    return Need(
        "A concern waits for the chairs.",
        "If you have an interest in it, stand aside before you open it.",
        "See concerns",
        reverse("concerns:list"),
    )


def _without_notes(meeting: Meeting) -> Need:
    return Need(
        f"The meeting of {day_in_words(meeting.date)} has no notes yet.",
        f"{meeting.body}. It was planned, and its day has passed.",
        "Begin its notes",
        meeting.get_absolute_url(),
    )


def _announced(announced: Announced, meeting: Meeting) -> Need:
    return Need(
        f"The next meeting is announced and not planned: “{announced.as_written}”",
        f"In the notes of {day_in_words(meeting.date)}, {meeting.body}.",
        "Plan it",
        f"{reverse('meetings:plan')}?announced={announced.pk}",
    )


def _before_the_meeting(programme: Programme) -> list[Need]:
    meeting, needs = programme.meeting, []
    unanswered = sum(1 for one in programme.attendance if one.person_id and not one.answer)
    invitations = reverse("meetings:invitations", args=[meeting.pk])
    if meeting.invited_at is None:
        needs.append(
            Need("Nobody has been invited to the next meeting yet.", "", "Invite people", invitations)
        )
    elif unanswered:
        words = counted(unanswered, "person has not answered", "people have not answered")
        needs.append(Need(f"{words} for the next meeting.", "", "See who, or ask again", invitations))
    if not programme.items:
        needs.append(
            Need(
                "The next meeting has no agenda yet.",
                "",
                "Write the agenda",
                reverse("meetings:agenda", args=[meeting.pk]),
            )
        )
    bare = [
        item.title
        for item in programme.items
        # Notes that wait for approval are what is decided about, and stand in the record.
        if item.purpose == Purpose.DECISION
        and item.approves_id is None
        and not any(paper.item_id == item.pk for paper in programme.papers)
    ]
    if bare:
        words = counted(len(bare), "item for a decision has no paper.", "items for a decision have no paper.")
        needs.append(
            Need(words, "; ".join(bare), "Add a paper", reverse("meetings:add_paper", args=[meeting.pk]))
        )
    return needs


def _left_open(meeting: Any) -> Need:
    """`meeting` carries `unsettled`, how many remarks, and `open_names`."""
    remarks, names = meeting.unsettled, len(meeting.open_names)
    parts = [counted(remarks, "remark", "remarks")] if remarks else []
    parts += [counted(names, "name", "names")] if names else []
    verb = "waits for an answer" if remarks + names == 1 else "wait for an answer"
    return Need(
        f"{' and '.join(parts)} in the notes of {day_in_words(meeting.date)} {verb}.",
        "Which action a remark speaks of, and whom a name means.",
        "Settle them",
        reverse("meetings:settle", args=[meeting.pk]),
    )


def _to_answer(meeting: Any) -> Need:
    words = counted(meeting.unanswered, "suggested correction waits", "suggested corrections wait")
    return Need(
        f"{words} for an answer.",
        f"To the notes of {day_in_words(meeting.date)}, {meeting.body}.",
        "Answer",
        reverse("meetings:circulation", args=[meeting.pk]),
    )


def _unpublished(meetings: list[Meeting]) -> list[Need]:
    """One line, however many: the last of them, and how many more."""
    if not meetings:
        return []
    last, *more = meetings
    also = counted(len(more), "earlier set of notes waits", "earlier sets of notes wait") if more else ""
    return [
        Need(
            f"The notes of {day_in_words(last.date)} wait to be published.",
            f"{last.body}." + (f" {also}, too." if also else ""),
            "Get them ready",
            reverse("meetings:publish", args=[last.pk]),
        )
    ]


def _unconfirmed(number: int) -> Need:
    words = counted(number, "action from old notes waits", "actions from old notes wait")
    return Need(
        f"{words} for somebody to say that they still stand.",
        "You can confirm them or let them go together, with one reason.",
        "Look at them",
        f"{reverse('actions:list')}?unconfirmed=on",
    )


def _empty_seats(body: Body, here: list[Appointment]) -> list[Seat]:
    if not body.co_chaired:
        return []
    held = {one.seat for one in here if one.post == Post.CO_CHAIR}
    return [seat for seat in Seat if seat not in held]


def _empty_seat(body: Body, seat: Seat) -> Need:
    return Need(
        f"The co-chair’s seat for {seat.label.lower()} is empty.",
        str(body),
        "Who sits where",
        body.get_absolute_url(),
    )


def _terms(body: Body, here: list[Appointment], today: date) -> list[Need]:
    """One line for a group, however many terms: the group's page has the names with their dates."""
    coming = [
        one
        for one in here
        if standing(one.term, body.term_years, today) in {Standing.COMING_UP, Standing.OVER}
    ]
    if not coming:
        return []
    if len(coming) == 1:
        [one] = coming
        words = f"{one.person} comes to the end of a term: {up_in_words(one.term, body.term_years)}."
    else:
        words = f"{len(coming)} people’s terms end within six months, or have ended."
    return [Need(words, str(body), "Who, and when", body.get_absolute_url())]
