"""Papers of a meeting: a file or a link, by name and version."""

from django.core.files.base import ContentFile
from django.db import transaction

from allies.models import Actor
from allies.services.keeping import change, keep
from meetings.models import AgendaItem, Meeting, Paper
from meetings.policies import check_can_write_under
from meetings.services.holding import hold_open
from meetings.uploads import check_file, tidy_name


class PaperRefused(ValueError):
    """Why a paper cannot be kept or withdrawn. In a sentence."""


@transaction.atomic
def add_paper(
    *,
    by: Actor,
    meeting: Meeting,
    title: str,
    version: str = "",
    item: AgendaItem | None = None,
    link: str = "",
    file_name: str = "",
    content: bytes | None = None,
) -> Paper:
    """Keep a paper: either `link`, or `content` under the name it came with.

    Raises Refused; PaperRefused without a title, with neither or with both, or for another meeting's item;
    UploadRefused for a file that cannot be kept.
    """
    check_can_write_under(by, meeting, item)
    if not title.strip():
        raise PaperRefused("Give the paper a name")
    if bool(link) == (content is not None):
        raise PaperRefused("Choose a file or give a link, one of the two")
    if item is not None and item.meeting_id != meeting.pk:
        raise PaperRefused("That item is on another meeting's agenda")
    hold_open(meeting)
    paper = Paper(meeting=meeting, item=item, title=title.strip(), version=version.strip(), link=link)
    if content is not None:
        check_file(file_name, content)
        paper.file.save(tidy_name(file_name), ContentFile(content), save=False)
    keep(paper, by=by)
    return paper


@transaction.atomic
def withdraw_paper(*, by: Actor, paper: Paper, reason: str) -> None:
    """Say that a paper no longer counts, and why. It stays in the record. Raises Refused, PaperRefused."""
    check_can_write_under(by, paper.meeting, paper.item)
    if not reason.strip():
        raise PaperRefused("Say why: the reason goes in the record")
    hold_open(paper.meeting)
    change(paper, by=by, withdrawn=reason.strip())
