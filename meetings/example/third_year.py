"""The third of the three invented years: the last four meetings."""

from meetings.example.shapes import (
    AGREED,
    DOING,
    DONE,
    TODO,
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

THIRD_YEAR: tuple[Held, ...] = (
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
