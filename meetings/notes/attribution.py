"""Who spoke, as published notes say it: by name, by their part, or not at all."""

import re
from collections.abc import Mapping
from enum import StrEnum

from meetings.notes.document import plain
from meetings.notes.speakers import speaker_of


class Attribution(StrEnum):
    """How published notes say who spoke."""

    NAME = "name"
    ROLE = "role"
    NOBODY = "nobody"


class Voice(StrEnum):
    """The part in which somebody spoke."""

    CHAIR = "chair"
    TEAM = "team"
    GUEST = "guest"
    ALLY = "ally"
    UNKNOWN = "unknown"


VOICES = {
    Voice.CHAIR: ("the chair", "the chairs"),
    Voice.TEAM: ("the core team", "the core team"),
    Voice.GUEST: ("a guest", "guests"),
    Voice.ALLY: ("an Ally", "Allies"),
    Voice.UNKNOWN: ("somebody", "some of those there"),
}


def attributed(text: str, how: Attribution, voices: Mapping[str, Voice]) -> str:
    """The line with whoever it names as speaking called as chosen: "Bel noted …", "An Ally noted …", "Somebody …".

    Only the names at its beginning change; "Bel: we need …" to nobody is "We need …". Names that `voices` does not
    know are "somebody".
    """
    names = speaker_of(text) if how is not Attribution.NAME else None
    if names is None:
        return text
    after = text[len(names) :]
    people = [one for one in _BETWEEN_NAMES.split(names) if one]
    if how is Attribution.ROLE:
        said = _together([_voice(one, voices) for one in people])
    elif after.startswith(":"):
        return _capital(after.lstrip(": "))
    else:
        said = VOICES[Voice.UNKNOWN][len(people) > 1]
    return _capital(said) + after


_BETWEEN_NAMES = re.compile(r",?\s(?:and|&)\s|,\s|\s?/\s?")
_BRACKETED = re.compile(r"\s\([^()]*\)$")


def _voice(name: str, voices: Mapping[str, Voice]) -> Voice:
    return voices.get(_BRACKETED.sub("", plain(name)).casefold(), Voice.UNKNOWN)


def signed_by(name: str, how: Attribution, voices: Mapping[str, Voice]) -> str:
    """What stands for the name of whoever gave a statement."""
    if how is Attribution.NAME:
        return name
    return _capital(VOICES[_voice(name, voices) if how is Attribution.ROLE else Voice.UNKNOWN][0])


def _together(heard: list[Voice]) -> str:
    """Several voices, each kind once: "the chair and Allies"."""
    kinds = [one for one in Voice if one in heard]
    words = [VOICES[one][heard.count(one) > 1] for one in kinds]
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else words[0]


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
