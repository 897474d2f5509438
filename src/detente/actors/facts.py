"""The fact tables, loaded once and indexed by name.

``load_world()`` reads the tables under ``detente/data/facts`` (their layout: docs/adr/0002). Rows
about persons and cities stay packed until they are asked for: a document names a handful of them,
and names.tsv.gz says which rows a name may mean.
"""

from __future__ import annotations

import functools
import gzip
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple, overload

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from detente.actors.names import (
    NameIndex,
    folded,
    forms,
    index_lines,
    number_of,
    person_names,
    place_in_numbering,
)
from detente.actors.officials import Person, parse_person
from detente.actors.user_table import UserActor, person_rows, read_user_table, wrong_replacement

_TABLES = (
    "countries.tsv",
    "organisations.tsv",
    "organisations_own.tsv",
    "places.tsv",
    "places_own.tsv",
    "regions_own.tsv",
    "roles.tsv",
    "roles_own.tsv",
    "officials.tsv.gz",
    "cities.tsv.gz",
    "notable_own.tsv",
)
# Read by the grounding stage alone; part of the version all the same.
_TOWNS = "towns.tsv.gz"
_OFFICIALS, _CITIES, _NAMES = "officials.tsv.gz", "cities.tsv.gz", "names.tsv.gz"
# Rows of the user's persons are numbered from here; the table of officials is far shorter.
_USER_ROWS = 1_000_000
# What a row of the user's may stand in for. Countries are ISO's, and roles are no actors.
_REPLACEABLE = frozenset(["organisation", "person", "surname", "place", "city"])


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

    @property
    def one(self) -> str:
        """The word for one of them: "soldier" for "soldiers"."""
        return self.singular or self.word


class City(NamedTuple):
    """A city for locating an action; coordinates in decimal degrees, WGS84."""

    name: str
    country: str
    latitude: float
    longitude: float
    population: int
    geonames: int


class _Entries(Sequence[Entry]):
    """Entries by number: those of small tables, then persons and cities, made when asked for."""

    def __init__(self, world: World) -> None:
        self.own: list[Entry] = []
        self._world = world
        self._made: dict[int, Entry] = {}

    def __len__(self) -> int:
        return len(self.own)

    @overload
    def __getitem__(self, number: int) -> Entry: ...
    @overload
    def __getitem__(self, number: slice) -> list[Entry]: ...
    def __getitem__(self, number: int | slice) -> Entry | list[Entry]:
        """Give an entry by number; numbers of persons and cities lie beyond the length."""
        if isinstance(number, slice):
            return self.own[number]
        if number < len(self.own):
            return self.own[number]
        made = self._made.get(number)
        if made is None:
            made = self._made[number] = self._make(number - len(self.own))
        return made

    def _make(self, number: int) -> Entry:
        row, kind = place_in_numbering(number)
        if kind == "c":
            name, _, country, _ = self._world.city_rows()[row].split("\t", 3)
            return Entry("city", name, country, "UNK", row=row)
        name, _, _, actor, _ = self._world.person_rows()[row].split("\t", 4)
        return Entry("person" if kind == "p" else "surname", name, actor, "GOV", row=row)


