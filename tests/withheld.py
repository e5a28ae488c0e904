"""A record in which three matters are withheld, each with a word of its own in everything that anybody can type.

A project, a partner, and an item about nothing in particular: at a meeting that was held, at one whose notes were
brought in, and at one that is planned.
"""

import re
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from django.core.files.base import ContentFile

from actions.models import Action
from allies.models import (
    Account,
    Body,
    Declaration,
    Matter,
    Organisation,
    Person,
    Post,
    Project,
    Withholding,
)
from meetings.models import (
    AgendaItem,
    Attendance,
    Handling,
    ItemAbsence,
    Meeting,
    Paper,
    Presenter,
    Redaction,
    Revision,
    Settled,
    SourceDocument,
    Stage,
)
from meetings.notes.document import NotedAction, NotesDocument, Section, to_json
from risks.models import (
    CaseDecision,
    HostNotice,
    Key,
    Move,
    Proposal,
    ProposalAnswer,
    Review,
    ReviewedCase,
    Risk,
    RiskMatter,
    StandDown,
    Treatment,
    Trigger,
)
from risks.models.risk import Category
from tests.everything import SAVED_AT, Record, one_of_everything, published, version_and_correction
from tests.factories import (
    AccountFactory,
    ActionFactory,
    AgendaItemFactory,
    AppointmentFactory,
    AssignmentFactory,
    AttendanceFactory,
    CapacityFactory,
    CaseFactory,
    ConcernFactory,
    ConcernRaiserFactory,
    DecisionFactory,
    InterestFactory,
    MeetingFactory,
    MentionFactory,
    OrganisationFactory,
    ParticipationFactory,
    PersonFactory,
    PositionFactory,
    ProjectFactory,
    UpdateFactory,
)

# What is looked for finds all of it, and is itself no secret: a search page repeats it.
LOOKED_FOR, SECRET = "heronry", "kingfisher"
# Addresses with an object that is about no matter.
NOT_OF_A_MATTER = ("calendar/", "interests/answers/", "interests/public/", "notes/", "risks/scheme/")
# A sitting is about many matters; one of its cases is about one.
OF_A_SITTING = "escalations/sittings/"
KEPT_ROLES = ("ally", "note-taker", "team", "chair")
# Everything a person can type of a matter. What nobody reads again as it was typed is not among them.
FIELDS = frozenset(
    """project summary organisation short-name
    title notes presenter paper version file-name file decision
    action details deadline owner update reason mention listed revision settled
    interest declared handled correction why concern position risk
    case move key proposal told case-decision""".split()
)


def word(field: str) -> str:
    """The word for a field of something withheld, with the one by which it is found."""
    assert field in FIELDS, field
    return f"{LOOKED_FOR} {SECRET}-{field}"


def words_in(content: str) -> set[str]:
    """Which fields of withheld matters a page says, whole or in part; "?" for a word that was cut short."""
    found = set(re.findall(rf"{SECRET}-([a-z-]+[a-z])", content))
    # A file keeps its name with other signs between the words.
    bare = len(re.findall(SECRET, content)) - len(re.findall(rf"{SECRET}-[a-z]", content))
    return found | ({"?"} if bare else set())


