"""Forms about organisations, projects, and the parts that organisations play."""

from typing import Any

from django import forms

from allies.forms.fields import PartialDateFormField
from allies.models import Actor, Agreement, Organisation, Part, Participation, Person, Project


class OrganisationForm(forms.Form):
    """An organisation."""

    name = forms.CharField(label="Name", max_length=200, error_messages={"required": "Give its name"})
    short_name = forms.CharField(label="Known as", max_length=60, required=False)

    def __init__(self, *args: Any, organisation: Organisation | None = None, **kwargs: Any) -> None:
        self.organisation = organisation
        super().__init__(*args, **kwargs)

    def clean_name(self) -> str:
        """Refuse a name that is in the record already."""
        name: str = self.cleaned_data["name"]
        same = Organisation.objects.filter(name__iexact=name)
        if self.organisation:
            same = same.exclude(pk=self.organisation.pk)
        if same.exists():
            raise forms.ValidationError("An organisation of this name is in the record already")
        return name


class ProjectForm(forms.Form):
    """A project."""

    name = forms.CharField(label="Name", max_length=200, error_messages={"required": "Give its name"})
    summary = forms.CharField(label="What it is", required=False, widget=forms.Textarea(attrs={"rows": 4}))
    lead = forms.ModelChoiceField(
        label="Who leads it", queryset=Person.objects.in_order(), required=False, empty_label="Nobody named"
    )
    starts = PartialDateFormField(label="From", required=False, help_text="A month or a year will do.")
    ends = PartialDateFormField(
        label="Until", required=False, help_text="The last day, month or year counts."
    )

    def __init__(self, *args: Any, project: Project | None = None, **kwargs: Any) -> None:
        self.project = project
        super().__init__(*args, **kwargs)

    def clean_name(self) -> str:
        """Refuse a name that is in the record already."""
        name: str = self.cleaned_data["name"]
        same = Project.objects.filter(name__iexact=name)
        if self.project:
            same = same.exclude(pk=self.project.pk)
        if same.exists():
            raise forms.ValidationError("A project of this name is in the record already")
        return name

    def clean(self) -> dict[str, Any]:
        """Refuse an end before the start."""
        cleaned = super().clean() or self.cleaned_data
        starts, ends = cleaned.get("starts"), cleaned.get("ends")
        if starts and ends and ends.last_day() < starts.first_day():
            self.add_error("ends", "It ends before it begins. Give a later end, or an earlier start")
        return cleaned

    @staticmethod
    def initial_of(project: Project) -> dict[str, Any]:
        """What the form shows of a project that is in the record."""
        return {name: getattr(project, name) for name in ("name", "summary", "lead", "starts", "ends")}


class PartForm(forms.Form):
    """The part that an organisation plays in a project, and the state of its agreement."""

    part = forms.ChoiceField(label="Part", choices=Part)
    agreement = forms.ChoiceField(
        label="Agreement", choices=Agreement, help_text="How far the written agreement with it has come."
    )

    def __init__(
        self, *args: Any, project: Project, participation: Participation | None = None, **kwargs: Any
    ) -> None:
        self.project, self.participation = project, participation
        super().__init__(*args, **kwargs)

    def clean_part(self) -> Part:
        """Give the part as a `Part`."""
        return Part(self.cleaned_data["part"])

    def clean_agreement(self) -> Agreement:
        """Give the state as an `Agreement`."""
        return Agreement(self.cleaned_data["agreement"])

    def clean(self) -> dict[str, Any]:
        """Refuse a part that the organisation plays already."""
        cleaned = super().clean() or self.cleaned_data
        organisation = cleaned.get("organisation") or (self.participation and self.participation.organisation)
        same = Participation.objects.filter(
            project=self.project, organisation=organisation, part=cleaned.get("part")
        )
        if self.participation:
            same = same.exclude(pk=self.participation.pk)
        if organisation and same.exists():
            self.add_error("part", f"{organisation} plays this part in the project already")
        return cleaned


class ParticipationForm(PartForm):
    """An organisation that joins a project."""

    organisation = forms.ModelChoiceField(
        label="Organisation",
        queryset=Organisation.objects.none(),
        empty_label="Choose an organisation",
        error_messages={"required": "Choose the organisation"},
    )
    field_order = ("organisation", "part", "agreement")

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = Organisation.objects.visible_to(actor).order_by("name")
        self.fields["organisation"].queryset = offered  # type: ignore[attr-defined]


class EndParticipationForm(forms.Form):
    """Why an organisation no longer has its part."""

    reason = forms.CharField(
        label="Why",
        max_length=500,
        help_text="It stays in the history, for the group to read.",
        error_messages={"required": "Say why: the reason goes in the record"},
    )