# One world is itself and nothing else: its hash keys caches.
@dataclass(eq=False, slots=True)
class World:
    """Every table, indexed; read-only after loading.

    Attributes: version: hash of the tables' content (8 hex digits). countries: code -> name.
        roles: lower-case words -> Role. notable: countries whose leaders are named by surname.
    """

    version: str
    countries: dict[str, str] = field(default_factory=dict)
    notable: frozenset[str] = frozenset()
    roles: dict[str, Role] = field(default_factory=dict)
    role_words: list[str] = field(default_factory=list)
    names: NameIndex = field(default_factory=lambda: NameIndex({}, [], 0, {}))
    role_names: AhoCorasick = field(default_factory=lambda: AhoCorasick(["\0"]))
    _entries: _Entries | None = None
    _packed: dict[str, bytes] = field(default_factory=dict)
    _user_people: list[str] = field(default_factory=list)
    _replaced: frozenset[int] = frozenset()
    _people: list[str] = field(default_factory=list)
    _cities: list[str] = field(default_factory=list)
    _person_cache: dict[int, Person] = field(default_factory=dict)
    _by_surname: dict[str, list[int]] = field(default_factory=dict)
    _by_office: dict[str, list[int]] = field(default_factory=dict)

    @property
    def entries(self) -> _Entries:
        """Every reading of every name; hits give their numbers."""
        if self._entries is None:
            self._entries = _Entries(self)
        return self._entries

    @property
    def pattern_entries(self) -> list[tuple[int, ...]]:
        """Numbers of entries for every name that was found so far (``names`` counts them)."""
        return self.names.pattern_entries

    def person_rows(self) -> list[str]:
        """The rows of the table of officials, unpacked at the first call."""
        if not self._people and _OFFICIALS in self._packed:
            self._people = _rows(self._packed.pop(_OFFICIALS), packed=True)
        return self._people

    def city_rows(self) -> list[str]:
        """The rows of the table of cities, unpacked at the first call."""
        if not self._cities and _CITIES in self._packed:
            self._cities = _rows(self._packed.pop(_CITIES), packed=True)
        return self._cities

    def person(self, row: int) -> Person:
        """Give a person by row number (``Entry.row``)."""
        found = self._person_cache.get(row)
        if found is None:
            found = self._person_cache[row] = parse_person(self._person_row(row))
        return found

    def city(self, row: int) -> City:
        """Give a city by row number (``Entry.row``)."""
        cells = self.city_rows()[row].split("\t")
        name, _, country, latitude, longitude, population, geonames = cells
        return City(
            name, country, float(latitude), float(longitude), int(population), int(geonames)
        )

    def entries_of(self, name: str) -> tuple[int, ...]:
        """Give the readings (indices into ``entries``) of one exact name."""
        return self.names.entries_of(name)

    def persons_by_surname(self, surname: str) -> tuple[Person, ...]:
        """Give everybody who is called so on second reference (folded spelling)."""
        if not self._by_surname:
            for number in self._numbered():
                for short in self._person_row(number).split("\t", 3)[2].split(";"):
                    self._by_surname.setdefault(short, []).append(number)
        return tuple(self.person(row) for row in self._by_surname.get(surname, ()))

    def officials_of(self, actor: str) -> tuple[Person, ...]:
        """Give everybody in the table who held an office of a country or body."""
        if not self._by_office:
            for number in self._numbered():
                actor_of = self._person_row(number).split("\t", 4)[3]
                self._by_office.setdefault(actor_of, []).append(number)
        return tuple(self.person(row) for row in self._by_office.get(actor, ()))

    def is_users(self, person: Person) -> bool:
        """Tell whether a person comes from the user's table."""
        own = range(_USER_ROWS, _USER_ROWS + len(self._user_people))
        return any(self.person(row) == person for row in own)

    def source_of(self, entry: Entry) -> str:
        """Give the source letters of an entry's row (docs/adr/0002)."""
        if entry.kind in ("person", "surname"):
            return self._person_row(entry.row).rsplit("\t", 1)[1]
        return "G" if entry.kind == "city" else entry.source

    def _person_row(self, number: int) -> str:
        own = number - _USER_ROWS
        return self._user_people[own] if own >= 0 else self.person_rows()[number]

    def _numbered(self) -> Iterable[int]:
        """Numbers of the rows of persons that count, the user's first."""
        yield from range(_USER_ROWS, _USER_ROWS + len(self._user_people))
        yield from (n for n in range(len(self.person_rows())) if n not in self._replaced)


def load_world(extra: Path | None = None) -> World:
    """Load the tables, once per process and user table.

    Args: extra: a table of the user's (docs/actors.md); its rows come before ours.
    Raises: FactsError: the user's table cannot be read (D231) or a row is wrong (D232 to D239).
    """
    if extra is None:
        return _load(None, "")
    stamp = hashlib.sha256(extra.read_bytes()).hexdigest() if extra.is_file() else ""
    return _load(extra, stamp)


@functools.cache
def _load(extra: Path | None, stamp: str) -> World:
    folder = files("detente") / "data" / "facts"
    raw = {name: (folder / name).read_bytes() for name in _TABLES}
    known = [*(raw[name] for name in _TABLES), (folder / _TOWNS).read_bytes()]
    digest = hashlib.sha256(b"".join(known) + stamp.encode())
    world = World(version=digest.hexdigest()[:8])
    world._packed = {name: raw.pop(name) for name in (_OFFICIALS, _CITIES)}
    tables = {name: _rows(data, packed=False) for name, data in raw.items()}
    lines = _name_lines((folder / _NAMES).read_bytes(), world)
    index = _Index(world)
    for row in tables["countries.tsv"]:
        world.countries[row.split("\t", 1)[0]] = row.split("\t")[2]
    world.notable = frozenset(row.split("\t", 1)[0] for row in tables["notable_own.tsv"])
    given = read_user_table(extra, frozenset(world.countries)) if extra is not None else []
    index.users(given)
    index.countries(tables["countries.tsv"])
    index.organisations((*tables["organisations_own.tsv"], *tables["organisations.tsv"]))
    index.places((*tables["places_own.tsv"], *tables["places.tsv"]))
    index.roles((*tables["roles.tsv"], *tables["roles_own.tsv"]))
    index.build(lines, given, str(extra))
    return world