@dataclass(slots=True)
class Withheld:
    """The record, who is in it, and the values with which an address names something withheld."""

    record: Record
    colleague: Account
    meetings: list[Meeting]
    by_kind: dict[str, list[dict[str, Any]]]

    def keep_from(self, account: Account) -> None:
        """Keep an account's person from all three matters."""
        for column in ("about_project", "about_organisation", "about_matter"):
            Withholding.objects.create(
                person=account.person,
                since=date(2026, 1, 5),
                why=word("why"),
                **{column: self.matters[column]},
            )
        self.by_kind["withheld"] = [{"pk": one.pk} for one in account.person.withholdings.all()]

    @property
    def matters(self) -> dict[str, Any]:
        return {
            "about_project": Project.objects.get(summary=word("summary")),
            "about_organisation": Organisation.objects.get(short_name=word("short-name")),
            "about_matter": Matter.objects.get(),
        }

    def addresses(self, path: str) -> list[str]:
        """The addresses of a path about something withheld; none where it names nothing that can be withheld.

        A path with a new kind of object, or a new name for a part of a meeting, is a KeyError: give it its place.
        """
        kind, names = path.split("/")[0], re.findall(r"<\w+:(\w+)>", path)
        if not names or kind in {"people", "bodies"} or path.startswith(NOT_OF_A_MATTER):
            return []
        if kind == "meetings" and not set(names) - {"pk", "slug", "day", "ending", "attendance"}:
            return []
        if "/versions/" in path:
            # A version opens for everybody, without what is withheld from them.
            return []
        if path.startswith(OF_A_SITTING) and "case_pk" not in names:
            return []
        if "part_pk" in names:
            kind = "parts"
        if "case_pk" in names:
            kind = "sittings"
        found = [values for values in self.by_kind[kind] if set(names) <= values.keys()]
        assert found, f"Nothing withheld has a place in {path}: {names}"
        return [
            "/" + re.sub(r"<\w+:(\w+)>", lambda part, values=values: str(_value(path, part[1], values)), path)
            for values in found
        ]


def _value(path: str, name: str, values: dict[str, Any]) -> Any:
    """A number is a place on the agenda, or of a revision."""
    return 1 if name == "number" and "/items/" not in path else values[name]


def withheld_record() -> Withheld:
    """Make it, as of February 2026, on top of one of everything."""
    record = one_of_everything()
    group = record.accounts["ally"].person.appointments.get().body
    project = ProjectFactory(name=word("project"), summary=word("summary"))
    partner = OrganisationFactory(name=word("organisation"), short_name=word("short-name"))
    matter = Matter.objects.create(name=word("title"))
    parts = [
        ParticipationFactory(project=project, organisation=OrganisationFactory()),
        ParticipationFactory(project=ProjectFactory(), organisation=partner),
    ]
    brought_in = Meeting.objects.get(pk=record.objects["meetings", "held"]["pk"])
    planned = Meeting.objects.get(pk=record.objects["meetings", ""]["pk"])
    taken = MeetingFactory(
        body=group, date=date(2025, 12, 3), stage=Stage.DRAFT, starts=time(11), interests_state="declared"
    )
    one = AttendanceFactory(meeting=taken, person=record.accounts["note-taker"].person)
    CapacityFactory(attendance=one, kind="notetaker")
    declarer = PersonFactory(full_name="Bel Marsh")
    by_kind: dict[str, list[dict[str, Any]]] = {
        "projects": [{"pk": project.pk}],
        "parts": [{"pk": one.project_id, "part_pk": one.pk} for one in parts],
        "organisations": [{"pk": partner.pk}],
        **{
            kind: []
            for kind in (
                "actions",
                "meetings",
                "papers",
                "decisions",
                "interests",
                "concerns",
                "risks",
                "escalations",
                "sittings",
                "withheld",
            )
        },
    }
    for meeting in (brought_in, planned, taken):
        for about in ({"about_project": project}, {"about_organisation": partner}, {"about_matter": matter}):
            _fill(meeting, about, declarer, by_kind)
    for about in ({"about_project": project}, {"about_organisation": partner}):
        interest = InterestFactory(person=declarer, full_words=word("interest"), **about)
        by_kind["interests"].append({"pk": interest.pk})
        one = {"about_project": None} | about
        concern = ConcernFactory(body=group, summary=word("concern"), state="taken_up", **one)
        by_kind["concerns"].append({"pk": ConcernRaiserFactory(concern=concern).concern_id})
        by_kind["risks"].append(_risk(group, about))
        PositionFactory(evidence=word("position"), **one)
        _case(record, group, one, by_kind)
    gone_out = _gone_out(group, ({"about_project": project}, {"about_matter": matter}), declarer, by_kind)
    _nothing_else_is_left(record)
    SourceDocument.objects.filter(meeting=brought_in).update(
        understood=to_json(NotesDocument(actions=(NotedAction(Section.AGREED, word("listed")),)))
    )
    colleague = _colleague(record)
    for meeting in (brought_in, gone_out):
        version_and_correction(meeting, meeting.items.last(), word("correction"))
    # They were published whole, before anybody was kept from anything in them.
    record.objects["notes", "held"] = {"address": published(gone_out).address, "ending": "txt"}
    Redaction.objects.create(
        meeting=gone_out,
        part="line",
        item=gone_out.items.first(),
        words=word("notes"),
        choice="withheld",
        reason="personal",
    )
    Meeting.objects.filter(pk=gone_out.pk).update(stage=Stage.SEALED)
    return Withheld(record, colleague, [brought_in, planned, taken, gone_out], by_kind)


