"""Who was there, from sentences: "Apologies were received from A and B", "The meeting was chaired by C"."""

import re

from meetings.notes.document import Capacity, Presence
from meetings.notes.people import NamedPerson, looks_like_names, split_names

_NAMES = r"(?P<names>[^.;:]{3,400}?)"
_NAMES_WIDE = r"(?P<names>(?:\b(?:Cllr|Dr|Mr|Mrs|Ms|Prof|Rev|[A-Z])\.|[^.;:]){3,500})"
_SENTENCES: tuple[tuple[Presence, Capacity | None, re.Pattern[str]], ...] = tuple(
    (presence, capacity, re.compile(words))
    for presence, capacity, words in (
        (
            Presence.APOLOGIES,
            None,
            r"(?i:\b(?:apologies|regrets)\b(?: for absence)?(?: (?:were|was|had been|have been|"
            r"has been))?(?: (?:also|duly))?(?: (?:received|given|sent|noted|tendered|accepted|recorded|"
            r"made))?(?: (?:and|&) (?:accepted|approved|noted|recorded|received))?(?: (?:from|by|"
            r"on behalf of|for))(?: absence)?(?: from)?):?\s+" + _NAMES_WIDE,
        ),
        (
            Presence.APOLOGIES,
            None,
            r"^"
            + _NAMES
            + r"\s+(?i:(?:had |have |has |both )?(?:sent|gave|given|offered|tendered|submitted)(?: (?:his|"
            r"her|their|in))* (?:apologies|regrets)|(?:was|were) (?:unable to attend|excused)|"
            r"could not attend|apologi[sz]ed for)",
        ),
        (Presence.ABSENT, None, r"^" + _NAMES + r"\s+(?:was|were) (?:absent|not present)\b"),
        (
            Presence.PRESENT,
            None,
            r"^(?i:(?:also )?(?:present|in attendance|attending|those present|those attending|"
            r"those in attendance|members present|the meeting was attended by|attended by|participants|"
            r"attendees|the following (?:members|people|trustees|councillors|directors) (?:were|"
            r"was) (?:present|in attendance)|there were present)(?: (?:were|was|included|on the call|"
            r"at the meeting))*)[\s:–-]+(?=[A-Z@])" + _NAMES_WIDE,
        ),
        (Presence.PRESENT, None, r"(?:The|This) meeting was attended by\s+" + _NAMES_WIDE),
        (Presence.PRESENT, None, r"^" + _NAMES_WIDE + r"\s+(?:were|was) (?:present|in attendance)\b"),
        (
            Presence.PRESENT,
            Capacity.CHAIR,
            r"\b(?:[Tt]he )?[Mm]eeting was (?:chaired|facilitated|"
            r"led) by (?P<names>[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,3})",
        ),
        (
            Presence.PRESENT,
            Capacity.CHAIR,
            r"^(?P<names>[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,3}) (?:(?:chaired|"
            r"presided)(?: over)? (?:the|this) meeting|(?:was )?in the chair|took the chair|presided)",
        ),
        (
            Presence.PRESENT,
            Capacity.NOTETAKER,
            r"^(?P<names>[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,3}) (?:took|taking) (?:the )?(?:minutes|"
            r"notes)",
        ),
        (
            Presence.PRESENT,
            Capacity.NOTETAKER,
            r"\b(?:[Mm]inutes|[Nn]otes) (?:were )?(?:taken|recorded|prepared|"
            r"written) by (?P<names>[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,3})",
        ),
    )
)
_RECEIVED = re.compile(
    r"^(?:received )?(?:from|by|were received from|received and accepted from)\s*:?\s+", re.IGNORECASE
)
_WHY = re.compile(
    r"\s+(?:\((?:work|holiday|ill|unwell|personal).*|due to .*|were (?:accepted|noted|received).*)$"
)
_REST = re.compile(r"\s+(?:who|due to|because|as|for|with|at|in|on|\(late\)).*$")


def people_in_sentence(
    text: str, within: Presence | None = None
) -> list[tuple[NamedPerson, Presence, Capacity | None]]:
    """The people of whom a sentence says that they came, sent apologies, chaired or took notes.

    `within`: the sentence stands under a heading of that presence, so that under "Apologies" a bare
    "Received from A and B" is understood.
    """
    found: list[tuple[NamedPerson, Presence, Capacity | None]] = []
    for presence, capacity, reader in _SENTENCES:
        match = reader.search(text)
        names = _REST.sub("", match["names"]) if match else ""
        if names and looks_like_names(names):
            found.extend((person, presence, capacity) for person in split_names(names))
    if found or within is not Presence.APOLOGIES:
        return found
    for sentence in re.split(r"(?<=[a-z)])\.\s+", text):
        names = _WHY.sub("", _RECEIVED.sub("", sentence).rstrip("."))
        if looks_like_names(names):
            found.extend((person, Presence.APOLOGIES, None) for person in split_names(names))
    return found
