"""`/risks/scheme/`: how scores are counted, with the decisions of the group that adopted it."""

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from actions.wording import day_in_words
from allies.access import requires
from allies.policies import check
from allies.powers import Permission
from allies.views.pages import form_page, sent
from meetings.models import Decision
from meetings.services.adopting import adopt_by_decision
from risks.models import SchemeVersion
from risks.services.schemes import SchemeRefused
from risks.views.schemes import scheme_context

# As many of the newest decisions as one can choose from.
OFFERED = 60


class DecisionField(forms.ModelChoiceField):
    """A decision, with the day of its meeting."""

    def label_from_instance(self, decision: Decision) -> str:  # type: ignore[override]
        return f"{decision.text} ({day_in_words(decision.meeting.date)})"


class AdoptForm(forms.Form):
    """By which decision the group adopted it."""

    decision = DecisionField(
        Decision.objects.none(),
        label="By which decision of the group?",
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": "Choose the decision", "invalid_choice": "Choose one from the list"},
    )


@requires(Permission.READ_RECORD)
@require_safe
def scheme(request: HttpRequest) -> HttpResponse:
    """Show the scheme in force in plain words, what is proposed, and what was different before."""
    context = scheme_context(request)
    decided = (
        Decision.objects.visible_to(request.user)
        .standing()
        .exclude(scheme=None)
        .select_related("meeting__body")
    )
    decisions = {one.scheme_id: one for one in decided}
    return render(request, "risks/scheme.html", context | {"decisions": decisions})


@requires(Permission.KEEP_RISKS)
@require_http_methods(["GET", "HEAD", "POST"])
def adopt(request: HttpRequest, pk: int) -> HttpResponse:
    """Say by which decision the group adopted a proposed version."""
    version = get_object_or_404(SchemeVersion.objects.filter(adopted_on=None, withdrawn=""), pk=pk)
    check(request.user, Permission.KEEP_RISKS, body=version.body_id)
    decisions = (
        Decision.objects.visible_to(request.user)
        .standing()
        .filter(meeting__body=version.body_id, kind="decision", scheme=None)
        .select_related("meeting")
        .order_by("-meeting__date", "position", "pk")
    )
    ids = list(decisions.values_list("pk", flat=True)[:OFFERED])
    form = AdoptForm(sent(request))
    form.fields["decision"].queryset = decisions.filter(pk__in=ids)  # type: ignore[attr-defined]
    if form.is_valid():
        try:
            adopt_by_decision(by=request.user, decision=form.cleaned_data["decision"], version=version)
        except SchemeRefused as refused:
            form.add_error("decision", str(refused))
        else:
            return HttpResponseRedirect(reverse("risks:scheme"), status=303)
    return form_page(
        request,
        form,
        title=f"The group adopted version {version.version}",
        lead="It is in force from the day of that meeting. What was scored before keeps its number and its words.",
        button="Put it in force",
        back_url=reverse("risks:scheme"),
        back_text="How scores are counted",
        section="risks",
    )
