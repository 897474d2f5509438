"""A small line chart as SVG: precision against the share of events kept, a line a coder.

Hand-written, since it is the only chart; the colours stand out from white and from black alike, the
ground is left open. Marks have shapes, so that nothing is told by colour alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from calibration import Cut

_WIDTH, _HEIGHT = 640, 360
_LEFT, _RIGHT, _TOP, _BOTTOM = 64, 16, 40, 52
# Contrast above 4 on white and on black, as in the terminal view (output/palette.py).
_COLOURS = ("#b4690e", "#2f7fd0", "#8b63d6", "#1f8a4c")
_INK = "#777777"
# Lines of the grid; the lowest is below every curve, and at least two are drawn.
_STEP, _HIGHEST = 0.1, 9


@dataclass(frozen=True, slots=True)
class Line:
    """A coder's curve, from the surest event on, and the cuts that get a mark."""

    name: str
    curve: Sequence[Cut]
    marked: Sequence[Cut]


def chart(lines: Sequence[Line]) -> str:
    """Draw the chart; the same lines give the same bytes."""
    drawn = [each.precision for line in lines for each in line.curve if each.precision is not None]
    low = min(int(min(drawn, default=0.0) / _STEP), _HIGHEST) * _STEP
    parts = [*_grid(low), *(part for n, line in enumerate(lines) for part in _line(n, line, low))]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" '
        f'role="img" aria-label="Precision against the share of events kept" '
        f'font-family="sans-serif" font-size="13">\n' + "\n".join(parts) + "\n</svg>\n"
    )


def _grid(low: float) -> Iterator[str]:
    for tenth in range(round(low / _STEP), 11):
        y = _y(tenth * _STEP, low)
        yield (
            f'<path d="M{_LEFT} {y:.1f}H{_WIDTH - _RIGHT}" stroke="{_INK}" '
            f'stroke-opacity=".3" stroke-width="1"/>'
        )
        yield _words(_LEFT - 8, y + 4, f"{tenth * _STEP:.1f}", anchor="end")
    for fifth in range(6):
        x, y = _x(fifth / 5), _HEIGHT - _BOTTOM
        yield f'<path d="M{x:.1f} {y}v5" stroke="{_INK}"/>'
        yield _words(x, y + 20, f"{fifth / 5:.0%}")
    middle = (_LEFT + _WIDTH - _RIGHT) / 2
    yield _words(middle, _HEIGHT - 10, "events kept, the surest first")
    yield (
        f'<text transform="translate(16 {(_TOP + _HEIGHT - _BOTTOM) / 2:.1f}) rotate(-90)" '
        f'text-anchor="middle" fill="{_INK}">precision (type and actors)</text>'
    )


def _line(number: int, line: Line, low: float) -> Iterator[str]:
    colour = _COLOURS[number % len(_COLOURS)]
    spots = [
        f"{_x(each.kept):.1f} {_y(each.precision, low):.1f}"
        for each in line.curve
        if each.precision is not None
    ]
    if spots:
        yield f'<path d="M{"L".join(spots)}" fill="none" stroke="{colour}" stroke-width="2"/>'
    for each in line.marked:
        if each.precision is not None and line.curve and each.kept >= line.curve[0].kept:
            yield _mark(number, _x(each.kept), _y(each.precision, low), colour)
    x = _LEFT + 12 + number * 150
    yield _mark(number, x, 20, colour)
    yield f'<text x="{x + 12}" y="24.5" fill="{colour}">{escape(line.name)}</text>'


def _words(x: float, y: float, words: str, *, anchor: str = "middle") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{_INK}">{words}</text>'


def _mark(number: int, x: float, y: float, colour: str) -> str:
    if number % 2:
        return f'<rect x="{x - 4:.1f}" y="{y - 4:.1f}" width="8" height="8" fill="{colour}"/>'
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4.5" fill="{colour}"/>'


def _x(share: float) -> float:
    return _LEFT + share * (_WIDTH - _LEFT - _RIGHT)


def _y(share: float, low: float) -> float:
    return _HEIGHT - _BOTTOM - (share - low) / (1 - low) * (_HEIGHT - _TOP - _BOTTOM)
