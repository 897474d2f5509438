"""Calendar arithmetic: month ends, leap years, weekdays."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.grounding.intervals import (
    in_range,
    month_of,
    safe_day,
    shift,
    unit_of,
    week_of,
    weekday_on_or_after,
    weekday_on_or_before,
    weekend_of,
)

DAYS = st.dates(date(1001, 1, 1), date(8999, 12, 31))


@pytest.mark.parametrize(
    ("day", "unit", "count", "expected"),
    [
        (date(2023, 1, 31), "month", 1, date(2023, 2, 28)),
        (date(2024, 1, 31), "month", 1, date(2024, 2, 29)),
        (date(2024, 3, 31), "month", -1, date(2024, 2, 29)),
        (date(2024, 2, 29), "year", -1, date(2023, 2, 28)),
        (date(2024, 2, 29), "year", 4, date(2028, 2, 29)),
        (date(2024, 1, 1), "day", -1, date(2023, 12, 31)),
        (date(2024, 12, 30), "week", 1, date(2025, 1, 6)),
        (date(2024, 1, 15), "month", -1, date(2023, 12, 15)),
        (date(2024, 12, 15), "month", 13, date(2026, 1, 15)),
        (date(1000, 1, 1), "year", -1, None),
        (date(8999, 1, 1), "week", 999, None),
    ],
)
def test_shift(day: date, unit: str, count: int, expected: date | None) -> None:
    assert shift(day, unit, count) == expected


def test_months_know_their_ends() -> None:
    assert month_of(2023, 2).end == date(2023, 2, 28)
    assert month_of(2024, 2).end == date(2024, 2, 29)
    assert month_of(1900, 2).end == date(1900, 2, 28)
    assert month_of(2000, 2).end == date(2000, 2, 29)
    assert month_of(2024, 12).end == date(2024, 12, 31)


def test_days_that_do_not_exist() -> None:
    assert safe_day(2023, 2, 29) is None
    assert safe_day(2023, 13, 1) is None
    assert safe_day(2023, 4, 31) is None
    assert safe_day(2024, 2, 29) == date(2024, 2, 29)


def test_weeks_begin_on_monday_and_cross_years() -> None:
    assert week_of(date(2025, 1, 1)) == (date(2024, 12, 30), date(2025, 1, 5))
    assert weekend_of(date(2024, 6, 12)) == (date(2024, 6, 15), date(2024, 6, 16))


@given(DAYS, st.integers(0, 6))
def test_weekdays_are_the_nearest_on_either_side(day: date, weekday: int) -> None:
    before, after = weekday_on_or_before(day, weekday), weekday_on_or_after(day, weekday)
    assert before.weekday() == after.weekday() == weekday
    assert timedelta(0) <= day - before < timedelta(7)
    assert timedelta(0) <= after - day < timedelta(7)
    assert (before == after) == (day.weekday() == weekday)


@given(DAYS, st.sampled_from(["day", "week", "month", "year"]), st.integers(-999, 999))
def test_shift_never_leaves_the_calendar(day: date, unit: str, count: int) -> None:
    moved = shift(day, unit, count)
    assert moved is None or in_range(moved)


@given(DAYS, st.sampled_from(["day", "week", "month", "year"]))
def test_a_unit_holds_its_day(day: date, unit: str) -> None:
    interval = unit_of(day, unit)
    assert interval.start <= day <= interval.end
