"""What a heading or a label means: attendance, actions, interests, the next meeting, or a matter of the agenda."""

import re
from enum import StrEnum
from functools import lru_cache


class Topic(StrEnum):
    """What stands under a heading, or after a label and its colon."""

    ATTENDANCE = "attendance"
    PRESENT = "present"
    APOLOGIES = "apologies"
    ABSENT = "absent"
    GUESTS = "guests"
    OBSERVERS = "observers"
    CHAIR = "chair"
    CO_CHAIR = "co-chair"
    NOTETAKER = "notetaker"
    OFFICER = "officer"
    QUORUM = "quorum"
    MIXED = "welcome and apologies"
    ACTIONS = "actions"
    CARRIED = "carried actions"
    ONE_ACTION = "one action"
    MATTERS_ARISING = "matters arising"
    INTERESTS = "interests"
    NEXT_MEETING = "next meeting"
    LAST_MEETING = "last meeting"
    DATE = "date"
    TIME = "time"
    STARTS = "starts"
    ENDS = "ends"
    PLACE = "place"
    DEADLINE = "deadline"
    OWNER = "owner"
    STATUS = "status"


ATTENDANCE_TOPICS = frozenset(
    {
        Topic.ATTENDANCE,
        Topic.PRESENT,
        Topic.APOLOGIES,
        Topic.ABSENT,
        Topic.GUESTS,
        Topic.OBSERVERS,
        Topic.CHAIR,
        Topic.CO_CHAIR,
        Topic.NOTETAKER,
        Topic.OFFICER,
        Topic.QUORUM,
        Topic.MIXED,
    }
)
# Groups of people that may stand beside "present", "apologies" and the like.
_WHO = (
    r"(?:(?:the|our|all|other|also|core|full|voting|non-?voting|ex[- ]officio|elected|co-?opted|board|"
    r"committee|council|"
    r"parish|town|borough|county|district|village|city|school|steering|working|project|management|"
    r"executive|advisory|"
    r"allies|group|team|panel|forum|trustee|governor|director|officer|member|members|councillors?|cllrs?|"
    r"trustees|"
    r"directors|governors|officers|staff|people|persons|names?|participants?|attendees|delegates|"
    r"representatives|"
    r"partners?|public|community|student|students|tsc|wg|sc|tc|sig|pmc|core|maintainers?|contributors?|"
    r"list|of|from|by|"
    r"for|in|at|and|&|meeting|call|today|this|those|who|were|was|is|are|record|remote|remotely|online|"
    r"virtual|virtually|"
    r"person|zoom|teams|via|phone|telephone|video|hybrid|physically|quorum|section|sheet|roster|received|"
    r"sent|given|"
    r"noted|accepted|with|without|to|be|absence|absent|members'|his|her|their|late|partial|additional|"
    r"invited|"
    r"regular|voters?|s)\s*[/,]?\s*)"
)
_KINDS: tuple[tuple[Topic, str], ...] = (
    (
        Topic.CARRIED,
        r"(?:(?:review|update|updates|status|progress|follow[- ]?up|report|check|matters arising|"
        r"discussion)s?(?: (?:on|of|against|about|from|to|with))? )?(?:of )?(?:the |any |all )?"
        r"(?:actions?|action (?:items?|points?|list|log|register|tracker)|to-?dos?|tasks?|ais?|aps?)s? "
        r"(?:(?:status |update |review )?(?:from|of|arising from|agreed at|carried|brought|outstanding|"
        r"since|at|in) .{0,60}|(?:carried|brought) (?:over|forward)|update|updates|review|status|"
        r"follow[- ]?up|outstanding|still open)|"
        r"(?:review|update|updates|status|progress|follow[- ]?up|report|reports)s?(?: (?:on|of|against|"
        r"about|with))?(?: the| all| any| previous| last| past| old| open| outstanding)* "
        r"(?:actions?|action (?:items?|points?|list|log|register|tracker)|to-?dos?|tasks)s?(?: .{0,60})?|"
        r"(?:previous|prior|past|old|last|earlier|outstanding|open|carried[- ](?:over|forward)|"
        r"brought forward|pending|existing|ongoing|unfinished|incomplete)"
        r"(?: (?:meeting|week|month|session|meeting['’]?s|week['’]?s|month['’]?s|"
        r"time['’]?s?))?(?:['’]s)? (?:actions?|action (?:items?|points?)|to-?dos?|tasks|ais|aps)\b.{0,60}|"
        r"review (?:the )?(?:previous|last|prior) (?:meeting|week|month)['’]?s? (?:actions?|"
        r"action (?:items?|points?))|"
        r"(?:completed|closed|done) (?:actions?|action (?:items?|points?)|tasks)|"
        r"matters arising(?: (?:and|/|&) |/| )(?:actions?|action (?:items?|points?|log))\b.{0,60}|"
        r"actions? (?:and|&|/) matters arising.{0,60}|"
        r".{0,50}\b(?:review|update|progress|status|follow[- ]?up)s? (?:of|on|"
        r"against) (?:\w+ ){0,3}(?:actions?|action (?:items|points))\b.{0,40}|"
        r".{0,50}\bactions? (?:from|arising from|of) (?:the |our )?(?:last|previous|prior)\b.{0,40}|"
        r"(?:actions?|action (?:items?|points?)) ?[-–—:(] ?(?:previous|last|carried|outstanding|"
        r"old)\b.{0,60}",
    ),
    (
        Topic.LAST_MEETING,
        r"(?:(?:approval|confirmation|adoption|acceptance|review|signing|agreement|ratification|"
        r"reading) of (?:the )?)?(?:draft )?(?:minutes|notes)(?: and matters arising)? (?:of|"
        r"from) (?:the )?(?:last|previous|prior).*|"
        r"(?:previous|last|prior) (?:meeting|minutes|meeting minutes|meetings? notes)(?: minutes)?|"
        r"(?:approval|review|adoption|confirmation|acceptance) of .*minutes.*|"
        r"(?:approve|accept|adopt|review) .*minutes.*|minutes of .*|"
        r"(?:review )?previous meeting['’]?s minutes",
    ),
    (
        Topic.MATTERS_ARISING,
        r"matters? arising.{0,60}|old business|unfinished business|business arising.{0,60}",
    ),
    (
        Topic.ONE_ACTION,
        r"action item|action point|action|action required",
    ),
    (
        Topic.ACTIONS,
        r"(?:(?:summary|list|table|record|log|recap|register|review) of )?(?:the |all |any |our |key |new |"
        r"agreed |main |current |meeting |further |immediate |final |resulting |next )*"
        r"(?:actions|action (?:items|points|list|summary|log|register|tracker|table|plan|sheet|grid)|"
        r"to-?do'?s?|to do list|ais|aps|next steps?|follow[- ]?ups?(?: items| actions)?|tasks|task list|"
        r"commitments|takeaways)"
        r"(?: (?:and|&|/) (?:next steps|deadlines|owners|decisions|follow[- ]?ups?|actions|"
        r"responsibilities|tasks|action items|action points))?"
        r"(?: (?:agreed|arising|summary|list|log|from|for|to be taken|required|identified|recorded|this|of|"
        r"taken|going forward|raised|assigned|at)\b.{0,60})?|"
        r"(?:decisions|summary) (?:and|&) (?:actions?|action (?:items|points)|next steps)|"
        r"action points?/next steps|"
        r"(?:new|agreed|summary|further|general) actions?|actions? (?:summary|table|list|log)|"
        r"actions? / .{0,40}",
    ),
    (
        Topic.INTERESTS,
        r"(?:(?:the |any |new |standing |register of |disclosures? of |declarations? of |notice of |"
        r"to )*(?:(?:potential|possible|perceived|actual|members['’]?|pecuniary|disclosable|personal|"
        r"prejudicial|financial|other|and|or|non-?pecuniary|outside|registrable|material|,|/|&) ?)*"
        r"(?:conflicts?(?:/declarations?)? of (?:interests?|loyalty)|conflicts?|"
        r"interests?)(?: (?:declarations?|disclosures?|declared|register|statement|check|disclosed|"
        r"and .{0,40}|& .{0,40}|or .{0,40}|with .{0,40}|from .{0,40}|in .{0,40}|by .{0,40}|for .{0,40}|"
        r"\/.{0,40}))*)|"
        r"(?:declarations?|disclosures?)(?: .{0,20})?|coi|dois?|declare (?:any )?(?:conflicts|"
        r"interests).{0,40}|.{0,30}\b(?:and|&) (?:declarations? of interests?|"
        r"conflicts? of interests?).{0,20}",
    ),
    (
        Topic.NEXT_MEETING,
        r"(?:(?:date|dates|time|day|details|schedule|venue|proposed date)s?(?:(?:,| and| &| /|/) (?:time|"
        r"times|venue|place|location|date))*(?:,? and (?:place|venue))? (?:of|for) (?:the )?)?(?:our )?"
        r"(?:next|future|upcoming|forthcoming|following|coming|subsequent) (?:scheduled |regular |"
        r"ordinary |proposed |planned |full |monthly |quarterly |annual |board |committee |council |group |"
        r"trustee |steering |team |project |community |sc |tsc |wg |tc |parish |public |general |staff |"
        r"[\w-]+ ){0,4}"
        r"(?:meetings?|mtgs?|calls?|sessions?|agm|meet[- ]?ups?|get[- ]?together|"
        r"meeting ?/ ?[\w ]{1,30})(?: (?:dates?|time|details|schedule|planned|will be|is|scheduled|to be|"
        r"arrangements|on|at|in).{0,40})?|"
        r"(?:meeting|future|forward) (?:dates|schedule)|dates of (?:future |forthcoming |"
        r"upcoming )?meetings.{0,20}|dates? for (?:your )?diar(?:y|ies)|schedule of meetings|next|dnm|"
        r"next date|"
        r"(?:set|confirm|agree) (?:the )?(?:date (?:of|for) )?(?:the )?next meeting.{0,20}|(?:close|"
        r"adjournment|end|closing)(?: of (?:the )?meeting)? (?:and|&|"
        r"/) (?:date (?:and time )?of (?:the )?)?next meeting.{0,20}",
    ),
    (Topic.CO_CHAIR, r"co-?chairs?(?:persons?)?|joint chairs?"),
    (
        Topic.CHAIR,
        r"(?:meeting |acting |session |interim |in the )?(?:chair|chairs|chairman|chairwoman|chairperson|"
        r"chairing|presiding(?: officer| member)?|facilitat(?:or|ors|ing|ed by)|moderat(?:or|ed by)|"
        r"convenor|convener|meeting lead|called by|host)(?: ?(?:\(s\)|by|of (?:the )?meeting|for (?:the|"
        r"this) meeting))?|"
        r"chaired by|led by|presided by|meeting called by|meeting (?:chair|facilitator|host|led by)",
    ),
    (
        Topic.NOTETAKER,
        r"(?:(?:the )?(?:meeting )?(?:minutes?|notes?)[- ]?(?:taken|recorded|written|prepared|drafted|"
        r"compiled|kept|by|takers?|taking|secretary|clerk)(?: by)?)(?: ?\(s\))?|"
        r"(?:minute|note)[- ]?takers?(?: ?\(s\))?|minuted by|minutes|scribes?|recorder|recorded by|"
        r"recording secretary|taking (?:notes|minutes)|rapporteur|(?:minutes|notes) (?:by|secretary)|"
        r"notetaking|recording|taken by|secretariat",
    ),
    (
        Topic.OFFICER,
        r"(?:vice|deputy|assistant)[- ](?:chair|chairs|chairman|chairperson|president|secretary|"
        r"treasurer)|president|treasurer|secretary|(?:parish |town |council )?clerk(?: to the (?:council|"
        r"board|governors))?|presenters?|timekeeper|time keeper|speaker|mayor|ceo",
    ),
    (
        Topic.MIXED,
        r"(?:(?:call to order|welcome|introductions?|opening|present|attendance|roll[- ]?call|"
        r"attendees)\b[\w ,/&-]{0,40}?(?:apologies|regrets|absences?|introductions?)(?: .{0,40})?|"
        r"apologies,? (?:and|&|/|for absence and)? ?(?:welcomes?|introductions?|attendance|present|"
        r"declarations?.*|substitutions?|quorum)(?: .{0,40})?|call to order(?: .{0,40})?|welcome(?:s)?|"
        r"welcome,? .{0,40}|opening(?: of (?:the )?meeting)?|opening remarks|introductions?)",
    ),
    (
        Topic.DATE,
        r"(?:date|dates|day|meeting date|date of (?:the )?meeting|when|held on|date held|date and time|"
        r"date ?(?:&|/) ?time|date/time|datetime|date,? time and (?:place|venue|location)|"
        r"meeting held(?: on)?|meeting date and time|meeting date/time)",
    ),
    (
        Topic.TIME,
        r"(?:times?|meeting times?|hours|time of meeting|duration and time|scheduled (?:start|time)|"
        r"schedule)",
    ),
    (
        Topic.STARTS,
        r"(?:start(?:s|ed)?(?: time)?|start of meeting|meeting (?:opened|started|began|commenced|start|"
        r"starts)(?: at)?|(?:meeting )?open(?:ed|s|ing)?(?: time| at)?|began(?: at)?|commenced(?: at)?|"
        r"time (?:started|opened|in|commenced|began)|call(?:ed)? to order(?: at| time)?|"
        r"time start(?:ed)?|commencement)",
    ),
    (
        Topic.ENDS,
        r"(?:end(?:s|ed)?(?: time)?|end of meeting|meeting (?:closed|ended|finished|concluded|adjourned|"
        r"end|ends)(?: at)?|clos(?:ed|e|es|ing)(?: time| at)?|finish(?:ed)?(?: at| time)?|"
        r"adjourned(?: at)?|adjournment(?: time)?|time (?:ended|closed|finished|out|adjourned)|"
        r"concluded(?: at)?|close of meeting|time end(?:ed)?)",
    ),
    (
        Topic.PLACE,
        r"(?:place|venue|location|where|room|held at|meeting (?:place|venue|location|link)|address|"
        r"zoom(?: link)?|link|place of meeting|platform)",
    ),
    (
        Topic.DEADLINE,
        r"(?:due(?: date| by| on)?|deadline|by when|target(?: date)?|timescale|complete by|"
        r"completion date|when due|timeframe)",
    ),
    (
        Topic.OWNER,
        r"(?:owners?|owned by|assigned(?: to)?|assignees?|responsib(?:le|ility)(?: (?:person|party))?|"
        r"person(?:\(?s\)?)? responsible|who|by whom|lead|action by|allocated to|action owner|"
        r"action(?:ed)? by|responsible persons?)",
    ),
    (Topic.STATUS, r"(?:status|progress|outcome|state|current status)"),
    (
        Topic.QUORUM,
        r"quor(?:um|ate)\b.{0,60}|number (?:present|attending).{0,40}|attendance (?:count|numbers?)|"
        r"voting members? count",
    ),
)
_READERS = tuple((topic, re.compile(words, re.IGNORECASE)) for topic, words in _KINDS)
_PEOPLE: tuple[tuple[Topic, re.Pattern[str]], ...] = tuple(
    (topic, re.compile(rf"(?:{_WHO}){{0,7}}(?:{words})\s?(?:{_WHO}){{0,6}}", re.IGNORECASE))
    for topic, words in (
        (
            Topic.APOLOGIES,
            r"apolog(?:ies|y|ises|ised|ise)(?: for (?:absence|lateness|non-attendance))?|regrets|"
            r"excused(?: absences?)?|leave of absence|unable to (?:attend|join|make it)|"
            r"could not (?:attend|make it)|absent with apolog(?:y|ies)|apologies/absent|"
            r"absences? ?\(excused\)|sent regrets|(?:sorry|sadly)\b.{0,30}\b(?:come|attend|make it|"
            r"be there|miss\w*)",
        ),
        (
            Topic.ABSENT,
            r"absent(?:ees)?|absences|not (?:present|in attendance|attending)|did not attend|missing|"
            r"non-?attend(?:ance|ees)|no[- ]show|absent without apolog(?:y|ies)|unexcused",
        ),
        (Topic.OBSERVERS, r"observ(?:ers?|ing)|in observance"),
        (
            Topic.GUESTS,
            r"guests?(?: (?:present|attending|speakers?))?|visitors?(?: present)?|invitees|"
            r"invited(?: guests?| speakers?)?|by invitation|in attendance by invitation",
        ),
        (
            Topic.PRESENT,
            r"present|in attendance|also present|attendance(?: list| record| register)?|attendees?|"
            r"attending|attended(?: by)?|participa(?:nts?|ting|ted)|roll[- ]?call|on (?:the )?call|"
            r"who(?:['’]s| was| is| were)? (?:t?here|present|attended|came)|joined|in the room|joining|"
            r"people present|present(?: by| via| in| on)? .{0,20}|quorum",
        ),
    )
)
_THIS_MEETING = re.compile(r"\b(?:this|today['’]?s?|tonight|new)\b", re.IGNORECASE)
_CONTAINERS = re.compile(
    r"(?:(?:meeting |group |committee |board |council |panel |team |current |voting |core )*(?:members|"
    r"membership|participants|people|committee|board|attendance|roster|trustees|directors|governors|"
    r"councillors|staff)|"
    r"(?:attendance|present|members|participants|attendees)(?: and |/| & |, )(?:apologies|absences?|"
    r"regrets|absent)|meeting attendance|who was (?:t?here|there))",
    re.IGNORECASE,
)
_TRIM = re.compile(r"^[\W_]*(?:\d{1,3}(?:\.\d{1,3})*[.):]?\s+)?|[\s:.*_–—-]+$")
_BRACKETS = re.compile(r"\s*[(\[][^()\[\]]{0,60}[)\]]")
_LABEL = re.compile(
    r"(?P<label>[A-Za-z][^:|]{0,70}?)\s*(?::|\s[-–—]\s|\s?[-–—](?=\s)|\t)\s*(?P<rest>.*)$", re.DOTALL
)
_TO_SPLIT = re.compile(
    r"(?<=[\s.;,|])(?=(?:Members )?(?:Present|Apologies|Absent|In attendance|Regrets|Attendees|Guests?|"
    r"Observers?|Chair|Co-chairs?|Note ?taker|Minute ?taker|Minutes|Scribe|Time|Venue|Location|Place|"
    r"Date)\s*:\s)"
)


