"""Names in lists of those who came: one entry apart from the next, and a name apart from what stands beside it.

Nobody is merged and nothing is guessed here: "Pip" and "Philippa" are two entries if they are written twice. A missing
comma ("Robin Ash") stays one entry, with a warning where more than three first names seem to stand together.
"""

import re
from dataclasses import dataclass

from meetings.notes.document import Capacity


@dataclass(frozen=True, slots=True)
class NamedPerson:
    """One entry of a list of people: the name, the whole entry as written, and what it says they did."""

    name: str
    as_written: str
    capacities: tuple[Capacity, ...] = ()
    initials: str = ""


_CAPACITIES: tuple[tuple[Capacity, re.Pattern[str]], ...] = (
    (Capacity.CO_CHAIR, re.compile(r"\bco[- ]?chair", re.IGNORECASE)),
    (
        Capacity.CHAIR,
        re.compile(
            r"(?<!vice-)(?<!vice )(?<!deputy )(?<!co-)(?<!co )(?<!cochair)(?<!past )(?<!former "
            r")(?<!assistant )(?<!co)"
            r"\b(?:in the )?chair(?:ed|ing|man|woman|person)?\b(?!\s*(?:of|elect))|\bpresiding\b|\bfacilitat",
            re.IGNORECASE,
        ),
    ),
    (
        Capacity.NOTETAKER,
        re.compile(
            r"\b(?:note|minute)s?[- ]?(?:tak|secretar|writ)|\b(?:taking|took) (?:the )?(?:notes|minutes)|"
            r"\bscribe\b|"
            r"\bminutes\b|\bminuting\b|\bnotes\b|\brapporteur\b|\brecording secretary\b",
            re.IGNORECASE,
        ),
    ),
    (Capacity.GUEST, re.compile(r"\b(?:guest|visitor|invited|by invitation|visiting)\b", re.IGNORECASE)),
    (Capacity.OBSERVER, re.compile(r"\bobserv(?:er|ing)\b", re.IGNORECASE)),
    (Capacity.PRESENTER, re.compile(r"\b(?:presenter|presenting|guest speaker|speaker)\b", re.IGNORECASE)),
)
_ROLE = re.compile(
    r"(?:the )?(?:(?:vice|deputy|co|acting|interim|honorary|hon\.?|past|immediate past|former|assistant|"
    r"associate|senior|"
    r"executive|managing|general|programme|program|project|parish|town|borough|county|district|branch|"
    r"membership|ex officio|"
    r"finance|communications?|community|minutes?|recording|head|lead|staff|student|elected|incoming|"
    r"outgoing|technical|"
    r"research|clinical|operations|policy|events?|company|chief|principal|regional|national|local|board|"
    r"committee|council|"
    r"non-executive|independent|policy|development|public|ward|social|welfare|safeguarding|diversity|"
    r"inclusion)[- ]?)*"
    r"(?:chair(?:man|woman|person)?(?:[- ]elect)?|president(?:[- ]elect)?|secretary|treasurer|clerk|"
    r"minutes?|scribe|"
    r"minute[- ]?taker|note[- ]?taker|member|director|manager|officer|coordinator|co-ordinator|trustee|ceo|"
    r"cfo|coo|cto|"
    r"administrator|admin|observer|guest|governor|councillor|rep|representative|facilitator|convenor|"
    r"convener|lead|"
    r"editor|webmaster|presenter|chief executive|vice|headteacher|head teacher|head|principal|dean|registrar|"
    r"professor|fellow|researcher|lecturer|student|intern|volunteer|consultant|advisor|adviser|engineer|"
    r"developer|"
    r"maintainer|rfo|proper officer|mayor|warden|archivist|librarian|accountant|auditor|speaker|notes|"
    r"taking notes|chairing)"
    r"(?:[ -](?:of|for|to|at|and|&|/) ?.{0,60}|s)?(?:\s*\(.{0,40}\))?",
    re.IGNORECASE,
)
_ORGANISATION = re.compile(
    r"\b(?:university|univ|institute|institution|college|council|ltd|limited|inc|llc|gmbh|plc|cic|"
    r"department|dept|"
    r"school|trust|nhs|centre|center|foundation|society|association|laborator(?:y|ies)|labs?|group|team|"
    r"hospital|"
    r"authority|ministry|agency|charity|partnership|network|services?|division|faculty|company|corporation|"
    r"consulting|solutions|systems|software|computing|research|sciences?|technology|technologies|committee|"
    r"board|"
    r"office|union|federation|collective|library|museum|church|parish|commission|bank|organi[sz]ation|"
    r"public health|"
    r"engineering|studies|community|project|programme|consortium|alliance|press|media|international|"
    r"national)\b",
    re.IGNORECASE,
)
_NOBODY = re.compile(
    r"(?:none?|nil|n/?a|nobody|no one|no apologies.*|no absences.*|none (?:received|recorded|noted|given|"
    r"sent)|all|"
    r"all (?:members|present|trustees|directors|councillors|committee members).*|everyone.*|-+|tbc|tba|tbd|"
    r"yes|no|yes/no|met|"
    r"quorate|quorum.*|apolog(?:y|ies)|present|absent|see .*|as above|as listed.*|there were (?:no|none).*|"
    r"zero|various|"
    r"others?|and others|et al\.?|etc\.?|\+?\d+\b.*|members? of (?:the )?(?:public|press).*|the public|"
    r"public|press|"
    r"(?:\w+ )?(?:members|people|residents|parishioners|attendees|participants)(?: (?:of|from|in) .*)?|"
    r"staff|name|names|"
    r"apologies (?:were |have been )?(?:received|accepted|noted)\.?|received|accepted|noted|approved|\?+|"
    r"unknown|"
    r"(?:in person|online|remote(?:ly)?|via zoom|zoom|teams|virtual(?:ly)?|by phone|on zoom)|"
    r"(?:no )?guests?|(?:no )?visitors?|"
    r"\w+ and \w+ organisations?|your name.*|add (?:your )?name.*|name here.*)[.!]?",
    re.IGNORECASE,
)
_TITLES = (
    r"(?:(?:Cllrs?|Councillors?|Mr|Mrs|Ms|Miss|Mx|Drs?|Prof(?:essor)?s?|Rev(?:erend)?|Revd|Sir|Dame|Lord|"
    r"Lady|Hon|Fr|Sr|Ald(?:erman)?|Capt|Major|Col|County Cllr|Borough Cllr|District Cllr)\.?\s+)"
)
_PLURAL_TITLE = re.compile(
    r"(?:(?:parish|town|county|district|borough|city)\s+)?(?:councillors|cllrs|messrs|drs|trustees|"
    r"directors|governors|members|mesdames|professors|profs|supervisors|commissioners|aldermen)\b[.:]?\s+",
    re.IGNORECASE,
)
_WORD = r"(?:[^\W\d_][\w’'`.-]*|[A-Z]\.)"
_PARTICLE = r"(?:de|da|di|du|del|della|der|den|van|von|la|le|el|al|bin|ibn|ap|ab|dos|das|of|ter|ten|y|zu|san)"
_LOOKS = re.compile(rf"{_TITLES}*(?:{_WORD})(?:\s+(?:{_WORD}|[\"“'‘(]\w+[\"”'’)]))*")
_HANDLE = re.compile(r"@?[A-Za-z0-9][\w.-]{0,38}")
_SENTENCE = re.compile(
    r"\b(?:was|were|is|are|has|have|had|the|this|that|will|would|to|agreed|noted|welcomed|apologi[sz]ed|"
    r"sent|received|"
    r"opened|thanked|declared|discussed|reported|please|we|they|it|which|because|not|with|been)\b",
)
_SEPARATOR = re.compile(r"\s*[;\n]\s*")
_DASH = re.compile(r"\s+[-–—|/]+\s+|\s*[–—]\s*|\s+-|\s*:\s+|\s+@\s*|\t+")
_AND = re.compile(r"\s+(?:and|&|\+)\s+|\s*&\s*", re.IGNORECASE)
_INITIALS = re.compile(r"[A-Z](?:[a-z]?[A-Z]){1,4}|[A-Z]\.(?:[A-Z]\.)+")
_OPENING, _CLOSING = "([{<", ")]}>"