def _gone_out(
    body: Body,
    matters: tuple[dict[str, Any], ...],
    declarer: Person,
    by_kind: dict[str, list[dict[str, Any]]],
) -> Meeting:
    """A meeting whose notes have gone out: its record is closed, and read from what was frozen."""
    meeting = MeetingFactory(body=body, date=date(2025, 9, 2), stage=Stage.DRAFT, interests_state="declared")
    AttendanceFactory(meeting=meeting, person=declarer)
    for about in matters:
        _fill(meeting, about, declarer, {kind: [] for kind in by_kind})
    one = version_and_correction(meeting, meeting.items.first(), word("correction"))
    by_kind["meetings"].append({"pk": meeting.pk, "correction": one.pk})
    return meeting


def _risk(body: Body, about: dict[str, Any]) -> dict[str, Any]:
    """A risk about the matter, with an action that is about nothing as what is done about it."""
    said = word("risk")
    risk = Risk.objects.create(
        body=body,
        title=said,
        because=said,
        effect=said,
        category=Category.values[0],
        entered_on=date(2025, 11, 3),
    )
    RiskMatter.objects.create(risk=risk, **about)
    treatment = Treatment.objects.create(risk=risk, action=ActionFactory(body=body))
    return {"pk": risk.pk, "treatment_pk": treatment.pk}


def _case(
    record: Record, body: Body, about: dict[str, Any], by_kind: dict[str, list[dict[str, Any]]]
) -> None:
    """A case with all that is said in one: what opened it, what each seat and the Allies say, what was decided.

    It is in the sitting that is under way. That the partner's has neither a decision nor a reason to wait, ending
    the sitting would say.
    """
    day, people = date(2026, 2, 3), [PersonFactory(), PersonFactory()]
    is_decided = about["about_project"] is not None
    # The partner's is with the Allies, so that the next meeting decides about it, under the item about the partner.
    level = 2 if is_decided else 3
    case = CaseFactory(body=body, level=level, **about)
    Trigger.objects.create(case=case, kind="by_hand", words=word("case"), on=day)
    Move.objects.create(case=case, level=level, because=word("move"), on=day)
    for seat, person in zip(("lived", "learnt"), people, strict=True):
        Key.objects.create(
            case=case, round=1, seat=seat, person=person, response="pause", reason=word("key"), on=day
        )
    StandDown.objects.create(case=case, person=PersonFactory(), why="conflict", words=word("case"), on=day)
    proposal = Proposal.objects.create(
        case=case, words=word("proposal"), response="pause", opened_on=day, days=7
    )
    members = [account.person for account in record.accounts.values() if account and account.person]
    proposal.counted.set([*members, *people])
    ProposalAnswer.objects.create(
        proposal=proposal, person=people[0], answer="approve", words=word("proposal"), on=day
    )
    HostNotice.objects.create(case=case, words=word("told"), told=word("told"), on=day, answer=word("told"))
    sitting = record.objects["escalations/sittings", ""]["pk"]
    reviewed = ReviewedCase.objects.create(review_id=sitting, case=case)
    if is_decided:
        decision = CaseDecision.objects.create(
            case=case, decided_by="chairs", response="pause", reason=word("case-decision"), on=day
        )
        decision.actions.add(ActionFactory(body=body, text=word("action"), **about))
        reviewed.waits_because = word("case")
        reviewed.save()
    by_kind["escalations"].append({"pk": case.pk})
    for values in by_kind["meetings"]:
        about_it = {"pk": values["item"], "about_organisation": case.about_organisation_id or 0}
        if AgendaItem.objects.filter(**about_it).exists():
            values["case"] = case.pk
    by_kind["sittings"].append({"pk": sitting, "case_pk": case.pk})


