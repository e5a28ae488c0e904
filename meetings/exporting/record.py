"""The record as one JSON document. References are ids; raisers and access needs are left out."""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from django.db.models import Prefetch

from actions.models import Action, Assignment, Update
from allies.models import (
    OPERATOR,
    About,
    Appointment,
    Body,
    Declaration,
    Interest,
    Organisation,
    Participation,
    Person,
    Project,
)
from allies.partial_dates import PartialDate
from meetings.exporting import worries
from meetings.exporting.cases import cases
from meetings.exporting.register import risks, schemes
from meetings.models import AgendaItem, Attendance, Decision, Meeting, Mention, MentionPlace
from meetings.models.lists import agreed_at, also_open, carried_into, listed_in
from meetings.notes.document import line_to_json
from meetings.notes.lines import parse_lines

VERSION = 1


def the_record() -> dict[str, Any]:
    """Give the whole record, in the lists of the contract."""
    meeting_on = {
        (body, day): pk for body, day, pk in Meeting.objects.standing().values_list("body", "date", "pk")
    }
    standing = worries.standings()
    return {
        "version": VERSION,
        "people": [
            _person(person) for person in Person.objects.prefetch_related("other_names").order_by("pk")
        ],
        "bodies": [_body(body) for body in _bodies()],
        "organisations": list(Organisation.objects.order_by("pk").values("id", "name")),
        "projects": [_project(project, *standing[project.pk]) for project in _projects()],
        "interests": [_interest(interest) for interest in Interest.objects.published().order_by("pk")],
        "meetings": [_meeting(meeting) for meeting in _meetings()],
        "actions": [_action(action, meeting_on) for action in _actions()],
        "risks": risks(),
        "positions": worries.positions(),
        "concerns": worries.concerns(),
        "cases": cases(),
        "schemes": schemes(),
        "decisions": [_decision(decision) for decision in Decision.objects.standing().order_by("pk")],
    }


def _bodies() -> Iterable[Body]:
    appointments = Prefetch("appointments", Appointment.objects.order_by("pk"))
    return Body.objects.prefetch_related(appointments).order_by("pk")


def _projects() -> Iterable[Project]:
    participations = Prefetch("participations", Participation.objects.order_by("pk"))
    return Project.objects.prefetch_related(participations).order_by("pk")


def _interest(interest: Any) -> dict[str, Any]:
    """An entry in the register. Private words do not leave the record; an entry by mistake says so."""
    return {
        "id": interest.pk,
        "person": interest.person_id,
        "kind": interest.kind,
        "nature": interest.nature,
        "about": _about(interest),
        "with_whom": interest.with_whom,
        "words": interest.words or None,
        "from": _written(interest.begun),
        "until": _written(interest.until),
        "declared_on": _written(interest.declared_on),
        "withdrawn": interest.withdrawn or None,
    }


def _meetings() -> Iterable[Meeting]:
    attendance = Attendance.objects.select_related("person").prefetch_related("capacities")
    items = AgendaItem.objects.prefetch_related("presenters__person").order_by("position", "pk")
    return (
        Meeting.objects.standing()
        .select_related("body", "source", "publication")
        .prefetch_related(Prefetch("attendance", attendance), Prefetch("items", items), "announced")
        .order_by("date", "pk")
    )


def _actions() -> Iterable[Action]:
    return Action.objects.prefetch_related(
        Prefetch("assignments", Assignment.objects.current().in_order()),
        Prefetch("updates", Update.objects.order_by("on", "recorded_at", "pk")),
        Prefetch("mentions", Mention.objects.order_by("meeting__date", "place", "position")),
    ).order_by("pk")


def _person(person: Person) -> dict[str, Any]:
    return {
        "id": person.pk,
        "full_name": person.full_name,
        "short_name": person.short_name or None,
        "other_names": [other.name for other in person.other_names.all()],
    }


def _body(body: Body) -> dict[str, Any]:
    return {
        "id": body.pk,
        "slug": body.slug,
        "name": body.name,
        "kind": body.kind,
        "parent": body.parent_id,
        "appointments": [
            {
                "person": held.person_id,
                "post": held.post,
                "seat": held.seat or None,
                "from": _written(held.starts),
                "until": _written(held.ends),
                "first_evidenced": _written(held.first_evidenced),
                "interim": held.interim,
            }
            for held in body.appointments.all()
        ],
    }


def _project(project: Project, level: int | None, score: int | None) -> dict[str, Any]:
    return {
        "id": project.pk,
        "name": project.name,
        "level": level,
        "score": score,
        "participations": [
            {"organisation": one.organisation_id, "part": one.part, "agreement": one.agreement}
            for one in project.participations.all()
        ],
    }


