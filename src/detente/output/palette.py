"""Colours, marks and safe text of the terminal views.

Nothing is told by colour alone: quads have shapes (round cooperates, pointed is conflict; hollow
is words, filled is deeds), statuses have marks.
"""

from __future__ import annotations

import unicodedata

from rich.console import Console
from rich.style import Style

from detente.types import Status

QUAD_NAMES = {
    1: "verbal cooperation",
    2: "material cooperation",
    3: "verbal conflict",
    4: "material conflict",
}
QUAD_MARKS = {1: "○", 2: "●", 3: "△", 4: "▲"}

# Each has a relative luminance near 0.19, so its contrast (WCAG) is above 4 on white and on
# black alike: we cannot know the terminal's background. Cool against warm stays apart for
# colour-blind readers.
_COLOURS = {1: "#2f7fd0", 2: "#1f8a4c", 3: "#b4690e", 4: "#d9363e"}
_ACTOR = "#8b63d6"
# With 16 colours the user's own theme knows its background better than we do; nearest-colour
# matching would turn the green into grey.
_COLOURS_16 = {1: "blue", 2: "green", 3: "yellow", 4: "red"}
_ACTOR_16 = "magenta"

STATUS_MARKS = {
    Status.ASSERTED: "",
    Status.FUTURE: "»",
    Status.CONDITIONAL: "↳",
    Status.HYPOTHETICAL: "?",
    Status.REQUESTED: "!",
    Status.NEGATED: "×",
    Status.DENIED: "⊘",
}

DIM = Style(dim=True)
BOLD = Style(bold=True)
UNASSERTED = Style(dim=True, italic=True)

_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def quad_style(quad: int, console: Console) -> Style:
    """Return the style of a quad's type and badge."""
    colours = _COLOURS_16 if console.color_system in ("standard", "windows") else _COLOURS
    return Style(color=colours.get(quad), bold=True)


def actor_style(console: Console) -> Style:
    """Return the style of an actor's name."""
    return Style(color=_ACTOR_16 if console.color_system in ("standard", "windows") else _ACTOR)


def superscript(number: int) -> str:
    """Write a number small and high, e.g. "¹²"."""
    return str(number).translate(_SUPERSCRIPTS)


def safe(text: str) -> str:
    """Replace what could steer the terminal, one character for one, so that offsets hold.

    Articles come from strangers: an escape sequence in one must not clear the screen, and a
    bidirectional override must not turn a sentence round.
    """
    return "".join(_visible(char) for char in text)


def _visible(char: str) -> str:
    if char in "\n ":
        return char
    if char in "\t\r":
        return " "
    category = unicodedata.category(char)
    # Cc: C0 and C1 controls. Cf: bidi overrides, zero-width marks. Zl, Zp: line separators.
    if category in ("Zl", "Zp"):
        return " "
    return "\N{REPLACEMENT CHARACTER}" if category in ("Cc", "Cf", "Cs") else char