def names_stamp(officials: bytes, cities: bytes) -> str:
    """The comment that says which tables names.tsv.gz was made from."""
    return f"# of {hashlib.sha256(officials + cities).hexdigest()}"


def _name_lines(data: bytes, world: World) -> list[str]:
    """Read names.tsv.gz; where a table has changed since it was made, make it anew (slower)."""
    text = gzip.decompress(data).decode("utf-8")
    stamp, _, rest = text.partition("\n")
    if stamp == names_stamp(world._packed[_OFFICIALS], world._packed[_CITIES]):
        return rest.rstrip("\n").split("\n")
    return index_lines(world.person_rows(), world.city_rows())


def _rows(data: bytes, *, packed: bool) -> list[str]:
    text = (gzip.decompress(data) if packed else data).decode("utf-8")
    lines = text.split("\n")
    first = next(i for i, line in enumerate(lines) if not line.startswith("#"))
    return [line for line in lines[first + 1 :] if line]


def _parts(cell: str) -> list[str]:
    return cell.split(";") if cell else []


class _Index:
    """Collects names while the tables are read, then indexes them."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.found: dict[str, list[int]] = {}
        # The user's row (by line) -> numbers of the entries that were made of it.
        self.made: dict[int, list[int]] = {}

    def add(self, entry: Entry, names: Iterable[str]) -> int:
        """Add one reading under every spelling; return its number."""
        entries = self.world.entries.own
        number = len(entries)
        entries.append(entry)
        for name in names:
            for form in forms(name):
                self.found.setdefault(form, []).append(number)
        return number

    def users(self, given: Iterable[UserActor]) -> None:
        for user in given:
            if user.kind != "person":
                entry = Entry(user.kind, user.name, user.country, user.sector, user.start, user.end)
                entry = entry._replace(source="U")
                self.made[user.line] = [self.add(entry, [user.name, *user.aliases])]
        for row, mine in person_rows(given):
            number = _USER_ROWS + len(self.world._user_people)
            self.world._user_people.append(row)
            base = Entry("person", mine[0].name, mine[0].country, mine[0].sector, row=number)
            base = base._replace(source="U")
            full, short = person_names(row)
            made = [self.add(base, full)]
            if short:
                made.append(self.add(base._replace(kind="surname"), short))
            for user in mine:
                self.made[user.line] = made

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
            elif kind in ("country", "weak-country"):
                weak = kind == "weak-country"
                self.add(Entry("country", known, country, "GOV", weak=weak), [name])
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

    def build(self, lines: list[str], given: Sequence[UserActor], where: str) -> None:
        """Index the names; the user's rows take the place of what they say they replace."""
        world = self.world
        base = len(world.entries.own)
        world.names = NameIndex(self.found, lines, base, {})
        moved: dict[int, tuple[int, ...]] = {}
        for user in given:
            if user.replaces:
                moved |= self._moved(user, base, where)
        if moved:
            world.names = NameIndex(self.found, lines, base, moved)
        words = {folded(word): word for word in world.roles}
        world.role_words = list(words.values())
        world.role_names = AhoCorasick(
            [" " + word for word in words],
            matchkind=MatchKind.LeftmostLongest,
            store_patterns=False,
            # Quickest to build; scanning with it stays far below the cost of the parse.
            implementation=Implementation.NoncontiguousNFA,
        )

    def _moved(self, user: UserActor, base: int, where: str) -> dict[int, tuple[int, ...]]:
        """Ours that a row of the user's replaces -> the row's own entries."""
        world = self.world
        mine = tuple(self.made[user.line])
        numbers = [n for n in world.entries_of(user.replaces) if n not in mine]
        kinds = {world.entries[n].kind for n in numbers}
        if not kinds & _REPLACEABLE:
            raise wrong_replacement(user, where, known=bool(kinds))
        moved = {n: mine for n in numbers if world.entries[n].kind in _REPLACEABLE}
        bodies = {e.name for n in moved if (e := world.entries[n]).kind == "organisation"}
        for number, entry in enumerate(world.entries.own):
            if entry.kind == "organisation" and entry.name in bodies and entry.source != "U":
                moved[number] = mine  # also where its weak names and other dates lead
        for number in list(moved):
            entry = world.entries[number]
            if entry.kind in ("person", "surname"):
                for kind in ("p", "s"):
                    moved[number_of(base, kind, entry.row)] = mine
                world._replaced |= {entry.row}
        return moved


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
