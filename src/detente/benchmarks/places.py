"""Where events happened: places of labelled events, against those that detente gives them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from math import asin, cos, radians, sin, sqrt
from typing import TYPE_CHECKING, Literal

import msgspec

from detente.benchmarks.found import found_events, read_texts
from detente.benchmarks.rows import Missing, Row, rate_row
from detente.benchmarks.sources import Sources, content_hash
from detente.labelling.records import load
from detente.types import Place

if TYPE_CHECKING:
    from detente.pipeline import Coder

_PLACES = "places/test.jsonl"
# Labels of a city and the gazetteer's point for it differ by a few km; another town is farther off.
NEAR_KM = 25.0
_EARTH_KM = 6371.0


class LabelledPlace(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where an event of a set happened; ``precision`` is None where the text does not tell."""

    set: str
    event: str
    precision: Literal["city", "place", "region", "sea", "country"] | None
    text: str | None
    name: str | None
    country: str | None
    latitude: float | None
    longitude: float | None

    @property
    def is_point(self) -> bool:
        """Tell whether it is small enough to be a point on the map."""
        return self.precision in ("city", "place")


Judged = tuple[LabelledPlace, Place | None]


def event_places(sources: Sources, coder: Coder) -> Iterator[Row | Missing]:
    """Score the places of labelled events that were found."""
    reason = sources.absent_labels(_PLACES)
    if reason:
        yield Missing("places", reason)
        return
    path = sources.label_file(_PLACES)
    labels = {label.event: label for label in load([path], LabelledPlace)}
    files = [sources.label_files(name) for name in sorted({one.set for one in labels.values()})]
    texts = [
        text
        for documents, gold in files
        for text in read_texts(documents, gold)
        if any(each.label.id in labels for each in text.gold)
    ]
    found = found_events(coder, texts)
    judged = [
        (labels[pair.label.id], pair.event.place) for pair in found.pairs if pair.label.id in labels
    ]
    yield from _rows(judged, content_hash([path, *chain.from_iterable(files)]), found.note)


def is_near(label: LabelledPlace, place: Place | None) -> bool:
    """Tell whether a place lies within NEAR_KM of the labelled point."""
    if place is None or place.latitude is None or place.longitude is None:
        return False
    if label.latitude is None or label.longitude is None:
        return False
    here, there = (label.latitude, label.longitude), (place.latitude, place.longitude)
    return distance_km(here, there) <= NEAR_KM


def distance_km(here: tuple[float, float], there: tuple[float, float]) -> float:
    """Measure the great circle between two points in degrees, on a sphere (haversine)."""
    (north, east), (other_north, other_east) = (map(radians, point) for point in (here, there))
    half = sin((other_north - north) / 2) ** 2
    half += cos(north) * cos(other_north) * sin((other_east - east) / 2) ** 2
    return 2 * _EARTH_KM * asin(sqrt(min(half, 1.0)))


def _rows(judged: Sequence[Judged], data: str, note: str) -> Iterator[Row]:
    told = [(label, place) for label, place in judged if label.precision is not None]
    verdicts = {
        "any": [place is not None for _, place in told],
        "country": [
            place is not None and place.country == label.country
            for label, place in told
            if label.country is not None
        ],
        "city": [is_near(label, place) for label, place in told if label.is_point],
        "none": [place is None for label, place in judged if label.precision is None],
    }
    for name, right in verdicts.items():
        yield rate_row("places", name, sum(right), len(right), data, note=note)
