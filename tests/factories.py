"""Invented people, groups and matters for tests."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from actions.models import Action, Assignment, Update
from allies.models import (
    Account,
    Appointment,
    Body,
    BodyKind,
    Interest,
    InterestsReturn,
    Organisation,
    Participation,
    Person,
    Post,
    Project,
    Withholding,
)
from meetings.models import AgendaItem, Attendance, Capacity, Decision, Meeting, Mention, Stage
from risks.models import (
    Assessment,
    Case,
    Concern,
    ConcernRaiser,
    Risk,
    RiskMatter,
    SchemeVersion,
    ValuesPosition,
)
from risks.scheme import FIRST
from risks.scoring import band_of


class PersonFactory(DjangoModelFactory):
    class Meta:
        model = Person

    full_name = factory.Sequence(lambda n: f"Wren Ashdown {n}")


class AccountFactory(DjangoModelFactory):
    class Meta:
        model = Account

    person = factory.SubFactory(PersonFactory)
    email = factory.Sequence(lambda n: f"person{n}@example.org")
    password = "!"


class BodyFactory(DjangoModelFactory):
    class Meta:
        model = Body

    name = factory.Sequence(lambda n: f"Group {n}")
    slug = factory.Sequence(lambda n: f"group-{n}")


class AlliesGroupFactory(BodyFactory):
    class Meta:
        django_get_or_create = ("slug",)

    name = "Allies Group"
    slug = "allies-group"
    co_chaired = True


class CoreTeamFactory(BodyFactory):
    class Meta:
        django_get_or_create = ("slug",)

    name = "Core team"
    slug = "core-team"
    kind = BodyKind.CORE_TEAM


class AppointmentFactory(DjangoModelFactory):
    class Meta:
        model = Appointment

    person = factory.SubFactory(PersonFactory)
    body = factory.SubFactory(AlliesGroupFactory)
    post = Post.MEMBER


class OrganisationFactory(DjangoModelFactory):
    class Meta:
        model = Organisation

    name = factory.Sequence(lambda n: f"Harbour Trust {n}")


class ProjectFactory(DjangoModelFactory):
    class Meta:
        model = Project

    name = factory.Sequence(lambda n: f"Listening project {n}")


class ParticipationFactory(DjangoModelFactory):
    class Meta:
        model = Participation

    project = factory.SubFactory(ProjectFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    part = "partner"


class InterestFactory(DjangoModelFactory):
    class Meta:
        model = Interest

    person = factory.SubFactory(PersonFactory)
    kind = "professional"
    nature = "potential"
    full_words = factory.Sequence(lambda n: f"A seat on board {n}.")
    declared_on = date(2025, 3, 4)
    recorded_by = factory.LazyAttribute(lambda interest: interest.person)


class InterestsReturnFactory(DjangoModelFactory):
    class Meta:
        model = InterestsReturn

    person = factory.SubFactory(PersonFactory)
    on = date(2025, 3, 4)
    nil = True
    recorded_by = factory.LazyAttribute(lambda answer: answer.person)


class WithholdingFactory(DjangoModelFactory):
    class Meta:
        model = Withholding

    person = factory.SubFactory(PersonFactory)
    since = date(2026, 1, 5)
    why = "Works for the partner."


class ActionFactory(DjangoModelFactory):
    class Meta:
        model = Action

    body = factory.SubFactory(AlliesGroupFactory)
    text = factory.Sequence(lambda n: f"Write the guide, part {n}")
    agreed_on = date(2025, 3, 4)
    first_seen_on = factory.LazyAttribute(lambda action: action.agreed_on or date(2025, 3, 4))


class AssignmentFactory(DjangoModelFactory):
    class Meta:
        model = Assignment

    action = factory.SubFactory(ActionFactory)
    person = factory.SubFactory(PersonFactory)
    as_written = factory.LazyAttribute(lambda owner: str(owner.person or owner.body))


class UpdateFactory(DjangoModelFactory):
    class Meta:
        model = Update

    action = factory.SubFactory(ActionFactory)
    note = "It moved on."
    on = date(2025, 4, 1)


class MeetingFactory(DjangoModelFactory):
    class Meta:
        model = Meeting

    body = factory.SubFactory(AlliesGroupFactory)
    date = factory.Sequence(lambda n: date.fromordinal(date(2024, 1, 9).toordinal() + 91 * n))
    stage = Stage.DRAFT


class AgendaItemFactory(DjangoModelFactory):
    class Meta:
        model = AgendaItem

    meeting = factory.SubFactory(MeetingFactory)
    position = factory.Sequence(lambda n: n)
    title = factory.Sequence(lambda n: f"Item {n}")


class AttendanceFactory(DjangoModelFactory):
    class Meta:
        model = Attendance

    meeting = factory.SubFactory(MeetingFactory)
    person = factory.SubFactory(PersonFactory)
    presence = "present"


class CapacityFactory(DjangoModelFactory):
    class Meta:
        model = Capacity

    attendance = factory.SubFactory(AttendanceFactory)
    kind = "notetaker"


class DecisionFactory(DjangoModelFactory):
    class Meta:
        model = Decision

    meeting = factory.SubFactory(MeetingFactory)
    text = factory.Sequence(lambda n: f"The group agreed point {n}.")


class MentionFactory(DjangoModelFactory):
    class Meta:
        model = Mention

    meeting = factory.SubFactory(MeetingFactory)
    action = factory.SubFactory(ActionFactory)
    place = "notes"
    position = factory.Sequence(lambda n: n)
    text = "Wren to write the guide."


class SchemeVersionFactory(DjangoModelFactory):
    class Meta:
        model = SchemeVersion

    body = factory.SubFactory(AlliesGroupFactory)
    version = factory.Sequence(lambda n: n + 1)
    content = factory.LazyFunction(FIRST.as_data)
    why = "The scheme the record began with."
    proposed_on = date(2024, 1, 1)
    adopted_on = date(2024, 1, 1)


class PositionFactory(DjangoModelFactory):
    class Meta:
        model = ValuesPosition

    about_project = factory.SubFactory(ProjectFactory)
    value = "human"
    position = 2
    evidence = "Seen at two sessions."
    by = factory.SubFactory(PersonFactory)
    from_team = False
    on = date(2025, 11, 3)
    scheme = factory.SubFactory(SchemeVersionFactory)


class ConcernFactory(DjangoModelFactory):
    class Meta:
        model = Concern

    body = factory.SubFactory(AlliesGroupFactory)
    about_project = factory.SubFactory(ProjectFactory)
    on = date(2025, 11, 3)


class ConcernRaiserFactory(DjangoModelFactory):
    class Meta:
        model = ConcernRaiser

    concern = factory.SubFactory(ConcernFactory)
    person = factory.SubFactory(PersonFactory)
    words = "Nobody rang back."


class CaseFactory(DjangoModelFactory):
    """With the chairs since 3 February 2026, opened by hand."""

    class Meta:
        model = Case

    body = factory.SubFactory(AlliesGroupFactory)
    about_project = factory.SubFactory(ProjectFactory)
    level = 2
    opened_on = date(2026, 2, 3)
    limit_on = date(2026, 2, 10)


class RiskFactory(DjangoModelFactory):
    class Meta:
        model = Risk

    body = factory.SubFactory(AlliesGroupFactory)
    title = factory.Sequence(lambda n: f"The hall is lost, part {n}")
    category = "operational"
    entered_on = date(2025, 1, 7)


class RiskMatterFactory(DjangoModelFactory):
    class Meta:
        model = RiskMatter

    risk = factory.SubFactory(RiskFactory)
    about_project = factory.SubFactory(ProjectFactory)


class AssessmentFactory(DjangoModelFactory):
    """A likelihood of 3 and an impact of 4 on the community: 16, high."""

    class Meta:
        model = Assessment

    risk = factory.SubFactory(RiskFactory)
    likelihood = 3
    on_community = 4
    reason = "The lease ends."
    scheme = factory.LazyFunction(lambda: SchemeVersion.objects.first() or SchemeVersionFactory())
    impact = factory.LazyAttribute(lambda one: one.on_community)
    number = factory.LazyAttribute(lambda one: one.likelihood * one.impact + one.impact)
    band = factory.LazyAttribute(lambda one: band_of(one.number, scheme=FIRST).value)
    from_team = True
    on = date(2025, 3, 4)
