"""Stretches of whole days, and the calendar arithmetic that time expressions need."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from typing import NamedTuple

# Outside these the arithmetic could leave Python's calendar; news does not go there.
FIRST_YEAR, LAST_YEAR = 1000, 9000


class Interval(NamedTuple):
    """Days from ``start`` to ``end``, both included."""

    start: date
    end: date


def in_range(day: date) -> bool:
    """Tell whether a day leaves room for the arithmetic below."""
    return FIRST_YEAR <= day.year <= LAST_YEAR


def safe_day(year: int, month: int, day: int) -> date | None:
    """Make a day; None for 30 February and the like."""
    if not 1 <= month <= 12 or not 1 <= day <= calendar.monthrange(year, month)[1]:
        return None
    return date(year, month, day)


def one_day(day: date) -> Interval:
    """The interval of a single day."""
    return Interval(day, day)


def week_of(day: date) -> Interval:
    """The week that holds a day, Monday to Sunday (ISO 8601)."""
    monday = day - timedelta(days=day.weekday())
    return Interval(monday, monday + timedelta(days=6))


def weekend_of(day: date) -> Interval:
    """Saturday and Sunday of the week that holds a day."""
    week = week_of(day)
    return Interval(week.end - timedelta(days=1), week.end)


def month_of(year: int, month: int) -> Interval:
    """A calendar month."""
    return Interval(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]))


def year_of(year: int) -> Interval:
    """A calendar year."""
    return Interval(date(year, 1, 1), date(year, 12, 31))


def unit_of(day: date, unit: str) -> Interval:
    """The calendar day, week, weekend, month or year that holds a day."""
    if unit == "week":
        return week_of(day)
    if unit == "weekend":
        return weekend_of(day)
    if unit == "month":
        return month_of(day.year, day.month)
    return year_of(day.year) if unit == "year" else one_day(day)


def shift(day: date, unit: str, count: int) -> date | None:
    """Move a day by so many units, back when negative.

    A month or year later that lacks the day of the month ends on its last ("31 January" and one
    month is 28 or 29 February).

    Returns: the day, or None when it would leave ``FIRST_YEAR`` to ``LAST_YEAR``.
    """
    days = {"day": 1, "week": 7, "weekend": 7}.get(unit)
    if days is not None:
        moved = day.toordinal() + count * days
        if not date(FIRST_YEAR, 1, 1).toordinal() <= moved <= date(LAST_YEAR, 1, 1).toordinal():
            return None
        return date.fromordinal(moved)
    months = day.year * 12 + day.month - 1 + count * (12 if unit == "year" else 1)
    year, month = divmod(months, 12)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def weekday_on_or_before(day: date, weekday: int) -> date:
    """The latest such weekday (Monday is 0) that is not after a day."""
    return day - timedelta(days=(day.weekday() - weekday) % 7)


def weekday_on_or_after(day: date, weekday: int) -> date:
    """The earliest such weekday (Monday is 0) that is not before a day."""
    return day + timedelta(days=(weekday - day.weekday()) % 7)
