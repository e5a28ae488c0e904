"""Erasing a person: the record stays, the name goes wherever it stands (docs/decisions/0018-erasing-a-person.md)."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection, transaction
from django.db.models import F, TextField, Value
from django.db.models.functions import Cast

from allies import clock
from allies.models import AccessNeeds, Account, Actor, Appointment, CalendarAddress, OtherName, Person
from allies.names import Candidate, same_name
from allies.names_in_text import REMOVED, Sought, doubtful_lines, find, line_key, names_of, replace
from allies.policies import check_can_erase
from allies.services.keeping import change, discard, hand_of
from meetings.models import Erasure, NotesVersion
from meetings.notes.frozen import Content
from meetings.services.by_hand import ByHand, left_to_do
from meetings.services.called import Called
from meetings.services.rewriting import Cell, cells, empty_person, move_files, rewrite, rewrite_versions

WHY = "a name was taken out of the record"
# What only the person, the chairs or the other key-holder may read: its lines are counted, and shown to nobody.
_PRIVATE = {
    "AccessNeeds", "ConcernRaiser", "Interest", "Key", "ProposalAnswer", "StandDown", "StoodAside",
}  # fmt: skip


class CannotErase(ValueError):
    """Why somebody cannot be erased now; its words say what to do."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line that may name the person; `key` is what a form sends for it, `times` how often it stands somewhere."""

    key: str
    words: str
    times: int


@dataclass(slots=True)
class Preview:
    """What erasing would do: `places` where the name surely stands, `lines` to decide, `by_hand` what is left to do.

    `in_frozen` are the places among them in frozen versions; `private` how many doubtful lines nobody here may read.
    """

    places: int = 0
    in_frozen: int = 0
    lines: list[Line] = field(default_factory=list)
    private: int = 0
    by_hand: list[ByHand] = field(default_factory=list)


def what_stands_in_the_way(person: Person) -> str:
    """Why somebody cannot be erased now, in a sentence; empty where nothing does."""
    if person.full_name == REMOVED and Erasure.objects.filter(person=person).exists():
        return "This name was taken out already."
    held = Appointment.objects.filter(person=person, ends__not_over_by=clock.today()).select_related("body")
    if groups := sorted({str(one.body) for one in held}):
        return f"{person.called} still sits on {' and '.join(groups)}. End those places first."
    return ""


def preview(*, by: Actor, person: Person) -> Preview:
    """Say what erasing somebody would do, and change nothing. Raises Refused."""
    check_can_erase(by, person)
    sought = names_of_person(person)
    found = Preview(by_hand=left_to_do(person, sought))
    times: Counter[str] = Counter()
    words: dict[str, str] = {}
    for cell in cells():
        _look_at(cell, person, sought, found, times, words)
    found.private = len(times.keys() - words.keys())
    found.lines = [
        Line(key_of(key), words[key], number) for key, number in sorted(times.items()) if key in words
    ]
    return found


def key_of(line: str) -> str:
    """What a form sends for a line, given as `line_key` gives it."""
    return sha256(line.encode()).hexdigest()[:20]


def erase_person(
    *, by: Actor, person: Person, typed_name: str, reason: str, decided: Collection[str] = ()
) -> Erasure:
    """Put "[name removed]" for somebody's name wherever it stands, and close and empty their account.

    `typed_name` must be the person's full name. `decided` are the keys (`key_of`) of doubtful lines that name them.
    Raises Refused; CannotErase where something stands in the way, the name is another, or no reason is given.
    """
    with transaction.atomic():
        check_can_erase(by, person)
        person = Person.objects.select_for_update().get(pk=person.pk)
        if why_not := what_stands_in_the_way(person):
            raise CannotErase(why_not)
        if not same_name(typed_name, person.full_name):
            raise CannotErase("This is not the name. Type it as it stands at the top of the page.")
        if not reason.strip():
            raise CannotErase("Say why: the reason goes in the record")
        erasure = _erase(by, person, reason, frozenset(decided))
    _clean_up_after()
    return erasure


def _erase(by: Actor, person: Person, reason: str, decided: frozenset[str]) -> Erasure:
    if connection.vendor == "sqlite":
        # What is written over is overwritten on the disk too, and not left in pages that are merely free.
        connection.cursor().execute("PRAGMA secure_delete = ON")
    sought = names_of_person(person)
    put = _Replacing(person, sought, decided, Called.now())
    erasure = Erasure.objects.create(
        person=person,
        by=hand_of(by),
        reason=replace(reason.strip(), sought, everything=True),
        by_hand=[{"words": put.in_text(one.words), "path": one.path} for one in left_to_do(person, sought)],
    )
    _empty_account(person)
    AccessNeeds.objects.filter(person=person).delete()
    for other in OtherName.objects.filter(person=person):
        discard(other, by=by, reason=WHY)
    change(person, by=by, reason=WHY, full_name=REMOVED, short_name="", pronouns="", email="")
    empty_person(person)
    counts = rewrite(put, moved=move_files(put))
    versions = rewrite_versions(put.in_text, at_places=put.own_places, note=f"erasure {erasure.pk}")
    if versions:
        counts["frozen versions"] = versions
    erasure.refresh_from_db()
    erasure.counts = dict(counts)
    erasure.save(update_fields=["counts"])
    return erasure


