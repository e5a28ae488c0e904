"""Frozen content: any change anywhere is found, and erasing words keeps the hash."""

import copy
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.notes.frozen import Altered, Sealed, check, erase, places, seal

META = {
    "body": 1,
    "meeting": 7,
    "number": 3,
    "kind": "circulated",
    "made_at": "2026-02-03T10:00:00.000000+00:00",
}
LEAVES = st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=8)
KEYS = st.sampled_from(["agenda", "title", "words", "name_2", "rows"])
TREES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)
CONTENTS = st.dictionaries(KEYS, TREES, min_size=1, max_size=4)


def sealed_of(content, previous="before", meta=META) -> Sealed:
    numbers = count()
    return seal(content, meta=meta, previous=previous, new_salt=lambda: f"salt-{next(numbers)}")


def found(content, sealed, *, erased=None, meta=META, previous="before"):
    return check(content, sealed, erased=erased or {}, meta=meta, previous=previous)


def json_text(content) -> str:
    return repr(sorted((place, repr(value)) for place, value in places(content)))


@given(CONTENTS)
def test_what_was_sealed_holds(content):
    assert found(content, sealed_of(content)) == []


@given(CONTENTS, CONTENTS)
def test_any_other_content_is_found(content, other):
    if json_text(content) == json_text(other):
        return
    assert found(other, sealed_of(content)) != []


@given(CONTENTS, st.data())
def test_a_leaf_that_was_altered_is_named_by_its_place(content, data):
    place, value = data.draw(st.sampled_from(list(places(content))))
    altered = put(content, place, "other words" if value != "other words" else "more words")
    assert found(altered, sealed_of(content)) == [Altered(place, "says something else than was sealed")]


@given(st.lists(st.integers(0, 9), min_size=2, max_size=5, unique=True), st.data())
def test_rows_that_changed_places_are_found(rows, data):
    moved = data.draw(st.permutations(rows).filter(lambda other: other != rows))
    assert found({"rows": moved}, sealed_of({"rows": rows})) != []


@given(CONTENTS, st.sampled_from(sorted(META)))
def test_what_the_version_says_of_itself_is_held_too(content, name):
    assert found(content, sealed_of(content), meta=META | {name: "other"}) == [
        Altered("", "its hash no longer fits what it is, its digests, or the version before it")
    ]


@given(CONTENTS)
def test_another_version_before_it_is_found(content):
    assert len(found(content, sealed_of(content), previous="another")) == 1


@given(CONTENTS, st.data())
def test_another_digest_or_salt_is_found(content, data):
    sealed = sealed_of(content)
    place = data.draw(st.sampled_from(sorted(sealed.digests)))
    other_digest = Sealed(sealed.salts, sealed.digests | {place: "0" * 64}, sealed.hash)
    other_salt = Sealed(sealed.salts | {place: "another"}, sealed.digests, sealed.hash)
    assert found(content, other_digest) != []
    assert found(content, other_salt) == [Altered(place, "says something else than was sealed")]


@given(CONTENTS)
def test_erasing_every_text_keeps_the_hash_and_leaves_nothing_to_guess_from(content):
    sealed = sealed_of(content)
    left, after, touched = erase(content, sealed, put=lambda text: f"{text} (erased)")
    assert after.hash == sealed.hash
    assert touched == {place for place, value in places(content) if isinstance(value, str)}
    assert set(after.salts) == set(sealed.salts) - touched
    assert found(left, after, erased=dict.fromkeys(touched, "erasure 1")) == []


@given(CONTENTS)
def test_a_salt_that_went_without_an_erasure_is_found(content):
    sealed = sealed_of(content)
    left, after, touched = erase(content, sealed, put=lambda text: f"{text}!")
    assert {one.place for one in found(left, after)} == set(touched)


def test_the_same_words_in_two_places_have_two_digests():
    sealed = sealed_of({"rows": ["Ada", "Ada"]})
    assert len(set(sealed.digests.values())) == 2


def test_a_row_that_was_taken_away_and_one_that_was_added_are_named():
    sealed = sealed_of({"rows": ["one", "two"]})
    assert found({"rows": ["one"]}, sealed) == [Altered("rows[1]", "is missing")]
    assert found({"rows": ["one", "two", "three"]}, sealed) == [Altered("rows[2]", "was added")]


@pytest.mark.parametrize("content", [{"a b": 1}, {"a": 1.5}, {"a": {"B": 1}}, {"a": (1, 2)}])
def test_what_has_no_one_reading_cannot_be_frozen(content):
    with pytest.raises(ValueError, match="cannot be"):
        sealed_of(content)


def put(content, place, value):
    """The content with another value at one place."""
    content = copy.deepcopy(content)
    steps = [part for part in place.replace("[", ".[").split(".") if part]
    part = content
    for step in steps[:-1]:
        part = part[int(step[1:-1])] if step.startswith("[") else part[step]
    last = steps[-1]
    part[int(last[1:-1]) if last.startswith("[") else last] = value
    return content