def _nothing_else_is_left(record: Record) -> None:
    """Say of every other case of the sitting why it waits, so that only what is withheld keeps it from ending."""
    sitting = Review.objects.get(pk=record.objects["escalations/sittings", ""]["pk"])
    own = record.objects["escalations/sittings", ""]["case_pk"]
    sitting.reviewed.filter(case=own).update(waits_because="A report is to come.")


def _colleague(record: Record) -> Account:
    account = AccountFactory()
    body = record.accounts["team"].person.appointments.get().body
    AppointmentFactory(person=account.person, body=body, post=Post.CORE_TEAM)
    return account


def _fill(
    meeting: Meeting, about: dict[str, Any], declarer: Person, by_kind: dict[str, list[dict[str, Any]]]
) -> None:
    """An item with everything under it."""
    position = meeting.items.count()
    item: AgendaItem = AgendaItemFactory(
        meeting=meeting,
        position=position,
        title=word("title"),
        minutes=15,
        purpose="decision",
        notes=f"- {word('notes')}\nACTION: {word('mention')}\nDECISION: {word('mention')}",
        version=2,
        moved=1,
        **about,
    )
    Presenter.objects.create(item=item, as_written=word("presenter"))
    action = _action(meeting, about, by_kind)
    line = MentionFactory(meeting=meeting, item=item, action=action, line=2, text=word("mention"))
    MentionFactory(
        meeting=meeting, item=item, action=None, line=3, text=word("mention"), marker="decision", position=3
    )
    listed = meeting.mentions.in_tables().count()
    MentionFactory(meeting=meeting, action=action, place="agreed", position=listed, text=word("listed"))
    decision = DecisionFactory(meeting=meeting, item=item, text=word("decision"))
    paper = Paper(meeting=meeting, item=item, title=word("paper"), version=word("version"))
    paper.file.save(f"{SECRET}-file-name.txt", ContentFile(f"{SECRET}-file".encode()))
    for number in (1, 2):
        Revision.objects.create(
            item=item, number=number, answer=number, notes=word("revision"), saved_at=SAVED_AT
        )
    settled = Settled.objects.create(
        meeting=meeting, key=f"only_in_list-{item.pk}", words=word("settled"), at=SAVED_AT
    )
    declaration = Declaration.objects.create(
        body=meeting.body, on=meeting.date, person=declarer, words=word("declared"), **about
    )
    handling = Handling.objects.create(
        declaration=declaration, item=item, how="left", reason=word("handled"), decided_by=declarer
    )
    attendance, _ = Attendance.objects.get_or_create(meeting=meeting, person=declarer)
    ItemAbsence.objects.create(attendance=attendance, item=item, left=time(11, 20))
    by_kind["papers"].append({"pk": paper.pk})
    by_kind["decisions"].append({"pk": decision.pk})
    by_kind["meetings"].append(
        {
            "pk": meeting.pk,
            "number": position + 1,
            "item": item.pk,
            "mention": line.pk,
            "decision": decision.pk,
            "settled": settled.pk,
            "declaration": declaration.pk,
            "handled": handling.pk,
        }
    )


def _action(meeting: Meeting, about: dict[str, Any], by_kind: dict[str, list[dict[str, Any]]]) -> Action:
    """One agreed at the meeting, with all that is said of it; and one that is part of it, about nothing itself."""
    action = ActionFactory(
        body=meeting.body,
        agreed_on=meeting.date,
        text=word("action"),
        details=word("details"),
        deadline_kind="condition",
        deadline_words=word("deadline"),
        status="waiting",
        status_reason=word("reason"),
        **about,
    )
    AssignmentFactory(action=action, as_written=word("owner"), person=None)
    UpdateFactory(action=action, note=word("update"), status="waiting", on=date(2026, 1, 20))
    part = ActionFactory(body=meeting.body, agreed_on=meeting.date, text=word("action"), parent=action)
    by_kind["actions"] += [{"pk": action.pk}, {"pk": part.pk}]
    return action
