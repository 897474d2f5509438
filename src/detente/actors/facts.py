"""The fact tables, loaded once and indexed by name.

``load_world()`` reads the tables under ``detente/data/facts`` (their layout: docs/adr/0002) and
builds one automaton over every name. Rows about persons and cities stay text until they are asked
for: a document names a handful of them.
"""

from __future__ import annotations

import functools
import gzip
import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from detente.actors.folding import fold
from detente.actors.officials import Person, parse_person
from detente.actors.user_table import read_user_table

_TABLES = (
    "countries.tsv",
    "organisations.tsv",
    "organisations_own.tsv",
    "places.tsv",
    "places_own.tsv",
    "roles.tsv",
    "roles_own.tsv",
    "officials.tsv.gz",
    "cities.tsv.gz",
    "notable_own.tsv",
)
# Heads and foreign ministers are named by surname alone; nobody else is without an introduction.
_known_by_surname = re.compile(r"(?:^|\|)(?:head_of_state|head_of_gov|foreign_minister)").search
# Surnames of heads of government that are days or months far more often.
_CALENDAR = frozenset(["Friday", "Sunday", "March", "April", "May", "June", "August"])


class Entry(NamedTuple):
    """One reading of a name.

    ``kind``: country, demonym, capital, metonym (a seat that stands for its government only),
    organisation, place, city, person, surname. ``weak`` names count only where the text also
    names the body in full or its country. Dates are ISO and may be cut to a month or a year.
    """

    kind: str
    name: str
    country: str | None
    sector: str
    start: str = ""
    end: str = ""
    weak: bool = False
    source: str = ""
    row: int = -1


class Role(NamedTuple):
    """A common noun that stands for somebody.

    ``number`` is one, many or collective. ``kind`` is role (sector of its own), bearer (takes the
    side of what it belongs to), vague (a bearer only where the text says whose), asset (a thing
    that stands for the group that holds it), relation ("allies": of somebody, not theirs),
    unplaced (its country is never guessed), title or honorific (before names only).
    """

    word: str
    sector: str
    number: str
    singular: str
    kind: str


class City(NamedTuple):
    """A city for locating an action; coordinates in decimal degrees, WGS84."""

    name: str
    country: str
    latitude: float
    longitude: float
    population: int
    geonames: int


@dataclass(slots=True)
class World:
    """Every table, indexed; read-only after loading.

    Attributes: version: hash of the tables' content (8 hex digits). countries: code -> name.
        roles: lower-case words -> Role. notable: countries whose leaders are named by surname.
    """

    version: str
    countries: dict[str, str] = field(default_factory=dict)
    notable: frozenset[str] = frozenset()
    roles: dict[str, Role] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    _people: list[str] = field(default_factory=list)
    _cities: list[str] = field(default_factory=list)
    _person_cache: dict[int, Person] = field(default_factory=dict)
    _by_surname: dict[str, list[int]] = field(default_factory=dict)
    _by_office: dict[str, list[int]] = field(default_factory=dict)
    patterns: list[str] = field(default_factory=list)
    pattern_entries: list[list[int]] = field(default_factory=list)
    role_words: list[str] = field(default_factory=list)
    names: AhoCorasick = field(default_factory=lambda: AhoCorasick(["\0"]))
    role_names: AhoCorasick = field(default_factory=lambda: AhoCorasick(["\0"]))

    def person(self, row: int) -> Person:
        """Give a person by row number (``Entry.row``)."""
        found = self._person_cache.get(row)
        if found is None:
            found = self._person_cache[row] = parse_person(self._people[row])
        return found

    def city(self, row: int) -> City:
        """Give a city by row number (``Entry.row``)."""
        name, _, country, latitude, longitude, population, geonames = self._cities[row].split("\t")
        return City(
            name, country, float(latitude), float(longitude), int(population), int(geonames)
        )

    def entries_of(self, name: str) -> tuple[int, ...]:
        """Give the readings (indices into ``entries``) of one exact name."""
        found = self.names.find_matches_as_indexes(" " + fold(name))
        return next(
            (tuple(self.pattern_entries[n]) for n, a, b in found if b - a == len(name) + 1), ()
        )

    def persons_by_surname(self, surname: str) -> tuple[Person, ...]:
        """Give everybody who is called so on second reference (folded spelling)."""
        if not self._by_surname:
            for row, line in enumerate(self._people):
                for short in line.split("\t", 3)[2].split(";"):
                    self._by_surname.setdefault(short, []).append(row)
        return tuple(self.person(row) for row in self._by_surname.get(surname, ()))

    def officials_of(self, country: str) -> tuple[Person, ...]:
        """Give everybody in the table who held an office of a country or body."""
        if not self._by_office:
            for row, line in enumerate(self._people):
                self._by_office.setdefault(line.split("\t", 4)[3], []).append(row)
        return tuple(self.person(row) for row in self._by_office.get(country, ()))


