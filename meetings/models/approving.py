"""Corrections that those who were there suggest, and the approval by a later meeting."""

from typing import Self

from django.db import models
from django.db.models import Q

from actions.models import Action
from allies import clock
from allies.models import Actor, Person
from allies.policies import kept_from, powers_of, without_withheld
from allies.powers import Permission
from meetings.models.agenda import AgendaItem
from meetings.models.decision import Decision
from meetings.models.frozen import NotesVersion
from meetings.models.meeting import Meeting


class Approval(models.Model):
    """A later meeting approved these notes, as presented or with changes: one act, which sealed them."""

    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="approval")
    at_meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="approves")
    # Who chaired the meeting that approved: a person of the record, or a name.
    chaired_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    chaired_by_as_written = models.CharField(max_length=200, blank=True)
    # What was changed, as `{item, action, words}`; empty: as presented.
    changes = models.JSONField(default=list, blank=True)
    # What the approving meeting's own record says of it.
    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="approval")
    version = models.OneToOneField(NotesVersion, on_delete=models.PROTECT, related_name="approval")
    recorded_by = models.ForeignKey(
        "allies.Account", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(chaired_by__isnull=False) | ~Q(chaired_by_as_written=""),
                name="approval_says_who_chaired",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting}, approved on {self.at_meeting.date:%-d %B %Y}"


class CorrectionKind(models.TextChoices):
    CORRECTION = "correction", "A correction"
    STATEMENT = "statement", "A statement to stand beside the notes"


class CorrectionState(models.TextChoices):
    OPEN = "open", "Waiting for an answer"
    ACCEPTED = "accepted", "Accepted"
    DECLINED = "declined", "Declined"


class CorrectionPlace(models.TextChoices):
    """What it is about, where that is no item."""

    ITEM = "item", "An item"
    MEMBERS = "members", "Who was there"
    INTERESTS = "interests", "Interests"
    ACTIONS = "actions", "The lists of actions"
    DECISIONS = "decisions", "Decisions"
    NEXT = "next", "The date of the next meeting"
    WHOLE = "whole", "The notes as a whole"


class CorrectionQuerySet(models.QuerySet["Correction"]):
    """Reads of corrections."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of meetings whose record somebody may read, but of items and actions that they are kept from."""
        bodies = powers_of(actor).where(Permission.READ_RECORD)
        found = self if bodies is None else self.filter(meeting__body_id__in=bodies)
        if not kept_from(actor):
            return found
        visible = Action.objects.visible_to(actor).order_by().values("pk")
        return without_withheld(found, actor, "item__").filter(Q(action=None) | Q(action__in=visible))

    def open(self) -> Self:
        """Those that nobody has answered."""
        return self.filter(state=CorrectionState.OPEN)


class Correction(models.Model):
    """What somebody who was there says of circulated notes: other words for a line, or a statement of their own.

    It stays readable whatever became of it; an answer is given once.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="corrections")
    version = models.ForeignKey(NotesVersion, on_delete=models.PROTECT, related_name="corrections")
    kind = models.CharField(max_length=20, choices=CorrectionKind, default=CorrectionKind.CORRECTION)
    place = models.CharField(max_length=20, choices=CorrectionPlace, default=CorrectionPlace.WHOLE)
    item = models.ForeignKey(
        AgendaItem, on_delete=models.PROTECT, null=True, blank=True, related_name="corrections"
    )
    action = models.ForeignKey(
        Action, on_delete=models.PROTECT, null=True, blank=True, related_name="corrections"
    )
    # The words as they stand, where it is about some; empty for something that is missing.
    line = models.TextField(blank=True)
    words = models.TextField()
    # Whose it is: a person of the record, or a name (a guest whom the core team enters it for).
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="corrections"
    )
    name_as_written = models.CharField(max_length=200, blank=True)
    entered_by = models.ForeignKey(
        "allies.Account", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    suggested_at = models.DateTimeField(default=clock.now)
    state = models.CharField(max_length=10, choices=CorrectionState, default=CorrectionState.OPEN)
    reason = models.TextField(blank=True)
    answered_by = models.ForeignKey(
        "allies.Account", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="correction_has_words"),
            models.CheckConstraint(
                condition=Q(person__isnull=False) | ~Q(name_as_written=""), name="correction_is_somebodys"
            ),
            models.CheckConstraint(
                condition=~Q(state=CorrectionState.DECLINED) | ~Q(reason=""), name="declining_has_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(state=CorrectionState.OPEN, answered_at__isnull=True)
                | (~Q(state=CorrectionState.OPEN) & Q(answered_at__isnull=False)),
                name="an_answer_has_its_moment",
            ),
            models.CheckConstraint(
                condition=Q(place=CorrectionPlace.ITEM, item__isnull=False)
                | (~Q(place=CorrectionPlace.ITEM) & Q(item__isnull=True)),
                name="correction_of_an_item_names_it",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.whose}: {self.words}"

    def in_words(self) -> str:
        """What it changes, in one line: the words as they stood, and what they became."""
        return f"“{self.line}” became “{self.words}”" if self.line else self.words

    @property
    def whose(self) -> str:
        """The name of whoever suggested it."""
        return str(self.person or self.name_as_written)
