"""What the tables say about a name, row by row, and which reading wins: ``detente facts show``."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from detente.actors.context import entry_actor, read_background
from detente.actors.facts import Entry, World, load_world
from detente.actors.matcher import Hit, scan
from detente.actors.names import folded
from detente.actors.offices import OfficeWords, reason, with_holder
from detente.actors.officials import Person, first_day, last_day
from detente.actors.user_table import (
    TableProblem,
    check_user_table,
    read_user_table,
    replacement_problem,
)
from detente.types import Actor, Document

# Where the rows of a kind stand; own rows are looked at first, as when loading.
_TABLES = {
    "country": ("countries.tsv",),
    "demonym": ("countries.tsv", "places_own.tsv"),
    "capital": ("countries.tsv",),
    "metonym": ("countries.tsv",),
    "organisation": ("organisations_own.tsv", "organisations.tsv"),
    "place": ("places_own.tsv", "places.tsv"),
    "city": ("cities.tsv.gz",),
    "person": ("officials.tsv.gz",),
    "surname": ("officials.tsv.gz",),
    "role": ("roles_own.tsv", "roles.tsv"),
}
_SOURCES = {
    "W": "Wikidata statements",
    "F": "CIA World Factbook",
    "M": "written by hand",
    "P": "ISO 3166 names",
    "G": "GeoNames",
    "U": "your table",
}
_ARTICLE = re.compile(r"^the\s+|['’]s?(?=\s)|\s+of(?:\s+the)?$|^of\s+(?:the\s+)?", re.I)


class FactReading(NamedTuple):
    """One thing that a name may mean, with the table row that says so.

    ``offices`` are lines about a person's offices, those held on the day marked.
    """

    kind: str
    name: str
    country: str | None
    sector: str
    start: str
    end: str
    in_force: bool
    weak: bool
    source: str
    where: str
    wikidata: str | None = None
    offices: tuple[tuple[bool, str], ...] = ()


class FactSheet(NamedTuple):
    """Everything the tables say about a name: readings, best first, and who it is by itself."""

    name: str
    day: date | None
    actor: Actor | None
    readings: tuple[FactReading, ...]


def inspect_name(name: str, day: date | None = None, extra: Path | None = None) -> FactSheet:
    """Look a name or an office up as of a day, as a text that says nothing else would be read.

    Args: name: a name, or an office with its country ("the Chinese foreign minister").
        extra: a table of the user's.
    Raises: FactsError: the user's table is wrong.
    """
    world = load_world(extra)
    name = " ".join(name.split())
    doc = Document("facts", name, "", date=day)
    hits = scan(name, world)
    context = read_background(doc, hits, world)
    whole = next((h for h in hits if h.kind == "name" and h.end - h.start == len(name)), None)
    found = context.readings.get(whole, ()) if whole is not None else ()
    actor = entry_actor(found, context, "name") if found else None
    numbers = whole.entries if whole is not None else ()
    rest = [e for n in dict.fromkeys(numbers) if (e := world.entries[n]) not in found]
    readings = [_reading(entry, world, day, extra) for entry in (*found, *rest)]
    if not any(reading.kind in ("person", "surname") for reading in readings):
        readings += _by_surname(name, world, day, extra)
    readings += _as_role(name, world)
    if actor is None:
        actor = _office(name, hits, world, day)
    return FactSheet(name, day, actor, tuple(readings))


def check_table(path: Path) -> list[TableProblem]:
    """List everything that is wrong with a user's table, by line.

    Raises: FactsError: it cannot be read at all (D231).
    """
    world = load_world()
    actors, problems = check_user_table(path, frozenset(world.countries))
    for user in actors:
        if user.replaces:
            kinds = {world.entries[n].kind for n in world.entries_of(user.replaces)}
            if not kinds & {"organisation", "person", "surname", "place", "city"}:
                problems.append(replacement_problem(user, known=bool(kinds)))
    return sorted(problems, key=lambda problem: problem.line)


# ----------------------------------------------------------------------------------------- readings


def _reading(entry: Entry, world: World, day: date | None, extra: Path | None) -> FactReading:
    person = world.person(entry.row) if entry.kind in ("person", "surname") else None
    in_force = day is None or first_day(entry.start) <= day <= last_day(entry.end)
    if person is not None:
        in_force = person.tenure_on(day) is not None
    where, letters = _row_of(entry)
    if entry.source == "U":
        where, letters = _user_row(entry, world, extra), "U"
    elif entry.row >= 0:
        letters = world.source_of(entry)
    return FactReading(
        entry.kind,
        entry.name,
        entry.country,
        entry.sector,
        entry.start,
        entry.end,
        in_force,
        entry.weak,
        _spelled_out(letters),
        where,
        person.wikidata if person is not None else None,
        _offices(person, day) if person is not None else (),
    )


def _offices(person: Person, day: date | None) -> tuple[tuple[bool, str], ...]:
    return tuple((day is not None and t.covers(day), reason(t)) for t in person.tenures)


def _by_surname(
    name: str, world: World, day: date | None, extra: Path | None
) -> Iterator[FactReading]:
    """People whom a text may call so once it has given their title or full name."""
    for person in world.persons_by_surname(folded(name)):
        number = world.entries_of(person.name)
        entries = [e for n in number if (e := world.entries[n]).kind == "person"]
        mine = next((e for e in entries if world.person(e.row) == person), None)
        if mine is not None:
            yield _reading(mine._replace(kind="surname"), world, day, extra)


def _as_role(name: str, world: World) -> Iterator[FactReading]:
    role = world.roles.get(name.lower())
    if role is not None:
        entry = Entry("role", role.one, None, role.sector or "any")
        where, _ = _row_of(entry)
        yield FactReading("role", role.word, None, entry.sector, "", "", True, False, "", where)


def _office(name: str, hits: tuple[Hit, ...], world: World, day: date | None) -> Actor | None:
    """ "The Chinese foreign minister": a name of a country or body, and an office of it."""
    for hit in hits:
        if hit.kind != "name":
            continue
        title = f"{name[: hit.start]} {name[hit.end :]}".strip()
        for _ in range(3):  # article, possessive, preposition
            title = _ARTICLE.sub("", title).strip()
        entries = [world.entries[n] for n in hit.entries]
        side = next((e for e in entries if e.kind not in ("person", "surname", "city")), None)
        if side is None or not title:
            continue
        body = side.name if side.kind == "organisation" else None
        blank = Actor(name, side.country, "GOV", organisation=body, role=title, rule="side")
        actor = with_holder(blank, OfficeWords(title.lower(), ""), world, day)
        if actor.candidates:
            return actor
    return None


# ---------------------------------------------------------------------------------- where it stands


def _row_of(entry: Entry) -> tuple[str, str]:
    """File and line of an entry's row, and its source letters."""
    tables = _TABLES.get(entry.kind, ())
    if entry.row >= 0:
        return f"{tables[0]}:{entry.row + 2}", ""  # below the header
    for table in tables:
        for number, line in enumerate(_lines(table), 1):
            cells = line.split("\t")
            named = cells[2] if table == "countries.tsv" and len(cells) > 2 else cells[0]
            if named == entry.name:
                return f"{table}:{number}", cells[-1] if entry.kind != "role" else ""
    return (tables[-1] if tables else ""), ""


def _lines(table: str) -> list[str]:
    data = (files("detente") / "data" / "facts" / table).read_bytes()
    return (gzip.decompress(data) if table.endswith(".gz") else data).decode("utf-8").splitlines()


def _user_row(entry: Entry, world: World, extra: Path | None) -> str:
    if extra is None:
        return ""
    rows = read_user_table(extra, frozenset(world.countries))
    lines = [
        row.line
        for row in rows
        if (row.name, row.country) == (entry.name, entry.country)
        and (row.kind == "person" or (row.start, row.end) == (entry.start, entry.end))
    ]
    return f"{extra}:{','.join(map(str, lines))}"


def _spelled_out(letters: str) -> str:
    """Source letters in words; an edition may follow after a colon ("F:2023")."""
    parts = [part for part in re.split(r";", letters) if part]
    known = [_SOURCES.get(one, one) for part in parts for one in part.partition(":")[0]]
    return ", ".join(dict.fromkeys(known))
