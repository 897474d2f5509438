"""Finds time expressions in a sentence and says what kind they are; resolves nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from detente.grounding.grammar import (
    HINT,
    LEFT,
    LEFT_WIDTH,
    MONTHS,
    NAMED_ATTACKS,
    NUMBERS,
    RULES,
    WEEKDAYS,
)

Kind = Literal["date", "weekday", "day", "unit", "ago", "ahead", "trailing", "decade", "vague"]

_MONTH_NUMBER = {name[:3]: number for number, name in enumerate(MONTHS, 1)}
_WEEKDAY_NUMBER = {name: number for number, name in enumerate(WEEKDAYS)}
_DIRECTIONS = {"last": -1, "past": -1, "this": 0, "next": 1, "coming": 1, "this coming": 1}
_DIRECTIONS["this past"] = -1
_NAMED_DAYS = {
    "the day before yesterday": -2,
    "yesterday": -1,
    "last night": -1,
    "tomorrow": 1,
    "the day after tomorrow": 2,
}
# A month is also a name or a verb; these prepositions make it a month all the same.
_MONTH_LEADS = frozenset(["in", "since", "during", "until", "throughout", "back in"])
_OTHER_MONTH_LEADS = frozenset(["by", "before", "after", "from", "for", "of", "between", "to"])
_NAMES_TOO = frozenset(["March", "April", "May", "June", "August"])
_YEAR_LEADS = frozenset(
    "in,during,since,until,till,by,from,before,after,between,of,through,throughout,for,back in,"
    "prior to,ahead of,as of".split(",")
)
_TRAILING_LEADS = frozenset(["in", "over", "during", "for", "within", "throughout"])
_MODIFIED = re.compile(
    r"[\s-]+(?!(?:and|or|to|in|on|at|by|for|of|with|after|when|as|but)\b)[A-Za-z]"
)
# "For the first time in five years", "the deadliest attack in two months" look back.
_RECORD = re.compile(r"\b(?:first|last|only|most|least|\w{2,}est)\b")
_LOWER_WORD = re.compile(r"\s+[a-z]")


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
    - ago, ahead: ``count`` ``unit``s from the document's day.
    - trailing: the stretch of ``count`` ``unit``s before (``direction`` -1) or after that day.
    - decade, vague: time words that give no interval; ``unit`` is kept ("years ago").

    ``until`` is the other end of a range. ``modifier`` says that it stands before a noun ("the
    2014 annexation").
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


def read_expressions(text: str, offset: int = 0) -> tuple[TimeExpression, ...]:
    """Find the time expressions of a text, in order, none overlapping another.

    Args:
        text: a sentence.
        offset: where it begins in its document.
    """
    if HINT.search(text) is None:
        return ()
    taken: list[tuple[int, int]] = [m.span() for m in NAMED_ATTACKS.finditer(text)]
    found: list[TimeExpression] = []
    for rule, pattern in RULES:
        for match in pattern.finditer(text):
            if any(match.start() < b and a < match.end() for a, b in taken):
                continue
            expression = _READERS[rule](match, _left(text, match.start()))
            if expression is None or expression.start >= expression.end:
                continue
            expression = _clipped(expression, taken, text)
            found.append(expression)
            taken.append((expression.start, expression.end))
    found.sort(key=lambda e: e.start)
    return tuple(_moved(expression, offset) for expression in found)


def _left(text: str, start: int) -> _Left:
    begin = max(0, start - LEFT_WIDTH)
    match = LEFT.search(text[begin:start])
    if match is None:
        return _Left(start, "", "", "", "")
    words = {name: " ".join((match[name] or "").lower().split()) for name in match.groupdict()}
    at = next((match.start(name) for name in ("lead", "part", "which") if match[name]), None)
    return _Left(start if at is None else begin + at, **words)


def _clipped(expression: TimeExpression, taken: list[tuple[int, int]], text: str) -> TimeExpression:
    """Words before the date may belong to an earlier expression already."""
    if any(expression.start < b and a < expression.end for a, b in taken):
        core = expression.core
        return replace(expression, start=core, text=text[core : expression.end], lead="")
    return expression


def _moved(expression: TimeExpression, offset: int) -> TimeExpression:
    return replace(
        expression,
        start=expression.start + offset,
        end=expression.end + offset,
        core=expression.core + offset,
    )


def _make(match: re.Match[str], left: _Left, kind: Kind) -> TimeExpression:
    """The expression with its span; a date that modifies a noun leaves its preposition out."""
    text, end = match.string, match.end()
    described = bool(left.determiner) and not left.part.endswith("of")
    modifier = (described and _MODIFIED.match(text, end) is not None) or (
        text[end : end + 2] in ("'s", "’s")
    )
    start = match.start() if modifier and not (left.which or left.part) else left.start
    lead = "" if modifier else left.lead
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
    return month_first and _LOWER_WORD.match(match.string, match.end()) is not None


def _read_days(match: re.Match[str], left: _Left) -> TimeExpression | None:
    first = _read_date(match, left)
    last = _figure(match, "day2")
    if first is None or first.day is None or last is None or last <= first.day:
        return None
    return replace(first, until=replace(first, day=last))


def _read_years(match: re.Match[str], left: _Left) -> TimeExpression | None:
    first = int(match["year"])
    last = int(match["year2"])
    last = last if last > 100 else first - first % 100 + last
    if last <= first:
        return None
    made = replace(_make(match, left, "date"), year=first)
    return replace(made, until=replace(made, year=last))


def _read_range(match: re.Match[str], _: _Left) -> TimeExpression | None:
    """ "From March to May 2021": either end is read as if a preposition stood before it."""
    ends = [read_expressions("in " + match[name]) for name in ("one", "two")]
    whole = [e[0] for e in ends if len(e) == 1 and e[0].kind in ("date", "weekday")]
    if len(whole) != 2 or any(
        e.end != 3 + len(match[name]) for e, name in zip(whole, ("one", "two"), strict=True)
    ):
        return None
    first, last = whole
    if first.kind != last.kind or (first.day is None) != (last.day is None):
        return None
    if (first.month is None) != (last.month is None):
        return None
    text = match.group()
    lead = text.split()[0].lower()
    last = replace(last, start=match.start(), end=match.end(), text=text, core=match.start("one"))
    return replace(
        first,
        start=match.start(),
        end=match.end(),
        text=text,
        core=match.start("one"),
        lead=lead,
        until=last,
    )


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
    if left.lead in _MONTH_LEADS and not left.determiner:
        return made
    if left.part and full and (name not in ("March", "May") or left.part != "in"):
        return made
    if not full or name in ("March", "May"):
        return made if full and name == "March" and left.lead in ("by", "from", "for") else None
    if left.lead in _OTHER_MONTH_LEADS and name not in _NAMES_TOO and not left.determiner:
        return made
    before_noun = _LOWER_WORD.match(match.string, match.end()) is not None
    if left.determiner and before_noun:
        return made
    if match.string[match.end() : match.end() + 2] in ("'s", "’s") and name not in _NAMES_TOO:
        return made
    return None


def _read_year(match: re.Match[str], left: _Left) -> TimeExpression | None:
    made = replace(_make(match, left, "date"), year=int(match["year"]))
    if made.modifier:
        # "the 2000 troops" is a head count more often than a year
        return None if match["year"].endswith("00") else made
    if left.determiner and not left.part:
        return None
    return made if left.lead in _YEAR_LEADS or left.part else None


def _read_weekday(match: re.Match[str], left: _Left) -> TimeExpression | None:
    made = replace(_make(match, left, "weekday"), weekday=_WEEKDAY_NUMBER[match["weekday"]])
    week = match["week"]
    return replace(
        made,
        direction=_DIRECTIONS.get(left.which),
        week=_DIRECTIONS[week.lower()] if week else None,
    )


def _read_named_day(match: re.Match[str], left: _Left) -> TimeExpression | None:
    word = " ".join(match["word"].lower().split())
    return replace(_make(match, left, "day"), direction=_NAMED_DAYS.get(word, 0))


def _read_unit(match: re.Match[str], left: _Left) -> TimeExpression | None:
    part = -1 if left.part.startswith("earlier") else 1 if left.part.startswith("later") else 0
    made = replace(_make(match, left, "unit"), part=part)
    if match["over"]:  # "over the weekend" is the one that has just been
        return replace(made, unit="weekend", direction=None)
    if match["inside"]:
        part = -1 if match["when"].lower() == "earlier" else 1
        return replace(made, unit=match["inside"].lower(), direction=0, part=part)
    return replace(made, unit=match["unit"].lower(), direction=_DIRECTIONS[match["which"].lower()])


def _read_trailing(match: re.Match[str], left: _Left) -> TimeExpression | None:
    if left.lead not in _TRAILING_LEADS:
        return None
    return replace(
        _make(match, left, "trailing"),
        unit=match["unit"].lower(),
        count=_count(match["count"]) if match["count"] else 1,
        direction=_DIRECTIONS[match["which"].lower()],
    )


def _read_ago(match: re.Match[str], left: _Left) -> TimeExpression | None:
    made = _make(match, left, "vague" if match["loose"] else "ago")
    # "three weeks earlier" may count from another event; the resolver decides
    part = -1 if match["earlier"] else 0
    return replace(
        made, unit=match["unit"].lower(), count=_count(match["count"]), part=part, modifier=False
    )


def _read_ahead(match: re.Match[str], left: _Left) -> TimeExpression | None:
    """ "In two weeks", "within 30 days", "a year from now"; any other count is a duration."""
    if not match["now"] and left.lead not in ("in", "within"):
        return None
    if left.lead == "in" and _RECORD.search(match.string, 0, match.start()):
        return None
    made = _make(match, left, "ahead")
    return replace(made, unit=match["unit"].lower(), count=_count(match["count"]), modifier=False)


def _read_vague(match: re.Match[str], left: _Left) -> TimeExpression | None:
    unit = match.groupdict().get("unit")
    return replace(_make(match, left, "vague"), unit=unit.lower() if unit else None)


def _read_decade(match: re.Match[str], left: _Left) -> TimeExpression | None:
    if len(match.group()) < 5 and not left.determiner:  # "the over-60s" but "the 60s"
        return None
    return _make(match, left, "decade")


def _count(words: str) -> int:
    return int(words) if words.isdigit() else NUMBERS[words.lower()]


_READERS: dict[str, Callable[[re.Match[str], _Left], TimeExpression | None]] = {
    "range": _read_range,
    "date": _read_date,
    "days": _read_days,
    "years": _read_years,
    "month": _read_month,
    "year": _read_year,
    "weekday": _read_weekday,
    "day": _read_named_day,
    "unit": _read_unit,
    "trailing": _read_trailing,
    "ago": _read_ago,
    "ahead": _read_ahead,
    "vague": _read_vague,
    "decade": _read_decade,
}
