"""Is this prose at all? Keeps tables, code, base64 and dumps away from the parser."""

from __future__ import annotations

import re

# The longest sentence of any treaty stays below; minified code, base64 and tables do not. Parsers
# need time that grows faster than the length of a sentence.
LONGEST_STRETCH = 20_000
# English prose has 95 % letters among its visible characters, a page of football results 60 %.
_LEAST_LETTERS = 0.4
_SAMPLE = 20_000

_END = re.compile(r"[.!?…][\"'”’)\]]*(?=\s|\Z)|[。！？؟।]|\n[ \t\r]*\n")


def prose_problem(text: str) -> str | None:
    """Say why a text is not prose.

    Returns: None if it is; else the reason. Time and memory grow with the length alone.
    """
    letters = visible = 0
    for char in text[:_SAMPLE]:
        letters += char.isalpha()
        visible += not char.isspace()
    if letters < _LEAST_LETTERS * visible or not letters:
        return "not prose: mostly figures or symbols"
    last = 0
    for match in _END.finditer(text):
        if match.start() - last > LONGEST_STRETCH:
            break
        last = match.end()
    else:
        if len(text) - last <= LONGEST_STRETCH:
            return None
    return (
        f"not prose: no sentence end or blank line within {LONGEST_STRETCH:,} characters "
        f"(from character {last:,})"
    )
