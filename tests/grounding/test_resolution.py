"""Expressions resolved against a day: weekdays, year ends, leap days, tense."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.grounding.expressions import read_expressions
from detente.grounding.grammar import WEEKDAYS
from detente.grounding.resolution import Tense, is_old, resolve

WORDS = (
    "on in since from to until by the a last next this two three 3 31 2014 20 1990s May March June "
    "Sept. Monday Friday Sunday today yesterday week month year days ago earlier later before over "
    "after attack 's , . - – 3rd of early mid- end weekend within past between and years into vote "
    "overnight 9/11 quarter first Christmas Eve local time fortnight hours on the 29th Feb. hour"
).split()
WEDNESDAY = date(2024, 6, 12)


def days(text: str, anchor: date | None, tense: Tense = "past") -> tuple[str, str, str] | None:
    (expression,) = read_expressions(text)
    found = resolve(expression, anchor, tense)
    return found and (found.start.isoformat(), found.end.isoformat(), found.precision)


@pytest.mark.parametrize(
    ("text", "anchor", "tense", "expected"),
    [
        ("on Sunday", date(2024, 6, 16), "past", "2024-06-16"),
        ("on Sunday", date(2024, 6, 15), "past", "2024-06-09"),
        ("on Sunday", date(2024, 6, 15), "future", "2024-06-16"),
        ("last Sunday", date(2024, 6, 16), "past", "2024-06-09"),
        ("next Sunday", date(2024, 6, 16), "future", "2024-06-23"),
        ("on Monday", date(2024, 1, 1), "past", "2024-01-01"),
        ("on Sunday", date(2024, 1, 1), "past", "2023-12-31"),
        ("on March 3", date(2024, 3, 1), "past", "2024-03-03"),  # two days of slack
        ("on March 5", date(2024, 3, 1), "past", "2023-03-05"),
        ("on Dec. 31", date(2024, 1, 1), "past", "2023-12-31"),
        ("on Jan. 2", date(2023, 12, 30), "future", "2024-01-02"),
        ("on Feb. 29", date(2024, 3, 1), "past", "2024-02-29"),
        ("due on March 3", date(2024, 2, 20), "future", "2024-03-03"),
        ("on March 3 last year", date(2024, 2, 20), "past", "2023-03-03"),
        ("on Feb. 29", date(2026, 6, 10), "past", "2024-02-29"),
        ("on February 29", date(2024, 6, 12), "future", "2028-02-29"),
        ("on the 12th", date(2024, 6, 12), "past", "2024-06-12"),
        ("on the 31st", date(2024, 7, 15), "past", "2024-05-31"),
        ("on the 29th", date(2023, 3, 1), "past", "2023-01-29"),
        ("on the 3rd", date(2023, 12, 31), "future", "2024-01-03"),
        ("on the 3rd of next month", date(2023, 12, 31), "future", "2024-01-03"),
        ("on Christmas Eve", date(2024, 1, 3), "past", "2023-12-24"),
        ("a week from Friday", date(2024, 6, 12), "future", "2024-06-21"),
        ("a year ago today", date(2024, 2, 29), "past", "2023-02-28"),
        ("48 hours ago", date(2024, 3, 1), "past", "2024-02-28"),
        ("three hours ago", date(2024, 3, 1), "past", "2024-03-01"),
        ("in 48 hours", date(2024, 2, 28), "future", "2024-03-01"),
        ("starting Monday", date(2024, 6, 12), "future", "2024-06-17"),
        ("from 1 July", date(2024, 6, 12), "future", "2024-07-01"),
        ("two days after the vote on 28 February", date(2024, 3, 9), "past", "2024-03-01"),
        ("on Monday local time", date(2024, 6, 9), "past", "2024-06-10"),
        ("on Tuesday local time", date(2024, 6, 9), "past", "2024-06-04"),
    ],
)
def test_days(text: str, anchor: date, tense: Tense, expected: str) -> None:
    assert days(text, anchor, tense) == (expected, expected, "day")


@pytest.mark.parametrize(
    ("text", "tense", "expected"),
    [
        ("in June", "past", ("2024-06-01", "2024-06-30", "month")),
        ("in June", "future", ("2024-06-01", "2024-06-30", "month")),
        ("in July", "past", ("2023-07-01", "2023-07-31", "month")),
        ("in May", "future", ("2025-05-01", "2025-05-31", "month")),
        ("last June", "past", ("2023-06-01", "2023-06-30", "month")),
        ("this week", "past", ("2024-06-10", "2024-06-16", "week")),
        ("earlier this week", "past", ("2024-06-10", "2024-06-12", "week")),
        ("later this year", "future", ("2024-06-12", "2024-12-31", "year")),
        ("next year", "future", ("2025-01-01", "2025-12-31", "year")),
        ("from November to February", "past", ("2023-11-01", "2024-02-29", "range")),
        ("since March 3", "past", ("2024-03-03", "2024-06-12", "range")),
        ("within 30 days", "future", ("2024-06-12", "2024-07-12", "range")),
        ("over the past year", "past", ("2023-06-12", "2024-06-12", "range")),
        ("a year from now", "future", ("2025-01-01", "2025-12-31", "year")),
        ("in two weeks", "past", None),
        ("by June 30", "future", None),
        ("until Friday", "future", None),
        ("since Friday", "unknown", None),
        ("40 days ago", "past", None),
        ("on Feb. 29, 2023", "past", None),
        ("in the 1990s", "past", None),
        ("in recent weeks", "past", None),
        ("within 30 hours", "future", ("2024-06-12", "2024-06-14", "range")),
        ("in the past 24 hours", "past", ("2024-06-11", "2024-06-12", "range")),
        ("a fortnight ago", "past", ("2024-05-27", "2024-06-02", "week")),
        ("overnight", "past", ("2024-06-11", "2024-06-12", "range")),
        ("overnight", "future", ("2024-06-12", "2024-06-13", "range")),
        ("overnight", "unknown", None),
        ("overnight into Tuesday", "past", ("2024-06-10", "2024-06-11", "range")),
        ("on Sunday night into Monday", "past", ("2024-06-09", "2024-06-10", "range")),
        ("on Tuesday and Wednesday", "past", ("2024-06-11", "2024-06-12", "range")),
        ("on Tuesday and Wednesday", "future", ("2024-06-18", "2024-06-19", "range")),
        ("from Monday to Wednesday", "future", ("2024-06-17", "2024-06-19", "range")),
        ("since the weekend", "past", ("2024-06-08", "2024-06-12", "range")),
        ("by the weekend", "future", None),
        ("March 3-5 last year", "past", ("2023-03-03", "2023-03-05", "range")),
        ("in the second quarter of last year", "past", ("2023-04-01", "2023-06-30", "range")),
        ("in the third quarter", "past", ("2023-07-01", "2023-09-30", "range")),
        ("in December and January", "past", ("2023-12-01", "2024-01-31", "range")),
        ("for much of May", "past", ("2024-05-01", "2024-05-31", "month")),
        ("two weeks after the vote on 1 May", "past", ("2024-05-13", "2024-05-19", "week")),
        ("three days after the vote on 12 June", "past", None),  # not yet
        ("starting Monday", "past", None),
        ("from 2014", "future", None),
        ("in the winter of 2015", "past", None),
        ("12 hours ago", "past", None),
    ],
)
def test_intervals(text: str, tense: Tense, expected: tuple | None) -> None:
    assert days(text, WEDNESDAY, tense) == expected


def test_a_month_that_begins_today_is_not_past_yet() -> None:
    assert days("in June", date(2024, 6, 1)) == ("2023-06-01", "2023-06-30", "month")
    assert days("in May", date(2024, 6, 1), "future") == ("2025-05-01", "2025-05-31", "month")


@pytest.mark.parametrize(
    "text",
    ["on Monday", "today", "in June", "last week", "since 2014", "overnight", "on the 12th"],
)
def test_relative_words_need_the_documents_day(text: str) -> None:
    assert days(text, None) is None


def test_full_dates_do_not() -> None:
    assert days("in 2014", None) == ("2014-01-01", "2014-12-31", "year")
    assert days("on 3 March 2021", None) == ("2021-03-03", "2021-03-03", "day")


@pytest.mark.parametrize(
    ("text", "old"),
    [
        ("in 2014", True),
        ("since 2011", True),
        ("in the 1980s", True),
        ("many years ago", True),
        ("in April", True),
        ("on May 11", True),
        ("on May 12", False),
        ("in May", False),
        ("last week", False),
        ("in 2024", False),
        ("in 2025", False),
        ("two days later", False),
        ("in the 2020s", False),
        ("in the '60s", True),
        ("in the 16th century", True),
        ("in the winter of 2015", True),
        ("in the winter of 2023", False),
    ],
)
def test_what_is_old(text: str, old: bool) -> None:
    (expression,) = read_expressions(text)
    assert is_old(expression, resolve(expression, WEDNESDAY, "past"), WEDNESDAY) is old


@given(
    st.dates(date(1990, 1, 1), date(2060, 1, 1)),
    st.sampled_from(WEEKDAYS),
    st.sampled_from(["past", "future"]),
)
def test_weekdays_lie_within_six_days_on_the_right_side(
    anchor: date, weekday: str, tense: Tense
) -> None:
    (expression,) = read_expressions(f"on {weekday}")
    found = resolve(expression, anchor, tense)
    assert found is not None
    assert found.start.strftime("%A") == weekday
    distance = found.start - anchor if tense == "future" else anchor - found.start
    assert timedelta(0) <= distance <= timedelta(6)


@given(
    st.lists(st.sampled_from(WORDS), max_size=10),
    st.none() | st.dates(),
    st.sampled_from(["past", "future", "unknown"]),
)
def test_resolving_never_fails(words: list[str], anchor: date | None, tense: Tense) -> None:
    for expression in read_expressions(" ".join(words)):
        found = resolve(expression, anchor, tense)
        assert found is None or found.start <= found.end
        assert isinstance(is_old(expression, found, anchor), bool)