@dataclass(frozen=True, slots=True)
class _Replacing:
    """What stands for a text once the person is erased."""

    person: Person
    sought: Sought
    decided: frozenset[str]
    called: Called

    def __call__(self, cell: Cell) -> str:
        """What stands for a text in a column. Where a row calls its person something, that person is meant."""
        theirs = cell.person == self.person.pk
        if cell.person and not theirs:
            return replace(cell.words, self.sought, instead=cell.instead)
        return self._replace(cell.words, everything=theirs, instead=cell.instead)

    def in_text(self, text: str) -> str:
        """What stands for a text of which nothing says whom it means."""
        return self._replace(text)

    def own_places(self, content: Content) -> Mapping[str, str]:
        """What stands where a frozen version says what somebody is called of whom the record knows who it is."""
        found = {}
        for place, whom, words in self.called.in_version(content):
            theirs = whom == {self.person.pk}
            others = bool(whom) and self.person.pk not in whom
            if theirs or others:
                found[place] = replace(words, self.sought, everything=theirs)
        return found

    def _replace(self, text: str, *, everything: bool = False, instead: str = REMOVED) -> str:
        lines = {line_key(line) for line in doubtful_lines(text, self.sought)} if self.decided else set()
        decided = {line for line in lines if key_of(line) in self.decided}
        return replace(text, self.sought, decided=decided, everything=everything, instead=instead)


def names_of_person(person: Person) -> Sought:
    """All that somebody was ever called here, and every address of theirs. One query."""
    names: dict[int, list[str]] = {}
    shorts: dict[int, str] = {}
    others: dict[int, set[str]] = {}
    former: set[str] = set()
    addresses: set[str] = set()
    for kind, pk, name, short, address in _names_and_addresses(person):
        if kind == "person":
            names[pk], shorts[pk] = [name], short
        elif kind == "other":
            others.setdefault(pk, set()).add(name)
        else:
            former |= {name, short}
        if pk == person.pk:
            addresses.add(address)
    everyone = [
        Candidate(pk, name, shorts[pk], tuple(sorted(others.get(pk, ())))) for pk, (name,) in names.items()
    ]
    own = next(one for one in everyone if one.id == person.pk)
    return names_of(own, everyone, former=former - {REMOVED, ""}, addresses=addresses - {""})


def _names_and_addresses(person: Person) -> Any:
    """Everybody's names; of the person also those of before, and the addresses: (kind, person, name, short, email)."""
    text = TextField()
    none = Value("", output_field=text)
    history: Any = Person.history
    history_of_names: Any = OtherName.history

    def rows(found: Any, kind: str, pk: str, name: Any, short: Any = none, email: Any = none) -> Any:
        written = [Cast(one, text) if isinstance(one, str) else one for one in (name, short, email)]
        return found.order_by().values_list(Value(kind, output_field=text), F(pk), *written)

    return rows(Person.objects.all(), "person", "pk", "full_name", "short_name", "email").union(
        rows(OtherName.objects.all(), "other", "person_id", "name"),
        rows(history.filter(id=person.pk), "former", "id", "full_name", "short_name", "email"),
        rows(history_of_names.filter(person_id=person.pk), "former", "person_id", "name"),
        rows(Account.objects.filter(person=person), "account", "person_id", none, none, "email"),
        all=True,
    )


def _look_at(
    cell: Cell, person: Person, sought: Sought, found: Preview, times: Counter[str], words: dict[str, str]
) -> None:
    """Count what surely is the name in a text, and note its lines that may name the person."""
    places = find(cell.words, sought)
    if not places:
        return
    theirs = cell.person == person.pk
    sure = len(places) if theirs else sum(one.sure for one in places)
    found.places += sure
    found.in_frozen += sure if cell.model is NotesVersion else 0
    kept: Any = getattr(cell.model, "instance_type", cell.model)
    # Of people's own names, and of what a row calls its person, theirs go and others' stay.
    if cell.person or kept in (Person, OtherName):
        return
    for line in doubtful_lines(cell.words, sought):
        times[line_key(line)] += 1
        if kept.__name__ not in _PRIVATE:
            words.setdefault(line_key(line), line)


def _empty_account(person: Person) -> None:
    """Close the account and take its address out; every sign-in ends, and so does its calendar's address."""
    account = Account.objects.filter(person=person).first()
    if account is None:
        return
    account.is_active = False
    account.email = f"removed-{account.pk}@removed.invalid"
    account.last_login = None
    account.sign_out_everywhere()
    account.save(update_fields=["is_active", "email", "last_login", "password"])
    CalendarAddress.objects.filter(account=account).delete()
    EmailAddress.objects.filter(user=account).delete()
    for session in Session.objects.iterator():
        if session.get_decoded().get("_auth_user_id") == str(account.pk):
            session.delete()


def _clean_up_after() -> None:
    """Take the name out of what lies beside the tables: the cache, and SQLite's log of what it wrote."""
    cache.clear()
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
