"""Dates that another sentence gives; the documents live in tests/golden/occasion.

A row of ``expect`` names an event by words of the text that its predicate touches, the last such
words where they stand there twice; by its type too, where two events share them. ``date`` is a day,
two days for a range, or null; ``rule`` says how it was found ("own" for its own words). A case that
the code gets wrong carries "known_failure" and must fail.
"""

from __future__ import annotations

from datetime import date

import pytest

from detente.types import Span
from golden_files import golden_cases

DAY = date(2024, 6, 12)  # a Wednesday
FIELDS = ("byline", "source")
OFFICIAL = {"byline": "Office of the Spokesperson", "source": "US Department of State"}
LEAST = 40
RULES = {"own", "meeting", "journey", "statement", "scene", "same", "next day"}


def find(events, text, row):
    """The one event that a row names."""
    start = text.rindex(row["word"])
    end = start + len(row["word"])
    (event,) = [
        event
        for event in events
        if event.predicate.start < end
        and start < event.predicate.end
        and row.get("type", event.type) == event.type
    ]
    return event


def days(event):
    """The first and the last day of an event, and how they were found."""
    if event.date is None:
        return None, None
    (rule,) = [e.rule.removeprefix("time:") for e in event.evidence if e.field == "date"]
    first, last = event.date.start.isoformat(), event.date.end.isoformat()
    return first if first == last else [first, last], rule


@pytest.mark.parametrize("case", list(golden_cases("occasion")))
def test_golden_occasion(case, code_text):
    fields = {name: case[name] for name in FIELDS if name in case}
    events = code_text(case["text"], DAY, **fields).events
    for row in case["expect"]:
        when, rule = days(find(events, case["text"], row))
        assert (when, rule) == (row["date"], row.get("rule")), (row["word"], case["why"])


def test_every_rule_has_cases_and_every_case_says_why():
    rows = [param.values[0] for param in golden_cases("occasion")]
    assert len(rows) >= LEAST
    assert all(row["why"] and row["provenance"] for row in rows)
    assert {one["rule"] for row in rows for one in row["expect"] if "rule" in one} == RULES


def test_a_carried_day_keeps_the_words_it_came_from(code_text):
    text = "Protesters marched in Lima on Monday. Police in Peru arrested ten protesters."
    coded = code_text(text, DAY)
    event = find(coded.events, text, {"word": "arrested"})
    (words,) = [e.span for e in event.evidence if e.field == "date"]
    assert words is not None and words.text == "on Monday"
    assert event.date is not None and event.date.text == "on Monday"


def test_the_day_of_a_statement_has_no_words(code_text):
    (event,) = code_text("The United States condemns Chad.", DAY, **OFFICIAL).events
    assert event.date is not None and (event.date.start, event.date.text) == (DAY, None)


def test_without_a_day_of_its_own_a_statement_gives_none(code_text):
    (event,) = code_text("The United States condemns Chad.", None, **OFFICIAL).events
    assert event.date is None


def test_a_headline_has_no_carried_day(code_text):
    title = "Chile expelled the Peruvian ambassador"
    fields = {"title": title, "headline": Span(0, len(title), title)}
    told = "Chile expelled the Peruvian ambassador on Monday."
    first, second = code_text(f"{title}\n\n{told}", DAY, **fields).events
    assert (first.date, second.date is None) == (None, False)


def test_a_carried_old_day_is_background(code_text):
    old = "Russian agents poisoned Alexei Navalny on 20 August 2020. "
    first, second = code_text(old + "Russian agents attacked Alexei Navalny.", DAY).events
    assert first.background
    assert second.date == first.date
    assert second.background


@pytest.mark.parametrize("verb", ["did not attack", "did attack"])
def test_did_looks_back(code_text, verb):
    (event,) = code_text(f"Chad {verb} Mali on Monday.", DAY).events
    assert event.date is not None and event.date.start == date(2024, 6, 10)