def split_names(words: str, *, one_each: bool = False) -> list[NamedPerson]:
    """The people of a list: "A, B (chair), C and D". Entries that are nobody ("None", "3 members") are left out.

    `one_each`: the words are one point of a list with a point for each person, so what follows the first comma
    is where they come from or what they do.
    """
    words = _PLURAL_TITLE.sub("", words.strip(), count=1)
    if one_each:
        person = read_person(words)
        return [person] if person else []
    parts = _outside_brackets(words, ";\n")
    by_semicolon = len(parts) > 1
    people: list[NamedPerson] = []
    for part in parts:
        if by_semicolon and "," in part and not _all_names(part):
            person = read_person(part)
            if person:
                people.append(person)
            continue
        people.extend(_comma_list(part))
    return people


def _all_names(part: str) -> bool:
    entries = [entry for entry in _outside_brackets(part, ",") if entry.strip()]
    return len(entries) > 2 and not any(_is_beside(entry) for entry in entries)


def _comma_list(part: str) -> list[NamedPerson]:
    people: list[NamedPerson] = []
    for entry in _outside_brackets(part, ","):
        entry = re.sub(r"^(?:and|&|also|plus)\s+", "", entry.strip(), flags=re.IGNORECASE)
        if not entry:
            continue
        house = people and " " in people[-1].name and re.fullmatch(r"[A-Z]{2,6}", entry)
        if people and (house or _is_beside(entry)) and not _NOBODY.fullmatch(entry):
            before = people.pop()
            whole = f"{before.as_written}, {entry}"
            people.append(
                NamedPerson(
                    before.name, whole, _merged(before.capacities, capacities_in(entry)), before.initials
                )
            )
            continue
        for one in _split_and(entry):
            person = read_person(one)
            if person:
                people.append(person)
    return people


