"""How what was left open about a set of notes is said, one sentence for each matter."""

from allies.names import Offer, Offered, Resolved, Why
from meetings.services.settling import LeftOpen, OpenName
from meetings.services.understanding import WrittenName

WHY = {
    Why.SAME_NAME: "goes by that name",
    Why.FIRST_NAME_SHARED: "has that first name",
    Why.PART_OF_NAME: "has that name in theirs",
    Why.SHORT_FORM: "may be the long form",
    Why.CLOSE_SPELLING: "is spelt nearly so",
    Why.INITIALS: "has these initials",
}


def left_open_in_words(matters: LeftOpen) -> list[str]:
    """Each open matter as one sentence, in the order of the settling page."""
    return [
        *(_name(name, matters) for name in matters.names),
        *(
            f"“{remark.mention.text}” is marked ACTION in the notes. "
            + (
                f"It may be “{remark.proposed[0].text}”."
                if remark.proposed
                else "No row of the tables is like it."
            )
            for remark in matters.remarks
        ),
        *(
            f"“{twins.action.text}” may be the same action as “{twins.other.text}”."
            for twins in matters.twins
        ),
        *(f"“{mention.text}” is said to be merged, and not into what." for mention in matters.merged),
    ]


def uses_in_words(name: OpenName | WrittenName) -> str:
    """Where a name stands: "owns 9 actions, presents 1 item"."""
    parts = []
    if isinstance(name, OpenName) and name.attends:
        parts.append("is in the attendance list")
    if name.owns:
        parts.append(f"owns {name.owns} {'action' if name.owns == 1 else 'actions'}")
    if name.presents:
        parts.append(f"presents {name.presents} {'item' if name.presents == 1 else 'items'}")
    if name.declares:
        parts.append("declared an interest")
    return ", ".join(parts)


def _name(name: OpenName, matters: LeftOpen) -> str:
    match name.placing:
        case Offered(offers):
            who = " or ".join(matters.people[offer.id].full_name for offer in offers[:3])
            return f"“{name.written}” ({uses_in_words(name)}) may be {who}."
        case Resolved(found):
            return f"“{name.written}” ({uses_in_words(name)}) may be {matters.people[found].full_name}."
        case _:
            return f"“{name.written}” ({uses_in_words(name)}) is nobody that the record knows."


def why_in_words(offer: Offer) -> str:
    """On what ground somebody is offered."""
    return WHY[offer.why]
