"""Who said it: read from the beginning of a line of notes, and from nothing else."""

import re
from functools import lru_cache

# Verbs with which notes tell that somebody spoke or showed something.
_VERBS = (
    "acknowledged added advised agreed announced answered argued asked asks brought called cautioned "
    "challenged "
    "checked clarified commented committed concurred confirmed considered described discussed echoed "
    "elaborated "
    "emphasised emphasized encouraged enquired explained expressed feels felt flagged gave gives highlighted "
    "informed inquired introduced invited led mentioned met noted notes observed offered opened outlined "
    "pointed "
    "praised presented presents proposed provided queried questioned raised recommended recounted reflected "
    "reiterated reminded repeated replied reported requested responded said says seconded shared showed "
    "spoke "
    "stated stressed suggested suggests summarised summarized supported talked thanked thinks thought told "
    "undertook updated updates urged volunteered warned welcomed wondered wonders"
).split()
_NAME_WORD = r"(?:[A-Z]\.|(?:Mc|Mac|O['’])?[A-Z][\w’'-]*)"
_NAME = rf"{_NAME_WORD}(?:\s{_NAME_WORD}){{0,3}}"
_BRACKETS = r"(?:\s\([^()]{1,40}\))?"
_SPOKEN = re.compile(
    rf"(?P<names>{_NAME}{_BRACKETS}(?:(?:,\s|,?\s(?:and|&)\s|\s?/\s?){_NAME}{_BRACKETS}){{0,6}})"
    rf"\s(?:(?:both|also|then|further|briefly|again|\w+ly)\s){{0,2}}(?:{'|'.join(_VERBS)})\b"
)
_LABELLED = re.compile(r"(?P<names>[A-Z]{2,4}|[A-Z][a-z][\w’'-]*(?:\s[A-Z][\w’'.-]+){0,2}):\s\S")
# Words that begin sentences in notes and are nobody.
_NOBODY = re.compile(
    r"(?:the|a|an|it|this|that|these|those|there|everyone|everybody|someone|somebody|guests|all|some|many|most|several|one|two|"
    r"three|others?|"
    r"members?|participants|attendees|allies|discussions?|concerns?|questions?|comments?|points?|issues?|"
    r"feedback|"
    r"updates?|recognition|he|she|they|we|i|you|who|what|when|where|why|how|if|as|in|on|at|for|from|after|"
    r"before|"
    r"action|actions|decision|agreed|offer|parked|note|notes|background|answer|status|summary|motion|"
    r"resolved|date|"
    r"time|present|apologies|absent|deadline|owner|due|next|place|venue|location|chair|link|see|re|nb|ps|"
    r"aob|faq|"
    r"outcome|result|proposal|context|purpose|progress|risk|risks|please|and|but|or|so|also|then|today)\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=8192)  # notes are read again at every save, and most of their lines have not changed
def speaker_of(text: str) -> str | None:
    """The names with which `text` begins, as written ("Bo & Jan"), where it goes on to say what they said.

    Also the name before a colon ("AP: …"). None for points that nobody is named for, and for words that only
    look like a name ("The group agreed", "Note: …").
    """
    found = _SPOKEN.match(text) or _LABELLED.match(text)
    if not found or _NOBODY.match(found["names"]):
        return None
    return found["names"]
