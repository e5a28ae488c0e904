"""The register of interests: mine first, then everybody's, by person."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from allies import clock
from allies.access import requires
from allies.forms.interests import EndInterestForm, InterestForm, RegisterFilter, WithdrawForm
from allies.history import history_page
from allies.models import Declaration, Interest, InterestsReturn, Person
from allies.models.asked import Asked, places_seen_by, who_is_asked
from allies.models.register import (
    Wanted,
    entries,
    entries_of,
    matters_in_register,
    people_in_register,
    with_partners,
)
from allies.policies import can, can_declare_for, check_can_declare_for
from allies.powers import Permission
from allies.services.interests import (
    CannotKeepInterest,
    answer_about_interests,
    change_interest,
    declare_interest,
    end_interest,
    set_words_private,
    withdraw_answer,
    withdraw_interest,
)
from allies.views.openness import mark_what_goes_out, openness_of
from allies.views.pages import form_page, page_of, sent
from allies.views.showing_interests import prepare_entries

FORM = require_http_methods(["GET", "HEAD", "POST"])
LEAD = "Having an interest is normal. Saying so protects you and the group."


@requires(Permission.READ_RECORD)
@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """Show what I have declared, who has not answered (to those who may know), and the register by person."""
    form = RegisterFilter(request.GET)
    form.offer(matters_in_register(request.user))
    wanted = form.wanted()
    page = page_of(request, people_in_register(request.user, wanted))
    by_person = entries_of(entries(request.user, wanted), page.object_list)
    for person in page.object_list:
        person.entries = by_person[person.pk]
    shown = [entry for some in by_person.values() for entry in some]
    own = _own_entries(request)
    with_partners([*shown, *own], request.user)
    prepare_entries(shown, request.user, wanted.on)
    prepare_entries(own, request.user, clock.today())
    places = places_seen_by(request.user, clock.today())
    asked = who_is_asked(places, clock.today())
    openness = openness_of(places, request.user, clock.today())
    mark_what_goes_out(own, openness)
    return render(
        request,
        "allies/interests.html",
        {
            "form": form,
            "page_obj": page,
            "then": wanted.on if wanted.on != clock.today() else None,
            "is_narrowed": wanted != Wanted(on=clock.today()),
            "openness": openness,
            "mine": _mine(request, own, asked, places) if request.user.person else None,
            "others_asked": [one for one in asked if one.person != request.user.person],
            "may_see_asked": can(request.user, Permission.SEE_WHO_IS_ASKED),
            "may_record": can(request.user, Permission.ANSWER_FOR_ANYONE),
            "may_withhold": can(request.user, Permission.WRITE_NOTES),
        },
        status=422 if form.errors else 200,
    )


def _own_entries(request: HttpRequest) -> list[Any]:
    """One's own entries, as they are today, whatever is looked for below."""
    person = request.user.person
    if person is None:
        return []
    every = entries(request.user, Wanted(on=clock.today(), ended=True))
    return entries_of(every, [person])[person.pk]


def _mine(request: HttpRequest, own: list[Any], asked: list[Asked], places: list[Any]) -> dict[str, Any]:
    """One's own entries, what one last answered, and whether one is asked."""
    person = request.user.person
    return {
        "person": person,
        "standing": [entry for entry in own if entry.stands],
        "over": [entry for entry in own if not entry.stands],
        "asked": next((one for one in asked if one.person == person), None),
        "last": _last_answer(person, places),
        "may_declare": can_declare_for(request.user, person),
    }


def _last_answer(person: Person, places: list[Any]) -> InterestsReturn | None:
    """What one last answered, from one's places: whoever opens the register has one."""
    own = next((one for one in places if one.person_id == person.pk and one.answered_pk), None)
    return own and InterestsReturn(pk=own.answered_pk, on=own.answered_on, nil=own.answered_nil)


