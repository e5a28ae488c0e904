"""Forms for papers."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from allies.models import Actor
from meetings.models import AgendaItem, Meeting
from meetings.uploads import ENDINGS, UploadRefused, check_file, check_size


class PaperForm(forms.Form):
    """A paper: a file or a link, by name and version."""

    title = forms.CharField(
        label="Name of the paper", max_length=200, error_messages={"required": "Give the paper a name"}
    )
    version = forms.CharField(
        label="Version", max_length=60, required=False, help_text="Such as “draft 2” or “2023–2028”."
    )
    item = forms.ModelChoiceField(
        label="For which item",
        queryset=AgendaItem.objects.none(),
        required=False,
        empty_label="The whole meeting",
    )
    file = forms.FileField(
        label="File",
        required=False,
        allow_empty_file=True,
        help_text="PDF, Word, Excel, PowerPoint, OpenDocument text, plain text, PNG or JPEG, up to 10 MB.",
        widget=forms.FileInput(attrs={"accept": ",".join(ENDINGS)}),
    )
    link = forms.URLField(
        label="Or a link",
        max_length=500,
        required=False,
        assume_scheme="https",
        error_messages={"invalid": "Give the whole address, such as https://example.org/report"},
    )

    def __init__(self, *args: Any, meeting: Meeting, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        items = AgendaItem.objects.visible_to(actor).filter(meeting=meeting)
        self.fields["item"].queryset = items.order_by("position")

    def clean_file(self) -> Any:
        """Read the file once it is known to be small enough, and say what is wrong with it."""
        file = self.cleaned_data["file"]
        if file is None:
            return None
        try:
            check_size(file.size)
            file.seek(0)
            self.content = file.read()
            check_file(file.name, self.content)
        except UploadRefused as error:
            raise ValidationError(str(error)) from error
        return file

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if "file" in typed and "link" in typed:
            if typed["file"] and typed["link"]:
                self.add_error("link", "Choose a file or give a link, one of the two")
            elif not typed["file"] and not typed["link"]:
                self.add_error("file", "Choose a file, or give a link")
        return typed


class WithdrawForm(forms.Form):
    """Why something no longer counts."""

    reason = forms.CharField(
        label="Why is it withdrawn?",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Everyone in the group can read this.",
        error_messages={"required": "Say why: the reason goes in the record"},
    )
