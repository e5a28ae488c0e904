"""The register as it stands on a day: every risk with the last word of each side, in the same few queries always."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import F, Prefetch, Window
from django.db.models.functions import RowNumber

from actions.models import Action
from allies.models import Actor
from risks.course import Change, Point, Said, Stood, course, moved, what_became
from risks.models.assessment import IMPACT_FIELDS, Assessment, Stage
from risks.models.risk import Reopening, Risk, RiskMatter, RiskStatus, Treatment
from risks.models.scheme import SchemeVersion
from risks.scheme import FIRST, Band, Impact, Scheme

# As many of the last weighings of one risk as its small drawing shows.
DRAWN = 12
EVERY = "all"
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
    `on` asks how it stood at the end of that day, `since` what changed after the end of another; `square` is a
    likelihood and an impact.
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
    since: date | None = None


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


@dataclass(frozen=True, slots=True)
class Concerned:
    """A project or partner that a risk concerns."""

    kind: str
    pk: int
    name: str
    url: str

    @property
    def key(self) -> tuple[str, int]:
        return self.kind, self.pk


@dataclass(slots=True)
class Entry:
    """One risk in the register: what each side said last at each stage, and how the number came to be."""

    risk: Risk
    sides: dict[str, list[Side]] = field(default_factory=lambda: defaultdict(list))
    points: tuple[Point, ...] = ()
    matters: list[RiskMatter] = field(default_factory=list)
    treatments: list[Treatment] = field(default_factory=list)
    # The times when it was closed and opened again; read where a past day is asked for.
    reopenings: list[Reopening] = field(default_factory=list)
    # What a page needs to draw its last scores: the line, its last point, and how it moved, in words.
    drawn: str = ""
    # How it stood, in words: see `status_on`.
    stood: str = ""
    last: tuple[int, int] | None = None
    moved_words: str = ""

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
    def concerns(self) -> list["Concerned"]:
        """What it concerns, by name and address."""
        return [
            Concerned(
                "project" if one.about_project_id else "organisation",
                one.about_project_id or one.about_organisation_id or 0,
                str(one.about),
                one.about.get_absolute_url() if one.about else "",
            )
            for one in self.matters
        ]

    def in_register_on(self, day: date) -> bool:
        """Whether it had been entered by a day and not closed by it."""
        return self.risk.entered_on <= day and not self.was_closed_on(day)

    def was_closed_on(self, day: date) -> bool:
        """Whether it stood closed at the end of a day; the day of opening again counts as open."""
        closed_on = self.risk.closed_on
        return (closed_on is not None and closed_on <= day) or self.reopening_after(day) is not None

    def reopening_after(self, day: date) -> Reopening | None:
        """The opening again that ended the time in which a day lies, where it was closed then."""
        return next((one for one in self.reopenings if one.closed_on <= day < one.on), None)

    def status_on(self, day: date, *, is_past: bool) -> str:
        """How it stood on a day, in words, with what has become of it since; empty for one that is open."""
        risk = self.risk
        if not is_past:
            return "" if risk.status == RiskStatus.OPEN else str(risk.get_status_display())
        if (again := self.reopening_after(day)) is not None:
            return f"Closed on {_day(again.closed_on)}, opened again on {_day(again.on)}"
        if risk.closed_on is not None:
            return f"Closed {'on' if risk.closed_on <= day else 'since, on'} {_day(risk.closed_on)}"
        return f"{risk.get_status_display()} now" if risk.status != RiskStatus.OPEN else ""

    def number_on(self, day: date) -> int | None:
        """The heavier number at the end of a day, from its course; None where nobody had scored it."""
        return next((one.number for one in reversed(self.points) if one.on <= day), None)

    def changed_since(self, since: date, day: date) -> Change | None:
        """What became of it between two days; its whole course must have been read."""
        return what_became(
            Stood(self.in_register_on(since), self.number_on(since)),
            Stood(self.in_register_on(day), self.number_on(day)),
            spoken_of=any(since < one.on <= day for one in self.points),
            existed=self.risk.entered_on <= since,
        )

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
    """The entries, the heaviest first and the unscored last; with the scheme in force that day.

    `is_past` is whether a day was asked for.
    """

    day: date
    is_past: bool
    scheme: Scheme
    entries: list[Entry]


def read_register(actor: Actor, wanted: Wanted, *, today: date) -> Register:
    """Read the register of a day, of the risks `actor` may read. Six queries besides those of the actor's powers,

    and one more for another day than today.
    """
    day = wanted.on or today
    risks = Risk.objects.visible_to(actor).filter(entered_on__lte=day)
    if wanted.since is None and wanted.on is None and wanted.status == "":
        risks = risks.not_closed()
    versions = list(SchemeVersion.objects.filter(body__parent=None))
    entries = entries_of(risks, actor, day, versions=versions, all_points=wanted.since is not None)
    if wanted.on is not None or wanted.since is not None:
        _add_reopenings(entries)
    for entry in entries:
        entry.stood = entry.status_on(day, is_past=wanted.on is not None)
    entries.sort(key=lambda one: (-one.weight, one.risk.pk))
    return Register(day, wanted.on is not None, in_force(versions, day), entries)


def entries_of(
    risks: Any,
    actor: Actor,
    day: date,
    *,
    versions: Iterable[SchemeVersion],
    all_points: bool = False,
    with_course: bool = True,
) -> list[Entry]:
    """Read risks with all that the register says of each by the end of `day`: five queries, however many there are.

    `all_points` gives the whole course of each, otherwise that of the last few weighings; without `with_course` none,
    and a query less.
    """
    treatments = Treatment.objects.filter(action__in=Action.objects.visible_to(actor).order_by().values("pk"))
    rows = list(
        risks.select_related("looked_after_by", "body").prefetch_related(
            Prefetch("matters", RiskMatter.objects.select_related("about_project", "about_organisation")),
            Prefetch("treatments", treatments.select_related("action")),
        )
    )
    entries = {
        risk.pk: Entry(risk, matters=list(risk.matters.all()), treatments=list(risk.treatments.all()))
        for risk in rows
    }
    ids = list(entries)
    schemes = {one.pk: one.scheme for one in versions}
    standing = Assessment.objects.filter(risk__in=ids).standing_on(day).order_by("pk").only(*WEIGHED)
    for row in standing:
        entries[row.risk_id].sides[row.stage].append(Side(row, schemes[row.scheme_id]))
    if not with_course:
        return list(entries.values())
    said: dict[int, list[Said]] = defaultdict(list)
    for risk_id, on, from_team, number in _said(ids, day, all_points=all_points):
        said[risk_id].append(Said(on, from_team, number))
    for pk, entry in entries.items():
        entry.points = course(said[pk])
    return list(entries.values())


def is_kept(entry: Entry, wanted: Wanted, *, today: date) -> bool:
    """Whether the filters let an entry through."""
    risk, sides, day = entry.risk, entry.at(wanted.stage), wanted.on or today
    words = f"{risk.title} {risk.because} {risk.effect}".casefold()
    return (
        _has_status(entry, wanted, day)
        and (not wanted.category or risk.category == wanted.category)
        and (wanted.about is None or wanted.about in {one.key for one in entry.concerns})
        and (wanted.looked_after_by is None or risk.looked_after_by_id == wanted.looked_after_by)
        and (not wanted.review_due or bool(risk.review_on and risk.review_on <= day))
        and (not wanted.band or any(one.band == wanted.band for one in sides))
        and (not wanted.unscored or not entry.now)
        and (not wanted.differ or entry.differs)
        and (wanted.square is None or any(one.square == wanted.square for one in sides))
        and all(word in words for word in wanted.words.casefold().split())
    )


def in_force(versions: Iterable[SchemeVersion], day: date) -> Scheme:
    """The scheme of the group on a day; the earliest adopted one serves days before it."""
    adopted = sorted(
        (one.adopted_on, one.version, one.pk, one) for one in versions if one.adopted_on is not None
    )
    by_then = [one for one in adopted if one[0] <= day]
    return (by_then or adopted[:1])[-1][-1].scheme if adopted else FIRST


def _has_status(entry: Entry, wanted: Wanted, day: date) -> bool:
    if wanted.on is not None:
        if wanted.status == EVERY:
            return True
        return entry.was_closed_on(day) is (wanted.status == RiskStatus.CLOSED)
    if wanted.status == EVERY:
        return True
    return entry.risk.status == wanted.status if wanted.status else entry.risk.status != RiskStatus.CLOSED


def _add_reopenings(entries: list[Entry]) -> None:
    by_risk: dict[int, list[Reopening]] = defaultdict(list)
    for one in Reopening.objects.filter(risk__in=[entry.risk.pk for entry in entries]):
        by_risk[one.risk_id].append(one)
    for entry in entries:
        entry.reopenings = by_risk[entry.risk.pk]


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


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
