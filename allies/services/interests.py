"""Writing the register of interests. Nothing in it is deleted: it ends, or it is withdrawn as a mistake."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from allies import clock
from allies.interests import InterestKind, Nature
from allies.models import Actor, Interest, InterestsReturn, Organisation, Person, Project
from allies.partial_dates import PartialDate
from allies.policies import check_can_declare_for, is_self
from allies.powers import Permission, Refused
from allies.services.keeping import change, keep, person_of


class CannotKeepInterest(ValueError):
    """Why an entry cannot stand so; its words say what to do. `field` names what is to be mended, or is empty."""

    def __init__(self, words: str, field: str = "") -> None:
        super().__init__(words)
        self.field = field


@dataclass(frozen=True, slots=True)
class Entry:
    """What an entry says. `about` is a project or a partner in the record; else `with_whom` may name somebody.

    `words` None leaves what is written: for whoever may not read it. Days are inclusive.
    """

    kind: InterestKind
    nature: Nature
    words: str | None
    about: Project | Organisation | None = None
    with_whom: str = ""
    private: bool = False
    begun: PartialDate | None = None
    until: PartialDate | None = None


@transaction.atomic
def declare_interest(
    *, by: Actor, person: Person, entry: Entry, declared_on: date | None = None, is_all: bool = False
) -> Interest:
    """Enter a standing interest of somebody, declared on a day (without it, today).

    `is_all` writes down that they answered on that day, too: that is all they have to declare.
    Raises Refused unless it is one's own or `by` may write for anyone; CannotKeepInterest without words, for a
    day to come, or where it ends before it begins. Another entry about the same may stand: pages point it out.
    """
    check_can_declare_for(by, person)
    day = declared_on or clock.today()
    if day > clock.today():
        raise CannotKeepInterest("Give today, or the earlier day on which they declared it", "declared_on")
    _check_that_it_can_stand(entry, words_there=False)
    interest = Interest(person=person, declared_on=day, recorded_by=person_of(by), **_values(entry))
    keep(interest, by=by)
    if is_all:
        standing = Interest.objects.standing_on(day).filter(person=person).exists()
        _give_answer(by=by, person=person, nil=not standing, on=day)
    return interest


@transaction.atomic
def change_interest(*, by: Actor, interest: Interest, entry: Entry) -> None:
    """Set an entry right. What it said before stays in its history.

    Only its owner opens private words to the group, or writes others in their place. Raises Refused;
    CannotKeepInterest as in `declare_interest`, and for an entry that was withdrawn.
    """
    check_can_declare_for(by, interest.person)
    kept = _locked(interest)
    if kept.private and not is_self(by, interest.person) and (entry.words is not None or not entry.private):
        raise Refused(
            Permission.READ_PRIVATE_INTERESTS, "Only they themselves can change words that are private."
        )
    _check_that_it_can_stand(entry, words_there=True)
    change(kept, by=by, **_values(entry))


@transaction.atomic
def set_words_private(*, by: Actor, interest: Interest, private: bool) -> None:
    """Keep an entry's words private, or open them, and change nothing else. Only its owner opens them.

    Raises Refused; CannotKeepInterest for an entry that was withdrawn.
    """
    check_can_declare_for(by, interest.person)
    if not private and not is_self(by, interest.person):
        raise Refused(
            Permission.READ_PRIVATE_INTERESTS, "Only they themselves can open words that are private."
        )
    change(_locked(interest), by=by, private=private)


@transaction.atomic
def end_interest(*, by: Actor, interest: Interest, until: PartialDate) -> None:
    """Say when an interest ends: `until` is its last day, month or year. It stays readable.

    Raises Refused; CannotKeepInterest where it would end before it began, or was withdrawn.
    """
    check_can_declare_for(by, interest.person)
    kept = _locked(interest)
    begun: Any = kept.begun  # a PartialDate, whatever the field's own type says
    _check_days(begun, until)
    change(kept, by=by, until=until)


@transaction.atomic
def withdraw_interest(*, by: Actor, interest: Interest, reason: str) -> None:
    """Strike an entry that was made by mistake. It stays, struck, with the reason.

    Raises Refused; CannotKeepInterest without a reason, or where it was withdrawn before.
    """
    check_can_declare_for(by, interest.person)
    kept = _locked(interest)
    if not reason.strip():
        raise CannotKeepInterest("Say why: the reason goes in the record", "reason")
    change(kept, by=by, withdrawn=reason.strip())


@transaction.atomic
def answer_about_interests(
    *, by: Actor, person: Person, nil: bool, on: date | None = None
) -> InterestsReturn:
    """Write down what somebody answers when asked: nothing to declare (`nil`), or that all is in the register.

    The day is `on`, without it today. Saying the same twice on a day is saying it once. Raises Refused;
    CannotKeepInterest where the register says otherwise, so that nobody says "nothing" over an entry unseen.
    """
    check_can_declare_for(by, person)
    day = on or clock.today()
    if day > clock.today():
        raise CannotKeepInterest("Give today, or the earlier day on which they answered", "on")
    Person.objects.select_for_update().get(pk=person.pk)
    standing = Interest.objects.standing_on(day).filter(person=person).exists()
    if nil and standing:
        raise CannotKeepInterest(
            "The register has an entry, so the answer cannot be “nothing”. End the entry first, or say that"
            " the entries are all."
        )
    if not nil and not standing:
        raise CannotKeepInterest(
            "The register has no entry to say this of. Add one, or answer “nothing to declare”."
        )
    return _give_answer(by=by, person=person, nil=nil, on=day)


@transaction.atomic
def withdraw_answer(*, by: Actor, answer: InterestsReturn, reason: str) -> None:
    """Strike an answer that was given by mistake; it stays, with the reason, and no longer counts as one.

    Raises Refused; CannotKeepInterest without a reason, or where it was withdrawn before.
    """
    check_can_declare_for(by, answer.person)
    kept = InterestsReturn.objects.select_for_update().get(pk=answer.pk)
    if kept.withdrawn:
        raise CannotKeepInterest("This answer was withdrawn before.")
    if not reason.strip():
        raise CannotKeepInterest("Say why: the reason goes in the record", "reason")
    change(kept, by=by, withdrawn=reason.strip())


def _give_answer(*, by: Actor, person: Person, nil: bool, on: date) -> InterestsReturn:
    given = InterestsReturn.objects.standing().filter(person=person, on=on, nil=nil).first()
    if given is None:
        given = InterestsReturn(person=person, on=on, nil=nil, recorded_by=person_of(by))
        keep(given, by=by)
    return given


def _locked(interest: Interest) -> Interest:
    """The row in full, as it is now: what a page read may be an outline, or old."""
    kept = Interest.objects.select_for_update().get(pk=interest.pk)
    if kept.withdrawn:
        raise CannotKeepInterest("This entry was withdrawn as a mistake. Add a new one instead.")
    return kept


def _values(entry: Entry) -> dict[str, Any]:
    values: dict[str, Any] = {
        "kind": entry.kind.value,
        "nature": entry.nature.value,
        "about_project": entry.about if isinstance(entry.about, Project) else None,
        "about_organisation": entry.about if isinstance(entry.about, Organisation) else None,
        "with_whom": "" if entry.about else " ".join(entry.with_whom.split()),
        "private": entry.private,
        "begun": entry.begun,
        "until": entry.until,
    }
    if entry.words is not None:
        values["full_words"] = entry.words.strip()
    return values


def _check_that_it_can_stand(entry: Entry, *, words_there: bool) -> None:
    if not (entry.words or "").strip() and not (words_there and entry.words is None):
        raise CannotKeepInterest("Say what the interest is", "words")
    _check_days(entry.begun, entry.until)


def _check_days(begun: PartialDate | None, until: PartialDate | None) -> None:
    if begun and until and until.last_day() < begun.first_day():
        raise CannotKeepInterest("It cannot end before it begins. Mend one of the two", "until")
