"""What the public reads of a meeting: what was chosen to be withheld, and the address at which its notes stand."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from actions.models import Action
from allies import clock
from allies.models import Account, Actor
from allies.policies import kept_from, powers_of, without_withheld
from allies.powers import Permission
from meetings.models.agenda import AgendaItem
from meetings.models.frozen import NotesVersion
from meetings.models.meeting import Meeting
from meetings.notes.places import Part, Place, place
from meetings.notes.published import Withheld


class RedactionReason(models.TextChoices):
    """Why something is not published. Its words stand on the public page."""

    PERSONAL = "personal", "Personal"
    CONFIDENTIAL = "confidential", "Confidential to a partner"
    COMMERCIAL = "commercial", "Commercially sensitive"
    LEGAL = "legal", "Legal advice"
    SAFETY = "safety", "Safety"
    OTHER = "other", "Another reason"


class RedactionChoice(models.TextChoices):
    """What was chosen for a place. The newest choice of each sort stands."""

    WITHHELD = "withheld", "Withheld"
    SHOWN = "shown", "Shown again"
    NAME = "name", "Said by name"
    ROLE = "role", "Said by role"
    NOBODY = "nobody", "Said by nobody"


# Whether it goes out is one thing, and who is named for it another.
ABOUT_GOING_OUT = (RedactionChoice.WITHHELD, RedactionChoice.SHOWN)
PART_CHOICES = [(part.value, part.value.capitalize()) for part in Part]


class RedactionQuerySet(models.QuerySet["Redaction"]):
    """Reads of redactions."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of meetings whose record somebody may read, but of items and actions that they are kept from."""
        bodies = powers_of(actor).where(Permission.READ_RECORD)
        found = self if bodies is None else self.filter(meeting__body_id__in=bodies)
        if not kept_from(actor):
            return found
        visible = Action.objects.visible_to(actor).order_by().values("pk")
        return without_withheld(found, actor, "item__").filter(Q(action=None) | Q(action__in=visible))


class Redaction(models.Model):
    """One choice about one place of a meeting's notes, for the public. Append-only: a later choice stands before it."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="redactions")
    part = models.CharField(max_length=20, choices=PART_CHOICES)
    # Where it stands: under an item; of an action; the id of the row where it has one, else by its words.
    item = models.ForeignKey(
        AgendaItem, on_delete=models.PROTECT, null=True, blank=True, related_name="redactions"
    )
    action = models.ForeignKey(
        Action, on_delete=models.PROTECT, null=True, blank=True, related_name="redactions"
    )
    row = models.PositiveBigIntegerField(null=True, blank=True)
    words = models.TextField()
    choice = models.CharField(max_length=10, choices=RedactionChoice)
    reason = models.CharField(max_length=20, choices=RedactionReason, blank=True)
    reason_words = models.CharField(max_length=200, blank=True)
    without_trace = models.BooleanField("leaves no trace", default=False)
    by = models.ForeignKey(Account, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=clock.now)

    objects = RedactionQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(choice=RedactionChoice.WITHHELD) & ~Q(reason=""))
                | (~Q(choice=RedactionChoice.WITHHELD) & Q(reason="", without_trace=False)),
                name="only_what_is_withheld_has_a_reason",
            ),
            models.CheckConstraint(
                condition=(Q(reason=RedactionReason.OTHER) & ~Q(reason_words=""))
                | (~Q(reason=RedactionReason.OTHER) & Q(reason_words="")),
                name="another_reason_is_said",
            ),
        ]
        indexes = [models.Index(fields=["meeting", "id"])]

    def __str__(self) -> str:
        return f"{self.get_choice_display()}: {self.words}"

    @property
    def place(self) -> Place:
        """Where in the notes it is, as plain values."""
        # Only a line is known by its item; for the others it says who may see this.
        item = self.item_id if self.part == Part.LINE else None
        return place(Part(self.part), item=item, row=self.row, words=self.words)

    @property
    def why(self) -> str:
        """The reason in the words that the public reads."""
        return self.reason_words or str(self.get_reason_display()).lower()

    @property
    def withheld(self) -> Withheld:
        """What the rule makes of it."""
        return Withheld(self.why, self.without_trace)


class Publication(models.Model):
    """The notes of one meeting on the public pages. Its address stays, whatever becomes of it.

    `version` is the one that is shown, frozen as the public reads it; `withdrawn` says why it is not shown any more.
    """

    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="publication")
    address = models.SlugField(max_length=80, unique=True)
    version = models.ForeignKey(NotesVersion, on_delete=models.PROTECT, related_name="publications")
    published_at = models.DateTimeField("first published")
    changed_at = models.DateTimeField("published last, or withdrawn")
    withdrawn = models.TextField("withdrawn because", blank=True)

    history = HistoricalRecords()

    class Meta:
        ordering = ["-meeting__date", "-pk"]

    def __str__(self) -> str:
        return f"{self.meeting}, published"

    def get_absolute_url(self) -> str:
        return reverse("meetings:published_notes", args=[self.address])

    @property
    def is_open(self) -> bool:
        """Whether the public can read the notes."""
        return not self.withdrawn
