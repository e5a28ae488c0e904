"""Which person a written name means (DESIGN §5 Names; ACCEPTANCE 1 to 3). All names are invented."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allies.names import (
    Candidate,
    Offered,
    Resolved,
    Unknown,
    Why,
    initials_introduced,
    is_initials,
    place,
    same_name,
)

VERONICA = Candidate(1, "Veronica Tindall-Moss")
NAT = Candidate(2, "Nat Osgood")
NATHANIEL = Candidate(3, "Nathaniel Frome")
THEA_BRANT = Candidate(4, "Thea Brant")
THEA_BRAND = Candidate(5, "Thea Brand")
ROBIN = Candidate(6, "Robin")
EVERYONE = (VERONICA, NAT, NATHANIEL, THEA_BRANT, THEA_BRAND)


def test_one_person_under_three_names_acceptance_1():
    known_as_vero = Candidate(1, "Veronica Tindall-Moss", other_names=("Vero",))

    assert place("Veronica Tindall-Moss", [EVERYONE]) == Resolved(1)
    assert place("Veronica", [EVERYONE]) == Resolved(1)
    assert place("Vero", [EVERYONE]).ids == (1,)
    assert place("Vero", [(known_as_vero, *EVERYONE[1:])]) == Resolved(1)


def test_two_people_with_all_but_one_name_are_two_acceptance_2():
    assert place("Thea Brant", [EVERYONE]) == Resolved(4)
    assert place("Thea Brand", [EVERYONE]) == Resolved(5)


def test_a_bare_first_name_that_two_share_stays_unresolved_acceptance_2():
    placing = place("Thea", [EVERYONE])

    assert placing.ids == (4, 5)
    assert {offer.why for offer in placing.offers} == {Why.FIRST_NAME_SHARED}


def test_a_shared_first_name_stays_unresolved_though_it_was_once_remembered_for_one_of_them():
    once = Candidate(4, "Thea Brant", other_names=("Thea",))

    assert place("Thea", [(once, THEA_BRAND)]).ids == (4, 5)


def test_nat_and_nathaniel_are_two_acceptance_2():
    assert place("Nat", [EVERYONE]) == Resolved(2)
    assert place("Nathaniel", [EVERYONE]) == Resolved(3)
    assert place("Nat Osgood", [(NATHANIEL,)]) == Unknown()


def test_a_person_known_by_a_first_name_alone_acceptance_3():
    assert place("Robin", [(ROBIN,)]) == Resolved(6)
    assert place("Robin Vale", [(ROBIN,)]).ids == (6,)


def test_the_nearest_circle_in_which_a_name_is_known_decides():
    assert place("Thea", [(THEA_BRAND,), EVERYONE]) == Resolved(5)


def test_a_whole_name_is_the_person_who_bears_it_though_a_nearer_one_is_like_it():
    nearer = Candidate(9, "Theodora Brant", other_names=("Thea Brant",))

    assert place("Thea Brant", [(nearer,), EVERYONE]) == Resolved(4)


def test_two_of_the_same_name_are_both_offered():
    namesake = Candidate(8, "Thea Brant")

    assert place("Thea Brant", [(THEA_BRANT, namesake)]).ids == (4, 8)


@pytest.mark.parametrize(
    "written",
    ["Dr Thea Brant", "Prof. Thea Brant", "Cllr Thea Brant MBE", "THEA BRANT", "Théa Brant (chair)"],
)
def test_titles_capitals_accents_and_brackets_do_not_matter(written):
    assert place(written, [EVERYONE]) == Resolved(4)


@pytest.mark.parametrize(
    ("written", "full_name", "why"),
    [
        ("Vero", "Veronica Tindall-Moss", Why.SHORT_FORM),
        ("Vero Tindall Moss", "Veronica Tindall-Moss", Why.SHORT_FORM),
        ("Vero Moss", "Veronica Tindall-Moss", Why.SHORT_FORM),
        ("Veronica T", "Veronica Tindall", Why.SHORT_FORM),
        ("Lizzie", "Elizabeth Fenn", Why.SHORT_FORM),
        ("Veronika", "Veronica Tindall-Moss", Why.CLOSE_SPELLING),
        ("Veronica Tyndall", "Veronica Tindall", Why.CLOSE_SPELLING),
        ("Dr Frome", "Nathaniel Frome", Why.PART_OF_NAME),
        ("Veronica Moss", "Veronica Tindall-Moss", Why.PART_OF_NAME),
        ("NF", "Nathaniel Frome", Why.INITIALS),
    ],
)
def test_what_is_only_like_a_name_is_offered_with_the_reason(written, full_name, why):
    placing = place(written, [(Candidate(7, full_name),)])

    assert isinstance(placing, Offered)
    assert [(offer.id, offer.why) for offer in placing.offers] == [(7, why)]


@pytest.mark.parametrize("written", ["Imogen", "Thea Cole", "Nat Bell", "", "  ", "-"])
def test_what_nobody_is_called_is_unknown(written):
    assert place(written, [EVERYONE]) == Unknown()


def test_offers_come_from_the_nearest_circle_first():
    far = Candidate(11, "Verona Hale")

    assert place("Vero", [(VERONICA,), (far, VERONICA)]).ids == (1, 11)


def test_initials_resolve_only_where_the_document_introduced_them():
    introduced = initials_introduced([("Nathaniel Frome (chair, NF)", 3), ("Thea Brant (TB)", 4)])

    assert introduced == {"NF": 3, "TB": 4}
    assert place("NF", [EVERYONE], introduced=introduced) == Resolved(3)
    assert not isinstance(place("NF", [EVERYONE]), Resolved)


def test_initials_given_to_two_people_or_to_nobody_introduce_nobody():
    assert initials_introduced([("Thea Brant (TB)", 4), ("Thea Brand (TB)", 5)]) == {}
    assert initials_introduced([("Thea Brant (UK)", 4), ("Thea Brand (guest)", 5)]) == {}


@pytest.mark.parametrize(
    ("written", "expected"),
    [("AP", True), ("A.P.", True), ("A P", True), ("Al", False), ("Apple", False), ("NATHANIEL", False)],
)
def test_what_counts_as_initials(written, expected):
    assert is_initials(written) is expected


def test_names_are_compared_without_titles_and_quotation_marks():
    assert same_name("Prof Mo O’Hara", "mo o'hara")
    assert not same_name("", "")


NAMES = st.text(alphabet="abc ABCé.-'()", max_size=12)


@given(written=NAMES, names=st.lists(st.text(alphabet="abcAB é", min_size=1, max_size=9), max_size=5))
def test_a_person_is_resolved_only_by_a_name_that_nobody_else_in_the_circle_goes_by(written, names):
    circle = tuple(Candidate(number, name) for number, name in enumerate(names))
    placing = place(written, [circle])

    if isinstance(placing, Resolved):
        others = [one for one in circle if one.id != placing.id]
        assert place(written, [others]) != Resolved(placing.id)
        assert all(not same_name(written, one.full_name) for one in others)
    if isinstance(placing, Offered):
        assert len(set(placing.ids)) == len(placing.ids) > 0
