"""What the core team types about an action: words, deadline, owners, what it belongs to."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from actions.deadlines import Deadline, DeadlineKind, read_deadline
from actions.forms.deadlines import DeadlineField
from actions.models import DEADLINE_CHOICES, DEADLINE_WORDS, Action, OwnerRole
from actions.models.choices import every_matter, everyone_and_every_body
from actions.services import Owner
from actions.wording import agreed_in_words
from allies.models import Actor, Body, Organisation, Person, Project
from allies.partial_dates import PartialDate
from allies.widgets import DayField, PartialDayField

NOBODY = [("", "Nobody chosen")]
OWNER_ROWS_TO_ADD = 3


class AboutField(forms.ChoiceField):
    """A project or a partner, or neither. Cleans to the row itself, or None."""

    def offer(self, actor: Actor) -> None:
        """Fill the choices with what somebody may read: one query."""
        projects, partners = every_matter(actor)
        groups = [(name, rows) for name, rows in (("Projects", projects), ("Partners", partners)) if rows]
        self.choices = [("", "Nothing in particular"), *groups]

    def clean(self, value: Any) -> Project | Organisation | None:
        value = super().clean(value)
        if not value:
            return None
        kind, _, pk = value.partition(":")
        return (Project if kind == "project" else Organisation).objects.get(pk=pk)


def about_key(action: Action) -> str:
    """The value of `AboutField` for what an action is about."""
    if action.about_project_id:
        return f"project:{action.about_project_id}"
    return f"organisation:{action.about_organisation_id}" if action.about_organisation_id else ""


class WordsForm(forms.Form):
    """What was agreed, and in more detail."""

    text = forms.CharField(
        label="What was agreed",
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": "Say what was agreed"},
    )
    details = forms.CharField(
        label="In more detail",
        required=False,
        max_length=8000,
        widget=forms.Textarea({"rows": 4}),
        help_text="One point to a line.",
    )
    about = AboutField(label="About which project or partner", required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["about"].offer(actor)  # type: ignore[attr-defined]

    def points(self) -> list[str]:
        """The details as points. Call on a valid form."""
        return [line.strip() for line in self.cleaned_data["details"].splitlines() if line.strip()]


class NewActionForm(WordsForm):
    """An action that no meeting's notes speak of."""

    body = forms.ModelChoiceField(Body.objects.all(), label="Agreed in", empty_label=None)
    agreed_on = DayField(
        label="Agreed on",
        required=False,
        help_text="Leave it empty if it was agreed at a meeting nobody knows the day of.",
    )
    deadline = DeadlineField(
        label="Deadline, in your own words",
        help_text="Such as 31 January 2026, at the next meeting, as soon as possible, once the report is out.",
    )
    field_order = ["text", "details", "body", "agreed_on", "deadline", "about"]


