"""The first of the three invented years: meetings twelve to nine before the next."""

from meetings.example.shapes import (
    AGREED,
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

FIRST_YEAR: tuple[Held, ...] = (
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
)
