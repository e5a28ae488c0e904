"""What the invented group has talked about, agreed and done, meeting by meeting.

A meeting is counted from the next one: `before` 1 is the last. In words, `{…}` is a day: `{+40}` lies forty days
after that meeting, `{next}` is the following meeting's. Owners are written as the notes write them.
"""

from dataclasses import dataclass

from meetings.models import Purpose, Reached
from meetings.notes.document import ItemKind


@dataclass(frozen=True, slots=True)
class Said:
    """What became of an action: at the meeting `before` (or so many days ago), with this status and these words."""

    status: str = ""
    note: str = ""
    before: int | None = None
    days_ago: int | None = None
    by: str = "Bel"


@dataclass(frozen=True, slots=True)
class Agreed:
    text: str
    owners: str
    due: str = ""
    said: tuple[Said, ...] = ()
    details: tuple[str, ...] = ()
    about: str = ""
    part_of: str = ""
    same_as: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    title: str
    notes: str = ""
    kind: ItemKind = ItemKind.DISCUSSION
    by: str = ""
    purpose: str = Purpose.INFORMATION
    minutes: int = 15
    about: str = ""


@dataclass(frozen=True, slots=True)
class Held:
    before: int
    present: str
    apologies: str = ""
    items: tuple[Item, ...] = ()
    actions: tuple[Agreed, ...] = ()
    decisions: tuple[tuple[str, str], ...] = ()
    place: str = "Online"
    interests: str = "none"
    chair: str = "Hugh"
    notes_by: str = "Dev"


DONE, DOING, WAITING, LET_GO, TODO = "done", "in_progress", "waiting", "let_go", "todo"
AGREED, BY_ALL, ADVICE, MAJORITY = Reached.AGREED, Reached.BY_ALL, Reached.ADVICE, Reached.MAJORITY


def actions_item(notes: str) -> Item:
    return Item("Updates on actions", notes, ItemKind.ACTIONS, "", Purpose.INFORMATION, 20)


def report(notes: str, by: str = "Bel") -> Item:
    return Item("Progress and risk report", notes, ItemKind.REPORT, by, Purpose.INFORMATION, 20)


def any_other(notes: str = "- Nothing was raised.") -> Item:
    return Item("Any other business", notes, ItemKind.OTHER_BUSINESS, "", Purpose.INFORMATION, 5)