def _meeting(meeting: Meeting) -> dict[str, Any]:
    brought_in = hasattr(meeting, "source")
    if brought_in:
        agreed = listed_in(meeting, MentionPlace.AGREED, OPERATOR)
        carried = listed_in(meeting, MentionPlace.CARRIED, OPERATOR)
        besides = also_open(meeting, OPERATOR).values_list("pk", flat=True)
    else:
        agreed, carried, besides = agreed_at(meeting, OPERATOR), carried_into(meeting, OPERATOR), ()
    return {
        "id": meeting.pk,
        "body": meeting.body_id,
        "date": _written(meeting.date),
        "starts": _written(meeting.starts),
        "ends": _written(meeting.ends),
        "place": meeting.place or None,
        "stage": meeting.stage,
        "published": hasattr(meeting, "publication") and meeting.publication.is_open,
        "attendance": [
            {
                "person": one.person_id,
                "name": one.name_as_written or one.name,
                "presence": one.presence or None,
                "capacities": [capacity.kind for capacity in one.capacities.all()],
            }
            for one in meeting.attendance.all()
        ],
        "agreed": list(agreed.values_list("pk", flat=True)),
        "carried": list(carried.values_list("pk", flat=True)),
        "also_open": list(besides),
        "interests": {
            "state": meeting.interests_state,
            "declarations": [
                {
                    "person": one.person_id,
                    "words": one.words,
                    "about": _about(one),
                    "handling": handling.how if handling else None,
                    "item": handling.item_id if handling else None,
                }
                for one in Declaration.objects.standing()
                .filter(body_id=meeting.body_id, on=meeting.date)
                .prefetch_related("handlings")
                for handling in [*one.handlings.all()] or [None]
            ],
        },
        "agenda": [_item(item) for item in meeting.items.all()],
        "next_meetings": [
            {
                "as_written": one.as_written,
                "date": _written(one.date),
                "starts": _written(one.starts),
                "ends": _written(one.ends),
            }
            for one in meeting.announced.all()
        ],
    }


def _item(item: AgendaItem) -> dict[str, Any]:
    return {
        "id": item.pk,
        "title": item.title,
        "kind": item.kind,
        "purpose": item.purpose or None,
        "about": _about(item),
        "risk": item.risk_id,
        "presenters": [one.as_written for one in item.presenters.all()],
        "lines": [line_to_json(line) for line in parse_lines(item.notes)],
    }


def _action(action: Action, meeting_on: dict[tuple[int, date], int]) -> dict[str, Any]:
    return {
        "id": action.pk,
        "body": action.body_id,
        "text": action.text,
        "details": action.points,
        "status": action.status or None,
        "deadline": {
            "as_written": action.deadline_words,
            "kind": action.deadline_kind,
            "date": action.deadline_date or None,
        }
        if action.deadline_kind
        else None,
        "owners": [
            {"person": one.person_id, "body": one.body_id, "as_written": one.as_written, "role": one.role}
            for one in action.assignments.all()
        ],
        "agreed_at": meeting_on.get((action.body_id, action.agreed_on)) if action.agreed_on else None,
        "agreed_on": _written(action.agreed_on),
        "times_carried": action.times_carried,
        "parent": action.parent_id,
        "merged_into": action.merged_into_id,
        "about": _about(action),
        "updates": [
            {
                "status": one.status or None,
                "note": one.note,
                "by": one.by_id,
                "on": _written(one.on),
                "recorded_at": _written(one.recorded_at),
                "body": one.body_id,
            }
            for one in action.updates.all()
        ],
        "mentions": [
            {
                "meeting": one.meeting_id,
                "place": one.place,
                "item": one.item_id,
                "text": one.text,
                "owners_as_written": one.owners_as_written or None,
                "deadline_as_written": one.deadline_as_written or None,
            }
            for one in action.mentions.all()
        ],
    }


def _decision(decision: Decision) -> dict[str, Any]:
    return {
        "id": decision.pk,
        "meeting": decision.meeting_id,
        "item": decision.item_id,
        "case": decision.case_id,
        "scheme": decision.scheme_id,
        "text": decision.text,
        "reached": decision.reached or None,
        "kind": decision.kind,
    }


def _about(row: About) -> dict[str, int] | None:
    if row.about_project_id:
        return {"project": row.about_project_id}
    return {"organisation": row.about_organisation_id} if row.about_organisation_id else None


def _written(value: date | datetime | time | PartialDate | None) -> str | None:
    """Dates in ISO form; a partial one as far as it is known; times to the minute."""
    if value is None:
        return None
    if isinstance(value, time):
        return value.strftime("%H:%M")
    return str(value) if isinstance(value, PartialDate) else value.isoformat()
