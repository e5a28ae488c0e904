"""The number, the band, the driver and the rung, over the whole grid and every combination that moves a level."""

from itertools import permutations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from risks.ladder import Rung, Weighed, level_of_score, reached
from risks.scheme import FIRST, Band, Impact, Level, Scheme, SchemeRefused, Velocity
from risks.scoring import Score, differ, score, spread, worst

# Likelihood downwards, impact across: as the guidance prints its grid.
GRID = {
    1: (2, 4, 6, 8, 10),
    2: (3, 6, 9, 12, 15),
    3: (4, 8, 12, 16, 20),
    4: (5, 10, 15, 20, 25),
    5: (6, 12, 18, 24, 30),
}
BANDS = {
    1: "g g g a a",
    2: "g g a a r",
    3: "g a a r r",
    4: "g a r r r",
    5: "g a r r r",
}
LETTERS = {"g": Band.GREEN, "a": Band.AMBER, "r": Band.RED}

steps = st.integers(1, 5)
impacts = st.dictionaries(st.sampled_from(Impact), st.none() | steps)


def scored(likelihood: int, impact: int) -> Score:
    found = score(likelihood, {Impact.COMMUNITY: impact}, scheme=FIRST)
    assert found is not None
    return found


@pytest.mark.parametrize(("likelihood", "impact"), list(product(range(1, 6), range(1, 6))))
def test_every_square_of_the_grid_has_its_number_and_band(likelihood: int, impact: int):
    found = scored(likelihood, impact)
    assert (found.number, found.band) == (
        GRID[likelihood][impact - 1],
        LETTERS[BANDS[likelihood].split()[impact - 1]],
    )


def test_a_remote_catastrophe_outranks_a_frequent_nuisance():
    assert scored(1, 5).number > scored(5, 1).number


def test_the_highest_impact_counts_and_is_named():
    given_ = {Impact.TEAM: 2, Impact.PUBLIC: 4, Impact.HOST: None}
    found = score(3, given_, scheme=FIRST)
    assert found == Score(16, Band.RED, 3, 4, (Impact.PUBLIC,))


def test_two_that_are_hit_alike_are_both_named():
    found = score(2, {Impact.HOST: 3, Impact.TEAM: 3}, scheme=FIRST)
    assert found is not None
    assert found.drivers == (Impact.TEAM, Impact.HOST)


@pytest.mark.parametrize(
    ("likelihood", "given_"), [(None, {Impact.TEAM: 3}), (3, {}), (3, {Impact.TEAM: None}), (None, {})]
)
def test_what_was_not_scored_is_not_zero(likelihood: int | None, given_: dict[Impact, int | None]):
    assert score(likelihood, given_, scheme=FIRST) is None


@pytest.mark.parametrize(("likelihood", "impact"), [(0, 3), (6, 3), (3, 0), (3, 6)])
def test_what_is_no_step_of_the_scale_is_refused(likelihood: int, impact: int):
    with pytest.raises(ValueError, match="is not between 1 and 5"):
        score(likelihood, {Impact.TEAM: impact}, scheme=FIRST)


@given(likelihood=steps, given_=impacts, one=st.sampled_from(Impact))
def test_more_of_anything_never_weighs_less(likelihood: int, given_: dict[Impact, int | None], one: Impact):
    before = score(likelihood, given_, scheme=FIRST)
    if before is None:
        return
    likelier = score(min(likelihood + 1, 5), given_, scheme=FIRST)
    harder = score(likelihood, given_ | {one: min((given_.get(one) or 0) + 1, 5)}, scheme=FIRST)
    assert likelier is not None and likelier.number >= before.number
    assert harder is not None and harder.number >= before.number


@given(given_=impacts)
def test_there_is_no_score_without_a_likelihood(given_: dict[Impact, int | None]):
    assert score(None, given_, scheme=FIRST) is None


@given(st.lists(st.tuples(steps, steps), min_size=1, max_size=4))
def test_the_order_of_scorers_is_no_matter(pairs: list[tuple[int, int]]):
    found = [scored(*pair) for pair in pairs]
    assert {(worst(order), spread(order), differ(order)) for order in permutations(found)} == {
        (worst(found), spread(found), differ(found))
    }


def test_scorers_differ_in_likelihood_or_impact_also_at_the_same_number():
    assert scored(1, 3).number == scored(2, 2).number
    assert differ([scored(1, 3), scored(2, 2)])
    assert not differ([scored(1, 3), scored(1, 3)])
    assert (worst([]), spread([]), differ([])) == (None, None, False)


