"""Whom the words "as written" in a frozen version mean, where a row of the record says so."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from actions.models import Assignment
from meetings.models import Presenter
from meetings.notes.frozen import Content


@dataclass(frozen=True, slots=True)
class Called:
    """Ids of people by what they are called: `owners` of an action, `presenters` of an item, by id and words."""

    owners: dict[tuple[int | None, str], set[int]]
    presenters: dict[tuple[int | None, str], set[int]]

    @classmethod
    def now(cls) -> "Called":
        """Read it. Two queries."""
        owners: dict[tuple[int | None, str], set[int]] = defaultdict(set)
        presenters: dict[tuple[int | None, str], set[int]] = defaultdict(set)
        held = Assignment.objects.filter(person__isnull=False).order_by()
        for action, words, person in held.values_list("action_id", "as_written", "person_id"):
            owners[action, words].add(person)
        spoke = Presenter.objects.filter(person__isnull=False).order_by()
        for item, words, person in spoke.values_list("item_id", "as_written", "person_id"):
            presenters[item, words].add(person)
        return cls(dict(owners), dict(presenters))

    def in_version(self, content: Content) -> Iterator[tuple[str, set[int], str]]:
        """Every place of a content that calls somebody something, whom it means as far as is known, and the words."""
        for number, row in enumerate(content.get("attendance", [])):
            if words := row.get("as_written"):
                yield f"attendance[{number}].as_written", {row.get("person")} - {None}, words
        for number, row in enumerate(content.get("actions", [])):
            for at, owner in enumerate(row.get("owners", [])):
                place = f"actions[{number}].owners[{at}].as_written"
                yield (
                    place,
                    self.owners.get((row.get("action"), owner["as_written"]), set()),
                    owner["as_written"],
                )
        for number, row in enumerate(content.get("agenda", [])):
            for at, words in enumerate(row.get("presenters", [])):
                place = f"agenda[{number}].presenters[{at}]"
                yield place, self.presenters.get((row.get("item"), words), set()), words
