"""The terminal view as a picture, for readmes and slides."""

from __future__ import annotations

import io
from collections.abc import Iterable

from rich.console import Console
from rich.terminal_theme import TerminalTheme

from detente.output.terminal import MAX_WIDTH, show
from detente.types import Coded

# Darker than rich's own, so that the palette keeps a contrast above 4. The 16 ANSI colours are
# not used by the view, but a theme needs them.
_GREY = [(90, 90, 90)] * 8
_THEME = TerminalTheme((20, 22, 27), (214, 217, 222), _GREY, _GREY)

# rich's template without the web fonts: a picture must not fetch anything when it is opened.
_TEMPLATE = """\
<svg viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
<style>
.{unique_id}-matrix {{
  font-family: ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace;
  font-size: {char_height}px; line-height: {line_height}px; white-space: pre;
}}
.{unique_id}-title {{ font: bold 18px sans-serif; }}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}"/>
</clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""


def export_svg(
    items: Iterable[Coded], *, title: str = "detente", width: int = MAX_WIDTH, text: bool = True
) -> str:
    """Draw the view of some coded documents as one SVG; the same input gives the same bytes.

    Args:
        items: coded documents.
        title: the words in the window's title bar, e.g. the command that was run.
        width: columns of the terminal that is drawn.
        text: whether the article's text follows the table.
    """
    console = Console(
        record=True,
        file=io.StringIO(),
        width=width,
        force_terminal=True,
        color_system="truecolor",
        highlight=False,
    )
    show(items, console, text=text)
    return console.export_svg(title=title, theme=_THEME, code_format=_TEMPLATE, unique_id="detente")
