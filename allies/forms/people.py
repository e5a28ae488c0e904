"""Forms about people and their places on bodies."""

from typing import Any

from django import forms

from allies.forms.fields import PartialDateFormField
from allies.models import Account, Appointment, Body, Person, Post, Seat

SHOW = [
    ("current", "On a group now"),
    ("former", "On a group before"),
    ("everyone", "Everyone in the record"),
]


class PeopleFilter(forms.Form):
    """Which people to list."""

    mark_optional = False
    q = forms.CharField(
        label="Name", max_length=100, required=False, widget=forms.TextInput(attrs={"type": "search"})
    )
    show = forms.ChoiceField(label="Show", choices=SHOW, required=False)


class PersonForm(forms.Form):
    """Who somebody is."""

    full_name = forms.CharField(
        label="Full name", max_length=200, error_messages={"required": "Give their full name"}
    )
    short_name = forms.CharField(
        label="Name in conversation", max_length=100, required=False, help_text="What the notes call them."
    )
    other_names = forms.CharField(
        label="Other names",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="One on each line. Notes that are brought in find them by these names too.",
    )
    pronouns = forms.CharField(label="Pronouns", max_length=60, required=False)
    email = forms.EmailField(
        label="Email address",
        required=False,
        help_text="For signing in. The core team and they themselves see it.",
        error_messages={"invalid": "Give an email address such as ada@example.org"},
    )

    def __init__(self, *args: Any, person: Person | None = None, **kwargs: Any) -> None:
        self.person = person
        super().__init__(*args, **kwargs)

    def clean_other_names(self) -> list[str]:
        """Give the names as a list."""
        names = [" ".join(line.split()) for line in self.cleaned_data["other_names"].splitlines()]
        if any(len(name) > 200 for name in names):
            raise forms.ValidationError("One of these names is longer than 200 letters")
        return [name for name in names if name]

    def clean_email(self) -> str:
        """Refuse an address that signs in somebody else."""
        email: str = self.cleaned_data["email"].strip().lower()
        others = Account.objects.filter(email__iexact=email)
        if self.person:
            others = others.exclude(person=self.person)
        if email and others.exists():
            raise forms.ValidationError("This address signs in somebody else. Give another")
        return email

    @staticmethod
    def initial_of(person: Person) -> dict[str, Any]:
        """What the form shows of somebody who is in the record."""
        return {
            "full_name": person.full_name,
            "short_name": person.short_name,
            "pronouns": person.pronouns,
            "email": person.email,
            "other_names": "\n".join(name.name for name in person.other_names.all()),
        }


class DetailsForm(forms.Form):
    """What somebody may say about themself."""

    mark_optional = False
    short_name = forms.CharField(
        label="Name in conversation", max_length=100, required=False, help_text="What others should call you."
    )
    pronouns = forms.CharField(label="Pronouns", max_length=60, required=False)
    access_needs = forms.CharField(
        label="What you need to take part",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Captions, breaks, large print, a phone line. Only you and the core team see this.",
    )


class AppointmentForm(forms.Form):
    """A place on a body."""

    body = forms.ModelChoiceField(
        label="Group",
        queryset=Body.objects.order_by("name"),
        empty_label="Choose a group",
        error_messages={"required": "Choose the group"},
    )
    post = forms.ChoiceField(label="Post", choices=Post)
    seat = forms.ChoiceField(
        label="Seat",
        required=False,
        choices=[("", "No seat"), *Seat.choices],
        help_text="For a co-chair. A seat says what the post stands for, not who the person is.",
    )
    starts = PartialDateFormField(
        label="From",
        required=False,
        help_text="As much as is known: a year will do. Leave it empty if nobody knows.",
    )
    ends = PartialDateFormField(
        label="Until", required=False, help_text="The last day, month or year counts."
    )
    interim = forms.BooleanField(label="Interim", required=False)

    def clean_post(self) -> Post:
        """Give the post as a `Post`."""
        return Post(self.cleaned_data["post"])

    def clean_seat(self) -> Seat | None:
        """Give the seat as a `Seat`, or None."""
        seat = self.cleaned_data["seat"]
        return Seat(seat) if seat else None

    @staticmethod
    def initial_of(appointment: Appointment) -> dict[str, Any]:
        """What the form shows of a place that is in the record."""
        fields = ("body", "post", "seat", "starts", "ends", "interim")
        return {name: getattr(appointment, name) for name in fields}


class EndAppointmentForm(forms.Form):
    """The end of a place on a body."""

    ends = PartialDateFormField(
        label="Last day",
        help_text="A month or a year will do. What they may do here ends after it.",
        error_messages={"required": "Say when it ends: a year will do"},
    )
    reason = forms.CharField(
        label="Why",
        max_length=500,
        required=False,
        help_text="It stays in the history, for the group to read.",
    )
