"""The register as it stands on a day: every risk with the last word of each side, in the same few queries always."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import F, Prefetch, Q, Window
from django.db.models.functions import RowNumber

from actions.models import Action
from allies.models import Actor
from risks.course import Point, Said, course, moved
from risks.models.assessment import IMPACT_FIELDS, Assessment, Stage
from risks.models.known import scheme_in_force
from risks.models.risk import Risk, RiskMatter, RiskStatus, Treatment
from risks.models.scheme import SchemeVersion
from risks.scheme import Band, Impact, Scheme

# As many of the last weighings of one risk as its small drawing shows.
DRAWN = 12
WEIGHED = (
    "pk",
    "risk_id",
    "stage",
    "from_team",
    "likelihood",
    "velocity",
    "number",
    "band",
    "impact",
    "on",
    "recorded_at",
    "scheme_id",
    "lost_by_stopping",
    "still_stands",
    *IMPACT_FIELDS.values(),
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody looks for in the register. An empty part asks for nothing.

    `status` is "" for whatever is not closed, a status, or "all"; `about` is ("project" | "organisation", id);
    `on` asks how it stood at the end of that day; `square` is a likelihood and an impact.
    """

    on: date | None = None
    stage: Stage = Stage.NOW
    category: str = ""
    band: str = ""
    status: str = ""
    about: tuple[str, int] | None = None
    looked_after_by: int | None = None
    review_due: bool = False
    unscored: bool = False
    differ: bool = False
    square: tuple[int, int] | None = None
    words: str = ""


@dataclass(slots=True)
class Side:
    """The last word of one side at one stage, with the scheme that it was given under."""

    row: Assessment
    scheme: Scheme

    @property
    def from_team(self) -> bool:
        return self.row.from_team

    @property
    def number(self) -> int:
        return self.row.number

    @property
    def band(self) -> str:
        return self.row.band

    @property
    def word(self) -> str:
        """The band in the words of its own scheme, such as "high"."""
        return self.scheme.bands[Band(self.row.band)].lower()

    @property
    def drivers(self) -> list[Impact]:
        """Those whom the highest impact touches."""
        return [one for one, step in self.row.impacts.items() if step == self.row.impact]

    @property
    def hits(self) -> str:
        """Whom it would hit hardest, in words: "the public and the team"."""
        names = [self.scheme.whom[one] for one in self.drivers]
        return " and ".join(name[:1].lower() + name[1:] for name in names)

    @property
    def whose(self) -> str:
        return "Team" if self.row.from_team else "Allies"

    @property
    def soon(self) -> str:
        """How soon it would hit, in words; empty where nobody said."""
        return self.row.get_velocity_display() if self.row.velocity else ""

    @property
    def square(self) -> tuple[int, int]:
        return self.row.likelihood, self.row.impact


@dataclass(slots=True)
class Entry:
    """One risk in the register: what each side said last at each stage, and how the number came to be."""

    risk: Risk
    sides: dict[str, list[Side]] = field(default_factory=lambda: defaultdict(list))
    points: tuple[Point, ...] = ()
    matters: list[RiskMatter] = field(default_factory=list)
    treatments: list[Treatment] = field(default_factory=list)

    def at(self, stage: str) -> list[Side]:
        """What each side said of a stage, the heavier first."""
        return sorted(self.sides.get(stage, ()), key=lambda one: (-one.number, not one.from_team))

    @property
    def now(self) -> list[Side]:
        return self.at(Stage.NOW)

    @property
    def before(self) -> Side | None:
        return next(iter(self.at(Stage.BEFORE)), None)

    @property
    def target(self) -> Side | None:
        return next(iter(self.at(Stage.TARGET)), None)

    @property
    def differs(self) -> bool:
        """Whether the team and the Allies weigh it differently."""
        return len({one.square for one in self.now}) > 1

    @property
    def weight(self) -> int:
        """The heavier number as it is now; -1 where nobody scored it: that is not zero, and stands apart."""
        return max((one.number for one in self.now), default=-1)

    @property
    def moved(self) -> int | None:
        return moved(self.points)

    @property
    def treated(self) -> str:
        """How far the treatments are, in words: "2 of 3 finished"."""
        if not self.treatments:
            return ""
        done = sum(not one.action.is_open for one in self.treatments)
        return f"{done} of {len(self.treatments)} finished"


@dataclass(slots=True)
class Register:
    """The entries, the heaviest first, the unscored apart; with the scheme in force that day."""

    day: date
    scheme: Scheme
    entries: list[Entry]

    @property
    def scored(self) -> list[Entry]:
        return [one for one in self.entries if one.now]

    @property
    def unscored(self) -> list[Entry]:
        return [one for one in self.entries if not one.now]


