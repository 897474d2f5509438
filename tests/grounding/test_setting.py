"""Places: those of the scene, of the neighbours, of the parties; documents in tests/golden/setting.

A row of ``expect`` names an event by words of the text that its predicate touches, the last such
words where they stand there twice. ``place`` is name, country and precision, or null; ``rule`` says
how it was found, where that is settled. A case that the code gets wrong carries "known_failure" and
must fail.
"""

from __future__ import annotations

from datetime import date

import pytest

from detente.actors import World, load_world
from detente.grounding.gazetteer import read_capital
from detente.types import Span
from golden_files import golden_cases

DAY = date(2024, 6, 12)
LEAST = 50
CARRIED = {"scene", "nearby", "parties"}


def find(events, text, words):
    """The one event whose predicate touches some words."""
    start = text.rindex(words)
    end = start + len(words)
    (event,) = [e for e in events if e.predicate.start < end and start < e.predicate.end]
    return event


def placed(event):
    """Name, country and precision of an event's place, and how it was found."""
    if event.place is None:
        return None, None
    (rule,) = [e.rule.removeprefix("place:") for e in event.evidence if e.field == "place"]
    return [event.place.name, event.place.country, event.place.precision], rule


@pytest.mark.parametrize("case", list(golden_cases("setting")))
def test_golden_setting(case, code_text):
    events = code_text(case["text"], DAY).events
    for row in case["expect"]:
        place, rule = placed(find(events, case["text"], row["word"]))
        assert place == row["place"], (row["word"], case["why"])
        assert rule == row.get("rule", rule), (row["word"], case["why"])


def test_every_rule_has_cases_and_every_case_says_why():
    rows = [param.values[0] for param in golden_cases("setting")]
    assert len(rows) >= LEAST
    assert all(row["why"] and row["provenance"] for row in rows)
    assert {one["rule"] for row in rows for one in row["expect"] if "rule" in one} >= CARRIED


def test_a_carried_place_keeps_its_words(code_text):
    text = "Gunmen killed ten Iraqi soldiers in Baquba. Gunmen wounded Iraqi policemen."
    event = find(code_text(text, DAY).events, text, "wounded")
    assert event.place is not None
    assert event.place.span.text == "Baquba"
    assert event.place.latitude is not None


def test_the_country_of_the_parties_is_no_point(code_text):
    (event,) = code_text("Russian police arrested a Ukrainian reporter.", DAY).events
    assert event.place is not None
    assert event.place.span.text == "Russian police"
    assert (event.place.latitude, event.place.longitude, event.place.geonames) == (None,) * 3


def test_a_headline_has_no_place(code_text):
    title = "Russia invaded Ukraine"
    fields = {"title": title, "headline": Span(0, len(title), title)}
    (event,) = code_text(f"{title}\n\nThe rain was heavy.", DAY, **fields).events
    assert event.place is None


@pytest.fixture(scope="module")
def world() -> World:
    return load_world()


@pytest.mark.parametrize(
    "text, expected",
    [
        ("the Iraqi capital", ("Baghdad", "IRQ")),
        ("Peru's capital", ("Lima", "PER")),
        ("the capital of Peru", ("Lima", "PER")),
        ("the South African capital", ("Pretoria", "ZAF")),
        ("the capital", None),
        ("the old capital", None),
        ("the Soviet capital", None),
    ],
)
def test_a_capital_by_its_country(world, text, expected):
    found = read_capital(text, world)
    assert [(r.name, r.country) for r in found] == ([expected] if expected else [])
    for reading in found:
        assert (reading.start, reading.end) == (0, len(text))
        assert reading.precision == "city"
        assert reading.latitude is not None
