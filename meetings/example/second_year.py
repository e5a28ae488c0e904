"""The second of the three invented years: meetings eight to five before the next."""

from meetings.example.shapes import (
    ADVICE,
    BY_ALL,
    DOING,
    DONE,
    LET_GO,
    WAITING,
    Agreed,
    Held,
    Item,
    Said,
    actions_item,
    any_other,
    report,
)
from meetings.models import Purpose

SECOND_YEAR: tuple[Held, ...] = (
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
        chair="Carys",
        notes_by="Kit",
    ),
)
