"""Saying how an action is going, why it is let go, or why it is open again."""

from typing import Any

from django import forms

from actions.models import STATUS_WORDS, Action
from actions.services import NEEDS_A_REASON
from actions.statuses import Status

TO_CHOOSE = [Status.TODO, Status.IN_PROGRESS, Status.WAITING, Status.DONE, Status.LET_GO]


class UpdateForm(forms.Form):
    """How an action is going, and what has changed.

    `was` carries how it stood when the form was shown: a note under an untouched status never sets back what
    somebody else has said in the meantime.
    """

    mark_optional = False
    status = forms.ChoiceField(label="How is it going?", required=False)
    note = forms.CharField(
        label="What has changed?", required=False, max_length=4000, widget=forms.Textarea({"rows": 3})
    )
    was = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, action: Action, **kwargs: Any) -> None:
        initial = {"status": action.status, "was": action.status}
        super().__init__(data, initial=initial, auto_id=f"action-{action.pk}-%s", **kwargs)
        choices = [(status.value, STATUS_WORDS[status]) for status in TO_CHOOSE]
        if action.status not in TO_CHOOSE:
            words = STATUS_WORDS[Status(action.status)] if action.status else "Not recorded"
            choices.insert(0, (action.status, words))
        if (
            (was := self.data.get("was"))
            and was not in {value for value, _ in choices}
            and was in list(Status)
        ):
            choices.insert(0, (was, STATUS_WORDS[Status(was)]))
        self.fields["status"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Work out `new_status`: None where it was left as it was. Every complaint says what to do."""
        cleaned = super().clean() or {}
        chosen = cleaned.get("status", "")
        cleaned["new_status"] = Status(chosen) if chosen and chosen != cleaned.get("was") else None
        status, note = cleaned["new_status"], cleaned.get("note", "")
        if "status" in self.errors or "note" in self.errors:
            return cleaned
        if status in NEEDS_A_REASON and not note:
            self.add_error("note", NEEDS_A_REASON[status])
        elif status is None and not note:
            self.add_error("note", "Say what has changed, or choose how it is going now.")
        elif status is Status.MERGED:
            self.add_error("status", "Say which action it is merged into, on its own page.")
        return cleaned


class ReasonForm(forms.Form):
    """One reason."""

    # Beside "Let them go" stands "They still stand", which needs no reason: the browser must not ask for one.
    use_required_attribute = False

    reason = forms.CharField(
        label="Why",
        max_length=4000,
        widget=forms.Textarea({"rows": 3}),
        help_text="Everyone in the group can read this.",
        error_messages={"required": "Say why: the reason goes in the record"},
    )
