"""What the group decides of a case at its meeting, and the actions that this makes."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from actions.deadlines import read_deadline
from actions.forms.deadlines import DeadlineField
from actions.services import Owner
from allies.models import Appointment, Person
from meetings.models import Reached
from meetings.services.cases import Group, HandedBack
from meetings.services.recording import Votes
from risks.forms.escalations import FOLLOWS, DecidedForm
from risks.models import CaseResponse
from risks.services.deciding import Decided, ToDo

HAND_BACK = "hand_back"
ACTIONS = 3
_REACHED = [("", "Not said"), *((one.value, one.label) for one in Reached if one is not Reached.ADVICE)]


class CaseDecidedForm(DecidedForm):
    """What the group decided, why, and how it came to it; or that it hands the case back to the chairs."""

    mark_optional = False
    reached = forms.ChoiceField(label="How it was reached", choices=_REACHED, required=False)
    votes_for = forms.IntegerField(label="For", min_value=0, max_value=999, required=False)
    votes_against = forms.IntegerField(label="Against", min_value=0, max_value=999, required=False)
    votes_abstained = forms.IntegerField(label="Abstained", min_value=0, max_value=999, required=False)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, today=today, **kwargs)
        choices = [*CaseResponse.choices, (HAND_BACK, "Hand it back to the chairs")]
        follows = {one.value: words for one, words in FOLLOWS.items()}
        follows[HAND_BACK] = "Both seats decide anew, each with a reason."
        response = self.fields["response"]
        response.label = "What did the Allies decide?"
        response.widget.follows = follows  # type: ignore[attr-defined]
        response.choices = choices  # type: ignore[attr-defined]
        self.fields["until"].label = "Accepted until, if it is accepted"
        self.fields[
            "reason"
        ].help_text = "In the words of the group. It stands in the notes and with the case."

    def clean(self) -> dict[str, Any]:
        """Refuse numbers of a vote where nothing was decided by a majority, too."""
        typed = super().clean()
        if self._votes() and typed.get("reached") != Reached.MAJORITY:
            self.add_error("reached", "Numbers belong to a majority. Choose it, or leave them out")
        return typed

    def said(self) -> Decided | HandedBack:
        """What was decided. Call on a valid form."""
        if self.cleaned_data["response"] == HAND_BACK:
            return HandedBack(self.cleaned_data["reason"])
        return self.decided()

    def group(self) -> Group:
        """How the group came to it. Call on a valid form."""
        return Group(self.cleaned_data["reached"], self._votes())

    def _votes(self) -> Votes:
        typed = self.cleaned_data
        return Votes(typed.get("votes_for"), typed.get("votes_against"), typed.get("votes_abstained"))


class CaseActionForm(forms.Form):
    """One action that the decision makes; left empty, it makes none."""

    mark_optional = False
    text = forms.CharField(
        label="What is to be done", max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    owner = forms.ChoiceField(label="Who carries it", required=False)
    deadline = DeadlineField(label="By when", help_text="A date, or in words: “at next meeting”.")

    def __init__(self, *args: Any, people: Sequence[Person], meeting_date: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(one.pk): one for one in people}
        self.meeting_date = meeting_date
        names = [(pk, one.full_name) for pk, one in self.people.items()]
        self.fields["owner"].choices = [("", "Nobody chosen"), *names]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Refuse an owner or a deadline of nothing."""
        typed = super().clean() or self.cleaned_data
        if not typed.get("text", "").strip() and (typed.get("owner") or typed.get("deadline")):
            self.add_error("text", "Say what is to be done")
        return typed

    def to_do(self) -> ToDo | None:
        """The action, or None where nothing was typed. Call on a valid form."""
        typed = self.cleaned_data
        if not typed["text"].strip():
            return None
        owner = self.people.get(typed["owner"])
        return ToDo(
            typed["text"],
            [Owner(owner.full_name, person=owner)] if owner else [],
            read_deadline(typed["deadline"], meeting_date=self.meeting_date) if typed["deadline"] else None,
        )


def action_forms(data: Any, *, meeting_date: date) -> list[CaseActionForm]:
    """The rows of actions, three of them; more can be added to the case afterwards. One query."""
    held = Appointment.objects.on(meeting_date).values("person")
    people = list(Person.objects.filter(pk__in=held).order_by("full_name", "pk"))
    return [
        CaseActionForm(data, prefix=f"action-{number}", people=people, meeting_date=meeting_date)
        for number in range(1, ACTIONS + 1)
    ]