@requires(Permission.KEEP_OWN_ACCOUNT)
@require_safe
def interest(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one entry, where it was declared, and what else there is about the same."""
    found = _entry(request, pk)
    alike = Interest.objects.visible_to(request.user).about_the_same_as(found)
    alike = list(alike.standing_on(clock.today()).select_related("about_project", "about_organisation"))
    with_partners([found], request.user)
    prepare_entries([found], request.user, clock.today())
    declarations = Declaration.objects.visible_to(request.user).filter(interest=found)
    return render(
        request,
        "allies/interest.html",
        {
            "interest": found,
            "alike": alike if found.stands else [],
            "declarations": declarations.select_related("body").order_by("-on", "-pk"),
            "may_read_register": can(request.user, Permission.READ_RECORD),
            "is_own": found.person_id == request.user.person_id,
        },
    )


@requires(Permission.ANSWER_FOR_ONESELF)
@FORM
def new(request: HttpRequest) -> HttpResponse:
    """Add an interest: one's own, or for the core team somebody's."""
    for_others = can(request.user, Permission.ANSWER_FOR_ANYONE)
    initial = {"person": request.GET.get("person") or request.user.person_id}
    form = InterestForm(sent(request), actor=request.user, for_others=for_others, initial=initial)
    if form.is_valid():
        person = form.cleaned_data.get("person") or request.user.person
        try:
            added = declare_interest(
                by=request.user,
                person=person,
                entry=form.entry(),
                declared_on=form.cleaned_data.get("declared_on"),
                is_all=form.cleaned_data["is_all"],
            )
        except CannotKeepInterest as error:
            _point_out(form, error)
        else:
            return HttpResponseRedirect(added.get_absolute_url())
    return form_page(
        request,
        form,
        title="Add an interest",
        button="Add to the register",
        lead=LEAD,
        back_url=reverse("interests:list"),
        back_text="Interests",
        section="interests",
    )


@requires(Permission.ANSWER_FOR_ONESELF)
@require_POST
def answer(request: HttpRequest) -> HttpResponse:
    """Take "nothing to declare", or "these are all", for oneself or for the core team for somebody."""
    own = request.user.person_id
    person = get_object_or_404(Person, pk=_number(request.POST.get("person")) or own or 0)
    try:
        answer_about_interests(by=request.user, person=person, nil=request.POST.get("nil") == "yes")
    except CannotKeepInterest as error:
        messages.warning(request, str(error))
    if person.pk == own:
        return HttpResponseRedirect(reverse("interests:list"))
    return HttpResponseRedirect(f"{person.get_absolute_url()}#interests")


@requires(Permission.ANSWER_FOR_ONESELF)
@FORM
def withdraw_answer_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Strike an answer that was a mistake."""
    given = get_object_or_404(
        InterestsReturn.objects.visible_to(request.user).standing().select_related("person"), pk=pk
    )
    check_can_declare_for(request.user, given.person)
    form = WithdrawForm(sent(request))
    if form.is_valid():
        withdraw_answer(by=request.user, answer=given, **form.cleaned_data)
        return HttpResponseRedirect(f"{given.person.get_absolute_url()}#interests")
    return form_page(
        request,
        form,
        title="Withdraw an answer",
        button="Withdraw it",
        lead=f"{given.person}, {given.on.day} {given.on:%B %Y}: {given.in_words.lower()}.",
        back_url=given.person.get_absolute_url(),
        back_text=given.person.full_name,
        section="interests",
    )


@requires(Permission.ANSWER_FOR_ONESELF)
@FORM
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Set an entry right."""
    found = _entry_to_keep(request, pk)
    form = InterestForm(
        sent(request),
        actor=request.user,
        for_others=False,
        interest=found,
        initial=InterestForm.initial_of(found),
    )
    if form.is_valid():
        try:
            change_interest(by=request.user, interest=found, entry=form.entry())
        except CannotKeepInterest as error:
            _point_out(form, error)
        else:
            return HttpResponseRedirect(found.get_absolute_url())
    return _form_about(
        request,
        form,
        found,
        title="Put this entry right",
        button="Save",
        lead="If the interest itself has changed, end this entry and add another: then the register of earlier"
        " days stays as it was.",
    )


@requires(Permission.ANSWER_FOR_ONESELF)
@require_POST
def words(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep the words of one's own entry private, or open them, with one press."""
    found = _entry_to_keep(request, pk)
    private = {"yes": True, "no": False}.get(request.POST.get("private", ""))
    if private is not None:
        set_words_private(by=request.user, interest=found, private=private)
    if request.POST.get("back") == "entry":
        return HttpResponseRedirect(found.get_absolute_url())
    return HttpResponseRedirect(f"{reverse('interests:list')}#entry-{found.pk}")


@requires(Permission.ANSWER_FOR_ONESELF)
@FORM
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Say when an interest ended."""
    found = _entry_to_keep(request, pk)
    form = EndInterestForm(sent(request), initial={"until": found.until})
    if form.is_valid():
        try:
            end_interest(by=request.user, interest=found, **form.cleaned_data)
        except CannotKeepInterest as error:
            _point_out(form, error)
        else:
            return HttpResponseRedirect(found.get_absolute_url())
    return _form_about(request, form, found, title="When did it end?", button="Save", lead=str(found))


@requires(Permission.ANSWER_FOR_ONESELF)
@FORM
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Strike an entry that was a mistake."""
    found = _entry_to_keep(request, pk)
    form = WithdrawForm(sent(request))
    if form.is_valid():
        withdraw_interest(by=request.user, interest=found, **form.cleaned_data)
        return HttpResponseRedirect(found.get_absolute_url())
    return _form_about(
        request,
        form,
        found,
        title="Withdraw this entry",
        button="Withdraw it",
        lead=f"{found}. For what was never so. An interest that is over is ended, not withdrawn.",
    )


@requires(Permission.KEEP_OWN_ACCOUNT)
@require_safe
def history(request: HttpRequest, pk: int) -> HttpResponse:
    """Show who changed what about an entry; without its words for whoever may not read all that they have been.

    Words that were private once stay so in the history, also where the entry has been opened since.
    """
    found = _entry(request, pk)
    may_read_all = request.user.person_id == found.person_id or (
        not found.is_kept_back and not found.history.filter(private=True).exists()
    )
    if not may_read_all:
        may_read_all = _reads_private_words(request, found)
    return history_page(
        request,
        title=found.outline,
        back_url=found.get_absolute_url(),
        section="interests",
        rows=[found],
        leave_out=() if may_read_all else {"full_words"},
    )


def _reads_private_words(request: HttpRequest, found: Any) -> bool:
    """Whether they would read the words of this entry if it were private now: the rule of `visible_to` itself."""
    return (
        Interest.objects.visible_to(request.user, as_private=True)
        .filter(pk=found.pk, is_kept_back=False)
        .exists()
    )


def _entry(request: HttpRequest, pk: int) -> Any:
    pointed_to = ("person", "about_project", "about_organisation", "recorded_by")
    return get_object_or_404(Interest.objects.visible_to(request.user).select_related(*pointed_to), pk=pk)


def _entry_to_keep(request: HttpRequest, pk: int) -> Any:
    """An entry that they may write to. One that was withdrawn is there to be read alone."""
    found = _entry(request, pk)
    if found.withdrawn:
        raise Http404
    check_can_declare_for(request.user, found.person)
    return found


def _form_about(request: HttpRequest, form: Any, found: Any, **words: str) -> HttpResponse:
    return form_page(
        request,
        form,
        back_url=found.get_absolute_url(),
        back_text=found.outline,
        section="interests",
        **words,
    )


def _point_out(form: Any, error: CannotKeepInterest) -> None:
    form.add_error(error.field if error.field in form.fields else None, str(error))


def _number(typed: str | None) -> int | None:
    return int(typed) if typed and typed.isascii() and typed.isdigit() and len(typed) < 10 else None
