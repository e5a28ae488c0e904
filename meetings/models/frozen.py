"""Notes as they went out: frozen versions, chained to one another, and the steps that were taken (DESIGN §11)."""

from datetime import UTC, datetime
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from allies import clock
from allies.models import Actor, Body
from allies.policies import powers_of
from allies.powers import Permission
from meetings.models.meeting import Meeting
from meetings.notes.frozen import Sealed
from meetings.stages import Step, done, way


class VersionKind(models.TextChoices):
    """What froze it."""

    CIRCULATED = "circulated", "Circulated"
    PUBLISHED = "published", "Published"
    SEALED = "sealed", "Approved and sealed"
    ADDENDUM = "addendum", "Approved, with an addendum"
    ERASURE = "erasure", "A name was erased"


# What the page and the documents of a meeting show, from the newest version of these.
SHOWN = (VersionKind.CIRCULATED, VersionKind.SEALED, VersionKind.ADDENDUM)


class NotesVersionQuerySet(models.QuerySet["NotesVersion"]):
    """Reads of frozen versions."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of the bodies whose record somebody may read. What they are kept from is left out of the content."""
        bodies = powers_of(actor).where(Permission.READ_RECORD)
        return self if bodies is None else self.filter(body_id__in=bodies)

    def shown(self) -> Self:
        """Those that a meeting's own page shows, the newest first."""
        return self.filter(kind__in=SHOWN).order_by("-number")

    def without_content(self) -> Self:
        """Without the large columns, for lists."""
        return self.defer("content", "salts", "digests", "erased")


class NotesVersion(models.Model):
    """One frozen state of a meeting's notes, with everything it shows. Append-only: nobody changes or deletes one.

    `number` counts within the body; `hash` chains it to the version before (`previous` is that one's hash, empty
    for the first). Only an erasure writes again: it replaces words in `content`, drops their salts, and names the
    places in `erased`.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="versions")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=20, choices=VersionKind)
    made_at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(
        "allies.Account", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    content = models.JSONField()
    salts = models.JSONField()
    digests = models.JSONField()
    erased = models.JSONField(default=dict, blank=True)
    hash = models.CharField(max_length=64, unique=True)
    previous = models.CharField(max_length=64, blank=True)

    objects = NotesVersionQuerySet.as_manager()

    class Meta:
        ordering = ["body", "number"]
        constraints = [
            models.UniqueConstraint(fields=["body", "number"], name="version_has_its_number"),
            models.UniqueConstraint(fields=["body", "previous"], name="chain_does_not_fork"),
            models.CheckConstraint(
                condition=(Q(number=1) & Q(previous="")) | (Q(number__gt=1) & ~Q(previous="")),
                name="only_the_first_version_follows_none",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting}, version {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("meetings:version", args=[self.meeting_id, self.number])

    def meta(self) -> dict[str, Any]:
        """What the hash says of the version beside its content."""
        return meta_of(
            body=self.body_id,
            meeting=self.meeting_id,
            number=self.number,
            kind=self.kind,
            made_at=self.made_at,
        )

    def sealed(self) -> Sealed:
        """Its seal as plain values."""
        return Sealed(self.salts, self.digests, self.hash)


def meta_of(*, body: int, meeting: int, number: int, kind: str, made_at: datetime) -> dict[str, Any]:
    """Give what enters the hash beside the content; the moment to the microsecond, in UTC."""
    moment = made_at.astimezone(UTC).isoformat(timespec="microseconds")
    return {"body": body, "meeting": meeting, "number": number, "kind": str(kind), "made_at": moment}


STEP_CHOICES = [(step.value, way(step).name) for step in Step]


class NotesStep(models.Model):
    """A step that somebody took with a meeting's notes: circulated, reopened and why, approved. Append-only."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="steps")
    step = models.CharField(max_length=20, choices=STEP_CHOICES)
    at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(
        "allies.Account", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    reason = models.TextField(blank=True)
    # The version that the step froze, where it froze one.
    version = models.OneToOneField(
        NotesVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="step"
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(step__in=[Step.REOPEN.value, Step.WITHDRAW.value]) | ~Q(reason=""),
                name="going_back_has_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(
                    step__in=[Step.CIRCULATE.value, Step.SEAL.value, Step.ADD.value, Step.PUBLISH.value]
                )
                | Q(version__isnull=False),
                name="going_out_freezes_a_version",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting}: {self.done}"

    @property
    def done(self) -> str:
        """What was done, in a word or two."""
        return done(Step(self.step))