HISTORY: tuple[Held, ...] = (
    Held(
        12,
        "Bel, Hugh, Carys, Oskar, Joan, Femi",
        "Dev",
        (
            report(
                "- Bel shared that three small grants have come in and that two more are being written.\n"
                "- Joan asked what happens if none of them is renewed.\n"
                "    - Bel said that four months of salaries are safe.\n"
                "    - ACTION: Bel to write down what each grant pays for, for the next meeting."
            ),
            Item(
                "What people hear about us first",
                "- Oskar noted that people still ask what co-production means before they ask what we do.\n"
                "- Carys suggested a page that a friend could read aloud.\n"
                "- ACTION: Carys and Dev to draft a one-page introduction by {+60}.\n"
                "- OFFER: Joan can read it with her reading group.",
                purpose=Purpose.ADVICE,
            ),
            any_other(),
        ),
        (
            Agreed(
                "Write down what each grant pays for and when it ends",
                "Bel",
                "At next meeting",
                (Said(DONE, "Shared with the papers.", before=11),),
            ),
            Agreed(
                "Draft a one-page introduction that can be read aloud",
                "Carys / Dev",
                "{+60}",
                (
                    Said(DOING, "Two versions, one with pictures.", before=11),
                    Said(DONE, "It is on the website.", before=10),
                ),
            ),
            Agreed(
                "Introduce people who might want to work with us",
                "All Allies",
                "Ongoing",
                (
                    Said(DOING, "Four introductions since spring.", before=8),
                    Said("", "Two more, both from Femi.", before=3),
                ),
            ),
            Agreed(
                "Ask the finance office for one named person to write to",
                "Bel",
                "ASAP",
                (
                    Said(WAITING, "Waiting for the new finance manager to begin.", before=10),
                    Said(DONE, "We have a name.", before=9),
                ),
            ),
        ),
        (
            (
                (
                    "The introduction is written to be read aloud, and tried with people before it is published."
                ),
                AGREED,
            ),
        ),
        place="Fenwick University, room 2.14",
        interests="nothing",
    ),
    Held(
        11,
        "Bel, Dev, Hugh, Carys, Femi, Tomas",
        "Oskar, Joan",
        (
            actions_item(
                "- Bel went through the list.\n- Carys read the introduction aloud; two sentences were changed on the spot."
            ),
            Item(
                "Paying people fairly",
                "- Carys said that people lose benefits when payments come late or all at once.\n"
                "    - Dev noted that the finance office can split a payment if it is asked in time.\n"
                "- Everyone agreed that nobody is asked to give time before they know how they are paid.\n"
                "- ACTION: Dev to write a payments guide in plain words by {+80}.",
                purpose=Purpose.DECISION,
            ),
            any_other(),
        ),
        (
            Agreed(
                "Write a payments guide in plain words",
                "Dev with support from Carys",
                "{+80}",
                (
                    Said(DOING, "A first draft is with two community members.", before=10),
                    Said(DONE, "Published, with an audio version.", before=9),
                ),
                details=("Say what it means for benefits", "Say whom to ring"),
            ),
            Agreed(
                "Ask the finance office to split late payments",
                "Dev",
                "{month}",
                (Said(DONE, "They can, with ten days' notice.", before=10),),
            ),
            Agreed(
                "Find out which buildings have a hearing loop that works",
                "Oskar",
                "At next meeting",
                (Said(DONE, "Three of seven. The list is with the papers.", before=10, by="Oskar"),),
            ),
        ),
        (("Nobody is asked to give time before they know how and when they are paid.", BY_ALL),),
    ),
    Held(
        10,
        "Bel, Dev, Hugh, Carys, Oskar, Joan, Moira",
        "Femi, Tomas",
        (
            actions_item("- Dev reported on payments.\n- Oskar shared the list of hearing loops."),
            report(
                "- Bel shared that the course for pairs of researchers and community members begins in autumn."
            ),
            Item(
                "Who is not in the room",
                "- Moira noted that nobody under twenty-five has come to an open session this year.\n"
                "- Joan wondered whether evenings would help.\n"
                "    - Hugh suggested asking rather than guessing.\n"
                "- ACTION: Moira and Dev to ask twenty young people what would make it worth coming, once able.",
                purpose=Purpose.ADVICE,
            ),
            any_other("- PARKED: A summer picnic instead of a meeting."),
        ),
        (
            Agreed(
                "Ask twenty young people what would make our sessions worth coming to",
                "Moira / Dev",
                "Once the youth workers are back",
                (
                    Said(WAITING, "Waiting for term to begin.", before=9),
                    Said(DOING, "Eleven asked so far.", before=8),
                    Said(DONE, "Twenty-three asked. The answers are with the papers.", before=7, by="Dev"),
                ),
            ),
            Agreed(
                "Write to members who have not come for a year",
                "Hugh",
                "{+30}",
                (Said(LET_GO, "Two of them asked us to ring instead, and we did.", before=8, by="Hugh"),),
            ),
            Agreed(
                "Share the list of hearing loops with the booking office",
                "Oskar",
                "Share with meeting notes",
                (Said(DONE, "Sent.", before=9, by="Oskar"),),
            ),
        ),
    ),
    Held(
        9,
        "Bel, Dev, Hugh, Carys, Joan, Femi, Ada, Tomas",
        "Oskar, Moira",
        (
            actions_item("- Ada was welcomed to the first meeting.\n- Bel went through the list of actions."),
            Item(
                "What we do when a partner is late, again and again",
                "- Femi said that lateness is often a sign that we are not high on somebody's list.\n"
                "- Tomas noted that a written plan helps both sides.\n"
                "    - Bel said that we have a template and rarely use it.\n"
                "- ACTION: Bel to bring the template for working agreements to the next meeting.",
                purpose=Purpose.ADVICE,
            ),
            any_other(),
        ),
        (
            Agreed(
                "Bring the template for working agreements",
                "Bel",
                "At next meeting",
                (Said(DONE, "Brought, and marked up by everyone.", before=8),),
            ),
            Agreed(
                "Keep a list of what each partner has promised and when",
                "Bel / Dev",
                "Ongoing",
                (
                    Said(DOING, "Begun for two projects.", before=7),
                    Said(DOING, "All projects but one.", before=4),
                ),
            ),
            Agreed(
                "Ask whether the host can lend a quiet room for every meeting",
                "Ada",
                "{+45}",
                (Said(DONE, "Booked for the whole year.", before=8, by="Ada"),),
            ),
            Agreed(
                "Meet the new head of community partnerships",
                "Hugh, Bel",
                "ASAP",
                (
                    Said(DOING, "A first call went well.", before=8),
                    Said(DONE, "Met twice. They come to a meeting in spring.", before=7, by="Hugh"),
                ),
            ),
            Agreed(
                "Collect examples of plain agreements that other groups use",
                "Tomas",
                "{month}",
                (Said(DONE, "Six examples, in the shared folder.", before=8, by="Tomas"),),
            ),
        ),
        (("The template for working agreements is used for every new project from now on.", AGREED),),
    ),
    Held(
        8,
        "Bel, Dev, Hugh, Carys, Joan, Femi, Ada, Moira, Priya (guest presenter)",
        "Oskar, Tomas",
        (
            actions_item("- Bel updated on progress.\n- Hugh rang the members who had not come for a year."),
            Item(
                "A safeguarding guide by young people",
                "- Priya shared how the youth network writes with young people: short sessions, food, and no laptops.\n"
                "- Carys noted that adults who were not heard as children need care in these sessions, too.\n"
                "    - Dev said that somebody to talk to is there in every session.\n"
                "- ACTION: Dev to ask the hearing charity to review the first draft by {+100}.",
                purpose=Purpose.ADVICE,
                about="Safe to Say",
            ),
            any_other("- ACTION: Ada to put the dates of all meetings into one calendar."),
        ),
        (
            Agreed(
                "Ask the hearing charity to review the first draft of the safeguarding guide",
                "Dev",
                "{+100}",
                (
                    Said(DOING, "They have said yes.", before=7),
                    Said(DONE, "Reviewed, with two good questions.", before=6),
                ),
                about="Safe to Say",
            ),
            Agreed(
                "Put the dates of all meetings into one calendar",
                "Ada",
                "At next meeting",
                (Said(DONE, "Done, with reminders.", before=7, by="Ada"),),
            ),
            Agreed(
                "Learn how other groups spread safeguarding across a whole team",
                "Bel",
                "In progress",
                (
                    Said(DOING, "One call held.", before=7),
                    Said(DOING, "Two calls held, one more planned.", before=5),
                    Said("", "Nothing new. The third group has not answered.", before=2),
                ),
                details=("Feed what we learn into our own safeguarding statement",),
            ),
            Agreed(
                "Bring the young people's answers to the group",
                "Dev",
                "{next}",
                (Said(DONE, "Brought and discussed.", before=7),),
            ),
        ),
    ),
    Held(
        7,
        "Bel, Dev, Hugh, Carys, Joan, Femi, Ada, Tomas",
        "Moira, Oskar",
        (
            actions_item("- Dev read the young people's answers aloud."),
            Item(
                "What young people told us",
                "- Ada noted that eighteen of twenty-three said the same thing: tell us what changed.\n"
                "- Femi suggested one page after each session: you said, we did.\n"
                "- ACTION: Dev to send a “you said, we did” page after each session, ongoing.\n"
                "- AGREED: Each project says what changed because of the people in it.",
                purpose=Purpose.DECISION,
            ),
            Item(
                "Terms on the group",
                "- Hugh noted that three years pass quickly and that nobody is asked whether they want to go on.\n"
                "- ACTION: Bel to organise conversations with members who are coming up to three years.",
                purpose=Purpose.ADVICE,
            ),
            any_other(),
        ),
        (
            Agreed(
                "Send a “you said, we did” page after each session",
                "Dev / Ada",
                "Ongoing",
                (
                    Said(DOING, "Five pages so far.", before=4, by="Dev"),
                    Said("", "Ada has taken on the summer ones.", before=2, by="Ada"),
                ),
            ),
            Agreed(
                "Organise conversations with members who are coming up to three years on the group",
                "Bel",
                "Ongoing",
                (
                    Said(DOING, "Two held.", before=5),
                    Said("", "Four held. People want to stay, with less to read.", before=2),
                ),
            ),
            Agreed(
                "Write a page on what being an Ally asks of you",
                "Hugh with support from Joan",
                "{+70}",
                (
                    Said(DOING, "Half written.", before=6, by="Hugh"),
                    Said(DONE, "Sent to everyone who has asked to join.", before=5, by="Joan"),
                ),
            ),
        ),
        (
            ("Each project says what changed because of the people in it.", BY_ALL),
            ("Members are asked at two and a half years whether they want to stay for another term.", ADVICE),
        ),
    ),
    Held(
        6,
        "Bel, Dev, Tomas, Carys, Joan, Femi, Ada, Esme, Lena",
        "Hugh, Moira",
        (
            actions_item("- Esme and Lena were welcomed."),
            report(
                "- Bel shared that one funder is three months late.\n- Joan asked for a simpler table of income.\n    - ACTION: Bel and Kit to develop an income report by type of funding that can be shared before each meeting."
            ),
            Item(
                "A governance plan for the next five years",
                "- Tomas outlined three ways in which groups like ours make decisions.\n"
                "- Lena noted that we should know where we sit inside the university before we choose.\n"
                "- ACTION: Bel to draft a timeline and thoughts on a governance plan, for discussion once we are able.",
                purpose=Purpose.ADVICE,
            ),
            any_other(),
        ),
        (
            Agreed(
                "Develop an income report by type of funding that can be shared before each meeting",
                "Bel/ Kit",
                "In progress",
                (
                    Said(DOING, "A first table is in use.", before=5, by="Kit"),
                    Said(DOING, "Still missing: what is applied for.", before=3, by="Kit"),
                ),
            ),
            Agreed(
                "Draft a timeline and thoughts on a governance plan",
                "Bel",
                "Once we are able",
                (
                    Said(WAITING, "Waiting for the university's own review to end.", before=4),
                    Said(
                        WAITING,
                        "Waiting for the university's own review to end. It was put off by a term.",
                        before=2,
                    ),
                ),
                details=(
                    "How we make decisions",
                    "Where we sit within the university",
                    "What we have to report",
                ),
            ),
            Agreed(
                "Write to the late funder, kindly", "Bel", "{+14}", (Said(DONE, "The money came.", before=5),)
            ),
            Agreed(
                "Pair each new member with somebody who has been here longer",
                "Tomas",
                "ASAP",
                (Said(DONE, "Three pairs.", before=5, by="Tomas"),),
            ),
            Agreed(
                "Look for a captioner we can book for every meeting",
                "Kit",
                "{+50}",
                (
                    Said(DOING, "Two quotes.", before=5, by="Kit"),
                    Said(DONE, "Booked for a year.", before=4, by="Kit"),
                ),
            ),
        ),
        chair="Tomas",
    ),
    Held(
        5,
        "Bel, Dev, Kit, Carys, Femi, Ada, Esme, Hugh, Lena",
        "Tomas, Joan",
        (
            actions_item("- Kit was welcomed to the team.\n- Bel went through what is carried over."),
            Item(
                "When our values and a partner's pull apart",
                "- Bel shared that one partner asked for a report without the part on racism.\n"
                "- Ada said that leaving it out would tell people that it was not heard.\n"
                "    - Hugh asked what would be lost by stopping.\n"
                "    - Esme noted that the people in the project would lose most.\n"
                "- ACTION: Bel to talk it through with the partner before anything is printed.",
                purpose=Purpose.ADVICE,
                about="First Appointments",
            ),
            Item(
                "Review of the course for pairs",
                "- Dev shared what the first pairs said.\n- OFFER: Lena and Femi are happy to speak to the next group.",
                by="Dev",
                about="Research for Two",
            ),
            any_other(),
        ),
        (
            Agreed(
                "Talk with the trust about the part of the report that it wants left out",
                "Bel with support from Ada",
                "{+10}",
                (Said(DONE, "It stays in, with a foreword by the people who said it.", before=4),),
                about="First Appointments",
            ),
            Agreed(
                "Offer the course to two more departments",
                "Dev",
                "{month}",
                (
                    Said(DOING, "One has said yes.", before=4),
                    Said(LET_GO, "The course has ended; its lessons go into the guide.", before=2),
                ),
                about="Research for Two",
            ),
            Agreed(
                "Share what pairs said about the course",
                "Dev",
                "Share with meeting notes",
                (Said(DONE, "Shared.", before=4),),
                about="Research for Two",
            ),
            Agreed(
                "Find a way for members without a laptop to read papers",
                "Kit",
                "{+60}",
                (
                    Said(DOING, "Printed packs by post are being tried.", before=4, by="Kit"),
                    Said(DONE, "Six people get packs by post.", before=3, by="Kit"),
                ),
            ),
        ),
        (("The part on racism stays in the report.", BY_ALL),),
        interests="Femi",
        chair="Carys",
        notes_by="Kit",
    ),
    Held(
        4,
        "Bel, Dev, Kit, Tomas, Carys, Femi, Ada, Esme, Grace Holt, Hugh",
        "Joan, Lena, Moira",
        (
            actions_item(
                "- Bel updated on the report with the trust.\n- Kit shared how the printed packs are going."
            ),
            report(
                "- Bel shared that the council has asked for a quick start.\n- Tomas asked whether the agreement is signed.\n    - Bel said that it is a draft, and that the values clause is not in it yet."
            ),
            Item(
                "Starting with the council",
                "- Grace said that residents were promised a say once before and did not get one.\n"
                "- Carys suggested that nothing begins before the clause is in.\n"
                "    - Esme noted that waiting costs trust as well.\n"
                "- ACTION: Kit to put the values clause to the council by {+30}.\n"
                "- ACTION: Femi to ask residents what a real say would look like.",
                purpose=Purpose.ADVICE,
                about="Streets We Share",
            ),
            any_other("- PARKED: Whether to meet in the evening once a year."),
        ),
        (
            Agreed(
                "Put the values clause to the council",
                "Kit / Bel",
                "{+30}",
                (
                    Said(WAITING, "Waiting for the council's lawyer.", before=3, by="Kit"),
                    Said(WAITING, "Waiting for the council's lawyer, who is new.", days_ago=20, by="Kit"),
                ),
                about="Streets We Share",
            ),
            Agreed(
                "Ask residents what a real say would look like",
                "Femi, Grace Holt",
                "At next meeting",
                (
                    Said(DOING, "Nine conversations.", before=3, by="Femi"),
                    Said(DONE, "Written up in the residents' own words.", before=2, by="Grace Holt"),
                ),
                about="Streets We Share",
            ),
            Agreed(
                "Set up a page where each project shows its agreement and values clause",
                "Kit",
                "",
                (Said(TODO, "Not begun.", before=2, by="Kit"),),
            ),
            Agreed(
                "Ask the team how safe they feel with each partner",
                "Bel",
                "{month}",
                (Said(DONE, "Done in pairs, with notes kept by nobody.", before=3),),
            ),
            Agreed(
                "Write up the residents' promises from last time",
                "Grace Holt",
                "ASAP",
                (Said("merged", "The same as asking residents.", before=3, by="Bel"),),
                same_as="Ask residents what a real say would look like",
                about="Streets We Share",
            ),
        ),
        interests="none",
        chair="Tomas",
        notes_by="Kit",
    ),
    Held(
        3,
        "Bel, Dev, Kit, Tomas, Carys, Ada, Esme, Grace Holt, Grace Ilori, Ines, Lena",
        "Femi, Hugh, Joan, Moira",
        (
            actions_item(
                "- Grace Ilori and Ines were welcomed.\n- Bel went through what is carried over; three have been carried three times."
            ),
            Item(
                "Plain words for risk",
                "- Lena noted that the list of risks is two pages of words nobody uses.\n"
                "- Ines suggested one sentence for each: what might happen, because of what, and what then.\n"
                "- ACTION: Bel to rewrite the list of risks in plain sentences by {+75}.",
                purpose=Purpose.ADVICE,
            ),
            Item(
                "An equity working group",
                "- Ada suggested a small group that thinks between meetings.\n"
                "- AGREED: An equity working group is set up, with Ada, Esme and Bel.\n"
                "- ACTION: Ada, Esme and Bel to bring terms of reference to the next meeting.",
                purpose=Purpose.DECISION,
            ),
            any_other(),
        ),
        (
            Agreed(
                "Rewrite the list of risks in plain sentences",
                "Bel with support from Lena",
                "{+75}",
                (Said(DOING, "Eight of fourteen.", before=2), Said(DOING, "Twelve of fourteen.", days_ago=9)),
            ),
            Agreed(
                "Bring terms of reference for the equity working group",
                "Ada, Esme, Bel",
                "At next meeting",
                (Said(DONE, "Brought and agreed.", before=2, by="Ada"),),
            ),
            Agreed(
                "Ask the printers for tagged PDFs",
                "Kit",
                "{+20}",
                (Said(DONE, "From the next report on.", before=2, by="Kit"),),
            ),
            Agreed(
                "Introduce the new members on the website, if they wish",
                "Dev",
                "Once they have chosen a picture",
                (Said(WAITING, "Waiting for two pictures.", before=2, by="Dev"),),
            ),
            Agreed("Thank the reading group for trying out the introduction", "Joan", "{+10}"),
            Agreed(
                "Ask the library whether it would host an open session",
                "Esme / Dev",
                "{month}",
                (
                    Said(DOING, "They would, on a Saturday.", before=2, by="Esme"),
                    Said(DONE, "Held, with forty people.", before=1, by="Esme"),
                ),
            ),
            Agreed(
                "Keep a short list of words we do not use",
                "Team with support from Grace Ilori",
                "Ongoing",
                (Said(DOING, "Eleven words so far.", before=1, by="Kit"),),
            ),
        ),
        (("An equity working group is set up, with Ada, Esme and Bel.", AGREED),),
        chair="Carys",
    ),
    Held(
        2,
        "Bel, Kit, Tomas, Carys, Femi, Ada, Esme, Grace Holt, Ines, Lena, Joan",
        "Dev, Hugh, Grace Ilori",
        (
            actions_item(
                "- Bel went through what is carried over.\n- Joan asked which of these we still want.\n    - Tomas suggested asking that of everything carried three times."
            ),
            report("- Kit shared the income report. Applications are still missing from it.", by="Kit"),
            Item(
                "Mid-point review of our strategy",
                "- Femi outlined what a review is for: to stop something, not to add to everything.\n"
                "- Lena offered to chair a small working group.\n"
                "    - Ines asked that community members lead the conversations.\n"
                "- ACTION: Lena and Femi to plan the mid-point review and bring it to the next meeting.\n"
                "- AGREED: A strategy working group is set up, chaired by Lena.",
                purpose=Purpose.DECISION,
            ),
            any_other(),
        ),
        (
            Agreed(
                "Plan the mid-point review of our strategy and bring it to the group",
                "Lena / Femi",
                "At next meeting",
                (Said(DOING, "Three conversations planned.", before=1, by="Lena"),),
            ),
            Agreed(
                "Find community members who want to lead conversations about the strategy",
                "Ines",
                "{+40}",
                (
                    Said(DOING, "Four people so far.", before=1, by="Ines"),
                    Said(DONE, "Seven people, and all are paid for it.", days_ago=16, by="Ines"),
                ),
                part_of="Plan the mid-point review of our strategy and bring it to the group",
            ),
            Agreed(
                "Add applications under way to the income report",
                "Kit",
                "{+60}",
                part_of="Develop an income report by type of funding that can be shared before each meeting",
            ),
            Agreed(
                "Share the university's equality strategy with the group",
                "Bel",
                "Once able",
                (Said(WAITING, "Waiting for the university to publish it.", before=1),),
            ),
            Agreed("Try out meeting in two halves with a walk between", "Tomas", "When the days are longer"),
            Agreed(
                "Ask the university who answers for accessible rooms",
                "Kit",
                "Expected soon",
                (Said(DOING, "Passed on twice.", before=1, by="Kit"),),
            ),
            Agreed(
                "Read the terms of reference of two other groups",
                "Ada",
                "{+30}",
                (Said(DONE, "Read. One idea taken: a person to ring between meetings.", before=1, by="Ada"),),
            ),
        ),
        (("A strategy working group is set up, chaired by Lena.", AGREED),),
        chair="Tomas",
        notes_by="Kit",
    ),
    Held(
        1,
        "Bel, Dev, Kit, Tomas, Femi, Ada, Esme, Grace Holt, Hugh, Ines, Samir (observer)",
        "Carys (co-chair), Grace Ilori, Joan, Lena",
        (
            actions_item(
                "- Bel updated on actions from last time.\n- Discussion about our co-chairs, who are both interim.\n    - ACTION: Bel and Ada to draft a proposal on future co-chairing.\n    - Femi volunteered to co-chair the next meeting as a one-off."
            ),
            report(
                "- Bel shared that one large grant is announced for spring.\n- Hugh asked whether the health trust's troubles touch us.\n    - Bel said that it is early to know."
            ),
            Item(
                "Streets We Share: are we being listened to?",
                "- Grace shared what residents said in their own words.\n"
                "- Samir noted that officers want to do this well and are not given the time.\n"
                "    - Esme asked who in the council can give it.\n"
                "- Ada suggested that the group says in writing what it needs to see by spring.\n"
                "- ACTION: Grace Holt and Kit to write that letter by {+35}.",
                purpose=Purpose.ADVICE,
                about="Streets We Share",
            ),
            Item(
                "Reputation, and when to bring the group in",
                "- Tomas asked whether we could rank our projects by how worried we are.\n"
                "- Ines warned against rules so strict that nobody dares to begin.\n"
                "    - Hugh suggested a scale, from letting things go to a red line.\n"
                "- ACTION: Bel to upgrade the list of risks, with reputation in it, by {+70}.\n"
                "- OFFER: Hugh, Ada and Femi are happy to help with this.",
                purpose=Purpose.ADVICE,
            ),
            any_other(
                "- Tomas suggested keeping one co-chair with lived and one with learnt experience; the group agreed."
            ),
        ),
        (
            Agreed(
                "Draft a proposal on future co-chairing",
                "Bel / Ada",
                "{-2 today}",
                (Said(DOING, "Three options drafted. Two community members have read them.", days_ago=12),),
            ),
            Agreed(
                "Write to the council about what the group needs to see by spring",
                "Grace Holt, Kit",
                "{+35}",
                (
                    Said(DOING, "A draft is with Esme.", days_ago=30, by="Grace Holt"),
                    Said(DONE, "Sent, and answered the same day.", days_ago=14, by="Grace Holt"),
                ),
                about="Streets We Share",
            ),
            Agreed("Upgrade the list of risks, with reputation in it", "Bel", "{-2 today}"),
            Agreed(
                "Ask each project lead for one thing they worry about",
                "Dev",
                "At next meeting",
                (Said(DOING, "Two of three.", days_ago=6, by="Dev"),),
            ),
            Agreed(
                "Send the date of the spring open day to everyone",
                "Kit",
                "Share with meeting notes",
                (Said(DONE, "Sent.", days_ago=40, by="Kit"),),
            ),
            Agreed("Find a second note-taker for the spring", "Team", "ASAP"),
            Agreed(
                "Return the borrowed recorder",
                "Dev",
                "{+7}",
                (
                    Said(DONE, "Returned.", days_ago=70, by="Dev"),
                    Said(
                        DOING, "It was the wrong one. The right one is still with us.", days_ago=25, by="Dev"
                    ),
                ),
            ),
            Agreed("Check that the joining link works on old phones", "Esme", "{+100}"),
            Agreed(
                "Invite the university's new equality director",
                "Bel with support from Hugh",
                "{month}",
                (Said(TODO, "", days_ago=60),),
            ),
            Agreed(
                "Think about a person to ring between meetings", "Equity working group", "At next meeting"
            ),
        ),
        (("We keep one co-chair with lived and one with learnt experience.", AGREED),),
        chair="Tomas",
        notes_by="Kit",
    ),
)
