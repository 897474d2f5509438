"""Finds time expressions in a sentence and says what kind they are; resolves nothing."""

from __future__ import annotations

import re
from dataclasses import replace

from detente.grounding.grammar import (
    ANCHORED,
    HINT,
    LOOSELY,
    NAMED_ATTACKS,
    NEXT_NOUN,
    RULES,
)
from detente.grounding.readers import READERS, Kind, TimeExpression, read_count, read_left

__all__ = ["Kind", "TimeExpression", "read_expressions"]


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
    for rule in RULES:
        if rule.needs not in text:
            continue
        for match in rule.pattern.finditer(text):
            if any(match.start() < b and a < match.end() for a, b in taken):
                continue
            expression = _ALL[rule.reader](match, read_left(text, match.start()))
            if expression is None or expression.start >= expression.end:
                continue
            expression = _clipped(expression, taken, text)
            found.append(expression)
            taken.append((expression.start, expression.end))
    found.sort(key=lambda e: e.start)
    if len(found) > 1:
        # beside another time, "overnight" is of that time's night, not of last night
        found = _anchored([e for e in found if e.kind != "night"], text)
    return tuple(_moved(expression, offset) for expression in found)


def _anchored(found: list[TimeExpression], text: str) -> list[TimeExpression]:
    """Join "two days after the" with the date of what it counts from.

    "Two days after the vote on 3 May" is one expression; in "two days after the May 3 vote" the
    date goes on being that of the vote.
    """
    joined: list[TimeExpression] = []
    for expression in found:
        before = joined[-1] if joined else None
        match = None
        if (
            before is not None
            and before.kind == "vague"
            and not LOOSELY.search(text, 0, before.start)
        ):
            match = ANCHORED.fullmatch(text, before.start, expression.core)
        if before is None or match is None or not _is_anchor(expression, match, text):
            joined.append(expression)
            continue
        one = replace(
            before,
            kind="offset",
            count=read_count(match["count"]) if match["count"] else 1,
            unit=match["unit"].lower(),
            direction=1 if match["side"].lower() == "after" else -1,
            base=replace(expression, lead="", modifier=False),
        )
        if not _before_noun(expression, text):
            end = expression.end
            joined[-1] = replace(one, end=end, text=text[one.start : end])
        else:
            joined[-1] = one
            joined.append(expression)
    return joined


def _is_anchor(base: TimeExpression, match: re.Match[str], text: str) -> bool:
    dated = base.kind == "date" and base.day is not None
    if base.until is not None or not (dated or base.kind == "weekday"):
        return False
    if match["noun"] is None:
        return True
    # a weekday behind a noun is as likely that of the verb
    return dated and (bool(base.lead) or _before_noun(base, text))


def _before_noun(base: TimeExpression, text: str) -> bool:
    return not base.lead and NEXT_NOUN.match(text, base.end) is not None


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
        until=_moved(expression.until, offset) if expression.until is not None else None,
        base=_moved(expression.base, offset) if expression.base is not None else None,
    )


def _read_pair(match: re.Match[str], _: object) -> TimeExpression | None:
    """ "In March and April", "in 2012 and 2013": two that follow on each other."""
    found = _read_range(match, _)
    if found is None or found.until is None or found.day is not None:
        return None
    last = found.until
    if found.month is None:
        near = found.year is not None and last.year == found.year + 1
    else:
        near = last.month == found.month % 12 + 1
    return found if near else None


def _read_range(match: re.Match[str], _: object) -> TimeExpression | None:
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


_ALL = READERS | {"range": _read_range, "pair": _read_pair}