def _is_beside(entry: str) -> bool:
    """Whether an entry between commas is a role or an organisation that belongs to the name before it."""
    bare = entry.strip().strip(".")
    return bool(_ROLE.fullmatch(bare)) or bool(_ORGANISATION.search(bare))


def _split_and(entry: str) -> list[str]:
    """The people of "A and B (C and D)": split at the "and" outside brackets, unless one side is no name."""
    masked = _mask_brackets(entry)
    parts, at = [], 0
    for found in _AND.finditer(masked):
        parts.append(entry[at : found.start()])
        at = found.end()
    parts.append(entry[at:])
    if len(parts) == 1 or any(
        _ROLE.fullmatch(part.strip()) or _ORGANISATION.search(part) for part in parts[1:]
    ):
        return [entry]
    shared = re.match(r"(\w+)$", parts[0].strip())
    following = parts[1].split()
    if (
        shared
        and len(following) == 2
        and len(parts) == 2
        and parts[0].strip().rstrip(".") in {"Mr", "Mrs", "Ms", "Dr", "Cllr"}
    ):
        return [entry]
    return parts


def read_person(entry: str) -> NamedPerson | None:
    """The person of one entry: "Dr Ada Onyango (AO) – Treasurer, Elm Trust"; None where it names nobody."""
    entry = re.sub(
        r"<?\b[\w.+-]+@[\w-]+\.[\w.-]+>?", " ", entry
    )  # an address by mail says nothing of the name
    written = " ".join(entry.split()).strip(" ,;•*-–—")
    if written.endswith(".") and not re.search(r"(?:\b[A-Z]|Jr|Sr|Esq)\.$", written):
        written = written[:-1].rstrip()
    if not written or _NOBODY.fullmatch(written):
        return None
    name = re.sub(r"^\(?\d{1,2}[.)]\s*", "", written)
    capacities = capacities_in(_beside(name))
    initials = ""
    bracketed = re.findall(r"[(\[]([^()\[\]]{1,80})[)\]]", name)
    for inside in bracketed:
        if not initials and _INITIALS.fullmatch(inside.strip()):
            initials = inside.strip()
    name = re.sub(r"\s*(?:[(\[{<][^()\[\]{}<>]*(?:[)\]}>]|$))", " ", name)
    led = re.match(r"([^:]{2,40}):\s+(\S.*)$", name)
    if led and _ROLE.fullmatch(led[1].strip()):
        capacities = _merged(capacities, capacities_in(led[1]))
        name = led[2]
    role_first = re.match(r"((?:the )?[\w -]{3,30}?)\s+[-–—]\s+(\S.*)$", name)
    if role_first and _ROLE.fullmatch(role_first[1].strip()):
        capacities = _merged(capacities, capacities_in(role_first[1]))
        name = role_first[2]
    name = _outside_brackets(name, ",")[0]
    name = _DASH.split(name.strip(), maxsplit=1)[0]
    name = " ".join(name.strip(' *†‡^~#"“”•.,;:-–—_').split())
    name = re.sub(r"^(?:and|&|plus|also|apologies from|apologies:)\s+", "", name, flags=re.IGNORECASE)
    name = re.sub(
        r"\s+(?:as|via|on|by|from|until|arrived|joined|left|representing|rep|for|in)\s.*$", "", name
    )
    name = re.sub(r"(?i)^@(?=\w)", "", name)
    role = re.match(
        r"(?:the )?(?:parish |town |council )?(?:chair(?:man|person|woman)?|clerk|secretary|treasurer|"
        r"president|mayor)\s+(?=[A-Z])",
        name,
        re.IGNORECASE,
    )
    if role and len(name[role.end() :].split()) >= 2:
        capacities = _merged(capacities, capacities_in(role[0]))
        name = name[role.end() :]
    if not name or _NOBODY.fullmatch(name) or not looks_like_name(name):
        return None
    return NamedPerson(name, written, capacities, initials)


