"""Who carries how much, now and at the ends of quarters."""

from datetime import date

import pytest

from actions.carrying import Held, Load, loads, quarter_ends
from actions.services import Owner, agree, change_owners, record_update
from actions.statuses import Status
from tests.factories import PersonFactory

WREN, ASH = ("person", "1"), ("person", "2")
MARCH, JUNE, TODAY = date(2025, 3, 31), date(2025, 6, 30), date(2025, 8, 1)


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2026, 2, 3), [date(2025, 6, 30), date(2025, 9, 30), date(2025, 12, 31), date(2026, 2, 3)]),
        (date(2025, 12, 31), [date(2025, 3, 31), date(2025, 6, 30), date(2025, 9, 30), date(2025, 12, 31)]),
        (date(2026, 4, 1), [date(2025, 9, 30), date(2025, 12, 31), date(2026, 3, 31), date(2026, 4, 1)]),
    ],
)
def test_quarters_end_on_their_last_days(today, expected):
    assert quarter_ends(today, 3) == expected


@pytest.mark.parametrize(
    ("held", "begun", "said", "expected"),
    [
        ({}, date(2025, 1, 1), [], [1, 1, 1]),
        ({}, date(2025, 4, 1), [], [0, 1, 1]),
        ({}, MARCH, [], [1, 1, 1]),
        ({}, date(2025, 1, 1), [(JUNE, "done")], [1, 0, 0]),
        ({}, date(2025, 1, 1), [(date(2025, 2, 1), "done"), (date(2025, 7, 1), "todo")], [0, 0, 1]),
        ({}, date(2025, 1, 1), [(date(2025, 7, 1), "waiting")], [1, 1, 1]),
        ({"since": JUNE}, date(2025, 1, 1), [], [0, 1, 1]),
        ({"until": JUNE}, date(2025, 1, 1), [], [1, 0, 0]),
    ],
)
def test_of_a_day_is_what_stood_at_its_end(held, begun, said, expected):
    one = Held(**({"action": 7, "owner": WREN, "leads": True, "since": None, "until": None} | held))
    found = loads([one], {7: begun}, {7: said}, [MARCH, JUNE, TODAY])
    assert [load.leads for load in found.get(WREN, [Load()] * 3)] == expected


def test_leading_and_supporting_are_counted_apart():
    held = [
        Held(1, WREN, True, None, None), Held(2, WREN, False, None, None), Held(2, ASH, True, None, None),
    ]  # fmt: skip
    assert loads(held, {1: MARCH, 2: MARCH}, {}, [TODAY]) == {
        WREN: [Load(leads=1, supports=1)], ASH: [Load(leads=1, supports=0)],
    }  # fmt: skip


@pytest.mark.django_db
def test_the_page_shows_when_most_of_it_sits_on_one_person(signed_in, ally, operator, group, today):
    wren, ash = PersonFactory(full_name="Wren Ashdown"), PersonFactory(full_name="Ash Brook")
    for number in range(5):
        owners = [Owner("Wren", person=wren)] if number else [Owner("All Allies", body=group), Owner("Grace")]
        action = agree(
            by=operator, body=group, text=f"Part {number}.", agreed_on=date(2025, 6, 10), owners=owners
        )
    change_owners(by=operator, action=action, owners=[Owner("Ash", person=ash)], since=date(2025, 10, 1))
    closed = agree(
        by=operator, body=group, text="Done.", agreed_on=date(2025, 6, 10), owners=[Owner("Ash", person=ash)]
    )
    record_update(by=operator, action=closed, status=Status.DONE, on=date(2025, 12, 1))
    response = signed_in(ally).get("/actions/carrying/")
    page = " ".join(response.content.decode().split())
    people, apart = response.context["groups"][0][1], response.context["groups"][1][1]
    assert [(line.name, line.now.leads, [load.leads for _, load in line.then]) for line in people] == [
        ("Wren Ashdown", 3, [0, 0, 0, 4, 4, 3]), ("Ash Brook", 1, [0, 0, 0, 1, 1, 1]),
    ]  # fmt: skip
    assert [(line.name, line.now.leads) for line in apart] == [("All Allies", 1), ("Grace", 1)]
    assert "Wren Ashdown leads 3 of 5 open actions." in page


@pytest.mark.django_db
def test_nobody_is_named_when_it_is_shared_out(signed_in, ally, operator, group, today):
    for number in range(4):
        owner = PersonFactory()
        agree(
            by=operator,
            body=group,
            text=f"Part {number}.",
            agreed_on=date(2025, 6, 10),
            owners=[Owner("x", person=owner)],
        )
    assert (
        "The group may want to share them out."
        not in signed_in(ally).get("/actions/carrying/").content.decode()
    )
