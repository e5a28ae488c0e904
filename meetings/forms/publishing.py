"""Forms of publishing: why something is withheld, and why published notes are withdrawn."""

from typing import Any

from django import forms

from meetings.models import RedactionReason


class WhyForm(forms.Form):
    """The reason for what is withheld next. It is asked for only where something is withheld."""

    mark_optional = False

    reason = forms.ChoiceField(
        label="Why, for what you withhold",
        choices=[("", "Choose a reason"), *RedactionReason.choices],
        required=False,
        help_text="The public reads it: “A paragraph is withheld: personal.”",
    )
    reason_words = forms.CharField(label="Another reason, in a few words", required=False, max_length=200)
    without_trace = forms.BooleanField(label="Leave no trace: the gap itself would tell", required=False)

    def clean(self) -> dict[str, Any]:
        """Ask for the reason where something is being withheld."""
        cleaned = super().clean() or self.cleaned_data
        if str(self.data.get("choose", "")).startswith("withheld:") and not cleaned.get("reason"):
            self.add_error("reason", "Choose why first: the reason goes in the record")
        return cleaned


class WithdrawForm(forms.Form):
    """Why published notes are taken back."""

    reason = forms.CharField(
        label="Why",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Everybody can read this, at the address where the notes were.",
        error_messages={"required": "Say why: everybody can read the reason"},
    )