def _beside(entry: str) -> str:
    """What stands beside the name: in brackets, after a comma, a dash or a colon; or a role before a colon."""
    outside = re.sub(r"[(\[][^()\[\]]*[)\]]?", " ", entry)
    inside = " ".join(re.findall(r"[(\[]([^()\[\]]*)", entry))
    after = " ".join([*_outside_brackets(outside, ",")[1:], *_DASH.split(outside.strip())[1:]])
    return f"{inside} , {after}"


def capacities_in(words: str) -> tuple[Capacity, ...]:
    """What the words beside a name say the person did ("guest, notetaking"), in the order of the words."""
    found = [(match.start(), capacity) for capacity, reader in _CAPACITIES if (match := reader.search(words))]
    return tuple(capacity for _, capacity in sorted(found, key=lambda pair: pair[0]))


def _merged(first: tuple[Capacity, ...], second: tuple[Capacity, ...]) -> tuple[Capacity, ...]:
    return tuple(dict.fromkeys(first + second))


def looks_like_name(words: str) -> bool:
    """Whether the words have the shape of a person's name, initials or a handle, and not of a sentence."""
    parts = words.split()
    if not parts or len(parts) > 7 or len(words) > 60 or _NOBODY.fullmatch(words):
        return False
    if len(parts) == 1:
        if re.fullmatch(r"[A-Z]+(?:-[A-Z]+){2,}", words):
            return False
        return bool(_HANDLE.fullmatch(words) or _LOOKS.fullmatch(words))
    if _SENTENCE.search(words) or words.endswith("?"):
        return False
    capitals = sum(
        part[:1].isupper()
        or not part[:1].isascii()
        or bool(re.fullmatch(_PARTICLE, part))
        or part[:1] in "\"“'‘("
        for part in parts
    )
    return capitals == len(parts) and (
        parts[0][:1].isupper() or not parts[0][:1].isascii() or bool(re.fullmatch(_PARTICLE, parts[0]))
    )


def looks_like_names(words: str) -> bool:
    """Whether a whole line reads as a list of names and not as a sentence."""
    bare = re.sub(r"[(\[][^()\[\]]*(?:[)\]]|$)", " ", words).strip()
    if not bare:
        return False
    if _NOBODY.fullmatch(bare):
        return True
    entries = [
        entry for piece in _SEPARATOR.split(bare) for part in piece.split(",") for entry in _AND.split(part)
    ]
    entries = [entry.strip(" .") for entry in entries if entry.strip(" .")]
    good = sum(
        looks_like_name(_DASH.split(entry)[0].strip(" *."))
        or _is_beside(entry)
        or bool(_NOBODY.fullmatch(entry))
        for entry in entries
    )
    return bool(entries) and good * 4 >= len(entries) * 3


def initials_of(name: str) -> str:
    """The initials of a name: "Jan Moss" gives "JM"; titles are left out."""
    bare = re.sub(rf"^{_TITLES}+", "", name)
    return "".join(part[0] for part in re.split(r"[\s-]+", bare) if part[:1].isalpha()).upper()


def _mask_brackets(words: str) -> str:
    depth, out = 0, []
    for letter in words:
        if letter in _OPENING:
            depth += 1
        elif letter in _CLOSING:
            depth = max(0, depth - 1)
        out.append("\x00" if depth and letter not in _OPENING else letter)
    return "".join(out)


def _outside_brackets(words: str, marks: str) -> list[str]:
    """The parts of `words` between `marks`, except marks inside brackets; an unclosed bracket hides nothing."""
    masked = _mask_brackets(words)
    if masked.count("(") and words.count("(") > words.count(")"):
        masked = words
    parts, at = [], 0
    for place, letter in enumerate(masked):
        if letter in marks:
            parts.append(words[at:place])
            at = place + 1
    parts.append(words[at:])
    return parts
