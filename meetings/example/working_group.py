"""What the invented equity working group has done, so many weeks before the group's next meeting."""

from meetings.example.shapes import ADVICE, DOING, DONE, Agreed, Held, Item, Said, actions_item

SESSIONS: tuple[tuple[int, Held], ...] = (
    (
        20,
        Held(
            0,
            "Ada, Esme, Bel",
            items=(
                Item(
                    "Where our boundaries are",
                    "- Ada noted that we know where they are and rarely say so in time.\n"
                    "- Esme suggested a page that partners see before they sign.\n"
                    "- ACTION: Esme to draft that page by {+30}.",
                ),
            ),
            actions=(
                Agreed(
                    "Draft a page on our boundaries that partners see before they sign",
                    "Esme",
                    "{+30}",
                    (Said(DONE, "Read by two partners, who thanked us.", days_ago=60, by="Esme"),),
                ),
                Agreed(
                    "Talk with three partners about a time it went wrong",
                    "Ada, Bel",
                    "Before the summer",
                    (Said(DOING, "One conversation held.", days_ago=50, by="Ada"),),
                ),
            ),
            decisions=(("The page goes to partners together with the first draft of an agreement.", ADVICE),),
            chair="Ada",
            notes_by="Bel",
        ),
    ),
    (
        5,
        Held(
            0,
            "Ada, Bel",
            "Esme",
            items=(
                actions_item("- Ada shared what the first partner said."),
                Item(
                    "A person to ring between meetings",
                    "- Ada noted that worries do not wait for meetings.\n"
                    "    - Bel said that whoever is rung needs somebody to ring, too.\n"
                    "- ACTION: Ada to write down how this could work, for the group's next meeting.",
                ),
            ),
            actions=(
                Agreed(
                    "Write down how a person to ring between meetings could work", "Ada", "At next meeting"
                ),
            ),
            interests="nothing",
            chair="Ada",
            notes_by="Bel",
        ),
    ),
)