def load_world(extra: Path | None = None) -> World:
    """Load the tables, once per process and user table.

    Args: extra: a table of the user's (docs/actors.md); its rows come before ours.
    Raises: FactsError: the user's table cannot be read (D231) or a row is wrong (D232 to D235).
    """
    if extra is None:
        return _load(None, "")
    stamp = hashlib.sha256(extra.read_bytes()).hexdigest() if extra.is_file() else ""
    return _load(extra, stamp)


@functools.cache
def _load(extra: Path | None, stamp: str) -> World:
    folder = files("detente") / "data" / "facts"
    raw = {name: (folder / name).read_bytes() for name in _TABLES}
    digest = hashlib.sha256(b"".join(raw[name] for name in _TABLES) + stamp.encode())
    world = World(version=digest.hexdigest()[:8])
    tables = {name: _rows(data, name.endswith(".gz")) for name, data in raw.items()}
    index = _Index(world)
    for row in tables["countries.tsv"]:
        world.countries[row.split("\t", 1)[0]] = row.split("\t")[2]
    world.notable = frozenset(row.split("\t", 1)[0] for row in tables["notable_own.tsv"])
    if extra is not None:
        for user in read_user_table(extra, frozenset(world.countries)):
            entry = Entry(user.kind, user.name, user.country, user.sector, user.start, user.end)
            index.add(entry._replace(source="U"), [user.name, *user.aliases])
    index.countries(tables["countries.tsv"])
    index.organisations((*tables["organisations_own.tsv"], *tables["organisations.tsv"]))
    index.places((*tables["places_own.tsv"], *tables["places.tsv"]))
    index.roles((*tables["roles.tsv"], *tables["roles_own.tsv"]))
    index.people(tables["officials.tsv.gz"])
    index.cities(tables["cities.tsv.gz"])
    index.build()
    return world


def _rows(data: bytes, packed: bool) -> list[str]:
    text = (gzip.decompress(data) if packed else data).decode("utf-8")
    lines = text.split("\n")
    first = next(i for i, line in enumerate(lines) if not line.startswith("#"))
    return [line for line in lines[first + 1 :] if line]


def _parts(cell: str) -> list[str]:
    return cell.split(";") if cell else []


