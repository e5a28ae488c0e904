"""Carried actions, reviewed one by one, or several with what was said of them in one breath."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from actions.models import Action
from actions.services import ReasonMissing
from actions.statuses import Status
from allies.access import requires
from allies.powers import Permission
from meetings.forms.workspace import ReviewForm
from meetings.services import at_the_meeting
from meetings.views.finding import meeting_to_write
from meetings.views.workspace.finding import back_to, number_asked, part, space_to_write
from meetings.views.workspace.showing import reviewing_context, workspace_context


@requires(Permission.READ_RECORD)
@require_POST
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """What was said of the actions that are ticked (`action`), with the form that `prefix` names."""
    meeting = meeting_to_write(request, pk)
    prefix = request.POST.get("prefix", "together")
    one_alone = prefix.removeprefix("action-") if prefix.startswith("action-") else ""
    chosen = [one_alone] if one_alone else request.POST.getlist("action")
    pks = {int(written) for written in chosen if written.isascii() and written.isdigit()}
    form = ReviewForm(request.POST, prefix=prefix, auto_id=f"id_{prefix}-%s")
    if not pks:
        form.add_error(None, "Tick the actions that this was said of")
    if form.is_valid():
        typed = form.cleaned_data
        actions = list(Action.objects.visible_to(request.user).filter(pk__in=pks).select_related("body"))
        try:
            at_the_meeting.review(
                by=request.user,
                meeting=meeting,
                actions=actions,
                status=Status(typed["status"]) if typed["status"] else None,
                note=typed["note"],
            )
        except (ReasonMissing, ValueError) as error:
            form.add_error("note", str(error))
        else:
            return _after(request, pk, pks)
    return _after(request, pk, pks, wrong=form)


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
            **(reviewing_context(space) if space.shows_carried else {}),
        }
    )
    if wrong is not None:
        if wrong.prefix == "together":
            context["together_form"] = wrong
        for row in context.get("carried", ()):
            row.form = wrong if wrong.prefix == f"action-{row.pk}" else row.form
            row.is_ticked = row.pk in pks
    return part(request, "carried" if request.htmx else "page", context, status=422 if wrong else 200)
