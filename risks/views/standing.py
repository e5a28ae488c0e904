"""How a project or partner stands, prepared for pages: level, score, views on values, risks, each in words."""

from dataclasses import dataclass
from datetime import date

from actions.wording import ago
from risks.ladder import NAMES, WHO_DECIDES
from risks.models import ValuesPosition
from risks.models.known import Knowledge, Known, Thing
from risks.ranking import Standing
from risks.scheme import Level, Scheme
from risks.scoring import Score, differ


@dataclass(frozen=True, slots=True)
class ScoreSaid:
    """A score as a page says it: its number, its band for the colour and in words, and whom it would hit hardest."""

    number: int
    band: str
    word: str
    hits: str


@dataclass(frozen=True, slots=True)
class LevelSaid:
    """A rung in words: "2 The chairs", who decides at it, and the reasons; `is_filled` where somebody decides."""

    name: str
    decides: str
    because: tuple[str, ...]
    is_filled: bool


@dataclass(frozen=True, slots=True)
class ViewSaid:
    """A view on one value: the value, the position in words and as a step, whose, what it rests on, and when."""

    value: str
    step: int
    words: str
    whose: str
    evidence: str
    on: date
    is_worst: bool = False
    through: str = ""


@dataclass(frozen=True, slots=True)
class ValueRow:
    """One value with all views of it that stand, the worst first; without any where nobody gave one."""

    name: str
    views: tuple[ViewSaid, ...]


@dataclass(frozen=True, slots=True)
class RiskSaid:
    """A risk with the last word of each side; `through` is the partner it concerns, empty for the thing itself."""

    title: str
    url: str
    through: str
    scores: tuple[tuple[str, ScoreSaid], ...]
    differ: bool
    weight: int


def level_said(standing: Standing) -> LevelSaid:
    """A level for a page."""
    return LevelSaid(
        f"{standing.level.value} {NAMES[standing.level]}",
        WHO_DECIDES[standing.level],
        standing.because,
        standing.level >= Level.CHAIRS,
    )


def score_said(score: Score, scheme: Scheme) -> ScoreSaid:
    """A score for a page."""
    hits = " and ".join(_small(scheme.whom[one]) for one in score.drivers)
    return ScoreSaid(score.number, score.band.value, scheme.bands[score.band].lower(), hits)


def looked_said(day: date | None, today: date) -> str:
    """How long ago somebody last looked: "3 months ago"; empty for never."""
    return ago(day, today) if day else ""


def worst_view(known: list[tuple[str, Known]], scheme: Scheme) -> ViewSaid | None:
    """The worst of the views on a thing and on those who take part in it; of two alike, the thing's own."""
    views = [(view, through) for through, one in known for view in one.positions]
    if not views:
        return None
    view, through = max(views, key=lambda one: (one[0].position, one[1] == "", one[0].on))
    return _view(view, scheme, worst=view.position, through=through)


def value_rows(positions: list[ValuesPosition], scheme: Scheme) -> list[ValueRow]:
    """Every value of the scheme with its views, the value with the worst first, those without any last."""
    worst = max((one.position for one in positions), default=None)
    names = dict(scheme.values) | {
        one.value: one.value for one in positions if one.value not in scheme.values
    }
    rows = []
    for number, (value, name) in enumerate(names.items()):
        of_it = sorted((one for one in positions if one.value == value), key=lambda one: -one.position)
        rows.append(
            (
                -(of_it[0].position if of_it else -1),
                number,
                ValueRow(name, tuple(_view(one, scheme, worst=worst) for one in of_it)),
            )
        )
    return [row for *_, row in sorted(rows, key=lambda row: row[:2])]


def risk_rows(known: list[tuple[str, Known]], scheme: Scheme) -> list[RiskSaid]:
    """The risks of a thing and of those who take part in it, the heaviest first, each once."""
    rows: dict[int, RiskSaid] = {}
    for through, one in known:
        for risk in one.risks:
            if risk.risk.pk in rows:
                continue
            scores = sorted(risk.weighings, key=lambda weighing: not weighing.from_team)
            rows[risk.risk.pk] = RiskSaid(
                risk.risk.title,
                risk.risk.get_absolute_url(),
                through,
                tuple(
                    ("Team" if each.from_team else "Allies", score_said(each.score, scheme))
                    for each in scores
                ),
                differ(each.score for each in scores),
                max((each.score.number for each in scores), default=0),
            )
    return sorted(rows.values(), key=lambda row: (-row.weight, row.title))


def known_with_partners(knowledge: Knowledge, thing: Thing, partners: list[Thing]) -> list[tuple[str, Known]]:
    """What is known of the thing itself (under no name) and of each of those who take part, once each."""
    once = {partner.pk: partner for partner in partners}
    return [("", knowledge.of(thing)), *((str(one), knowledge.of(one)) for one in once.values())]


def _view(one: ValuesPosition, scheme: Scheme, *, worst: int | None, through: str = "") -> ViewSaid:
    return ViewSaid(
        scheme.values.get(one.value, one.value),
        one.position,
        scheme.positions[one.position],
        one.whose,
        one.evidence,
        one.on,
        is_worst=one.position == worst,
        through=through,
    )


def _small(words: str) -> str:
    return words[:1].lower() + words[1:]
