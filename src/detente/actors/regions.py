"""Parts of the world and their countries: "South American leaders", "the Andean nation"."""

from __future__ import annotations

import functools
import re
from importlib.resources import files
from typing import NamedTuple


class Regions(NamedTuple):
    """The table regions_own.tsv.

    ``members`` are country codes by the region's adjective, empty where nobody would agree on them
    ("Western"); ``adjectives`` leads from every word for a region to its adjective; ``pattern``
    finds those words, the longest first.
    """

    members: dict[str, frozenset[str]]
    adjectives: dict[str, str]
    pattern: re.Pattern[str]


@functools.cache
def regions() -> Regions:
    """Read the table, once."""
    table = files("detente") / "data" / "facts" / "regions_own.tsv"
    lines = table.read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")][1:]
    members = {adjective: frozenset(codes.split(";")) - {""} for adjective, _, codes in rows}
    adjectives = {word: row[0] for row in rows for word in (row[0], *row[1].split(";")) if word}
    words = sorted(adjectives, key=len, reverse=True)
    pattern = re.compile(r"(?<![\w-])(?:" + "|".join(map(re.escape, words)) + r")(?![\w-])")
    return Regions(members, adjectives, pattern)
