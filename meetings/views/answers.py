"""Answering an invitation, and inviting."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from allies.access import requires
from allies.models import Person
from allies.powers import Permission, Refused
from meetings.models import Answer, Attendance, Meeting
from meetings.models.in_full import attendance_of
from meetings.policies import check_can_invite
from meetings.services import inviting
from meetings.services.inviting import InvitationRefused, Invited
from meetings.views.finding import meeting_or_404, refused


@requires(Permission.READ_RECORD)
@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Say whether one comes: `answer`, and for the core team `person`, whose answer it is."""
    meeting = meeting_or_404(request, pk)
    person = _whose_answer(request)
    try:
        said = Answer(request.POST.get("answer", ""))
    except ValueError:
        return refused(request, ValueError("Choose one of the answers."), meeting)
    try:
        mine = inviting.answer(by=request.user, meeting=meeting, person=person, answer=said)
    except InvitationRefused as error:
        return _too_late(request, meeting, error)
    if request.htmx:
        return _part(request, meeting, mine)
    back = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        return redirect(back)
    return redirect(meeting)


@requires(Permission.ANSWER_FOR_ANYONE)
@require_http_methods(["GET", "POST"])
def invitations(request: HttpRequest, pk: int) -> HttpResponse:
    """Invite everyone on the body, or a guest; see who comes, and answer for those who said so another way."""
    meeting = meeting_or_404(request, pk)
    check_can_invite(request.user, meeting)
    if request.method == "POST":
        return _invite(request, meeting)
    attendance = attendance_of(meeting)
    invited = {one.person_id for one in attendance}
    context = {
        "meeting": meeting,
        "attendance": attendance,
        "choices": Answer.choices,
        "counts": {choice.value: sum(one.answer == choice for one in attendance) for choice in Answer},
        "unanswered": sum(not one.answer for one in attendance),
        "others": [person for person in Person.objects.in_order() if person.pk not in invited],
    }
    return render(request, "meetings/invitations.html", context)


def _invite(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    address = request.build_absolute_uri(meeting.get_absolute_url())
    try:
        if "guest" in request.POST:
            guest = get_object_or_404(Person, pk=_number(request.POST["guest"]))
            invited = inviting.invite_guest(by=request.user, meeting=meeting, person=guest, address=address)
        else:
            invited = inviting.invite(
                by=request.user, meeting=meeting, address=address, again="again" in request.POST
            )
    except InvitationRefused as error:
        return refused(request, error, meeting)
    _tell_whom_it_missed(request, invited)
    return redirect("meetings:invitations", meeting.pk)


def _tell_whom_it_missed(request: HttpRequest, invited: Invited) -> None:
    for person in invited.without_address:
        messages.warning(request, f"{person} has no email address in the record: tell them another way.")
    for person in invited.not_sent:
        messages.warning(
            request, f"The message to {person} could not be sent: try again later, or tell them another way."
        )


def _whose_answer(request: HttpRequest) -> Person:
    if request.POST.get("person"):
        return get_object_or_404(Person, pk=_number(request.POST["person"]))
    if request.user.person is None:
        raise Refused(
            Permission.ANSWER_FOR_ONESELF,
            "This account belongs to nobody in the record, so it cannot answer.",
        )
    return request.user.person


def _too_late(request: HttpRequest, meeting: Meeting, error: InvitationRefused) -> HttpResponse:
    if not request.htmx:
        return refused(request, error, meeting)
    mine = meeting.attendance.filter(person=request.user.person).first()
    return _part(request, meeting, mine, status=422, words=str(error))


def _part(
    request: HttpRequest, meeting: Meeting, mine: Attendance | None, *, status: int = 200, words: str = ""
) -> HttpResponse:
    context = {"meeting": meeting, "mine": mine, "next": request.POST.get("next", ""), "refused": words}
    return render(request, "meetings/parts/answer.html", context, status=status)


def _number(words: str) -> int | None:
    return int(words) if words.isascii() and words.isdigit() and len(words) < 10 else None