LEVELS = [
    (Band.GREEN, None, Level.ROUTINE),
    (Band.GREEN, Velocity.MONTHS, Level.ROUTINE),
    (Band.GREEN, Velocity.WEEKS, Level.ROUTINE),
    (Band.GREEN, Velocity.DAYS, Level.ROUTINE),
    (Band.AMBER, None, Level.WATCH),
    (Band.AMBER, Velocity.MONTHS, Level.WATCH),
    (Band.AMBER, Velocity.WEEKS, Level.WATCH),
    (Band.AMBER, Velocity.DAYS, Level.CHAIRS),
    (Band.RED, None, Level.CHAIRS),
    (Band.RED, Velocity.MONTHS, Level.CHAIRS),
    (Band.RED, Velocity.WEEKS, Level.CHAIRS),
    (Band.RED, Velocity.DAYS, Level.ALLIES),
]
OF_POSITION = {0: Level.ROUTINE, 1: Level.ROUTINE, 2: Level.WATCH, 3: Level.CHAIRS, 4: Level.ALLIES}


@pytest.mark.parametrize(("band", "velocity", "level"), LEVELS)
def test_each_band_and_each_velocity_has_its_rung(band: Band, velocity: Velocity | None, level: Level):
    assert level_of_score(band, velocity, scheme=FIRST) is level


@pytest.mark.parametrize(("row", "step"), list(product(LEVELS, [None, *OF_POSITION])))
def test_the_higher_of_score_and_position_is_reached(
    row: tuple[Band, Velocity | None, Level], step: int | None
):
    band, velocity, level = row
    number = {Band.GREEN: (1, 1), Band.AMBER: (3, 2), Band.RED: (5, 5)}[band]
    positions = [] if step is None else [("human", step)]
    found = reached([Weighed(scored(*number), velocity)], positions, scheme=FIRST)
    assert found.level is max(level, OF_POSITION[step] if step is not None else Level.ROUTINE)
    assert bool(found.because) is (found.level > Level.ROUTINE)


def test_the_reasons_say_what_reached_the_level_and_nothing_milder():
    found = reached(
        [Weighed(scored(5, 5), Velocity.WEEKS), Weighed(scored(3, 2))],
        [("transparent", 3), ("human", 2)],
        scheme=FIRST,
    )
    assert found == Rung(Level.CHAIRS, ("A score of 30 (high)", "Transparent: against"))


def test_nothing_looked_at_is_no_rung_above_the_first():
    assert reached([], [], scheme=FIRST) == Rung(Level.ROUTINE)


@given(
    scores=st.lists(st.tuples(steps, steps, st.none() | st.sampled_from(Velocity)), max_size=4),
    positions=st.lists(st.tuples(st.sampled_from(list(FIRST.values)), st.integers(0, 4)), max_size=4),
    more=st.tuples(steps, steps, st.none() | st.sampled_from(Velocity)),
)
def test_one_view_more_never_lowers_the_rung(scores, positions, more):
    weighed = [Weighed(scored(a, b), v) for a, b, v in scores]
    before = reached(weighed, positions, scheme=FIRST)
    after = reached([*weighed, Weighed(scored(*more[:2]), more[2])], positions, scheme=FIRST)
    backwards = reached(weighed[::-1], positions[::-1], scheme=FIRST)
    assert after.level >= before.level
    assert (backwards.level, set(backwards.because)) == (before.level, set(before.because))


def test_a_scheme_comes_back_from_its_data_as_it_was():
    mine = Scheme(amber_from=6, red_from=12, values={"kind": "Kind"})
    assert Scheme.from_data(mine.as_data()) == mine


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"amber_from": 15}, "Amber begins above 1 and below red, and red at 30 or before."),
        ({"red_from": 31}, "Amber begins above 1 and below red, and red at 30 or before."),
        ({"likelihoods": ["Never"]}, "Give 5 wordings for likelihood, one for each step."),
        ({"impacts": ["", "b", "c", "d", "e"]}, "Give 5 wordings for impact, one for each step."),
        ({"values": {}}, "Name at least one value."),
        ({"whom": {"team": "The team"}}, "Give a wording for each of the five impacts."),
        ({"bands": {"green": "Low"}}, "Give a wording for each of the three bands."),
        ({"level_of_band": {"green": 0}}, "Say which level each band reaches."),
        (
            {"level_of_band": {"green": 2, "amber": 1, "red": 2}},
            "A worse band reaches the same level or a higher one, and none above the Allies.",
        ),
        (
            {"level_of_position": [0, 0, 3, 2, 1]},
            "A worse position reaches the same level or a higher one, and none above the Allies.",
        ),
        ({"days_raise": 3}, "What hits within days is raised by one level, or not at all."),
        ({"colour": "blue"}, "A scheme has no “colour”."),
    ],
)
def test_a_scheme_that_contradicts_itself_is_refused(change, says):
    with pytest.raises(SchemeRefused, match=says.replace("(", r"\(").replace(")", r"\)")):
        Scheme.from_data(change)
