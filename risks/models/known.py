"""What is known of projects and partners, as far as somebody may read it: risks as they weigh now, views, concerns.

A few queries, however many things are asked for; ready for `risks/ranking.py`.
"""

from collections import defaultdict
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Subquery

from allies.models import Actor, BodyKind, Organisation, Participation, Project
from risks.ladder import Weighed
from risks.models.assessment import IMPACT_FIELDS, Assessment, Stage
from risks.models.case import Case
from risks.models.concern import Concern
from risks.models.position import ValuesPosition
from risks.models.risk import Risk, RiskMatter
from risks.models.scheme import SchemeVersion
from risks.ranking import Source, Standing, standing_of
from risks.scheme import FIRST, Band, Scheme, Velocity
from risks.scoring import Score

type Thing = Project | Organisation


@dataclass(slots=True)
class Weighing:
    """The last word of one side on a risk: the team's or the Allies'."""

    from_team: bool
    score: Score
    velocity: Velocity | None
    on: date
    lost_by_stopping: str = ""


@dataclass(slots=True)
class KnownRisk:
    """A risk that is not closed, with what stands of its weighing now; none of it where nobody scored it yet."""

    risk: Risk
    weighings: list[Weighing] = field(default_factory=list)


@dataclass(slots=True)
class Known:
    """Of one project or partner, by itself."""

    risks: list[KnownRisk] = field(default_factory=list)
    positions: list[ValuesPosition] = field(default_factory=list)

    def as_source(
        self, *, through: str = "", concern_taken_up: bool = False, without: Container[int] = ()
    ) -> Source:
        """For the ranking, `without` these risks (ids): they count already, for the thing itself."""
        weighings = [one for known in self.risks if known.risk.pk not in without for one in known.weighings]
        looks = [*(one.on for one in weighings), *(one.on for one in self.positions)]
        return Source(
            through=through,
            weighed=tuple(Weighed(one.score, one.velocity) for one in weighings),
            positions=tuple((one.value, one.position) for one in self.positions),
            concern_taken_up=concern_taken_up,
            last_looked=max(looks, default=None),
        )


@dataclass(slots=True)
class Knowledge:
    """Of many, and the scheme that they stand under today."""

    scheme: Scheme
    projects: dict[int, Known] = field(default_factory=lambda: defaultdict(Known))
    organisations: dict[int, Known] = field(default_factory=lambda: defaultdict(Known))

    def of(self, thing: Thing) -> Known:
        """What is known of it by itself."""
        return (self.projects if isinstance(thing, Project) else self.organisations)[thing.pk]

    def standing(self, thing: Any, parts: Iterable[Any] = ()) -> Standing:
        """Where it stands, those who take part counted in once each. All come with `concern_taken_up`, as from
        `projects_with_parts` and `with_concerns`.
        """
        sources = [self.of(thing).as_source(concern_taken_up=thing.concern_taken_up)]
        own = {known.risk.pk for known in self.of(thing).risks}
        for part in {part.organisation_id: part for part in parts}.values():
            one = part.organisation
            source = self.of(one).as_source(
                through=one.name, concern_taken_up=part.concern_taken_up, without=own
            )
            sources.append(source)
        return standing_of(sources, scheme=self.scheme)


def with_concerns(things: QuerySet[Any], actor: Actor) -> QuerySet[Any]:
    """Annotate projects, organisations or parts of them with `concern_taken_up`, as far as the actor may know of it,

    and with the id of their `open_case`. A part's are its organisation's.
    """
    ours = {Project: ("about_project", "pk"), Organisation: ("about_organisation", "pk")}
    column, key = ours.get(things.model, ("about_organisation", "organisation"))
    concerns = Concern.objects.summarised_for(actor).taken_up().order_by()
    cases = Case.objects.visible_to(actor).open().order_by()
    return things.annotate(
        concern_taken_up=Exists(concerns.filter(**{column: OuterRef(key)})),
        open_case=Subquery(cases.filter(**{column: OuterRef(key)}).values("pk")[:1]),
    )


def projects_with_parts(actor: Actor) -> QuerySet[Project]:
    """Projects that somebody may read, each with its lead, its parts and their organisations: two queries."""
    parts = Participation.objects.visible_to(actor).select_related("organisation")
    found = with_concerns(Project.objects.visible_to(actor).select_related("lead"), actor)
    return found.prefetch_related(Prefetch("participations", with_concerns(parts, actor)))


def what_is_known(
    actor: Actor,
    day: date,
    *,
    projects: Sequence[int] | None = None,
    organisations: Sequence[int] | None = None,
) -> Knowledge:
    """Read what somebody may know by the end of `day` of these (ids), or of all. Four queries."""
    knowledge = Knowledge(scheme_in_force(day))
    about = _about(projects, organisations)
    matters = RiskMatter.objects.filter(
        about, risk__in=Risk.objects.visible_to(actor).not_closed().order_by().values("pk")
    )
    weighings: dict[int, list[Weighing]] = defaultdict(list)
    standing = Assessment.objects.standing_on(day).filter(stage=Stage.NOW)
    for one in standing.filter(risk__in=matters.order_by().values("risk")).only(*_WEIGHED).order_by("pk"):
        weighings[one.risk_id].append(_weighing(one))
    for matter in matters.select_related("risk").order_by("risk_id", "pk"):
        known = knowledge.projects if matter.about_project_id else knowledge.organisations
        key = matter.about_project_id or matter.about_organisation_id
        known[key].risks.append(KnownRisk(matter.risk, weighings[matter.risk_id]))
    positions = ValuesPosition.objects.visible_to(actor).standing_on(day).filter(about)
    for position in positions.order_by("-position", "-on", "-pk"):
        known = knowledge.projects if position.about_project_id else knowledge.organisations
        known[position.about_project_id or position.about_organisation_id].positions.append(position)
    return knowledge


def scheme_in_force(day: date) -> Scheme:
    """The scheme of the group on `day`, or the first one where the group never spoke of any. One query."""
    groups = SchemeVersion.objects.filter(body__kind=BodyKind.GROUP, body__parent=None)
    found = groups.adopted_by(day).order_by("-body__co_chaired", "body", "-adopted_on", "-version").first()
    return found.scheme if found else FIRST


_WEIGHED = (
    "risk_id",
    "from_team",
    "likelihood",
    "velocity",
    "number",
    "band",
    "impact",
    "on",
    "lost_by_stopping",
    *IMPACT_FIELDS.values(),
)


def _about(projects: Sequence[int] | None, organisations: Sequence[int] | None) -> Q:
    if projects is None and organisations is None:
        return Q()
    return Q(about_project__in=projects or ()) | Q(about_organisation__in=organisations or ())


def _weighing(row: Assessment) -> Weighing:
    """As it was kept: the number and the band are those of the scheme of its day."""
    drivers = tuple(impact for impact, step in row.impacts.items() if step == row.impact)
    return Weighing(
        from_team=row.from_team,
        score=Score(row.number, Band(row.band), row.likelihood, row.impact, drivers),
        velocity=Velocity(row.velocity) if row.velocity else None,
        on=row.on,
        lost_by_stopping=row.lost_by_stopping,
    )
