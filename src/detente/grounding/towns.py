"""Small towns by name and country: "the town of Garmser", "near Haswa".

A hundred thousand names, many of them words or surnames elsewhere, so they are looked up only for
what stands behind a preposition of place and only in countries that the story is about.
Source: GeoNames (CC BY 4.0), see NOTICE.
"""

from __future__ import annotations

import functools
import gzip
from bisect import bisect_left
from collections.abc import Collection
from importlib.resources import files

from detente.actors.folding import fold
from detente.grounding.gazetteer import PlaceReading


def read_town(text: str, home: Collection[str]) -> PlaceReading | None:
    """Read a name that is a town in one of some countries.

    Args: text: the name alone. home: ISO 3166 alpha-3 codes; None comes back when it is empty, and
        when the name is a town in several of them.
    """
    if not home or not text[:1].isupper():
        return None
    key = " ".join(fold(text).split()).casefold() + "\t"
    lines = _lines()
    at = bisect_left(lines, key)
    found = []
    while at < len(lines) and lines[at].startswith(key):
        cells = lines[at].split("\t")
        if cells[1] in home:
            found.append(cells)
        at += 1
    if len(found) != 1:
        return None
    _, country, name, latitude, longitude, geonames = found[0]
    return PlaceReading(
        0, len(text), name, country, "city", float(latitude), float(longitude), int(geonames)
    )


@functools.cache
def _lines() -> list[str]:
    """The rows of the table in order of code points; unpacked at the first unknown name."""
    packed = (files("detente") / "data" / "facts" / "towns.tsv.gz").read_bytes()
    return sorted(gzip.decompress(packed).decode("utf-8").split("\n")[1:-1])
