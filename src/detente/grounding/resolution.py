"""Time expression + the document's day + tense -> an interval of days, or nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Literal

from detente.grounding.expressions import TimeExpression
from detente.grounding.intervals import (
    FIRST_YEAR,
    LAST_YEAR,
    Interval,
    in_range,
    month_of,
    one_day,
    safe_day,
    shift,
    unit_of,
    weekday_on_or_after,
    weekday_on_or_before,
    year_of,
)
from detente.types import EventDate

Tense = Literal["past", "future", "unknown"]

# These say up to or from where, not when.
BOUNDS = frozenset(
    "until,till,by,before,after,prior to,ahead of,as of,to,effective,starting,beginning".split(",")
)
# Ahead, these name the day on which something sets in.
_ONSETS = frozenset(["from", "effective", "starting", "beginning"])
# A story and its date may stand in different time zones, or a page was updated the day after.
_SLACK = timedelta(days=2)
_ONE_DAY = timedelta(days=1)
_AHEAD_COSTS = 2
# "six days ago" is a day, "six weeks ago" hardly the very week, "40 days ago" no day either.
_MOST_EXACT = {"hour": 6, "day": 14, "week": 8, "month": 18, "year": 100}


def resolve(
    expression: TimeExpression, anchor: date | None, tense: Tense = "past"
) -> EventDate | None:
    """Work out the days that an expression means.

    Args:
        expression: from ``read_expressions``.
        anchor: the document's day; without it only full dates and years resolve.
        tense: of the clause; decides which Saturday or June is meant.

    Returns: the interval with its precision; None if the words do not settle it.
    """
    if anchor is not None and not in_range(anchor):
        anchor = None
    onset = expression.lead in _ONSETS and tense == "future"
    if expression.lead in BOUNDS and expression.until is None and not onset:
        return None
    if expression.lead == "for" and expression.kind != "trailing":
        tense = "future"  # "scheduled for Friday"
    if expression.until is not None:
        return _resolve_range(expression, expression.until, anchor, tense)
    if expression.lead == "from" and not onset:
        return None
    found = _READINGS.get(expression.kind, _nothing)(expression, anchor, tense)
    if found is None:
        return None
    interval, precision = found
    if onset and (anchor is None or precision != "day" or interval.start < anchor):
        return None
    if expression.lead == "since":
        if anchor is None or interval.start > anchor:
            return None
        interval, precision = Interval(interval.start, anchor), "range"
    return EventDate(interval.start, interval.end, precision, expression.text)


_Found = tuple[Interval, str] | None


def _nothing(_: TimeExpression, __: date | None, ___: Tense) -> _Found:
    return None


def _resolve_range(
    first: TimeExpression, last: TimeExpression, anchor: date | None, tense: Tense
) -> EventDate | None:
    read = _READINGS[first.kind]
    if first.kind == "weekday" and tense == "future":
        # the first such day to come, and the other end behind it
        start = read(first, anchor, tense)
        end = read(replace(last, direction=None), start[0].start, tense) if start else None
        return start and end and EventDate(start[0].start, end[0].end, "range", first.text)
    end = read(last, anchor, tense)
    if end is None:
        return None
    if first.sibling is not None:
        start = read(first, anchor, tense)
    elif first.kind == "weekday" or first.year is None:
        # the last such day, or month, that does not come after the end
        start = read(first, end[0].start, "past")
    else:
        start = read(first, anchor, tense)
    if start is None or start[0].start > end[0].end:
        return None
    return EventDate(start[0].start, end[0].end, "range", first.text)


def _date(expression: TimeExpression, anchor: date | None, tense: Tense) -> _Found:
    year, month, day = expression.year, expression.month, expression.day
    if month is None and year is None and day is not None:
        return _day_of_month(day, expression.direction, anchor, tense)
    if month is None:
        return (year_of(year), "year") if year is not None else None
    precision = "month" if day is None else "day"
    if year is not None:
        interval = _calendar(year, month, day)
        return (interval, precision) if interval else None
    if anchor is None:
        return None
    if expression.sibling is not None:
        interval = _calendar(anchor.year + expression.sibling, month, day)
    elif day is not None and expression.direction is not None:
        ahead: Tense = "past" if expression.direction < 0 else "future"
        interval = _nearest(month, day, anchor, ahead)
    elif expression.direction is not None:
        interval = _named_month(month, expression.direction, anchor)
    else:
        interval = _nearest(month, day, anchor, tense)
    return (interval, precision) if interval else None


def _calendar(year: int, month: int, day: int | None) -> Interval | None:
    if not 1 <= month <= 12:
        return None
    if day is None:
        return month_of(year, month)
    found = safe_day(year, month, day)
    return one_day(found) if found else None


def _nearest(month: int, day: int | None, anchor: date, tense: Tense) -> Interval | None:
    """The month or day without a year that the tense points to; the nearest when it does not."""
    reach = 8 if (month, day) == (2, 29) else 1
    around = (_calendar(anchor.year + step, month, day) for step in range(-reach, reach + 1))
    choices = [interval for interval in around if interval is not None]
    if tense == "past":
        # a month that begins today has nothing behind it yet
        latest = anchor + (_SLACK if day is not None else -_ONE_DAY)
        choices = [c for c in choices if c.start <= latest][-1:]
    elif tense == "future":
        slack = _SLACK if day is not None else timedelta(0)
        choices = [c for c in choices if c.end >= anchor - slack][:1]
    # with nothing to tell, news looks back more often than ahead
    return min(
        choices,
        key=lambda c: abs(c.start - anchor) * (1 if c.start <= anchor else _AHEAD_COSTS),
        default=None,
    )


def _day_of_month(day: int, direction: int | None, anchor: date | None, tense: Tense) -> _Found:
    """ "On the 12th": of the nearest month on the right side that has such a day."""
    if anchor is None:
        return None
    reach = range(-2, 3) if direction is None else [direction]
    months = [divmod(anchor.year * 12 + anchor.month - 1 + step, 12) for step in reach]
    days = [d for year, month in months if (d := safe_day(year, month + 1, day)) is not None]
    if tense == "past":
        days = [d for d in days if d <= anchor][-1:]
    elif tense == "future":
        days = [d for d in days if d >= anchor][:1]
    found = min(
        days, key=lambda d: abs(d - anchor) * (1 if d <= anchor else _AHEAD_COSTS), default=None
    )
    return (one_day(found), "day") if found is not None else None


def _named_month(month: int, direction: int, anchor: date) -> Interval | None:
    """ "last June" is the one before the current month, "next June" the one after it."""
    if direction == 0:
        return month_of(anchor.year, month)
    year = anchor.year
    if direction < 0:
        return month_of(year if month < anchor.month else year - 1, month)
    return month_of(year if month > anchor.month else year + 1, month)


def _weekday(expression: TimeExpression, anchor: date | None, tense: Tense) -> _Found:
    weekday, direction = expression.weekday, expression.direction
    if anchor is None or weekday is None:
        return None
    day = _ONE_DAY
    if expression.count is not None:  # "a week from Friday"
        if tense != "future":
            return None
        found = weekday_on_or_after(anchor, weekday) + expression.count * 7 * day
    elif expression.week is not None:
        monday = unit_of(anchor + expression.week * 7 * day, "week").start
        found = monday + weekday * day
    elif direction == -1:
        found = weekday_on_or_before(anchor - day, weekday)
    elif direction == 1:
        found = weekday_on_or_after(anchor + day, weekday)
    elif tense == "past" and expression.zoned and (anchor + day).weekday() == weekday:
        found = anchor + day  # where it happened it is tomorrow already
    elif tense == "past":
        found = weekday_on_or_before(anchor, weekday)
    elif tense == "future":
        found = weekday_on_or_after(anchor, weekday)
    else:
        return None
    return one_day(found), "day"


def _day(expression: TimeExpression, anchor: date | None, _: Tense) -> _Found:
    if anchor is None:
        return None
    return one_day(anchor + timedelta(days=expression.direction or 0)), "day"


def _unit(expression: TimeExpression, anchor: date | None, tense: Tense) -> _Found:
    unit, direction = expression.unit, expression.direction
    if anchor is None or unit is None:
        return None
    if direction is None:  # "over the weekend": the current one once it has begun
        begun = anchor.weekday() >= 5
        direction = 0 if begun or tense == "future" else -1
    if unit == "weekend" and direction == 0 and tense == "past" and anchor.weekday() < 5:
        direction = -1  # "this weekend" looked back on
    moved = shift(anchor, unit, direction)
    if moved is None:
        return None
    interval = unit_of(moved, unit)
    inside = direction == 0 and interval.start <= anchor <= interval.end
    if inside and expression.part < 0:
        interval = Interval(interval.start, anchor)
    elif inside and expression.part > 0:
        interval = Interval(anchor, interval.end)
    return interval, "range" if unit == "weekend" else unit


def _night(_: TimeExpression, anchor: date | None, tense: Tense) -> _Found:
    if anchor is None or tense == "unknown":
        return None
    first = anchor if tense == "future" else anchor - _ONE_DAY
    return Interval(first, first + _ONE_DAY), "range"


def _ago(expression: TimeExpression, anchor: date | None, tense: Tense) -> _Found:
    unit, count = expression.unit, expression.count
    if anchor is None or unit is None or count is None or count > _MOST_EXACT[unit]:
        return None
    moved = anchor if unit == "hour" else shift(anchor, unit, -count)
    if moved is None or (expression.part and tense != "past"):
        return None
    if expression.exact or unit == "hour":
        return one_day(moved), "day"
    return unit_of(moved, unit), unit


def _ahead(expression: TimeExpression, anchor: date | None, tense: Tense) -> _Found:
    unit, count = expression.unit, expression.count
    if tense != "future" or anchor is None or unit is None or count is None:
        return None
    if count > _MOST_EXACT[unit] and expression.lead != "within":
        return None
    moved = anchor if unit == "hour" else shift(anchor, unit, count)
    if moved is None:
        return None
    if unit == "hour":
        return one_day(moved), "day"
    if expression.lead == "within":
        return Interval(anchor, moved), "range"
    return unit_of(moved, unit), unit


def _trailing(expression: TimeExpression, anchor: date | None, _: Tense) -> _Found:
    unit, count, direction = expression.unit, expression.count, expression.direction
    if anchor is None or unit is None or count is None or direction is None:
        return None
    moved = shift(anchor, unit, count * direction)
    if moved is None:
        return None
    return Interval(min(moved, anchor), max(moved, anchor)), "range"


def _offset(expression: TimeExpression, anchor: date | None, tense: Tense) -> _Found:
    """Days or weeks counted from a day that is told; nothing that would still lie ahead."""
    unit, count, base = expression.unit, expression.count, expression.base
    if unit is None or count is None or base is None:
        return None
    found = _READINGS[base.kind](base, anchor, tense)
    if found is None or found[1] != "day":
        return None
    moved = shift(found[0].start, unit, count * (expression.direction or 1))
    if moved is None:
        return None
    if tense == "past" and anchor is not None and moved > anchor + _SLACK:
        return None
    return unit_of(moved, unit), unit


_READINGS: dict[str, Callable[[TimeExpression, date | None, Tense], _Found]] = {
    "date": _date,
    "weekday": _weekday,
    "day": _day,
    "unit": _unit,
    "night": _night,
    "offset": _offset,
    "ago": _ago,
    "ahead": _ahead,
    "trailing": _trailing,
}


def is_old(expression: TimeExpression, found: EventDate | None, anchor: date | None) -> bool:
    """Tell whether an expression puts an event more than about a month before its story.

    Decades, "years ago" and years gone by count without a resolved day; so does "since 2011".
    """
    if found is not None and anchor is not None and found.end < anchor - timedelta(days=31):
        return True
    year = expression.year
    if expression.kind == "decade":
        return year is None or anchor is None or year + 10 <= anchor.year
    if expression.kind == "vague" and year is not None:  # "the winter of 2015"
        return anchor is None or year + 1 < anchor.year
    if expression.kind in ("ago", "vague") and expression.unit in (
        "year",
        "decade",
        "century",
        "centurie",
    ):
        return True
    if anchor is None and (expression.unit == "year" or expression.sibling is not None):
        return -1 in (expression.direction, expression.sibling)  # "last year"
    if expression.year is None or not FIRST_YEAR < expression.year < LAST_YEAR:
        return False
    if anchor is None:
        # a year alone is how reporters name years gone by; a full date may be the story's own
        return expression.month is None and expression.lead not in ("for", "by", "until")
    return expression.year < anchor.year and expression.lead in (BOUNDS | {"since", "from"})
