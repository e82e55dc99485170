"""The alliance's accent colour: its contrast, and the four colours of the portal that are made from it.

Contrast is WCAG 2.2's ratio, 1 to 21. Mixing happens in OKLab, as ``color-mix(in oklab, …)`` does in the stylesheets.
"""

import colorsys
import re
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from math import cbrt

DEFAULT = "#1f5c3d"
READABLE = 4.5
PAPER, SUNK, WHITE = "#faf8f2", "#f2eee3", "#ffffff"
DARK_SURFACE, DARK_SUNK, ON_DARK_ACCENT = "#1e2520", "#283029", "#0d2416"
ON_DEEP, DEEP_CONTRAST = "#f6f3e8", 7
COMFORTABLE = 7  # in the dark the server chooses the colour itself, so it may choose well
TINT = 0.10
_COLOUR = re.compile(r"#[0-9a-f]{6}")
_DEEP_LIGHT, _DEEP_DARK, _SOFTER = 0.69, 0.52, 0.75


@dataclass(frozen=True)
class Scheme:
    """The four colours that differ from alliance to alliance."""

    accent_light: str
    accent_dark: str
    deep_light: str
    deep_dark: str


def contrast(one, other):
    """The contrast ratio of two colours, 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour):
    """Relative luminance of ``#rrggbb``, 0 to 1."""
    red, green, blue = _linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def measured(accent):
    """The lowest contrast of ``accent`` on light pages: as text on paper, well and tint, and under white."""
    return min(contrast(accent, ground) for ground in (PAPER, SUNK, WHITE, mixed(accent, WHITE, TINT)))


def is_readable(accent):
    """Whether links, buttons and chips in this colour can be read by everybody."""
    return measured(accent) >= READABLE


def nearest_readable(accent):
    """``accent`` itself, or the same hue just dark enough."""
    return _stepped(accent, -0.005, is_readable)


def scheme(accent):
    """The portal's four colours for an accent that is readable."""
    return Scheme(
        accent_light=accent,
        accent_dark=_stepped(_softened(accent), 0.005, _reads_in_the_dark),
        deep_light=_stepped(_dimmed(accent, _DEEP_LIGHT), -0.005, _carries_light_text),
        deep_dark=_stepped(_dimmed(accent, _DEEP_DARK), -0.005, _carries_light_text),
    )


@lru_cache(maxsize=16)
def stylesheet(accent):
    """The generated stylesheet: four custom properties in the layer of the tokens."""
    colours = scheme(accent)
    return (
        "@layer tokens {\n  :root {\n"
        f"    --accent-light: {colours.accent_light};\n"
        f"    --accent-dark: {colours.accent_dark};\n"
        f"    --deep-light: {colours.deep_light};\n"
        f"    --deep-dark: {colours.deep_dark};\n"
        "  }\n}\n"
    )


def stylesheet_digest(accent):
    """Twelve signs that change whenever the stylesheet does."""
    return sha256(stylesheet(accent).encode()).hexdigest()[:12]


def mixed(colour, ground, share):
    """``share`` (0 to 1) of ``colour`` in ``ground``, mixed in OKLab."""
    pairs = zip(_oklab(colour), _oklab(ground), strict=True)
    return _from_oklab(*(share * one + (1 - share) * other for one, other in pairs))


def _reads_in_the_dark(accent):
    grounds = (DARK_SURFACE, DARK_SUNK, ON_DARK_ACCENT, mixed(accent, DARK_SURFACE, TINT))
    return contrast(accent, DARK_SURFACE) >= COMFORTABLE and all(contrast(accent, it) >= READABLE for it in grounds)


def _carries_light_text(deep):
    return contrast(deep, ON_DEEP) >= DEEP_CONTRAST


def _stepped(colour, step, is_enough):
    """``colour`` with its lightness moved by ``step`` until ``is_enough``; black or white at the latest."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*_channels(colour))
    while not is_enough(colour) and 0 < lightness + step < 1:
        lightness += step
        colour = _hex(*colorsys.hls_to_rgb(hue, lightness, saturation))
    return colour if is_enough(colour) else (WHITE if step > 0 else "#000000")


def _dimmed(colour, share):
    return _hex(*(share * channel for channel in _channels(colour)))


def _softened(colour):
    """Bright colours glare on a dark page."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*_channels(colour))
    return _hex(*colorsys.hls_to_rgb(hue, lightness, saturation * _SOFTER))


def _channels(colour):
    if not _COLOUR.fullmatch(colour):
        raise ValueError(f"{colour!r} is not a colour like #1f5c3d")
    return tuple(int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))


def _hex(*channels):
    return "#" + "".join(f"{round(min(max(channel, 0), 1) * 255):02x}" for channel in channels)


def _linear(colour):
    return tuple(it / 12.92 if it <= 0.04045 else ((it + 0.055) / 1.055) ** 2.4 for it in _channels(colour))


def _oklab(colour):
    red, green, blue = _linear(colour)
    long = cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    medium = cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    return (
        0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short,
    )


def _from_oklab(lightness, green_red, blue_yellow):
    long = (lightness + 0.3963377774 * green_red + 0.2158037573 * blue_yellow) ** 3
    medium = (lightness - 0.1055613458 * green_red - 0.0638541728 * blue_yellow) ** 3
    short = (lightness - 0.0894841775 * green_red - 1.2914855480 * blue_yellow) ** 3
    linear = (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )
    return _hex(*(it * 12.92 if it <= 0.0031308 else 1.055 * it ** (1 / 2.4) - 0.055 for it in linear))