def read_register(actor: Actor, wanted: Wanted, *, today: date) -> Register:
    """Read what `wanted` asks for, of the risks `actor` may read. Six queries besides those of the actor's powers."""
    day = wanted.on or today
    risks = _asked_for(Risk.objects.visible_to(actor), wanted, today).select_related(
        "looked_after_by", "body"
    )
    entries = entries_of(risks, actor, day)
    found = [one for one in entries if _kept(one, wanted)]
    found.sort(key=lambda one: (-one.weight, one.risk.pk))
    return Register(day, scheme_in_force(day), found)


def entries_of(risks: Any, actor: Actor, day: date, *, all_points: bool = False) -> list[Entry]:
    """Read risks with all that the register says of each by the end of `day`: six queries, however many there are.

    `all_points` gives the whole course of each, for a page of one; otherwise the last few weighings.
    """
    rows = list(
        risks.prefetch_related(
            Prefetch(
                "matters",
                RiskMatter.objects.select_related("about_project", "about_organisation").order_by("pk"),
            ),
            Prefetch(
                "treatments",
                Treatment.objects.filter(
                    action__in=Action.objects.visible_to(actor).order_by().values("pk")
                ).select_related("action"),
            ),
        )
    )
    entries = {
        risk.pk: Entry(risk, matters=list(risk.matters.all()), treatments=list(risk.treatments.all()))
        for risk in rows
    }
    ids = list(entries)
    schemes: dict[int, Scheme] = {}
    versions = {one.pk: one for one in SchemeVersion.objects.filter(assessments__risk__in=ids).distinct()}
    standing = Assessment.objects.filter(risk__in=ids).standing_on(day).order_by("pk").only(*WEIGHED)
    for row in standing:
        if row.scheme_id not in schemes:
            schemes[row.scheme_id] = versions[row.scheme_id].scheme
        entries[row.risk_id].sides[row.stage].append(Side(row, schemes[row.scheme_id]))
    said: dict[int, list[Said]] = defaultdict(list)
    for risk_id, on, from_team, number in _said(ids, day, all_points=all_points):
        said[risk_id].append(Said(on, from_team, number))
    for pk, entry in entries.items():
        entry.points = course(said[pk])
    return list(entries.values())


def spoken_of_between(ids: list[int], after: date, until: date) -> set[int]:
    """The risks (ids) that somebody weighed as they are now, after one day and by the end of another. One query."""
    rows = Assessment.objects.filter(risk__in=ids, stage=Stage.NOW, on__gt=after, on__lte=until)
    return set(rows.values_list("risk_id", flat=True).distinct())


def _said(ids: list[int], day: date, *, all_points: bool) -> Any:
    rows = Assessment.objects.filter(risk__in=ids, stage=Stage.NOW, on__lte=day)
    if not all_points:
        # One more than is drawn on each side: what stood before the first point still counts for it.
        latest = Window(
            RowNumber(),
            partition_by=[F("risk"), F("from_team")],
            order_by=[F("on").desc(), F("recorded_at").desc(), F("pk").desc()],
        )
        rows = rows.annotate(place=latest).filter(place__lte=DRAWN)
    return rows.order_by("on", "recorded_at", "pk").values_list("risk_id", "on", "from_team", "number")


def _asked_for(found: Any, wanted: Wanted, today: date) -> Any:
    if wanted.on:
        found = found.in_register_on(wanted.on)
    elif wanted.status == "":
        found = found.not_closed()
    if wanted.status in RiskStatus.values:
        found = found.filter(status=wanted.status)
    if wanted.category:
        found = found.filter(category=wanted.category)
    if wanted.about:
        kind, pk = wanted.about
        matters = RiskMatter.objects.filter(**{f"about_{kind}": pk})
        found = found.filter(pk__in=matters.order_by().values("risk"))
    if wanted.looked_after_by is not None:
        found = found.filter(looked_after_by=wanted.looked_after_by)
    if wanted.review_due:
        found = found.to_review(wanted.on or today)
    for word in wanted.words.split():
        found = found.filter(
            Q(title__icontains=word) | Q(because__icontains=word) | Q(effect__icontains=word)
        )
    return found


def _kept(entry: Entry, wanted: Wanted) -> bool:
    sides = entry.at(wanted.stage)
    return (
        (not wanted.band or any(one.band == wanted.band for one in sides))
        and (not wanted.unscored or not entry.now)
        and (not wanted.differ or entry.differs)
        and (wanted.square is None or any(one.square == wanted.square for one in sides))
    )
