"""The stylesheet: what it weighs, that its colours can be read, and where it folds."""

import re
from pathlib import Path

import pytest
from django.conf import settings

STATIC = Path(settings.BASE_DIR) / "static"
CSS = (STATIC / "styles.css").read_text()

# Text on its grounds (LOOK.md, "Tokens").
TEXT = [
    ("ink", ["paper", "surface", "sunken", "tint", "tint-deep", "care-tint", "late-tint"]),
    ("ink-soft", ["paper", "surface", "sunken"]),
    ("brand", ["paper", "surface", "tint"]),
    ("on-brand", ["brand", "brand-deep"]),
    ("on-forest", ["forest"]),
    ("on-forest-soft", ["forest"]),
    ("late", ["paper", "surface", "late-tint"]),
    ("care", ["care-tint"]),
    ("on-red", ["red"]),
    ("on-amber", ["amber"]),
    ("on-green", ["green"]),
    ("red-ink", ["red-tint"]),
    ("amber-ink", ["amber-tint"]),
    ("green-ink", ["green-tint"]),
    ("chip-ink", ["chip"]),
]
LEAST = {"light": 6.3, "dark": 5.1}


def tokens(scheme: str) -> dict[str, str]:
    """The colours of a scheme; dark says only what differs."""
    light, dark = re.findall(r":root \{(.*?)\n\s*\}", CSS, re.DOTALL)[:2]
    found = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", light))
    return found | (dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", dark)) if scheme == "dark" else {})


def luminance(colour: str) -> float:
    """Relative luminance, as WCAG 2.2 defines it."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("text", "grounds"), TEXT, ids=[text for text, _ in TEXT])
def test_text_can_be_read_on_its_grounds(scheme, text, grounds):
    colours = tokens(scheme)
    poor = {ground: round(contrast(colours[text], colours[ground]), 2) for ground in grounds}
    assert {ground: ratio for ground, ratio in poor.items() if ratio < LEAST[scheme]} == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_edges_of_controls_can_be_seen(scheme):
    colours = tokens(scheme)
    edges = {ground: contrast(colours["line-strong"], colours[ground]) for ground in ("paper", "surface")}
    assert {ground: ratio for ground, ratio in edges.items() if ratio < 3.1} == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_one_of_the_two_rings_of_focus_shows_on_every_ground(scheme):
    colours = tokens(scheme)
    grounds = ("paper", "surface", "sunken", "tint", "forest", "care-tint", "late-tint", "brand")
    unseen = [
        ground
        for ground in grounds
        if max(contrast(colours[ring], colours[ground]) for ring in ("focus", "sun")) < 3
    ]
    assert unseen == []


def test_no_colour_is_named_outside_the_tokens():
    after = CSS[CSS.index("/* ---- Type */") : CSS.index("/* ---- Paper */")]
    # The pressed answer is white on forest in both schemes.
    assert set(re.findall(r"#[0-9a-fA-F]{3,8}\b", after)) == {"#fff", "#0f3d34"}


def test_widths_fold_on_screens_alone():
    widths = re.findall(r"@media ([^{]*(?:min|max)-width[^{]*)\{", CSS)
    assert len(widths) >= 2
    assert [query for query in widths if not query.startswith("screen and")] == []


def test_nothing_comes_from_elsewhere():
    addresses = re.findall(r"url\(\"?([^\")]*)", CSS)
    assert [address for address in addresses if not address.startswith("fonts/")] == []
    assert re.findall(r"https?:|@import", CSS) == []
