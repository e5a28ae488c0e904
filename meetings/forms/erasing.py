"""The last step before a name goes: why, and the name typed once more."""

from django import forms


class EraseForm(forms.Form):
    """Why, and the full name of whoever is erased, typed so that nobody does it by a slip."""

    reason = forms.CharField(
        label="Why the name goes",
        help_text="This goes in the record. Leave the name out of it.",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why: the reason goes in the record"},
    )
    name = forms.CharField(
        label="Type the full name",
        help_text="As it stands at the top of this page. There is no way back.",
        max_length=200,
        error_messages={"required": "Type the full name"},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