class _Index:
    """Collects names while the tables are read, then builds the automata."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.found: dict[str, list[int]] = {}

    def add(self, entry: Entry, names: Iterable[str]) -> None:
        """Add one reading under every spelling."""
        number = len(self.world.entries)
        self.world.entries.append(entry)
        for name in names:
            for form in _forms(name):
                self.found.setdefault(form, []).append(number)

    def countries(self, rows: list[str]) -> None:
        for row in rows:
            cells = row.split("\t")
            code, name, start, end = cells[0], cells[2], cells[8], cells[9]
            base = Entry("country", name, code, "GOV", start, end)
            self.add(base, [name, *_parts(cells[3])])
            if cells[4]:
                self.add(base._replace(kind="demonym"), _parts(cells[4]))
            if cells[5]:
                self.add(base._replace(kind="capital"), _parts(cells[5]))
            if cells[6]:
                self.add(base._replace(kind="metonym"), _parts(cells[6]))

    def organisations(self, rows: Iterable[str]) -> None:
        for row in rows:
            name, aliases, weak, country, sector, start, end, source = row.split("\t")
            base = Entry("organisation", name, country or None, sector, start, end, False, source)
            loose = _parts(weak)
            self.add(base, [n for n in (name, *_parts(aliases)) if n not in loose])
            if loose:
                self.add(base._replace(weak=True), loose)

    def places(self, rows: Iterable[str]) -> None:
        for row in rows:
            name, aliases, countries, _, _, kind, _ = row.split("\t")
            country = countries if len(countries) == 3 else None
            known = self.world.countries.get(country or "", name)
            if kind == "people":
                self.add(Entry("demonym", known, country, "GOV", source="people"), [name])
            elif kind == "weak-country":
                self.add(Entry("country", known, country, "GOV", weak=True), [name])
            else:
                self.add(Entry("place", name, country, "UNK"), [name, *_parts(aliases)])

    def roles(self, rows: Iterable[str]) -> None:
        for row in rows:
            cells = row.split("\t")
            kind = cells[4] if len(cells) > 4 else "role"
            self.world.roles[cells[0]] = Role(cells[0], cells[1], cells[2], cells[3], kind)
        roles = self.world.roles
        for role in list(roles.values()):
            if role.kind == "none":
                del roles[role.word]
            elif role.number == "one" and role.kind not in ("title", "honorific"):
                many = plural(role.word)
                known = roles.get(many)
                if known is None:
                    roles[many] = role._replace(word=many, number="many", singular=role.word)
                elif not known.singular and known is not role:
                    roles[many] = known._replace(number="many", singular=role.word)

    def people(self, rows: list[str]) -> None:
        self.world._people = rows
        found, entries, new = self.found, self.world.entries, Entry._make
        for number, row in enumerate(rows):
            name, forms, short, actor, _, tenures, _ = row.split("\t")
            entry = len(entries)
            entries.append(new(("person", name, actor, "GOV", "", "", False, "", number)))
            for form in forms.split(";"):
                if form:
                    found.setdefault(form, []).append(entry)
            if _known_by_surname(tenures) is not None:
                surname = len(entries)
                entries.append(new(("surname", name, actor, "GOV", "", "", False, "", number)))
                for form in short.split(";"):
                    if len(form) > 2 and form not in _CALENDAR:
                        found.setdefault(form, []).append(surname)

    def cities(self, rows: list[str]) -> None:
        self.world._cities = rows
        found, entries, new = self.found, self.world.entries, Entry._make
        for number, row in enumerate(rows):
            name, spellings, country, _, _, _, _ = row.split("\t")
            entry = len(entries)
            entries.append(new(("city", name, country, "UNK", "", "", False, "", number)))
            for form in spellings.split(";"):
                found.setdefault(form, []).append(entry)

    def build(self) -> None:
        """Build the automata; every pattern begins with the blank that must stand before it."""
        world = self.world
        world.patterns = [" " + form for form in self.found]
        world.pattern_entries = list(self.found.values())
        kind = MatchKind.LeftmostLongest
        # Quickest to build; scanning with it stays far below the cost of the parse.
        plain = Implementation.NoncontiguousNFA
        world.names = AhoCorasick(
            world.patterns, matchkind=kind, store_patterns=False, implementation=plain
        )
        words = {" ".join(fold(word).split()): word for word in world.roles}
        world.role_words = list(words.values())
        patterns = [" " + word for word in words]
        world.role_names = AhoCorasick(patterns, matchkind=kind, store_patterns=False)


def plural(word: str) -> str:
    """Form the plural of a role's words ("secretary of state" -> "secretaries of state")."""
    head, of, rest = word.partition(" of ")
    if head.endswith(("man", "woman")) and head not in ("human", "german"):
        many = head[:-2] + "en"
    elif head.endswith("y") and head[-2:-1] not in "aeiou":
        many = head[:-1] + "ies"
    elif head.endswith(("s", "x", "ch", "sh")):
        many = head + "es"
    else:
        many = head + "s"
    return many + of + rest


def _forms(name: str) -> Iterator[str]:
    form = " ".join(fold(name).split())
    yield form
    if form[:4] == "the ":
        yield "T" + form[1:]
    elif form[:3] == "al ":
        yield "A" + form[1:]
