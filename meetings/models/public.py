"""What the public pages read: published notes as everybody may see them today."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.fields.json import KeyTextTransform, KeyTransform
from django.db.models.functions import Coalesce

from meetings.models.for_public import ITEM_WITHHELD
from meetings.models.frozen import NotesVersion
from meetings.models.meeting import Stage
from meetings.models.publishing import Publication
from meetings.models.seen_frozen import Frozen, all_as_seen, whoever_is_kept_from_most


@dataclass(frozen=True)
class Public:
    """One set of published notes; `frozen` leaves out what was withheld from anybody since. None once withdrawn."""

    publication: Publication
    frozen: Frozen | None

    @property
    def changed_at(self) -> datetime:
        return self.publication.changed_at

    @property
    def stage(self) -> str:
        """How far the notes had come: "Approved on 10 February 2026"."""
        return str(self.publication.version.content["published"]["stage"])

    @cached_property
    def has_gaps(self) -> bool:
        """Whether something was withheld since, so that these are not the words of the version any more."""
        return self.frozen is not None and self.frozen.content != self.publication.version.content


def published_at(address: str) -> Public:
    """The notes at one address. Three queries at most. Raises Publication.DoesNotExist."""
    return _seen([_with_version().get(address=address)])[0]


def newest_published(number: int) -> list[Public]:
    """Those that changed last, withdrawn ones among them. Three queries at most."""
    return _seen(list(_with_version().order_by("-changed_at", "-pk")[:number]))


def listed() -> QuerySet[Publication]:
    """All of them for a list, the latest meeting first: with their meeting and `stage`, without their content."""
    return (
        Publication.objects.select_related("meeting__body")
        .annotate(stage=KeyTextTransform("stage", KeyTransform("published", "version__content")))
        .order_by("-meeting__date", "-pk")
    )


def waiting_to_be_published() -> Q:
    """Meetings whose notes went out and are not published, or went out again since: approved, corrected, added to.

    For queries of meetings. Notes that were withdrawn wait for nothing. What waits can be published: see `would_change`
    of meetings/services/publishing.py.
    """
    # Versions of one body count on from 1, and a published one is made of the newest that there was.
    published = Coalesce(OuterRef("publication__version__number"), 0)
    newer = NotesVersion.objects.shown().filter(meeting=OuterRef("pk"), number__gt=published)
    not_withdrawn = Q(publication=None) | Q(publication__withdrawn="")
    return Q(stage__in=[Stage.CIRCULATED, Stage.SEALED]) & not_withdrawn & Q(Exists(newer))


def _with_version() -> QuerySet[Publication]:
    return Publication.objects.select_related("meeting__body", "version").defer(
        "version__salts", "version__digests"
    )


def _seen(publications: list[Publication]) -> list[Public]:
    shown = [one.version for one in publications if one.is_open]
    seen = all_as_seen(whoever_is_kept_from_most(), shown, instead=ITEM_WITHHELD) if shown else []
    by_version = {one.version.pk: one for one in seen}
    return [Public(one, by_version.get(one.version_id) if one.is_open else None) for one in publications]
