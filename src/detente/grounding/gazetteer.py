"""Names of places -> Places: which Tripoli, how exact, where on the map.

Names and readings come from the fact tables that ``detente.actors`` has loaded; coordinates of
regions and sites are read here, from the same files.
"""

from __future__ import annotations

import functools
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from importlib.resources import files

from detente.actors.facts import Entry, World
from detente.actors.matcher import scan

_TABLES = ("places_own.tsv", "places.tsv")
# Kinds of rows that are a point on the map; all others are an area.
_POINTS = frozenset(["base", "border", "crossing", "nuclear site", "pass", "port", "site", "camp"])
_EXACTNESS = {"city": 0, "place": 1, "region": 2, "country": 3}
# A namesake in a country of the story beats one this many times as large elsewhere.
_HOME_ADVANTAGE = 10


@dataclass(frozen=True, slots=True)
class PlaceReading:
    """What a name stands for on the map; ``start`` and ``end`` are offsets into the text given."""

    start: int
    end: int
    name: str
    country: str | None
    precision: str
    latitude: float | None = None
    longitude: float | None = None
    geonames: int | None = None

    @property
    def rank(self) -> int:
        """0 for the most exact."""
        return _EXACTNESS[self.precision]


@dataclass(frozen=True, slots=True)
class _Row:
    precision: str
    latitude: float | None
    longitude: float | None


def read_places(
    text: str, world: World, home: Collection[str] = (), day: date | None = None
) -> tuple[PlaceReading, ...]:
    """Read the place names of a short text, such as the phrase behind "in".

    Args:
        home: countries (ISO 3166 alpha-3) of the story; they decide between namesakes.
        day: of the document; names of states that were gone by then are not read.

    Returns: one reading a name, in text order.
    """
    found = []
    for hit in scan(text, world):
        if hit.kind != "name":
            continue
        entries = [e for n in hit.entries if _counts(e := world.entries[n], day)]
        reading = _choose(text[hit.start : hit.end], entries, world, home)
        if reading is not None:
            name, country, row, geonames = reading
            found.append(
                PlaceReading(
                    hit.start,
                    hit.end,
                    name,
                    country,
                    row.precision,
                    row.latitude,
                    row.longitude,
                    geonames,
                )
            )
    return tuple(found)


def read_capital(text: str, world: World) -> tuple[PlaceReading, ...]:
    """Read "the Iraqi capital", "Peru's capital": the city that is meant."""
    for hit in scan(text, world):
        for number in hit.entries:
            entry = world.entries[number]
            if entry.kind not in ("country", "demonym") or entry.country is None:
                continue
            names = _capitals().get(entry.country, ())
            readings = [r for name in names for r in read_places(name, world, {entry.country})]
            cities = [r for r in readings if r.precision == "city" and r.country == entry.country]
            if cities:
                return (replace(cities[0], start=0, end=len(text)),)
    return ()


def _counts(entry: Entry, day: date | None) -> bool:
    if entry.kind not in ("country", "capital", "city", "place") or entry.weak:
        return False
    return not (entry.end and day is not None and day.isoformat() > entry.end)


_Choice = tuple[str, str | None, _Row, int | None]


def _choose(
    words: str, entries: list[Entry], world: World, home: Collection[str]
) -> _Choice | None:
    by_kind: dict[str, list[Entry]] = {}
    for entry in entries:
        by_kind.setdefault(entry.kind, []).append(entry)
    country = by_kind.get("country")
    seat = "capital" in by_kind or "place" in by_kind  # "Quito", "the West Bank"
    if country and (words == country[0].name or not seat):
        return country[0].name, country[0].country, _Row("country", None, None), None
    if "place" in by_kind:
        place = by_kind["place"][0]
        row = _rows().get(place.name, _Row("region", None, None))
        return place.name, place.country, row, None
    if "city" in by_kind:
        return _city(by_kind["city"], world, home)
    if "capital" in by_kind:
        return _capital(words, by_kind["capital"][0], world)
    return None


def _city(entries: list[Entry], world: World, home: Collection[str]) -> _Choice:
    cities = [world.city(entry.row) for entry in entries]
    city = max(
        cities,
        key=lambda c: (c.population * (_HOME_ADVANTAGE if c.country in home else 1), c.geonames),
    )
    row = _Row("city", city.latitude, city.longitude)
    return city.name, city.country, row, city.geonames


def _capital(words: str, capital: Entry, world: World) -> _Choice:
    """A spelling of a capital that the table of cities lacks ("Kiev"): try its other spellings."""
    for name in _capitals().get(capital.country or "", ()):
        for hit in scan(name, world):
            cities = [
                e
                for n in hit.entries
                if (e := world.entries[n]).kind == "city" and e.country == capital.country
            ]
            if cities:
                return _city(cities, world, ())
    return words, capital.country, _Row("city", None, None), None


@functools.cache
def _rows() -> dict[str, _Row]:
    rows: dict[str, _Row] = {}
    for cells in (row for name in _TABLES for row in _table(name)):
        kind = cells[5]
        precision = "city" if kind == "city" else "place" if kind in _POINTS else "region"
        latitude, longitude = (float(c) if c else None for c in cells[3:5])
        known = rows.get(cells[0])
        if known is None or known.latitude is None:
            rows[cells[0]] = _Row(precision, latitude, longitude)
    return rows


@functools.cache
def _capitals() -> dict[str, tuple[str, ...]]:
    return {cells[0]: tuple(cells[5].split(";")) for cells in _table("countries.tsv") if cells[5]}


def _table(name: str) -> list[list[str]]:
    text = (files("detente") / "data" / "facts" / name).read_text("utf-8")
    lines = [line for line in text.split("\n") if line and not line.startswith("#")]
    return [line.split("\t") for line in lines[1:]]
