"""Who takes an action on, as written: in a table's cell, before a dash, in brackets, or as "X to do Y"."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from meetings.notes.document import Owner, OwnerRole
from meetings.notes.people import NamedPerson, initials_of, looks_like_name

_GROUPS = re.compile(
    r"(?:the )?(?:all|everyone|everybody|anyone|all (?:members|allies|trustees|directors|staff|councillors|"
    r"governors|partners|"
    r"attendees|participants|present|leads?|chairs|officers|groups?|teams?|of us|to (?:note|action)|"
    r"board members|committee members|wg leads)|"
    r"[\w&' -]{0,30}\b(?:team|group|committee|sub-?committee|board|panel|secretariat|working group|wg|"
    r"council|office|department|officers|leads?|members|trustees|staff|executive)|"
    r"(?:vice|deputy|assistant|acting|parish|town|co|interim|finance|events|communications|membership|"
    r"programme|project|social)?[- ]?"
    r"(?:chairs?|chairman|chairwoman|chairperson|president|clerk|secretary|treasurer|director|manager|"
    r"coordinator|co-ordinator|"
    r"ceo|cfo|coo|facilitator|convenor|convener|officer|editor|registrar|headteacher|head|administrator|"
    r"webmaster|mayor|scribe|warden|rfo|minute taker|note[- ]?taker))",
    re.IGNORECASE,
)
_NOBODY = re.compile(
    r"[\W_]*|tbc|tbd|tba|n/?a|none|nobody|unassigned|no one|unknown|to be (?:confirmed|"
    r"decided|agreed|assigned)|not assigned|nil|vacant",
    re.IGNORECASE,
)
_SUPPORT = re.compile(
    r"\s*[,;(]?\s*\b(?:with (?:the )?(?:support|help|assistance|input|advice|backing) (?:from|of|by)|"
    r"supported by|assisted by|"
    r"helped by|in collaboration with|together with|in consultation with|working with|with|"
    r"support(?:ing)?:|support from)\s+",
    re.IGNORECASE,
)
_SPLIT = re.compile(r"\s*(?:[,;/+|\n]|&|\band\b|\bor\b|\s[-–—]\s)\s*", re.IGNORECASE)
_LABEL = re.compile(
    r"^(?:actions?|owners?|leads?|by|responsible|assigned to|assignees?|who|on|for|"
    r"action by)\s*[:\-–]\s*",
    re.IGNORECASE,
)
# Capitals that are no initials of a person, and words that begin an action or a topic and are nobody.
_NOT_INITIALS = frozenset(
    "AGM AOB EGM UCL NHS EDI GDPR TBC TBD TBA FAQ PDF URL USA UK EU IT HR PR QA CI CD API UI UX VAT AV PA "
    "TV ID OK NB PS RE FYI "
    "ASAP ETA TODO DONE NEW OPEN ACTION AI AP NA BBC CEO TOR MOU SLA KPI ROI RFC CFP DEI ED SIG WG TSC CIC "
    "CIO GP AND THE TO "
    "FOR NOT ALL WE IN ON BY OF IS".split()
) - {"ALL", "AP", "AI", "ED", "PA", "CEO", "PR", "HR"}
_NOT_NAMES = frozenset(
    """
    action actions actioned add additional advertise agenda agree agreed aim all also alternative
    amend analysis announce annual any appeal application apply appoint approach approve archive
    arrange article ask assess assessment attempt attend audit available award background bank be
    begin bid board book booking brief briefing bring budget build buy calendar call campaign carry
    case change chase check circulate clarify clean close code collaborate collate collect comms
    communicate communication communications community compare compile complete complaint conduct
    conference confirm consider consult consultation contact continue contract contribute convene
    coordinate copy correct cost costs create data database date deadline decide decision decisions
    deliver deploy describe design determine develop development diary direct discuss discussion
    distribute document documentation documents donate donation donations draft draw edit education
    elect election email enable encourage engage engagement enquire ensure equipment establish
    evaluate evaluation event events examine exhibition expand expenses explain explore extend
    facilitate fees feedback file fill finalise finalize finance finances financial find finish fix
    flyer flyers focus follow form forward fund fundraising funding further get give go governance
    grant grants greater guidance guide hall handbook health help highlight hire hold host idea
    ideas identify implement improve include inform information infrastructure initial insurance
    integrate interview introduce investigate invite invitation invoice invoices issue issues item
    items join keep key launch lead learn leaflet letter liaise library licence link list lobby logo
    look mailing maintain maintenance make manage map marketing material matters measure meet
    meeting meetings member members membership mentoring minutes mission monitor motion move name
    need needs negotiate new newsletter next no notice noticeboard notes notify obtain offer office
    ongoing open opening order organise organize other outcome outreach outstanding outline paint
    paper papers park participate partners partnership pay payment permission phone photo photos
    pilot plan planning plans please policies policy position post poster posters prepare present
    presentation press print priorities process procure produce programme progress project projects
    promote proposal propose provide public publication publicity publish purchase pursue put
    question questions raise reach read receive recommend recommendation record recruit recruitment
    redraft refer reference register registration remind reminder remove renew repair repairs repeat
    replace reply report reports request research resend resolve resource resources respond response
    review revise risk risks roadmap role room run safeguarding schedule scope search secretary's
    secure seek select sell send set setup share shelve shop sign signage site social sort speak
    spend sponsor sponsorship staff start statement status strategy submission submit subscription
    subscriptions suggest summarise summary supply support survey take talk target task tasks teams
    template terms test testing then thank there these this tidy tickets timetable to today todo
    topic track training transfer translate travel treasurer's trial try turn undertake update
    updates upgrade upload use venue video visit volunteer volunteers vote wait website webinar
    welcome who why work working workshop workshops write monday tuesday wednesday thursday friday
    saturday sunday january february march april may june july august september october november
    december spring summer autumn winter remember it that we they he she i you our your his her
    their if when once as after before during while until unless nothing none some everyone's due
    first second last previous conclusion resolved approved passed carried deferred noted note
    context answer result results overview purpose attendance apologies
    """.split()
)


@dataclass(slots=True)
class Roster:
    """The people whom a set of notes names, and the words it uses in small letters, to tell names from nouns."""

    full: set[str] = field(default_factory=set)
    short: set[str] = field(default_factory=set)
    initials: set[str] = field(default_factory=set)
    common: frozenset[str] = frozenset()

    @classmethod
    def of(cls, people: Iterable[NamedPerson], text: str) -> "Roster":
        """The roster of a document: those in its attendance, and the words of its whole text."""
        roster = cls(common=frozenset(re.findall(r"(?<![\w@.])[a-z][a-z]+(?!\w)", text)))
        for person in people:
            roster.full.add(person.name.casefold())
            words = [word for word in re.split(r"\s+", person.name) if len(word) > 1]
            if words:
                roster.short.update({words[0].casefold(), words[-1].casefold()})
                roster.short.add(" ".join(words[-2:]).casefold())
            if len(words) > 1:
                roster.initials.add(initials_of(person.name))
            if person.initials:
                roster.initials.add(person.initials)
        return roster

    def knows(self, words: str) -> bool:
        """Whether these words name someone in the attendance: in full, by first name, surname or initials."""
        bare = words.strip(" .@*").removesuffix("'s").removesuffix("’s")
        folded = bare.casefold()
        return folded in self.full or folded in self.short or bare.replace(".", "") in self.initials

    def is_owner(self, words: str, *, sure: bool = False) -> bool:
        """Whether one entry can own an action: someone known, a group or an office, or, unless it has to be
        `sure`, words with the shape of a name that the notes do not use as common words."""
        bare = words.strip(" .*:;,")
        if not bare or len(bare) > 50:
            return False
        if bare.startswith("@") and re.fullmatch(r"@[\w./-]{1,40}", bare):
            return True
        if self.knows(bare) or self.knows(_BRACKETS.sub("", bare)):
            return True
        if _GROUPS.fullmatch(bare) and len(bare.split()) <= 4:
            folded = bare.casefold()
            named = (
                bare[:1].isupper()
                or folded in {"all", "everyone", "clerk", "chair"}
                or folded.startswith("all ")
            )
            return named or (not sure and folded.startswith("the "))
        if re.fullmatch(r"[A-Z]{2,4}|(?:[A-Z]\.){2,4}", bare):
            return bare not in _NOT_INITIALS and not (sure and self.initials)
        if sure:
            return False
        bare = _BRACKETS.sub("", bare).strip()
        parts = bare.split()
        if not looks_like_name(bare) or not bare[:1].isupper() or len(parts) > 4:
            return False
        plain = [part.strip(".’'").casefold() for part in parts]
        if plain[0] in _NOT_NAMES or (len(plain) > 1 and plain[-1] in _NOT_NAMES):
            return False
        return not all(word in self.common for word in plain)

    def are_owners(self, words: str, *, sure: bool = False) -> bool:
        """Whether the words are a list of owners ("Ann, Bo and the clerk")."""
        if len(words) > 120:
            return False
        lead, support = split_support(words)
        entries = [*_entries(lead), *_entries(support)]
        if not entries or len(entries) > 8:
            return False
        good = [self.is_owner(entry, sure=sure) for entry in entries]
        if sure:
            return all(good)
        strong = sum(self.is_owner(entry, sure=True) for entry in entries)
        return all(good) or (
            strong >= 1 and strong * 2 >= len(entries) and all(looks_like_name(e) for e in entries)
        )


_BRACKETS = re.compile(r"\s*[(\[][^()\[\]]{0,60}[)\]]")


def split_support(words: str) -> tuple[str, str]:
    """Those who lead and those who support: "Team with support from Cleo" gives ("Team", "Cleo")."""
    found = _SUPPORT.search(words)
    if not found or not words[: found.start()].strip():
        return words, ""
    return words[: found.start()], words[found.end() :].rstrip(") ")


def read_owners(words: str) -> tuple[Owner, ...]:
    """The owners that a cell or label names, in its order, as written; () for none, a dash, "TBC" or "??"."""
    words = _LABEL.sub("", " ".join(words.split()).strip(" *"))
    lead, support = split_support(words)
    owners = [
        Owner(entry, _role(entry_as_written))
        for entry_as_written in _raw_entries(lead)
        if (entry := _bare(entry_as_written))
    ]
    owners += [Owner(entry, OwnerRole.SUPPORT) for raw in _raw_entries(support) if (entry := _bare(raw))]
    return tuple(dict.fromkeys(owners))


def _role(entry: str) -> OwnerRole:
    return OwnerRole.SUPPORT if re.search(r"[(\[]\s*support", entry, re.IGNORECASE) else OwnerRole.LEAD


def _bare(entry: str) -> str:
    bare = _BRACKETS.sub("", entry).strip(" .,;:*-–—@") or entry.strip(" .,;:*-–—@()[]")
    return "" if _NOBODY.fullmatch(bare) else bare


def _entries(words: str) -> list[str]:
    return [entry.strip() for entry in _raw_entries(words) if entry.strip()]


def _raw_entries(words: str) -> list[str]:
    """The entries of a list; "Finance and Resources Committee" stays one, and so does what stands in brackets."""
    if not words.strip():
        return []
    if re.search(r"\band\b|&", words) and re.fullmatch(
        r"[A-Z][\w ]+ (?:and|&) [A-Z][\w ]+ (?:Committee|Group|Team|Panel|Office|Board|"
        r"Department)",
        words.strip(),
    ):
        return [words.strip()]
    masked = re.sub(r"[(\[][^()\[\]]*[)\]]", lambda found: "\x00" * len(found[0]), words)
    parts, at = [], 0
    for found in _SPLIT.finditer(masked):
        parts.append(words[at : found.start()])
        at = found.end()
    parts.append(words[at:])
    return [part.strip() for part in parts if part.strip()]
