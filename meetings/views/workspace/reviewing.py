"""Carried actions, reviewed one by one, or several with what was said of them in one breath."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST
from django_htmx.http import trigger_client_event

from actions.deadlines import read_deadline
from actions.models import Action
from actions.services import Owner, ReasonMissing
from actions.statuses import Status
from allies.access import requires
from allies.powers import Permission
from meetings.forms.workspace import AgainForm, ReviewForm
from meetings.models import Meeting
from meetings.models.cast import everyone_for
from meetings.models.workspace import attendance_with_absences
from meetings.notes.owners import read_owners
from meetings.services import at_the_meeting
from meetings.services.picking_up import Names
from meetings.views.finding import meeting_to_write
from meetings.views.workspace.finding import back_to, number_asked, part, space_to_write
from meetings.views.workspace.showing import reviewing_context, workspace_context


class WhoIsMeant(ValueError):
    """A name that does not say whom it means. Its words ask."""


@requires(Permission.READ_RECORD)
@require_POST
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """What was said of the actions that are ticked (`action`), with the form that `prefix` names."""
    meeting = meeting_to_write(request, pk)
    prefix = request.POST.get("prefix", "together")
    one_alone = prefix.removeprefix("action-") if prefix.startswith("action-") else ""
    chosen = [one_alone] if one_alone else request.POST.getlist("action")
    pks = {int(written) for written in chosen if written.isascii() and written.isdigit()}
    # An action that is asked about may be given a new date, or another owner.
    kind = AgainForm if one_alone and f"{prefix}-deadline" in request.POST else ReviewForm
    form = kind(request.POST, prefix=prefix, auto_id=f"id_{prefix}-%s")
    if not pks:
        form.add_error(None, "Tick the actions that this was said of")
    if form.is_valid():
        actions = list(Action.objects.visible_to(request.user).filter(pk__in=pks).select_related("body"))
        try:
            _note(request, meeting, actions, form)
        except WhoIsMeant as error:
            form.add_error("owners", str(error))
        except (ReasonMissing, ValueError) as error:
            form.add_error("note", str(error))
        else:
            return _after(request, pk, pks)
    return _after(request, pk, pks, wrong=form)


def _note(request: HttpRequest, meeting: Meeting, actions: list[Action], form: ReviewForm) -> None:
    typed, by = form.cleaned_data, request.user
    status = Status(typed["status"]) if typed["status"] else None
    if len(actions) != 1 or not (typed.get("deadline") or typed.get("owners")):
        at_the_meeting.review(by=by, meeting=meeting, actions=actions, status=status, note=typed["note"])
        return
    at_the_meeting.agree_again(
        by=by,
        meeting=meeting,
        action=actions[0],
        deadline=read_deadline(typed["deadline"], meeting_date=meeting.date) if typed["deadline"] else None,
        owners=_owners(meeting, typed["owners"]),
        status=status,
        note=typed["note"],
    )


def _owners(meeting: Meeting, written: str) -> list[Owner]:
    """Whom the names mean. Raises WhoIsMeant for a name that several people share, or that is nearly somebody's."""
    names = Names(meeting, everyone_for(meeting, attendance_with_absences(meeting)))
    found = [names.owner(number, one) for number, one in enumerate(read_owners(written))]
    for one in found:
        if one.is_open:
            offered = " or ".join(choice.person.full_name for choice in one.choices)
            raise WhoIsMeant(f"Say which {one.as_written} it is, by the whole name: {offered}")
    return [Owner(one.as_written[:200], str(one.role), one.person, one.body) for one in found]


def _after(request: HttpRequest, pk: int, pks: set[int], wrong: ReviewForm | None = None) -> HttpResponse:
    anchor = f"action-{min(pks)}" if len(pks) == 1 else "carried"
    if wrong is None and not request.htmx:
        return back_to(pk, number_asked(request), anchor)
    space = space_to_write(request, pk)
    context = (
        workspace_context(request, space)
        if not request.htmx
        else {
            "space": space,
            "meeting": space.meeting,
            "number": space.number,
            "oob": True,
            **(reviewing_context(space) if space.shows_carried else {}),
        }
    )
    if wrong is not None:
        if wrong.prefix == "together":
            context["together_form"] = wrong
        for row in context.get("carried", ()):
            row.form = wrong if wrong.prefix == f"action-{row.pk}" else row.form
            row.is_ticked = row.pk in pks
    response = part(request, "carried" if request.htmx else "page", context, status=422 if wrong else 200)
    return trigger_client_event(response, "answered")
