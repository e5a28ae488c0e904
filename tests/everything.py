"""A record with one of everything, for tests that walk every address of the site."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from django.core.files.base import ContentFile

from allies.models import OPERATOR, Account, Body, Declaration, Post, Project, Seat
from allies.services.calendars import renew_calendar_address
from meetings.models import (
    AgendaItem,
    Correction,
    Handling,
    Meeting,
    Paper,
    Presenter,
    Publication,
    Revision,
    Settled,
    SourceDocument,
    Stage,
    VersionKind,
)
from meetings.notes.document import NotesDocument, to_json
from meetings.services.freezing import freeze
from meetings.services.frozen_content import content_of
from risks.models import Proposal, Review, ReviewedCase, Treatment
from tests.factories import (
    AccountFactory,
    ActionFactory,
    AgendaItemFactory,
    AlliesGroupFactory,
    AppointmentFactory,
    AssessmentFactory,
    AssignmentFactory,
    AttendanceFactory,
    BodyFactory,
    CapacityFactory,
    CaseFactory,
    ConcernFactory,
    ConcernRaiserFactory,
    CoreTeamFactory,
    DecisionFactory,
    InterestFactory,
    InterestsReturnFactory,
    MeetingFactory,
    MentionFactory,
    OrganisationFactory,
    ParticipationFactory,
    ProjectFactory,
    RiskFactory,
    RiskMatterFactory,
    SchemeVersionFactory,
    UpdateFactory,
    WithholdingFactory,
)

SAVED_AT = datetime(2026, 1, 20, 12, tzinfo=UTC)
ROLES = ("public", "ally", "note-taker", "team", "chair", "former", "nobody")


@dataclass(slots=True)
class Record:
    """The objects that addresses are about, by the way they are written there, and an account for each role."""

    accounts: dict[str, Account | None]
    objects: dict[tuple[str, str], dict[str, Any]]

    def address(self, path: str, variant: str, role: str) -> str:
        """The address that a path stands for, about the object that the variant names.

        "own" is the role's own person, or the Ally's where the role has none.
        """
        kind = path.split("/")[0]
        if path.startswith("escalations/sittings/"):
            kind = "escalations/sittings"
        if path.startswith("meetings/") and "<int:case>" in path:
            kind = "meetings/cases"
        values = self.objects.get((kind, variant)) or self.objects.get((kind, "")) or {}
        if (kind, variant) == ("people", "own"):
            account = self.accounts[role]
            values = {"pk": ((account and account.person) or self.accounts["ally"].person).pk}
        if path.startswith("calendar/<"):
            values = {
                "secret": renew_calendar_address(by=self.accounts[role] or self.accounts["ally"]).secret
            }
        if kind == "interests" and variant == "own":
            account = self.accounts[role]
            owner = (account and account.person) or self.accounts["ally"].person
            rows = owner.interests_returns if "answers" in path else owner.interests
            values = {"pk": rows.get().pk}
        elif path.startswith("interests/public/"):
            values = self.objects["bodies", variant]
        elif path.startswith("interests/answers/"):
            values = self.objects["interests/answers", ""]
        if path.startswith("risks/scheme/<"):
            values = self.objects["risks/scheme", ""]
        return "/" + re.sub(r"<\w+:(\w+)>", lambda part: str(values[part[1]]), path)


def one_of_everything() -> Record:
    """Make it, as of February 2026: a held meeting, a planned one, one of another group, actions of each sort."""
    opened = {"register_is_public": True, "register_because": "Agreed on 19 November 2025."}
    group, core_team = AlliesGroupFactory(**opened), CoreTeamFactory()
    accounts: dict[str, Account | None] = {
        "public": None,
        "ally": _account(group),
        "note-taker": _account(group),
        "team": _account(core_team, Post.CORE_TEAM),
        "chair": _account(group, Post.CO_CHAIR, seat=Seat.LIVED),
        "former": _account(group, Post.CO_CHAIR, ends="2024-06"),
        "nobody": AccountFactory(person=None),
    }
    people = [account.person for account in accounts.values() if account and account.person]
    elsewhere = BodyFactory(name="Another group", slug="another-group")
    held = _meeting(group, date(2025, 11, 19), Stage.DRAFT)
    planned = _meeting(group, date(2026, 2, 10), Stage.PLANNED)
    apart = _meeting(elsewhere, date(2026, 2, 12), Stage.PLANNED)
    SourceDocument.objects.create(meeting=held, text="Notes", understood=to_json(NotesDocument()))
    for meeting in (held, planned):
        for person in people:
            one = AttendanceFactory(meeting=meeting, person=person, presence="")
            if person == accounts["note-taker"].person:
                CapacityFactory(attendance=one, kind="notetaker")
    action = ActionFactory(body=group, deadline_kind="ongoing", deadline_words="Ongoing", times_carried=4)
    own = ActionFactory(
        body=group, status="in_progress", details="Ask the office\nAsk the museum", due_on=date(2026, 1, 31)
    )
    for person in people:
        AssignmentFactory(action=own, person=person)
    UpdateFactory(action=own, status="in_progress", note="Half of it is written.", on=date(2026, 1, 20))
    ActionFactory(body=group, agreed_on=date(2021, 11, 8), stands=False, brought_in=True)
    MentionFactory(meeting=held, action=action)
    version_and_correction(held, held.items.first(), "Damp, not small.")
    publication = published(held)
    person = AccountFactory().person
    appointment = AppointmentFactory(person=person, body=group, starts="2023-04")
    part = ParticipationFactory(project=ProjectFactory(), organisation=OrganisationFactory())
    answer = InterestsReturnFactory(person=person)
    for one in people:
        InterestFactory(person=one)
        InterestsReturnFactory(person=one, nil=False)
    return Record(
        accounts,
        {
            ("people", ""): {"pk": person.pk, "appointment_pk": appointment.pk},
            ("bodies", ""): {"slug": group.slug},
            ("bodies", "elsewhere"): {"slug": elsewhere.slug},
            ("organisations", ""): {"pk": part.organisation_id},
            ("projects", ""): {"pk": part.project_id, "part_pk": part.pk},
            ("interests/answers", ""): {"pk": answer.pk},
            ("interests", ""): {"pk": InterestFactory(person=person, about_project=part.project).pk},
            ("concerns", ""): {"pk": ConcernRaiserFactory(person=person).concern_id},
            ("concerns", "summarised"): {
                "pk": ConcernRaiserFactory(
                    person=person,
                    concern=ConcernFactory(state="taken_up", summary="The terms are not clear."),
                ).concern_id
            },
            **_risks(group, part.project),
            **_cases(group, part.project, planned),
            ("withheld", ""): {"pk": WithholdingFactory(person=person, about_project=part.project).pk},
            ("actions", ""): {"pk": action.pk},
            ("actions", "own"): {"pk": own.pk},
            ("actions", "elsewhere"): {"pk": ActionFactory(body=elsewhere).pk},
            ("meetings", ""): _named(planned),
            ("meetings", "held"): _named(held),
            ("meetings", "elsewhere"): _named(apart),
            ("notes", ""): {"address": publication.address, "ending": "txt"},
            ("papers", ""): {"pk": planned.papers.get().pk},
            ("papers", "elsewhere"): {"pk": apart.papers.get().pk},
            ("decisions", ""): {"pk": held.decisions.get().pk},
            ("decisions", "elsewhere"): {"pk": apart.decisions.get().pk},
        },
    )


def _risks(group: Body, project: Project) -> dict[tuple[str, str], dict[str, Any]]:
    """A risk that was scored, with a treatment, one that is closed, and a proposed scheme."""
    scheme = SchemeVersionFactory(body=group)
    risk = RiskMatterFactory(risk__body=group, about_project=project).risk
    AssessmentFactory(risk=risk, scheme=scheme)
    treatment = Treatment.objects.create(risk=risk, action=ActionFactory(body=group))
    closed = RiskFactory(
        body=group, status="closed", closed_because="The hall is ours.", closed_on=date(2026, 1, 5)
    )
    elsewhere = RiskFactory(body__name="One more group", body__slug="one-more-group")
    proposed = SchemeVersionFactory(body=group, adopted_on=None)
    return {
        ("risks", ""): {"pk": risk.pk, "treatment_pk": treatment.pk},
        ("risks", "closed"): {"pk": closed.pk, "treatment_pk": treatment.pk},
        ("risks", "elsewhere"): {"pk": elsewhere.pk, "treatment_pk": treatment.pk},
        ("risks/scheme", ""): {"pk": proposed.pk},
    }


def _cases(group: Body, project: Project, planned: Meeting) -> dict[tuple[str, str], dict[str, Any]]:
    """A case with the chairs, in a sitting, and one with the Allies that a proposal is open for, and an item."""
    case = CaseFactory(body=group, about_project=project)
    review = Review.objects.create(body=group, on=date(2026, 2, 3))
    ReviewedCase.objects.create(review=review, case=case)
    with_allies = CaseFactory(body=group, level=3)
    Proposal.objects.create(
        case=with_allies, words="Pause", response="pause", opened_on=date(2026, 2, 3), days=7
    )
    item = AgendaItemFactory(
        meeting=planned, position=2, purpose="decision", about_project=with_allies.about_project
    )
    elsewhere = CaseFactory(body__name="A third group", body__slug="a-third-group")
    return {
        ("meetings/cases", ""): {"pk": planned.pk, "item": item.pk, "case": with_allies.pk},
        ("escalations", ""): {"pk": case.pk},
        ("escalations", "allies"): {"pk": with_allies.pk},
        ("escalations", "elsewhere"): {"pk": elsewhere.pk},
        ("escalations/sittings", ""): {"pk": review.pk, "case_pk": case.pk},
    }


def _account(body: Body, post: str = Post.MEMBER, **more: Any) -> Account:
    account = AccountFactory()
    AppointmentFactory(person=account.person, body=body, post=post, **more)
    return account


def _meeting(body: Body, day: date, stage: str) -> Meeting:
    meeting = MeetingFactory(
        body=body,
        date=day,
        stage=stage,
        starts=time(11),
        ends=time(13),
        place="Online",
        access="Captions are on.",
    )
    notes = "- Wren: the guide is half written\n  - thanks to all\nACTION: Wren to write the other half"
    item = AgendaItemFactory(
        meeting=meeting, position=0, minutes=20, purpose="decision", notes=notes, version=1
    )
    Presenter.objects.create(item=item, as_written="Wren")
    AgendaItemFactory(meeting=meeting, position=1, minutes=10, purpose="information")
    DecisionFactory(meeting=meeting, item=item)
    Paper(meeting=meeting, item=item, title="A paper").file.save(
        "paper.txt", ContentFile(b"Words"), save=True
    )
    AttendanceFactory(meeting=meeting, person=None, name_as_written="A guest", presence="")
    MentionFactory(meeting=meeting, action=None, item=item, line=3, text="Wren to write the other half")
    Revision.objects.create(item=item, number=1, answer=1, notes="Before", saved_at=SAVED_AT)
    Settled.objects.create(meeting=meeting, key="only_in_list-1", at=SAVED_AT)
    declaration = Declaration.objects.create(
        body=body, on=day, name_as_written="A guest", words="Advises the trust"
    )
    Handling.objects.create(declaration=declaration, item=item, how="noted")
    return meeting


def _named(meeting: Meeting) -> dict[str, Any]:
    """Every name that an address about a meeting may use."""
    return {
        "pk": meeting.pk,
        "slug": meeting.body.slug,
        "day": meeting.date,
        "ending": "txt",
        "number": 1,
        "item": meeting.items.first().pk,
        "decision": meeting.decisions.get().pk,
        "mention": meeting.mentions.first().pk,
        "settled": meeting.settled.get().pk,
        "attendance": meeting.attendance.get(person=None).pk,
        "declaration": meeting.items.first().handlings.get().declaration_id,
        "handled": meeting.items.first().handlings.get().pk,
        # Only notes that went out once have any.
        "correction": getattr(meeting.corrections.first(), "pk", 0),
    }


def version_and_correction(meeting: Meeting, item: AgendaItem, words: str) -> Correction:
    """Freeze a meeting's notes as they were circulated once, with a correction that nobody has answered."""
    content = content_of(meeting, stage=Stage.CIRCULATED, by=OPERATOR)
    version = freeze(by=OPERATOR, meeting=meeting, kind=VersionKind.CIRCULATED, content=content)
    return Correction.objects.create(
        meeting=meeting, version=version, place="item", item=item, words=words, name_as_written="Gale"
    )


def published(meeting: Meeting) -> Publication:
    """Publish a meeting's notes as they read now, whole, as if that had been done when they were circulated once."""
    made_of = {"of": 1, "hash": "", "stage": "Circulated on 3 December 2025, not yet approved"}
    content = content_of(meeting, stage=Stage.CIRCULATED, by=OPERATOR) | {"published": made_of}
    version = freeze(by=OPERATOR, meeting=meeting, kind=VersionKind.PUBLISHED, content=content)
    return Publication.objects.create(
        meeting=meeting,
        address=meeting.date.isoformat(),
        version=version,
        published_at=SAVED_AT,
        changed_at=SAVED_AT,
    )
