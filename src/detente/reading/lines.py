"""The non-blank lines of a text, with their offsets: what headline and furniture rules look at."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from detente.types import Span

_LINE = re.compile(r"[^\r\n]*(\r\n|\r|\n|\Z)")


class Line(NamedTuple):
    """A non-blank line without the white space around it.

    ``opens`` tells that a blank line (or the start of the text) stands before it.
    """

    start: int
    end: int
    text: str
    opens: bool

    def span(self) -> Span:
        """Give the line as a span of the document."""
        return Span(self.start, self.end, self.text)


def lines_of(text: str) -> Iterator[Line]:
    """Walk over the non-blank lines; LF, CR LF and CR end a line."""
    opens = True
    for match in _LINE.finditer(text):
        raw = text[match.start() : match.start(1)]
        stripped = raw.strip()
        if stripped:
            start = match.start() + len(raw) - len(raw.lstrip())
            yield Line(start, start + len(stripped), stripped, opens)
        opens = not stripped
