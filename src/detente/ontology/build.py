"""Makes an ontology of the entries read: lays the user's over ours, types every field."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, TypeVar

import msgspec

from detente.ontology.check import Problem
from detente.ontology.model import (
    CameoCode,
    CameoRule,
    Context,
    EventType,
    Mode,
    Ontology,
    PloverCoding,
    Sector,
)
from detente.ontology.tables import RULES_COLUMNS, Part, TableRow, digest

NONE = "-"
ANY = "*"
SECTIONS = ("types", "legacy_modes", "contexts", "sectors")
# The rest of a document: who wrote it, and rows that a file without a folder carries along.
HEADINGS = ("name", "source", "licence", "plover_to_cameo")


class _Type(msgspec.Struct, forbid_unknown_fields=True):
    quad: int
    score: float
    cameo: str
    gloss: str
    recipient: bool = False


class _Mode(msgspec.Struct, forbid_unknown_fields=True):
    gloss: str
    score: float | None = None


class _Context(msgspec.Struct, forbid_unknown_fields=True):
    gloss: str
    kind: str = "general"
    alias: str | None = None


class _Sector(msgspec.Struct, forbid_unknown_fields=True):
    gloss: str
    cameo: list[str]
    kind: str = "sector"
    one_way: bool = False
    frequent: bool = False


class _Code(msgspec.Struct, forbid_unknown_fields=True):
    code: str
    label: str
    root: str
    quad_icews: int
    quad_gdelt: int
    quad_phoenix: int
    goldstein_icews: float | None
    goldstein_gdelt: float | None
    type: str | None
    mode: str | None
    contexts: str | None
    swapped: bool
    note: str | None


class _Rule(msgspec.Struct, forbid_unknown_fields=True):
    type: str
    code: str
    mode: str = ANY
    words: str = ANY
    context: str = ANY
    status: str = ANY
    note: str | None = None


Entry = TypeVar("Entry", bound=msgspec.Struct)
Made = TypeVar("Made")


class OntologyBuilder:
    """Collects parts, later ones over earlier ones, then builds.

    ``problems`` grows as entries turn out not to be well-formed; ``files`` says which file each
    key was last read from.
    """

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        self.files: dict[str, str] = {}
        self._names: list[str] = []
        self._parts: list[Part] = []
        self._sections: dict[str, dict[str, dict[str, Any]]] = {name: {} for name in SECTIONS}
        self._modes: dict[tuple[str, str], dict[str, Any]] = {}
        self._codes: dict[str, TableRow] = {}
        self._rules: list[TableRow] = []

    def add(self, part: Part) -> None:
        """Lay a part over what is there: new keys are added, known ones get the fields given."""
        self._parts.append(part)
        self._names.append(str(part.document.get("name", part.file.partition(".")[0] or "tables")))
        for heading, value in part.document.items():
            if heading in SECTIONS:
                self._add_section(part.file, heading, value)
            elif heading not in HEADINGS:
                known = ", ".join(SECTIONS + HEADINGS)
                self._problem("O103", part.file, str(heading), f"unknown section; known: {known}")
        own = [*part.rules, *self._document_rules(part)]
        # The user's rows come first: among rules of one rank the earlier wins.
        self._rules = own + self._rules
        self._add_codes(part)

    def build(self) -> Ontology:
        """Type every entry and put the ontology together; ``check`` has to pass on it."""
        types = self._entries("types", _Type, _event_type)
        modes: dict[tuple[str, str], Mode] = {}
        # By type as in the file: modes_of lists them in this order.
        for (owner, name), fields in self._modes.items():
            entry = self._typed(_Mode, fields, f"types.{owner}.modes.{name}")
            if entry is not None:
                modes[owner, name] = Mode(owner, name, entry.score, entry.gloss)
        return Ontology(
            name="+".join(self._names),
            digest=digest(self._parts),
            types=types,
            modes=modes,
            legacy_modes=self._legacy_modes(),
            contexts=self._entries("contexts", _Context, _context),
            sectors=self._entries("sectors", _Sector, _sector),
            cameo_codes=self._cameo_codes(),
            cameo_rules=self._cameo_rules(),
        )

    def _add_section(self, file: str, section: str, entries: object) -> None:
        for name, fields in self._mapping(file, section, entries).items():
            key = f"{section}.{name}"
            self.files[key] = file
            given = dict(self._mapping(file, key, fields))
            if section == "types":
                self._add_modes(file, name, given.pop("modes", {}))
            self._sections[section].setdefault(name, {}).update(given)

    def _add_modes(self, file: str, owner: str, modes: object) -> None:
        for name, fields in self._mapping(file, f"types.{owner}.modes", modes).items():
            key = f"types.{owner}.modes.{name}"
            self.files[key] = file
            self._modes.setdefault((owner, name), {}).update(self._mapping(file, key, fields))

    def _add_codes(self, part: Part) -> None:
        seen: set[str] = set()
        for row in part.codes:
            code = row.cells["code"]
            if code in seen:
                self._problem("O101", row.file, row.key, f"code {code} stands twice")
            seen.add(code)
            self._codes[code] = row
            self.files[f"cameo.{code}"] = row.file

    def _document_rules(self, part: Part) -> list[TableRow]:
        rows = part.document.get("plover_to_cameo", [])
        if not isinstance(rows, list):
            self._problem("O103", part.file, "plover_to_cameo", "not a list of rows")
            return []
        return [
            TableRow(part.file, key, self._mapping(part.file, key, row))
            for key, row in ((f"plover_to_cameo[{i}]", row) for i, row in enumerate(rows))
        ]

    def _mapping(self, file: str, key: str, value: object) -> dict[str, Any]:
        if value is None:
            return {}
        if not isinstance(value, dict):
            self._problem("O103", file, key, f"not a mapping but {value!r}")
            return {}
        for name in value:
            if not isinstance(name, str):
                self._problem("O102", file, key, f"key {name!r} is not text; put it in quotes")
        return {name: entry for name, entry in value.items() if isinstance(name, str)}

    def _entries(
        self, section: str, shape: type[Entry], make: Callable[[str, Entry], Made]
    ) -> dict[str, Made]:
        made = {}
        for name, fields in self._sections[section].items():
            entry = self._typed(shape, fields, f"{section}.{name}")
            if entry is not None:
                made[name] = make(name, entry)
        return made

    def _typed(
        self, shape: type[Entry], fields: dict[str, Any], key: str, file: str | None = None
    ) -> Entry | None:
        try:
            # Cells of a table are text and must become numbers; fields of YAML are typed already.
            return msgspec.convert(fields, shape, strict=file is None)
        except msgspec.ValidationError as error:
            message = str(error)
            code = "O102" if "Expected `str`, got `" in message else "O103"
            advice = "; put it in quotes" if code == "O102" else ""
            self._problem(code, file or self.files.get(key, "?"), key, message + advice)
            return None

    def _legacy_modes(self) -> dict[tuple[str, str], str | None]:
        legacy: dict[tuple[str, str], str | None] = {}
        for owner, entries in self._sections["legacy_modes"].items():
            for old, new in entries.items():
                key = f"legacy_modes.{owner}.{old}"
                self.files[key] = self.files[f"legacy_modes.{owner}"]
                if new is None or isinstance(new, str):
                    legacy[owner, old] = new
                else:
                    self._problem("O102", self.files[key], key, f"{new!r} is not text")
        return legacy

    def _cameo_codes(self) -> dict[str, CameoCode]:
        codes = {}
        for code, row in self._codes.items():
            cells = {name: None if cell == NONE else cell for name, cell in row.cells.items()}
            entry = self._typed(_Code, cells, row.key, row.file)
            if entry is not None:
                codes[code] = _cameo_code(entry)
        return codes

    def _cameo_rules(self) -> dict[str, tuple[CameoRule, ...]]:
        rules: dict[str, list[CameoRule]] = {}
        for row in self._rules:
            entry = self._typed_rule(row)
            if entry is not None:
                rules.setdefault(entry.type, []).append(_cameo_rule(entry, row))
        return {
            event_type: tuple(sorted(own, key=lambda rule: -rule.rank))
            for event_type, own in rules.items()
        }

    def _typed_rule(self, row: TableRow) -> _Rule | None:
        for column in RULES_COLUMNS:
            cell = row.cells.get(column)
            if cell is not None and not isinstance(cell, str):
                message = f"{column} {cell!r} is not text; put it in quotes"
                self._problem("O102", row.file, row.key, message)
                return None
        return self._typed(_Rule, row.cells, row.key, row.file)

    def _problem(self, code: str, file: str, key: str, message: str) -> None:
        self.problems.append(Problem(code, file, key, message))


def _event_type(name: str, entry: _Type) -> EventType:
    return EventType(name, entry.quad, entry.recipient, entry.score, entry.cameo, entry.gloss)


def _context(name: str, entry: _Context) -> Context:
    return Context(name, entry.kind, entry.gloss, entry.alias)


def _sector(code: str, entry: _Sector) -> Sector:
    return Sector(code, entry.kind, tuple(entry.cameo), entry.one_way, entry.frequent, entry.gloss)


def _cameo_code(entry: _Code) -> CameoCode:
    plover = None
    if entry.type is not None:
        contexts = tuple(entry.contexts.split(";")) if entry.contexts else ()
        plover = PloverCoding(entry.type, entry.mode, contexts, entry.swapped)
    return CameoCode(
        code=entry.code,
        label=entry.label,
        root=entry.root,
        quad_icews=entry.quad_icews,
        quad_gdelt=entry.quad_gdelt,
        quad_phoenix=entry.quad_phoenix,
        goldstein_icews=entry.goldstein_icews,
        goldstein_gdelt=entry.goldstein_gdelt,
        plover=plover,
        note=entry.note,
    )


def _cameo_rule(entry: _Rule, row: TableRow) -> CameoRule:
    return CameoRule(
        type=entry.type,
        modes=tuple(None if mode == NONE else mode for mode in _alternatives(entry.mode)),
        words=_alternatives(entry.words),
        contexts=_alternatives(entry.context),
        statuses=_alternatives(entry.status),
        code=entry.code,
        file=row.file,
        key=row.key,
    )


# Columns repeat few values some hundred times; one tuple for each is faster and smaller.
@functools.cache
def _alternatives(cell: str) -> tuple[str, ...]:
    return () if cell == ANY else tuple(cell.split("|"))