class DeadlineForm(forms.Form):
    """A deadline: the words, and what they mean. The meaning is read from the words unless somebody chooses it."""

    words = DeadlineField(
        label="Deadline, in your own words",
        help_text="Such as 31 January 2026, at the next meeting, as soon as possible, once the report is out. "
        "Leave it empty for no deadline.",
    )
    kind = forms.ChoiceField(
        label="What the words mean",
        required=False,
        choices=[("", "Read it from the words"), *DEADLINE_CHOICES],
    )
    day = PartialDayField(
        label="Its date",
        required=False,
        help_text="Only for a date or a month, when the words do not say it.",
    )
    reason = forms.CharField(label="Why it changes", required=False, max_length=100)

    def __init__(self, data: Any = None, *, today: date, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.today = today

    def clean(self) -> dict[str, Any]:
        """Work out `deadline`, a `Deadline` or None. A year that is not written is the next such day from today."""
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        words, kind, day = " ".join(cleaned["words"].split()), cleaned["kind"], cleaned["day"]
        read = read_deadline(words, meeting_date=self.today)
        if self._has_only_new_words(words, kind, day):
            kind = day = ""
        if not kind and not day:
            cleaned["deadline"] = read
            return cleaned
        kind = kind or (DeadlineKind.DATE if len(day) == 10 else DeadlineKind.MONTH)
        if kind not in {DeadlineKind.DATE, DeadlineKind.MONTH}:
            cleaned["deadline"] = Deadline(words or DEADLINE_WORDS[DeadlineKind(kind)], DeadlineKind(kind))
            return cleaned
        iso = day or (read.date if read and read.kind == kind else None) or ""
        if kind == DeadlineKind.DATE and len(iso) != 10:
            self.add_error("day", "Give the day, the month and the year")
        elif kind == DeadlineKind.MONTH and len(iso) != 7:
            self.add_error("day", "Give the month and the year, and leave the day empty")
        else:
            written = words or PartialDate.read(iso).in_words
            cleaned["deadline"] = Deadline(written, DeadlineKind(kind), iso)
        return cleaned

    def _has_only_new_words(self, words: str, kind: str, day: str) -> bool:
        """Whether the words changed while the meaning of the old ones was left standing beside them."""
        before = [self.initial.get(name) or "" for name in ("words", "kind", "day")]
        return [kind, day] == before[1:] and words != before[0]


class OwnerForm(forms.Form):
    """One who carries it: somebody from the record, or words."""

    mark_optional = False
    who = forms.ChoiceField(label="Who", required=False)
    words = forms.CharField(label="Or in words", required=False, max_length=200)
    role = forms.ChoiceField(label="What they do", choices=OwnerRole, initial=OwnerRole.LEAD)

    def owner(self, as_written: dict[str, str]) -> Owner | None:
        """The owner that was typed, or None for an empty row. `as_written` keeps the words of those who stay."""
        who, words, role = (self.cleaned_data[name] for name in ("who", "words", "role"))
        if not who:
            return Owner(words, role) if words else None
        kind, _, pk = who.partition(":")
        row = (Person if kind == "person" else Body).objects.get(pk=pk)
        written = as_written.get(who) or str(row)
        return Owner(
            written, role, person=row if kind == "person" else None, body=row if kind == "body" else None
        )


class BaseOwnerFormSet(forms.BaseFormSet):
    """Those who carry an action, in their order."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people, bodies = everyone_and_every_body()
        self.choices = [*NOBODY, ("People", people), ("Groups", bodies)]

    def add_fields(self, form: Any, index: int | None) -> None:
        """Give every row the same choices, read once."""
        super().add_fields(form, index)
        form.fields["who"].choices = self.choices

    def clean(self) -> None:
        """Nobody carries an action twice."""
        named = [who for form in self.forms if (who := form.cleaned_data.get("who"))]
        if len(named) != len(set(named)):
            raise ValidationError("Somebody is named twice. Name each once, as leading or as supporting")

    def owners(self, as_written: dict[str, str] | None = None) -> list[Owner]:
        """The owners, in their order. Call on a valid formset."""
        found = (form.owner(as_written or {}) for form in self.forms if form.cleaned_data)
        return [owner for owner in found if owner]


OwnerFormSet = forms.formset_factory(OwnerForm, formset=BaseOwnerFormSet, extra=OWNER_ROWS_TO_ADD, max_num=40)


class ActionChoiceField(forms.ModelChoiceField):
    """One action of several, each shown with when it was agreed."""

    def label_from_instance(self, action: Any) -> str:
        return f"{action.text} ({agreed_in_words(action.agreed_on, action.first_seen_on, short=True)})"


class ChooseActionForm(forms.Form):
    """Another action, and why."""

    other = ActionChoiceField(
        Action.objects.none(),
        label="Which one",
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": "Choose one", "invalid_choice": "Choose one from the list"},
    )
    note = forms.CharField(label="A word about it", required=False, max_length=1000)

    def __init__(self, data: Any = None, *, candidates: Any, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["other"].queryset = candidates  # type: ignore[attr-defined]
