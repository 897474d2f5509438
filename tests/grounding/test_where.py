"""Places of events on parsed sentences; the cases live in tests/golden/grounding/place.jsonl."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from detente.actors import World, load_world
from detente.grounding import place_event
from detente.grounding.gazetteer import read_places

GOLDEN = Path(__file__).parents[1] / "golden" / "grounding" / "place.jsonl"
_FIELDS = ("type", "actor", "country")


@pytest.fixture(scope="module")
def world() -> World:
    return load_world()


def _cases() -> list[dict]:
    return [json.loads(line) for line in GOLDEN.read_text("utf8").splitlines()]


@pytest.mark.parametrize("case", _cases(), ids=lambda c: c["why"])
def test_golden_places(case: dict, situate: Callable, world: World) -> None:
    fields = {name: case[name] for name in _FIELDS if name in case}
    event, sent, doc = situate(case["text"], case["word"], date(2024, 6, 12), **fields)
    place = place_event(event, sent, doc, world)
    found = place and {
        "text": place.span.text,
        "name": place.name,
        "country": place.country,
        "precision": place.precision,
    }
    assert found == case["expect"]
    if place is not None:
        assert doc.text[place.span.start : place.span.end] == place.span.text


def test_cities_carry_coordinates_and_geonames(world: World) -> None:
    (cairo,) = read_places("Cairo", world)
    assert cairo.latitude == pytest.approx(30.0, abs=0.3)
    assert cairo.longitude == pytest.approx(31.2, abs=0.3)
    assert cairo.geonames is not None


def test_sites_carry_coordinates(world: World) -> None:
    (base,) = read_places("Bagram air base", world)
    assert base.precision == "place"
    assert base.latitude == pytest.approx(34.95)
    assert base.geonames is None


def test_countries_have_no_point(world: World) -> None:
    (iraq,) = read_places("Iraq", world)
    assert (iraq.precision, iraq.latitude, iraq.country) == ("country", None, "IRQ")


def test_states_that_were_gone_are_not_read(world: World) -> None:
    names = {r.country for r in read_places("Yugoslavia", world, day=date(2020, 1, 1))}
    assert "YUG" not in names


def test_home_decides_between_namesakes_only_within_reason(world: World) -> None:
    (found,) = read_places("Paris", world, home=frozenset(["USA"]))
    assert found.country == "FRA"
