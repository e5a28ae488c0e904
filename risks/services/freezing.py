"""What a decision was made on, as plain data that later scores do not touch."""

from datetime import date
from typing import Any

from allies.models import OPERATOR, Organisation, Project
from risks.models import Case, SchemeVersion
from risks.models.known import what_is_known
from risks.services.schemes import holder_of


def freeze(case: Case, day: date) -> dict[str, Any]:
    """Give what stands of a case's project or partner at the end of `day`: level and why, scores with what drives

    each, views on values without whose they are, and the version of the scheme. From it the level can be reached
    again by the rules alone.
    """
    thing: Project | Organisation = case.about
    keys = [thing.pk]
    knowledge = (
        what_is_known(OPERATOR, day, projects=keys)
        if isinstance(thing, Project)
        else what_is_known(OPERATOR, day, organisations=keys)
    )
    known = knowledge.of(thing)
    version = SchemeVersion.objects.filter(body=holder_of(case.body)).adopted_by(day).first()
    return {
        "on": day.isoformat(),
        "about": str(thing),
        "level": int(case.level),
        "scores": [
            {
                "risk": one.risk.title,
                "number": weighing.score.number,
                "band": weighing.score.band.value,
                "likelihood": weighing.score.likelihood,
                "impact": weighing.score.impact,
                "drivers": [driver.value for driver in weighing.score.drivers],
                "velocity": weighing.velocity.value if weighing.velocity else None,
                "from_team": weighing.from_team,
                "on": weighing.on.isoformat(),
            }
            for one in known.risks
            for weighing in one.weighings
        ],
        "positions": [
            {
                "value": one.value,
                "position": one.position,
                "from_team": one.from_team,
                "on": one.on.isoformat(),
            }
            for one in known.positions
        ],
        "scheme": {"version": version.version if version else None, "content": knowledge.scheme.as_data()},
    }
