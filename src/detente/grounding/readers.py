"""What single time expressions say: one reader for each rule of the grammar."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from detente.grounding.grammar import (
    ABBREVIATED_LEADS,
    ADJECTIVE,
    HABIT,
    HOLIDAYS,
    LEFT,
    LEFT_WIDTH,
    LOWER_WORD,
    MODIFIED,
    MONTH_LEADS,
    MONTHS,
    NAMES_TOO,
    NTH,
    NUMBERS,
    OF,
    ORDINALS,
    OTHER_MONTH_LEADS,
    RECORD,
    TRAILING_LEADS,
    WEEKDAYS,
    WEEKEND_LEADS,
    YEAR_LEADS,
    ZONE_BEFORE,
)

Kind = Literal[
    "date",
    "weekday",
    "day",
    "unit",
    "night",
    "ago",
    "ahead",
    "trailing",
    "offset",
    "decade",
    "vague",
]

_MONTH_NUMBER = {name[:3]: number for number, name in enumerate(MONTHS, 1)}
_WEEKDAY_NUMBER = {name[:3]: number for number, name in enumerate(WEEKDAYS)}
_DIRECTIONS = {"last": -1, "past": -1, "this": 0, "next": 1, "coming": 1, "this coming": 1}
_DIRECTIONS["this past"] = -1
_NAMED_DAYS = {
    "the day before yesterday": -2,
    "yesterday": -1,
    "last night": -1,
    "tomorrow": 1,
    "the day after tomorrow": 2,
}


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """Words that say when, with their reading.

    ``start`` and ``end`` are document offsets and take in the preposition (``lead``, "" if none);
    ``core`` is where the date words begin. By ``kind``:

    - date: ``year``, ``month``, ``day`` as far as given; ``direction`` of "last June"; ``sibling``
      for "in June last year" (-1).
    - weekday: ``weekday`` (Monday is 0); ``direction``; ``week`` for "Friday last week".
    - day: ``direction`` days from the document's day.
    - unit: the ``unit`` (week, weekend, month, year) ``direction`` units away; ``part`` is -1 for
      "earlier this month", 1 for "later this month".
    - night: "overnight", the night before or after the document's day.
    - ago, ahead: ``count`` ``unit``s from the document's day; ``exact`` for "a year ago today".
    - trailing: the stretch of ``count`` ``unit``s before (``direction`` -1) or after that day.
    - offset: ``count`` ``unit``s after (``direction`` 1) or before the day of ``base`` ("two days
      after the vote on 3 May").
    - decade, vague: time words that give no interval; ``unit`` is kept ("years ago"), and the
      ``year`` that a decade begins with.

    A date with a ``day`` alone is "on the 12th"; ``direction`` is then that of the month. A weekday
    with a ``count`` is so many weeks on ("a week from Friday"). ``until`` is the other end of a
    range. ``modifier`` says that it stands before a noun ("the 2014 annexation"). ``zoned`` says
    that the day is that of a named place ("Monday local time").
    """

    start: int
    end: int
    text: str
    core: int
    kind: Kind
    lead: str = ""
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    direction: int | None = None
    unit: str | None = None
    count: int | None = None
    part: int = 0
    week: int | None = None
    sibling: int | None = None
    until: TimeExpression | None = None
    modifier: bool = False
    exact: bool = False
    zoned: bool = False
    base: TimeExpression | None = None

    @property
    def is_fine(self) -> bool:
        """Whether it is a day told from the document's own ("Monday", "today")."""
        return self.kind in ("weekday", "day")


@dataclass(frozen=True, slots=True)
class _Left:
    """What stands before the date words: where it begins, and its parts in lower case."""

    start: int
    lead: str
    determiner: str
    part: str
    which: str


def read_left(text: str, start: int) -> _Left:
    """Read what stands before date words that begin at ``start``."""
    begin = max(0, start - LEFT_WIDTH)
    match = LEFT.search(text[begin:start])
    if match is None:
        return _Left(start, "", "", "", "")
    words = {name: " ".join((match[name] or "").lower().split()) for name in match.groupdict()}
    at = next((match.start(name) for name in ("lead", "part", "which") if match[name]), None)
    return _Left(start if at is None else begin + at, **words)


def _make(match: re.Match[str], left: _Left, kind: Kind) -> TimeExpression:
    """The expression with its span; a date that modifies a noun leaves its preposition out."""
    text, end = match.string, match.end()
    described = bool(left.determiner) and not left.part.endswith("of")
    modifier = (described and MODIFIED.match(text, end) is not None) or (
        text[end : end + 2] in ("'s", "’s")
    )
    start = match.start() if modifier and not (left.which or left.part) else left.start
    lead = "" if modifier else left.lead
    if lead == "for" and left.part.startswith(("most", "much")):
        lead = "during"  # "for most of 2016" is no appointment
    if modifier and left.lead and start == left.start:
        start = match.start()
    return TimeExpression(
        start, end, text[start:end], match.start(), kind, lead=lead, modifier=modifier
    )


def _figure(match: re.Match[str], name: str) -> int | None:
    found = match.groupdict().get(name)
    return int(found) if found else None


def _month(match: re.Match[str]) -> int:
    found = match["month"]
    return int(found) if found.isdigit() else _MONTH_NUMBER[found[:3]]


def _read_date(match: re.Match[str], left: _Left) -> TimeExpression | None:
    made = _make(match, left, "date")
    year, month, day = _figure(match, "year"), _month(match), _figure(match, "day")
    bare = left.lead in ("in", "since") and not left.determiner
    if bare and day and not year and _counts(match):
        end = match.end("month")
        return replace(made, end=end, text=match.string[made.start : end], month=month)
    direction = _DIRECTIONS.get(left.which) if day and not year else None
    made = replace(made, year=year, month=month, day=day, direction=direction)
    return replace(made, sibling=_sibling(match))


def _sibling(match: re.Match[str]) -> int | None:
    words = match.groupdict().get("sibling")
    return _DIRECTIONS[words.lower()] if words else None


def _counts(match: re.Match[str]) -> bool:
    """ "In May 20 people died": nobody says "in May 20" of a day."""
    month_first = match["month"].isalpha() and match.start("month") < match.start("day")
    return month_first and LOWER_WORD.match(match.string, match.end()) is not None


def _read_days(match: re.Match[str], left: _Left) -> TimeExpression | None:
    first = _read_date(match, left)
    last = _figure(match, "day2")
    if first is None or first.day is None or last is None or last <= first.day:
        return None
    if match["to"].strip() == "and" and left.lead != "between":
        counts = match.end() == match.end("day2") and MODIFIED.match(match.string, match.end())
        if last != first.day + 1 or counts:  # "on May 3 and 4 others", "on 3 and 9 May"
            return None
    return replace(first, until=replace(first, day=last))


def _read_figures(match: re.Match[str], left: _Left) -> TimeExpression | None:
    """Figures with one reading only: 13/04/2021, 04/13/2021, and the attacks called 9/11."""
    made = _make(match, left, "date")
    if match.re.groups == 0:
        return replace(made, year=2001, month=9, day=11)
    one, two = int(match["one"]), int(match["two"])
    month, day = (one, two) if two > 12 else (two, one)
    if (one <= 12) == (two <= 12):
        return None
    return replace(made, year=int(match["year"]), month=month, day=day)


def _read_holiday(match: re.Match[str], left: _Left) -> TimeExpression | None:
    before = ADJECTIVE.search(match.string, 0, match.start())
    if before is not None and before.group().strip().lower() not in (
        *left.lead.split(),
        left.determiner,
        left.part,
        left.which,
    ):
        return None
    month, day = HOLIDAYS[match["holiday"]]
    made = replace(_make(match, left, "date"), year=_figure(match, "year"), month=month, day=day)
    return replace(made, sibling=_sibling(match), direction=_DIRECTIONS.get(left.which))


def _read_ordinal(match: re.Match[str], left: _Left) -> TimeExpression | None:
    """ "On the 12th", but not "on the 12th floor"."""
    made = _make(match, left, "date")
    if (left.lead, left.determiner, left.part) != ("on", "the", "") or made.modifier:
        return None
    near = match["near"]
    return replace(
        made, day=int(match["day"]), direction=_DIRECTIONS[near.lower()] if near else None
    )


def _read_quarter(match: re.Match[str], left: _Left) -> TimeExpression | None:
    """ "In the first quarter of 2023", "in Q1 2023", "in the second half of last year"."""
    parts = match.groupdict()
    made = _make(match, left, "date")
    if ADJECTIVE.search(match.string, 0, match.start()) and left.lead == "":
        return None
    year, sibling = _figure(match, "year"), _sibling(match)
    number = int(parts["number"]) if parts.get("number") else ORDINALS[match["which"]]
    months = 6 if parts.get("size") == "half" else 3
    if number * months > 12 or (year is None and left.lead not in ("in", "during")):
        return None
    if year is None and sibling is None and (months == 6 or made.modifier):
        return None  # "in the second half" is a match's more often
    start = left.start
    made = replace(
        made,
        start=start,
        text=match.string[start : made.end],
        lead=left.lead,
        modifier=False,
        year=year,
        sibling=sibling,
        month=(number - 1) * months + 1,
    )
    return replace(made, until=replace(made, month=number * months))


def _read_years(match: re.Match[str], left: _Left) -> TimeExpression | None:
    first = int(match["year"])
    last = int(match["year2"])
    last = last if last > 100 else first - first % 100 + last
    if last <= first:
        return None
    made = replace(_make(match, left, "date"), year=first)
    return replace(made, until=replace(made, year=last))


def _read_month(match: re.Match[str], left: _Left) -> TimeExpression | None:
    name = MONTHS[_month(match) - 1]
    made = replace(_make(match, left, "date"), month=_month(match), sibling=_sibling(match))
    full = match["month"] == name
    if not full and not match["month"].endswith("."):  # "in Mar del Plata"
        return None
    if made.sibling is not None and full:
        return made
    if left.which in _DIRECTIONS and full:
        return replace(made, direction=_DIRECTIONS[left.which])
    if left.lead in MONTH_LEADS and not left.determiner:
        return made
    if left.part and full and (name not in ("March", "May") or left.part != "in"):
        return made
    if not full or name in ("March", "May"):
        return made if full and name == "March" and left.lead in ("by", "from", "for") else None
    if left.lead in OTHER_MONTH_LEADS and name not in NAMES_TOO and not left.determiner:
        return made
    before_noun = LOWER_WORD.match(match.string, match.end()) is not None
    if left.determiner and before_noun:
        return made
    if match.string[match.end() : match.end() + 2] in ("'s", "’s") and name not in NAMES_TOO:
        return made
    return None


def _read_year(match: re.Match[str], left: _Left) -> TimeExpression | None:
    made = replace(_make(match, left, "date"), year=int(match["year"]))
    if left.part.startswith("winter"):  # lies in two years
        return replace(made, kind="vague")
    if made.modifier:
        # "the 2000 troops" is a head count more often than a year
        return None if match["year"].endswith("00") else made
    if left.determiner and not left.part:
        return None
    return made if left.lead in YEAR_LEADS or left.part else None


def _read_weekday(match: re.Match[str], left: _Left) -> TimeExpression | None:
    name, parts = match["weekday"], match.groupdict()
    made = replace(_make(match, left, "weekday"), weekday=_WEEKDAY_NUMBER[name[:3]])
    if parts.get("count"):
        if left.lead:  # "banned for a week from Friday"
            return None
        return replace(made, count=read_count(parts["count"]), lead="", modifier=False)
    if name.endswith(".") and not (left.lead in ABBREVIATED_LEADS or left.which or left.part):
        return None
    text, start = match.string, match.start()
    if HABIT.search(text, 0, start):
        return None
    if NTH.search(text, 0, start) and OF.match(text, match.end()):
        return None
    week = parts["week"]
    return replace(
        made,
        direction=_DIRECTIONS.get(left.which),
        week=_DIRECTIONS[week.lower()] if week else None,
        zoned=bool(parts["zone"] or ZONE_BEFORE.search(text, 0, made.start)),
    )


def _read_weekdays(match: re.Match[str], left: _Left) -> TimeExpression | None:
    """ "On Monday and Tuesday", "Sunday night into Monday", "overnight into Sunday"."""
    made = _make(match, left, "weekday")
    last = _WEEKDAY_NUMBER[match["two"][:3]]
    one = match.groupdict().get("one")
    first = _WEEKDAY_NUMBER[one[:3]] if one else (last - 1) % 7
    if (last - first) % 7 != 1 or made.modifier:
        return None
    made = replace(made, weekday=first, direction=_DIRECTIONS.get(left.which))
    return replace(made, until=replace(made, weekday=last))


def _read_night(match: re.Match[str], left: _Left) -> TimeExpression | None:
    return _make(match, left, "night")


def _read_named_day(match: re.Match[str], left: _Left) -> TimeExpression | None:
    word = " ".join(match["word"].lower().split())
    return replace(_make(match, left, "day"), direction=_NAMED_DAYS.get(word, 0))


def _read_unit(match: re.Match[str], left: _Left) -> TimeExpression | None:
    part = -1 if left.part.startswith("earlier") else 1 if left.part.startswith("later") else 0
    made = replace(_make(match, left, "unit"), part=part)
    if match["over"]:  # "over the weekend" is the one that has just been
        return replace(made, unit="weekend", direction=None)
    if match["before"]:
        return _read_weekend(match, replace(made, unit="weekend", direction=None))
    if match["inside"]:
        part = -1 if match["when"].lower() == "earlier" else 1
        return replace(made, unit=match["inside"].lower(), direction=0, part=part)
    return replace(made, unit=match["unit"].lower(), direction=_DIRECTIONS[match["which"].lower()])


def _read_weekend(match: re.Match[str], made: TimeExpression) -> TimeExpression | None:
    """ "Since the weekend", "by the weekend"; "the weekend clashes"."""
    if made.lead in WEEKEND_LEADS:
        return made
    behind = MODIFIED.match(match.string, match.end())
    if not made.modifier and (behind is None or not behind.group()[-1].islower()):
        return None
    start = match.start()
    return replace(made, start=start, text=match.string[start : made.end], lead="", modifier=True)


def _read_trailing(match: re.Match[str], left: _Left) -> TimeExpression | None:
    if left.lead not in TRAILING_LEADS:
        return None
    unit, count = _measure(match, whole_days=True)
    return replace(
        _make(match, left, "trailing"),
        unit=unit,
        count=count,
        direction=_DIRECTIONS[match["which"].lower()],
    )


def _read_ago(match: re.Match[str], left: _Left) -> TimeExpression | None:
    # "48 hours earlier" hardly counts from the day of the story
    loose = match["loose"] or (match["earlier"] and match["unit"].lower() == "hour")
    made = _make(match, left, "vague" if loose else "ago")
    # "three weeks earlier" may count from another event; the resolver decides
    part = -1 if match["earlier"] else 0
    unit, count = _measure(match)
    exact = bool(match["exact"])
    return replace(made, unit=unit, count=count, part=part, modifier=False, exact=exact)


def _read_ahead(match: re.Match[str], left: _Left) -> TimeExpression | None:
    """ "In two weeks", "within 30 days", "a year from now"; any other count is a duration."""
    if not match["now"] and left.lead not in ("in", "within"):
        return None
    if left.lead == "in" and RECORD.search(match.string, 0, match.start()):
        return None
    made = _make(match, left, "ahead")
    if not match["now"] and OF.match(match.string, match.end()):  # "within 40 hours of the quake"
        return replace(made, kind="vague", modifier=False)
    unit, count = _measure(match, whole_days=left.lead == "within")
    return replace(made, unit=unit, count=count, modifier=False)


def _read_vague(match: re.Match[str], left: _Left) -> TimeExpression | None:
    unit = match.groupdict().get("unit")
    return replace(_make(match, left, "vague"), unit=unit.lower() if unit else None)


def _read_decade(match: re.Match[str], left: _Left) -> TimeExpression | None:
    year = _figure(match, "year")
    if year is None and not left.determiner:  # "the over-60s" but "the 60s"
        return None
    return replace(_make(match, left, "decade"), year=year)


def _read_century(match: re.Match[str], left: _Left) -> TimeExpression | None:
    made = _make(match, left, "decade")
    return None if made.modifier else made


def read_count(words: str) -> int:
    """The number that a count means ("3", "three", "a")."""
    return int(words) if words.isdigit() else NUMBERS[words.lower()]


def _measure(match: re.Match[str], *, whole_days: bool = False) -> tuple[str, int]:
    """Unit and count: hours that make whole days, or that may be rounded up to them, are days."""
    unit, count = match["unit"].lower(), read_count(match["count"]) if match["count"] else 1
    if unit == "fortnight":
        return "week", 2 * count
    if unit == "hour" and (whole_days or count % 24 == 0):
        return "day", -(-count // 24)
    return unit, count


READERS: dict[str, Callable[[re.Match[str], _Left], TimeExpression | None]] = {
    "date": _read_date,
    "days": _read_days,
    "figures": _read_figures,
    "holiday": _read_holiday,
    "ordinal": _read_ordinal,
    "quarter": _read_quarter,
    "years": _read_years,
    "month": _read_month,
    "year": _read_year,
    "weekday": _read_weekday,
    "weekdays": _read_weekdays,
    "night": _read_night,
    "day": _read_named_day,
    "unit": _read_unit,
    "trailing": _read_trailing,
    "ago": _read_ago,
    "ahead": _read_ahead,
    "vague": _read_vague,
    "decade": _read_decade,
    "century": _read_century,
}