@lru_cache(maxsize=8192)
def topic_of(words: str) -> Topic | None:
    """What a heading or label of these words stands over; None for a matter of the agenda."""
    bare = _TRIM.sub("", words).strip()
    length = bare.count(" ")
    if (
        not bare
        or len(bare) > 100
        or length > 14
        or (length > 7 and words.rstrip().endswith((".", ",", ";")))
    ):
        return None  # a sentence
    without = _BRACKETS.sub("", bare).strip() or bare
    for said in dict.fromkeys((bare, without)):
        topic = _topic(said)
        if topic is Topic.CARRIED and _THIS_MEETING.search(said):
            return Topic.ACTIONS
        if topic:
            return topic
    return None


def _topic(said: str) -> Topic | None:
    for topic, reader in _READERS:
        if reader.fullmatch(said):
            return topic
    if len(said) <= 70:
        for topic, reader in _PEOPLE:
            if reader.fullmatch(said):
                return topic
        if _CONTAINERS.fullmatch(said):
            return Topic.ATTENDANCE
    return None


def is_known_heading(words: str) -> bool:
    """Whether a whole line is a heading that notes of many houses use ("Apologies", "Next meeting:")."""
    bare = words.strip()
    if not bare or len(bare) > 70 or bare[0] in "|-" or bare.endswith((".", ",", ";", "?")):
        return False
    if ":" in bare[:-1] or not bare[:1].isalnum() or bare[:1].islower():
        return False
    topic = topic_of(bare)
    return topic is not None and topic not in {
        Topic.DATE,
        Topic.TIME,
        Topic.DEADLINE,
        Topic.OWNER,
        Topic.STATUS,
        Topic.OFFICER,
    }


@lru_cache(maxsize=8192)
def split_label(words: str) -> tuple[Topic | None, str, str]:
    """Label, its topic, and the words after it, of a line such as "Present: …"; (None, "", words) without one."""
    found = _LABEL.match(words)
    if not found:
        return None, "", words
    label = found["label"].strip()
    return topic_of(label), label, found["rest"].strip()


def known_label_starts(words: str) -> list[tuple[int, int]]:
    """The parts of one line that holds several labels ("Present: A. Apologies: B"); none for other lines."""
    if words.count(":") < 2:
        return []
    starts = [0, *(found.start() for found in _TO_SPLIT.finditer(words))]
    if len(starts) < 2 or split_label(words)[0] is None:
        return []
    return list(zip(starts, [*starts[1:], len(words)], strict=True))
