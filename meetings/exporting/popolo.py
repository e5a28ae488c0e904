"""People, bodies, posts and memberships in Popolo's words (https://www.popoloproject.com/specs/)."""

from typing import Any

from allies.models import Appointment, Body, Person, Post
from allies.partial_dates import PartialDate


def popolo() -> dict[str, Any]:
    """Give persons, organizations, posts and memberships; partial dates as `YYYY` or `YYYY-MM`, as Popolo allows."""
    appointments = list(Appointment.objects.select_related("body").order_by("pk"))
    posts = {_post_id(held): held for held in appointments}
    return {
        "persons": [
            {
                "id": f"person/{person.pk}",
                "name": person.full_name,
                "other_names": [{"name": other.name} for other in person.other_names.all()],
            }
            for person in Person.objects.prefetch_related("other_names").order_by("pk")
        ],
        "organizations": [
            {
                "id": f"body/{body.pk}",
                "name": body.name,
                "classification": body.kind,
                "parent_id": f"body/{body.parent_id}" if body.parent_id else None,
            }
            for body in Body.objects.order_by("pk")
        ],
        "posts": [
            {"id": post_id, "label": _label(held), "organization_id": f"body/{held.body_id}"}
            for post_id, held in posts.items()
        ],
        "memberships": [
            {
                "id": f"membership/{held.pk}",
                "person_id": f"person/{held.person_id}",
                "organization_id": f"body/{held.body_id}",
                "post_id": _post_id(held),
                "role": Post(held.post).label,
                "start_date": _written(held.starts),
                "end_date": _written(held.ends),
            }
            for held in appointments
        ],
    }


def _post_id(held: Appointment) -> str:
    return "/".join(["post", str(held.body_id), held.post, *([held.seat] if held.seat else [])])


def _label(held: Appointment) -> str:
    seat = f" ({held.get_seat_display().lower()})" if held.seat else ""
    return f"{Post(held.post).label}{seat}, {held.body}"


def _written(value: PartialDate | None) -> str | None:
    return str(value) if value else None
