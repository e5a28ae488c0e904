"""Frozen content: every leaf sealed by a digest with a salt of its own, and a hash that chains one version to the last.

The content is a tree of dicts, lists and plain values. It is flattened into places ("agenda[2].lines[0].text"), and
each place's value enters the hash as `sha256(salt ‖ value)`. So the words of one place can be erased later (replaced,
and their salt thrown away, so that nobody can guess what they were), while the digest stays and the hash still holds.
The hash of a version is `sha256(previous hash ‖ canonical JSON of what it is, and of every place with its digest)`.
Source: DESIGN §11, and docs/decisions/0016-frozen-notes.md.
"""

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

type Content = dict[str, Any]

_KEY = re.compile(r"[a-z_][a-z0-9_]*")


@dataclass(frozen=True, slots=True)
class Sealed:
    """Content under its seal: `salts` and `digests` by place; `hash` over the digests and the hash before."""

    salts: dict[str, str]
    digests: dict[str, str]
    hash: str


@dataclass(frozen=True, slots=True)
class Altered:
    """One place that no longer says what was sealed; `place` is empty where it is the whole. `words` say how."""

    place: str
    words: str


def canonical(value: Any) -> bytes:
    """One value, or a tree of them, as the one JSON text it has: keys in order, no spaces, UTF-8."""
    return json.dumps(
        value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    ).encode()


def places(content: Any, at: str = "") -> Iterator[tuple[str, Any]]:
    """Every leaf with its place. A list or dict with nothing in it is a leaf, too.

    Raises ValueError for a key that is no plain word (a place must be read in one way alone), or a value that is
    neither words, a whole number, true, false nor nothing.
    """
    if isinstance(content, dict) and content:
        for key in content:
            if not isinstance(key, str) or not _KEY.fullmatch(key):
                raise ValueError(f"{key!r} cannot be the name of a place.")
            yield from places(content[key], f"{at}.{key}" if at else key)
    elif isinstance(content, list) and content:
        for number, one in enumerate(content):
            yield from places(one, f"{at}[{number}]")
    elif content is None or isinstance(content, str | int) or content in ({}, []):
        yield at, content
    else:
        raise ValueError(f"{content!r} at {at} cannot be frozen.")


def seal(content: Content, *, meta: Mapping[str, Any], previous: str, new_salt: Callable[[], str]) -> Sealed:
    """Seal content: `meta` says which version it is, `previous` is the hash before it in its chain, or empty.

    `new_salt` gives another random text each time it is asked. Raises ValueError as `places` does.
    """
    salts = {place: new_salt() for place, _ in places(content)}
    digests = {place: _digest(salts[place], value) for place, value in places(content)}
    return Sealed(salts, digests, hash_of(digests, meta=meta, previous=previous))


def hash_of(digests: Mapping[str, str], *, meta: Mapping[str, Any], previous: str) -> str:
    """Give the hash of a version, from its digests, what it is, and the hash before it."""
    whole = {"meta": dict(meta), "previous": previous, "digests": dict(digests)}
    return hashlib.sha256(previous.encode() + b"\n" + canonical(whole)).hexdigest()


def check(
    content: Content,
    sealed: Sealed,
    *,
    erased: Mapping[str, str],
    meta: Mapping[str, Any],
    previous: str,
) -> list[Altered]:
    """Give every place that is not as it was sealed; nothing where the version holds.

    `erased` names the places whose words were erased, each with a note of which erasure: their digests stand for
    words that nobody has any more.
    """
    found: list[Altered] = []
    try:
        said = dict(places(content))
    except ValueError as error:
        return [Altered("", str(error))]
    for place, value in said.items():
        if place not in sealed.digests:
            found.append(Altered(place, "was added"))
        elif place in erased:
            if place in sealed.salts:
                found.append(Altered(place, "is said to be erased, and still has its salt"))
        elif place not in sealed.salts:
            found.append(Altered(place, "has lost its salt without an erasure"))
        elif _digest(sealed.salts[place], value) != sealed.digests[place]:
            found.append(Altered(place, "says something else than was sealed"))
    found += [Altered(place, "is missing") for place in sealed.digests if place not in said]
    found += [
        Altered(place, "is said to be erased, and was never there") for place in erased if place not in said
    ]
    found += [
        Altered(place, "has a salt and no digest") for place in sealed.salts if place not in sealed.digests
    ]
    if hash_of(sealed.digests, meta=meta, previous=previous) != sealed.hash:
        found.append(Altered("", "its hash no longer fits what it is, its digests, or the version before it"))
    return found


def erase(
    content: Content, sealed: Sealed, *, put: Callable[[str], str], at_places: Mapping[str, str] | None = None
) -> tuple[Content, Sealed, frozenset[str]]:
    """Replace words and throw their salts away; the digests and the hash stay.

    `put` gives for each text what stands in its place, the same text where nothing is to be erased; `at_places` what
    stands at a place whatever `put` says. Gives the new content, its seal, and the places that were erased now.
    """
    touched: set[str] = set()

    def walk(part: Any, at: str) -> Any:
        if isinstance(part, dict):
            return {key: walk(one, f"{at}.{key}" if at else key) for key, one in part.items()}
        if isinstance(part, list):
            return [walk(one, f"{at}[{number}]") for number, one in enumerate(part)]
        if isinstance(part, str) and (instead := (at_places or {}).get(at) or put(part)) != part:
            touched.add(at)
            return instead
        return part

    replaced = walk(content, "")
    salts = {place: salt for place, salt in sealed.salts.items() if place not in touched}
    return replaced, Sealed(salts, dict(sealed.digests), sealed.hash), frozenset(touched)


def _digest(salt: str, value: Any) -> str:
    return hashlib.sha256(salt.encode() + b"\n" + canonical(value)).hexdigest()
