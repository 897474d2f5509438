"""A fact sheet and the problems of a table, as lines for a terminal or a pipe."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from detente.actors.inspection import FactReading, FactSheet
from detente.actors.user_table import TableProblem
from detente.output.palette import safe
from detente.types import Actor

if TYPE_CHECKING:
    from rich.console import Console

_KINDS = {
    "metonym": "seat of government",
    "surname": "person, by surname",
    "role": "role word",
}


def show_sheet(sheet: FactSheet, console: Console) -> None:
    """Print who or what a name is, and every reading with its row."""
    for line in _sheet_lines(sheet):
        console.print(safe(line), markup=False, soft_wrap=True)


def show_problems(problems: Iterable[TableProblem], path: Path, console: Console) -> None:
    """Print problems, one a line with what to do below it."""
    for problem in problems:
        head = f"{path}:{problem.line}: {problem.problem} [{problem.code}]"
        console.print(safe(head), markup=False, soft_wrap=True)
        console.print(safe(f"    {problem.remedy}"), markup=False, soft_wrap=True)


def _sheet_lines(sheet: FactSheet) -> Iterator[str]:
    day = f" on {sheet.day}" if sheet.day is not None else ", without a day"
    yield f"{sheet.name}{day}"
    if sheet.actor is not None:
        yield f"  is {_actor(sheet.actor)}"
        if sheet.actor.candidates:
            yield "  because"
        for one in sheet.actor.candidates:
            yield f"    {one.score:.2f}  {one.key}  {one.reason}"
    elif sheet.readings:
        yield "  is nobody by itself; its readings need a title, a country or a full name"
    else:
        yield "  is in none of the tables"
    for number, reading in enumerate(sheet.readings, 1):
        yield from _reading_lines(number, reading)


def _actor(actor: Actor) -> str:
    parts = [actor.name, f"{actor.country or 'no country'} {actor.sector}"]
    if actor.role is not None:
        parts.append(actor.role)
    if actor.wikidata is not None:
        parts.append(actor.wikidata)
    if actor.candidates and actor.person is None:
        parts.append("open: several fit or none surely")
    return ", ".join(parts)


def _reading_lines(number: int, reading: FactReading) -> Iterator[str]:
    dates = f", {reading.start or '...'} to {reading.end or '...'}"
    dates = dates if reading.start or reading.end else ""
    state = "" if reading.in_force else ", not on that day"
    weak = ", only where the text names it in full or its country" if reading.weak else ""
    kind = _KINDS.get(reading.kind, reading.kind)
    side = f"{reading.country or 'no country'} {reading.sector}"
    if reading.kind in ("person", "surname"):
        side = reading.country or "no country"
        state = "" if reading.in_force else ", in no office that day"
    yield f"  {number}. {kind}: {reading.name}, {side}{dates}{state}{weak}"
    for held, office in reading.offices:
        yield f"     {'*' if held else '-'} {office}"
    source = f" ({reading.source})" if reading.source else ""
    item = f", {reading.wikidata}" if reading.wikidata else ""
    yield f"     {reading.where}{source}{item}"
