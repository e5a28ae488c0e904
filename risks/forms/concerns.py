"""The forms of a concern: raising it, and what the chairs do with it."""

from typing import Any

from django import forms

from allies.models import Actor, Organisation, Project
from allies.widgets import ChoiceCards
from risks.models import Concern, ConcernState


class ConcernForm(forms.Form):
    """What it is about, and what worries somebody. Nothing else is asked."""

    about = forms.ChoiceField(
        label="Which project or partner is it about?",
        error_messages={"required": "Choose the project or partner"},
    )
    words = forms.CharField(
        label="What worries you?",
        widget=forms.Textarea(attrs={"rows": 6, "autocomplete": "off"}),
        help_text="A few plain words are enough. You need no proof, and nothing has to be well put.",
        error_messages={"required": "Say in a few words what worries you"},
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        projects = Project.objects.visible_to(actor).order_by("name")
        partners = Organisation.objects.visible_to(actor).order_by("name")
        self.things: dict[str, Project | Organisation] = {
            **{f"project-{one.pk}": one for one in projects},
            **{f"partner-{one.pk}": one for one in partners},
        }
        groups = [
            ("Projects", [(key, str(one)) for key, one in self.things.items() if isinstance(one, Project)]),
            (
                "Partners",
                [(key, str(one)) for key, one in self.things.items() if isinstance(one, Organisation)],
            ),
        ]
        self.fields["about"].choices = [("", "Choose one"), *groups]  # type: ignore[attr-defined]

    def clean_about(self) -> Project | Organisation:
        """Give the project or the partner itself."""
        return self.things[self.cleaned_data["about"]]


class LookForm(forms.Form):
    """How far the chairs are, in their own words."""

    state = forms.ChoiceField(
        label="How far is it?",
        choices=[
            (ConcernState.LOOKED_AT.value, "We are looking at it"),
            (ConcernState.TAKEN_UP.value, "We take it up"),
            (ConcernState.NO_FURTHER.value, "It goes no further"),
        ],
        widget=ChoiceCards(
            follows={
                ConcernState.LOOKED_AT: "Whoever raised it sees that you have begun.",
                ConcernState.TAKEN_UP: "It comes to the two chairs to decide. Everyone reads your summary.",
                ConcernState.NO_FURTHER: "Whoever raised it reads your reason.",
            }
        ),
        error_messages={"required": "Choose how far it is"},
    )
    summary = forms.CharField(
        label="What it is about, in your own words",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Everyone in the group reads this once you save it. Leave out whatever shows who raised it: "
        "names, turns of phrase, and where somebody was when.",
    )
    outcome = forms.CharField(
        label="What became of it, and why",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Whoever raised it reads this, and, where there is a summary, everyone.",
    )

    def clean(self) -> dict[str, Any]:
        """Refuse taking it up without a summary, and letting it go without a reason."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("state") == ConcernState.TAKEN_UP and not cleaned.get("summary"):
            self.add_error("summary", "Say in your own words what it is about: the others read that")
        if cleaned.get("state") == ConcernState.NO_FURTHER and not cleaned.get("outcome"):
            self.add_error("outcome", "Say why it goes no further: whoever raised it reads that")
        return cleaned

    def clean_state(self) -> ConcernState:
        """Give the state as a `ConcernState`."""
        return ConcernState(self.cleaned_data["state"])

    @staticmethod
    def initial_of(concern: Concern) -> dict[str, Any]:
        """What the form shows of a concern."""
        return {"state": concern.state, "summary": concern.summary, "outcome": concern.outcome}


class AsideForm(forms.Form):
    """A chair's word that they have an interest in it."""

    why = forms.CharField(
        label="What ties you to it",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="The other chair reads this. It need not be more than a few words.",
    )
