"""Forms for the agenda and the notes of an item."""

from typing import Any

from django import forms

from allies.models import Actor, Organisation, Project
from meetings.models import AgendaItem, ItemKind, Purpose
from meetings.models.agenda import ITEM_KIND_CHOICES
from meetings.services.agenda_items import ItemWords
from risks.models import Risk

LONGEST_NOTES = 200_000  # characters: far more than anybody types, and still one small write


class ItemForm(forms.Form):
    """What the agenda says of an item."""

    title = forms.CharField(label="Item", max_length=300, error_messages={"required": "Say what the item is"})
    kind = forms.ChoiceField(label="Kind", choices=ITEM_KIND_CHOICES, initial=ItemKind.DISCUSSION)
    purpose = forms.ChoiceField(
        label="What the group is asked for", choices=[("", "Not said"), *Purpose.choices], required=False
    )
    minutes = forms.IntegerField(
        label="How long, in minutes",
        required=False,
        min_value=1,
        max_value=600,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 4}),
        error_messages={
            "invalid": "Give the minutes as a number, such as 20",
            "min_value": "Give at least one minute",
            "max_value": "Give no more than 600 minutes",
        },
    )
    presenters = forms.CharField(
        label="Presented by", required=False, max_length=600, help_text="Names, with commas between."
    )
    about = forms.ChoiceField(
        label="About", required=False, help_text="The project or partner that it concerns."
    )

    risk = forms.ModelChoiceField(
        Risk.objects.none(),
        label="Speaks of which risk",
        required=False,
        empty_label="None in particular",
        help_text="Its page in the register then says that it was spoken of here.",
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seen = Risk.objects.visible_to(actor).order_by("title")
        self.fields["risk"].queryset = seen  # type: ignore[attr-defined]
        # A risk that whoever saves the item may not read stays with it: they cannot have meant to take it away.
        before = self.initial.get("risk")
        self._unseen = None
        if before and not seen.filter(pk=before).exists():
            self._unseen = Risk.objects.filter(pk=before).first()
        projects = Project.objects.visible_to(actor).order_by("name")
        partners = Organisation.objects.visible_to(actor).order_by("name")
        self._matters = {f"project-{one.pk}": one for one in projects} | {
            f"organisation-{one.pk}": one for one in partners
        }
        self.fields["about"].choices = [("", "Nothing in particular")] + [
            (label, [(key, str(one)) for key, one in self._matters.items() if isinstance(one, model)])
            for label, model in (("Projects", Project), ("Partners", Organisation))
        ]

    def words(self) -> ItemWords:
        """What was typed, for the service."""
        typed = self.cleaned_data
        return ItemWords(
            title=typed["title"],
            kind=typed["kind"],
            purpose=typed["purpose"],
            minutes=typed["minutes"],
            presenters=tuple(filter(None, (name.strip()[:200] for name in typed["presenters"].split(",")))),
            about=self._matters.get(typed["about"]),
            risk=typed["risk"] or self._unseen,
        )


class ItemNotesForm(forms.Form):
    """The notes of an item, as typed, and the version they were typed upon."""

    base = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    notes = forms.CharField(
        label="Notes",
        required=False,
        max_length=LONGEST_NOTES,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 18}),
        help_text=(
            "One point to a line, a dash before it if you like; indent a reply. "
            "A line that begins ACTION:, DECISION:, OFFER: or PARKED: stands out."
        ),
    )


def initial_of(item: AgendaItem) -> dict[str, Any]:
    """What the form of an existing item begins with."""
    about = ""
    if item.about_project_id:
        about = f"project-{item.about_project_id}"
    elif item.about_organisation_id:
        about = f"organisation-{item.about_organisation_id}"
    return {
        "title": item.title,
        "kind": item.kind,
        "purpose": item.purpose,
        "minutes": item.minutes,
        "presenters": ", ".join(item.presenters.values_list("as_written", flat=True)),
        "about": about,
        "risk": item.risk_id,
    }
