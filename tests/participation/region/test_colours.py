"""The accent colour: its contrast and what is made from it."""

import pytest

from participation.region import colours


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21),
        ("#ffffff", "#ffffff", 1),
        ("#777777", "#ffffff", 4.48),
        ("#1f5c3d", "#ffffff", 7.9),
        ("#1f5c3d", "#faf8f2", 7.4),
        ("#163f2b", "#f6f3e8", 10.6),
        ("#93cfa6", "#1e2520", 8.7),
    ],
)
def test_contrast_is_wcags_ratio_whichever_comes_first(one, other, ratio):
    assert colours.contrast(one, other) == pytest.approx(ratio, abs=0.06)
    assert colours.contrast(other, one) == colours.contrast(one, other)


@pytest.mark.parametrize(
    ("accent", "readable"),
    [
        ("#1f5c3d", True),
        ("#004494", True),
        ("#000000", True),
        ("#c0392b", True),
        ("#767676", False),  # 4.5 on white, less on paper
        ("#ffff00", False),
        ("#d98e04", False),
        ("#ffffff", False),
    ],
)
def test_an_accent_is_readable_from_four_and_a_half_on_every_ground(accent, readable):
    assert colours.is_readable(accent) is readable


@pytest.mark.parametrize("accent", ["#ffff00", "#d98e04", "#ffffff", "#767676", "#ff69b4", "#00ffff"])
def test_the_nearest_readable_colour_is_readable(accent):
    nearest = colours.nearest_readable(accent)

    assert colours.is_readable(nearest)
    assert colours.measured(nearest) < 4.9


def test_a_readable_colour_is_its_own_nearest():
    assert colours.nearest_readable("#1f5c3d") == "#1f5c3d"


@pytest.mark.parametrize("accent", ["#1f5c3d", "#004494", "#7a1f5c", "#6b4e00", "#000000", "#9b1c1c", "#3d3d3d"])
def test_all_four_colours_of_a_scheme_can_be_read(accent):
    scheme = colours.scheme(accent)

    assert scheme.accent_light == accent
    assert colours.contrast(scheme.accent_light, colours.PAPER) >= 4.5
    assert colours.contrast(scheme.accent_light, colours.WHITE) >= 4.5
    assert colours.contrast(scheme.accent_dark, colours.DARK_SURFACE) >= 4.5
    assert colours.contrast(scheme.accent_dark, colours.ON_DARK_ACCENT) >= 4.5
    assert colours.contrast(scheme.deep_light, colours.ON_DEEP) >= 7
    assert colours.contrast(scheme.deep_dark, colours.ON_DEEP) >= 7


def test_mixing_happens_in_oklab():
    assert colours.mixed("#000000", "#ffffff", 0.5) == "#636363"
    assert colours.mixed("#1f5c3d", "#ffffff", 1) == "#1f5c3d"


def test_the_stylesheet_sets_four_properties_in_the_layer_of_the_tokens():
    css = colours.stylesheet("#1f5c3d")

    assert css.startswith("@layer tokens {\n  :root {\n    --accent-light: #1f5c3d;")
    assert css.count("--") == 4


def test_another_colour_has_another_digest():
    assert colours.stylesheet_digest("#1f5c3d") != colours.stylesheet_digest("#004494")
    assert len(colours.stylesheet_digest("#1f5c3d")) == 12


@pytest.mark.parametrize("nonsense", ["", "red", "#1F5C3D", "#1f5c3d;}", "#12345", "1f5c3d0"])
def test_what_is_no_colour_never_reaches_a_stylesheet(nonsense):
    with pytest.raises(ValueError, match="is not a colour"):
        colours.stylesheet(nonsense)
