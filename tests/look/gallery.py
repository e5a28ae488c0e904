"""What the gallery of parts is shown with: forms in their states, a page of a list, a history. Names are invented."""

from datetime import datetime
from types import SimpleNamespace
from typing import Any

from django import forms
from django.core.paginator import Paginator

from allies.widgets import ChoiceCards, DayField, PartialDayField

STATUSES = [("todo", "To do"), ("in_progress", "In progress"), ("waiting", "Waiting"), ("done", "Done")]


class UpdateForm(forms.Form):
    """As in "Update this action"."""

    status = forms.ChoiceField(label="How is it going?", choices=STATUSES, initial="in_progress")
    note = forms.CharField(
        label="What has changed?",
        widget=forms.Textarea({"rows": 3}),
        initial="Three options drafted with Bel. Two community members have read them.",
    )


class EveryFieldForm(forms.Form):
    """A field of every kind."""

    title = forms.CharField(
        label="What it is called", help_text="A few words that the group would know it by."
    )
    other = forms.CharField(label="Other names", required=False)
    presence = forms.ChoiceField(
        label="Will you be there?",
        choices=[("y", "Coming"), ("n", "Apologies"), ("u", "Not known")],
        widget=forms.RadioSelect,
    )
    going = forms.ChoiceField(label="How is it going?", choices=STATUSES, widget=forms.RadioSelect)
    decision = forms.ChoiceField(
        label="What should happen?",
        choices=[("hold", "Hold"), ("talk", "Talk and learn together"), ("terms", "Written terms")],
        widget=ChoiceCards(
            follows={
                "hold": "Let it go on as it is, and look again on a date you set.",
                "talk": "A conversation with the partner, with someone from the group there.",
                "terms": "Go on only under terms that both sides sign.",
            }
        ),
        initial="terms",
    )
    again = DayField(label="Look at it again on", help_text="A day the group meets is easiest.")
    since = PartialDayField(label="On the group since", required=False)
    bodies = forms.MultipleChoiceField(
        label="Groups",
        choices=[("a", "Allies Group"), ("e", "Equity working group")],
        widget=forms.CheckboxSelectMultiple,
    )
    paper = forms.FileField(label="A paper", help_text="PDF or Word, up to 10 MB.")
    stands = forms.BooleanField(label="It still stands", help_text="Somebody has checked that it does.")


class WrongForm(forms.Form):
    """Filled in so that every part of it needs something."""

    why = forms.CharField(
        label="Why",
        widget=forms.Textarea({"rows": 2}),
        error_messages={"required": "Say why: the reason goes in the record"},
    )
    on = DayField(label="Look at it again on")
    presence = forms.ChoiceField(
        label="Will you be there?",
        choices=[("y", "Coming"), ("n", "Apologies")],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether you are coming"},
    )


class FilterForm(forms.Form):
    """All of it may stay empty, so nothing is marked as optional."""

    mark_optional = False
    owner = forms.ChoiceField(label="Owner", choices=[("", "Anyone"), ("me", "Mine")], required=False)
    status = forms.ChoiceField(label="Status", choices=[("", "Any"), *STATUSES], required=False)
    words = forms.CharField(label="Words", required=False)
    overdue = forms.BooleanField(label="Overdue only", required=False)


class SignInForm(forms.Form):
    """The first step of signing in."""

    email = forms.EmailField(label="Email")


def gallery_context() -> dict[str, Any]:
    """Give everything that templates/gallery.html is rendered with."""
    wrong = WrongForm({"on_day": "21", "on_month": "4", "on_year": "26"}, prefix=None, auto_id="wrong_%s")
    return {
        "update": UpdateForm(auto_id="update_%s"),
        "form": EveryFieldForm(auto_id="every_%s"),
        "wrong": wrong,
        "filters": FilterForm(auto_id="filter_%s"),
        "sign_in": SignInForm(auto_id="sign_in_%s"),
        "page_obj": Paginator(range(70), 25).page(2),
        "person": SimpleNamespace(pk=7, full_name="Bel Marsh"),
        "entries": [
            SimpleNamespace(
                when=datetime(2026, 2, 2, 9, 12),
                who="Bel Marsh",
                changes=[
                    SimpleNamespace(field="Deadline", before="31 Jan 2026", after="Ongoing"),
                    SimpleNamespace(field="Status", before="", after="In progress"),
                ],
            )
        ],
    }
