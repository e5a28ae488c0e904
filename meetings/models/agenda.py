"""The agenda: items, who presents them, what was said, and the papers that go with them."""

import unicodedata
from typing import Self

from django.core.files.storage import storages
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from allies.models import About, Actor, Person
from allies.policies import is_withheld, kept_from, powers_of, without_withheld
from allies.powers import Permission
from meetings.models.meeting import Meeting
from meetings.notes.document import ItemKind
from risks.models import Risk

ITEM_KIND_WORDS = {
    ItemKind.ACTIONS: "Updates on actions",
    ItemKind.INTERESTS: "Interests",
    ItemKind.REPORT: "Report",
    ItemKind.UPDATE: "Update",
    ItemKind.DISCUSSION: "Discussion",
    ItemKind.OTHER_BUSINESS: "Any other business",
    ItemKind.OTHER: "Something else",
}
ITEM_KIND_CHOICES = [(kind.value, ITEM_KIND_WORDS[kind]) for kind in ItemKind]


class Purpose(models.TextChoices):
    """What the group is asked for: the distinction between deciding and advising is always shown."""

    DECISION = "decision", "Decision"
    ADVICE = "advice", "Advice"
    INFORMATION = "information", "Information"


WITHHELD = "An item withheld from you"


class AgendaItemQuerySet(models.QuerySet["AgendaItem"]):
    """Reads of agenda items."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of meetings whose record somebody may read, but what they are kept from."""
        bodies = powers_of(actor).where(Permission.READ_RECORD)
        found = self if bodies is None else self.filter(meeting__body_id__in=bodies)
        return without_withheld(found, actor)

    def withheld_from(self, actor: Actor) -> Self:
        """Those that somebody is kept from; nothing, and no query, for whoever is kept from nothing."""
        if not kept_from(actor):
            return self.none()
        return self.exclude(pk__in=without_withheld(AgendaItem.objects.order_by(), actor).values("pk"))


class AgendaItem(About):
    """One item: on the agenda before the meeting, in the notes after it."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=300)
    kind = models.CharField(max_length=20, choices=ITEM_KIND_CHOICES, default=ItemKind.DISCUSSION)
    purpose = models.CharField(max_length=20, choices=Purpose, blank=True)
    minutes = models.PositiveSmallIntegerField("how long, in minutes", null=True, blank=True)
    # As people type them; `meetings.notes.lines` reads bullets, nesting, speakers and markers.
    notes = models.TextField(blank=True)
    # The number of the revision that stands: it rises with each save of the notes; 0 for notes never saved here.
    version = models.PositiveIntegerField(default=0)
    # The revision of the meeting's notes (`LiveNotes`) at which these moved last, for those who follow along.
    moved = models.PositiveIntegerField(default=0)
    skipped = models.BooleanField("left out at the meeting", default=False)
    # The risk of the register that it speaks of, where there is one. Left out of the pages of history: a reader of
    # the item may be kept from what the risk concerns.
    risk = models.ForeignKey(
        Risk,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="the risk it speaks of",
        editable=False,
    )
    # The earlier meeting whose notes wait for approval here: such an item makes itself.
    approves = models.ForeignKey(
        Meeting,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="to_approve_at",
        verbose_name="the notes to approve",
    )
    # Where who chairs the meeting has a conflict of interest in this, or is out for it.
    chaired_by = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="in the chair for it",
    )
    # The item of an earlier meeting that was moved to this one; its own record stays where it was.
    moved_from = models.OneToOneField(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="moved_to",
        verbose_name="moved from an earlier meeting",
    )

    # Every state of the notes is a `Revision`, so that the history holds what the agenda says and no more.
    history = HistoricalRecords(excluded_fields=["notes", "version", "moved"])
    objects = AgendaItemQuerySet.as_manager()

    # Whether it only holds the place of an item that the reader is kept from.
    is_withheld = False

    class Meta(About.Meta):
        abstract = False
        ordering = ["meeting", "position", "pk"]
        constraints = [
            *About.Meta.constraints,
            models.CheckConstraint(condition=~Q(title=""), name="item_has_a_title"),
            models.UniqueConstraint(
                fields=["meeting", "approves"],
                condition=Q(approves__isnull=False),
                name="notes_are_on_an_agenda_once",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def has_a_record(self) -> bool:
        """Whether somebody wrote under it, or anything of the record hangs on it: such an item is never taken away."""
        return bool(self.notes.strip()) or any(
            rows.exists()
            for rows in (
                self.revisions,
                self.decisions,
                self.papers,
                self.mentions,
                self.handlings,
                self.absences,
                self.corrections,
                self.redactions,
            )
        )

    def as_seen_by(self, actor: Actor) -> "AgendaItem":
        """The item itself; for whoever is kept from it, one that holds its place and its time, and says no more."""
        if not is_withheld(self, actor):
            return self
        place = AgendaItem(
            pk=self.pk,
            meeting_id=self.meeting_id,
            position=self.position,
            minutes=self.minutes,
            title=WITHHELD,
            kind=ItemKind.OTHER,
        )
        place.is_withheld = True
        return place


class Presenter(models.Model):
    """Who brings an item, as written and as understood."""

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="presenters")
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="presents"
    )
    as_written = models.CharField(max_length=200)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.person.full_name if self.person else self.as_written


class PaperQuerySet(models.QuerySet["Paper"]):
    """Reads of papers."""

    def visible_to(self, actor: Actor) -> "PaperQuerySet":
        """Those of meetings whose record somebody may read, but what belongs to an item they are kept from."""
        bodies = powers_of(actor).where(Permission.READ_RECORD)
        found = self if bodies is None else self.filter(meeting__body_id__in=bodies)
        return without_withheld(found, actor, "item__")


def _where_it_lies(paper: "Paper", name: str) -> str:
    """Keep the name a person gave, without what a file system would trip over."""
    plain = unicodedata.normalize("NFC", name).replace("/", "-").replace("\\", "-")
    return f"papers/{paper.meeting_id}/{plain}"


class Paper(models.Model):
    """A document to read before a meeting, or one it refers to: a file or a link."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="papers")
    item = models.ForeignKey(
        AgendaItem, on_delete=models.SET_NULL, null=True, blank=True, related_name="papers"
    )
    title = models.CharField(max_length=200)
    version = models.CharField(max_length=60, blank=True)
    file = models.FileField(upload_to=_where_it_lies, storage=storages["default"], blank=True, max_length=300)
    link = models.URLField(max_length=500, blank=True)
    withdrawn = models.TextField("withdrawn because", blank=True)
    added_at = models.DateTimeField(auto_now_add=True)

    history = HistoricalRecords()
    objects = PaperQuerySet.as_manager()

    class Meta:
        ordering = ["added_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="paper_has_a_title"),
            models.CheckConstraint(
                condition=(Q(file="") & ~Q(link="")) | (~Q(file="") & Q(link="")),
                name="paper_is_a_file_or_a_link",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.version}" if self.version else self.title
