"""Reads the files of an ontology into plain entries; says nothing about what they mean.

YAML holds types, modes, contexts and sectors, which people read and write; the two CAMEO tables
are TSV, because their rows parse fifty times faster that way and line up for review.
"""

from __future__ import annotations

import hashlib
from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from detente.errors import OntologyError
from detente.ontology.check import Problem

CAMEO_FILE = "cameo.tsv"
RULES_FILE = "plover_to_cameo.tsv"
CAMEO_COLUMNS = (
    "code",
    "label",
    "root",
    "quad_icews",
    "quad_gdelt",
    "quad_phoenix",
    "goldstein_icews",
    "goldstein_gdelt",
    "type",
    "mode",
    "contexts",
    "swapped",
    "note",
)
RULES_COLUMNS = ("type", "mode", "words", "context", "status", "code", "note")


@dataclass(frozen=True, slots=True)
class TableRow:
    """One entry with the file and key it stands at."""

    file: str
    key: str
    cells: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Part:
    """One source, ours or the user's: a YAML document with the table rows beside it."""

    document: dict[str, Any]
    file: str
    codes: tuple[TableRow, ...]
    rules: tuple[TableRow, ...]
    content: bytes = field(repr=False)


def read_part(path: Path, problems: list[Problem]) -> Part:
    """Read a YAML file, or a folder with one YAML file and the two CAMEO tables (each optional).

    Args:
        path: file or folder.
        problems: breaches found on the way are added here.

    Returns:
        The entries, with the bytes they came from for the version hash.

    Raises:
        OntologyError: a file cannot be read or is no YAML or UTF-8 (D210).
    """
    if not path.is_dir():
        return _read_yaml(path, (), problems)
    documents = sorted(path.glob("*.yaml"))
    tables = tuple(path / name for name in (CAMEO_FILE, RULES_FILE) if (path / name).exists())
    if len(documents) > 1 or not (documents or tables):
        raise OntologyError(
            "D210",
            f"{path}: {len(documents)} YAML files and {len(tables)} CAMEO tables",
            f"A folder holds at most one *.yaml, and {CAMEO_FILE} or {RULES_FILE} or both.",
        )
    return _read_yaml(documents[0] if documents else None, tables, problems)


def digest(parts: list[Part]) -> str:
    """Hash what was read: 8 hex digits; file names and folders do not count."""
    return hashlib.sha256(b"\0".join(part.content for part in parts)).hexdigest()[:8]


def _read_yaml(path: Path | None, tables: tuple[Path, ...], problems: list[Problem]) -> Part:
    raw = b"" if path is None else _read_bytes(path)
    file = "" if path is None else path.name
    contents = {table.name: _read_bytes(table) for table in tables}
    codes = _rows(CAMEO_FILE, contents.get(CAMEO_FILE, b""), CAMEO_COLUMNS, problems)
    rules = _rows(RULES_FILE, contents.get(RULES_FILE, b""), RULES_COLUMNS, problems)
    # Windows checkouts must not change the hash.
    content = b"\0".join(part.replace(b"\r\n", b"\n") for part in (raw, *contents.values()))
    return Part(_parse(raw, file, problems), file, tuple(codes), tuple(rules), content)


def _read_bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise OntologyError(
            "D210", f"cannot read {path}: {error.strerror}", "Check the path and its permissions."
        ) from error


def _text(file: str, raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise OntologyError("D210", f"{file} is not UTF-8: {error}", "Save it as UTF-8.") from error


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]  # C or not
    """Safe YAML that remembers keys written twice, which YAML would let the last one win."""

    def __init__(self, stream: str) -> None:
        super().__init__(stream)
        self.twice: list[tuple[str, int]] = []

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        """Build a mapping and note the keys that it holds twice."""
        seen: set[str] = set()
        for key, _ in node.value:
            if key.value in seen:
                self.twice.append((key.value, key.start_mark.line + 1))
            seen.add(key.value)
        mapping: dict[Hashable, Any] = super().construct_mapping(node, deep)
        return mapping


def _parse(raw: bytes, file: str, problems: list[Problem]) -> dict[str, Any]:
    loader = _Loader(_text(file, raw))
    try:
        document = loader.get_single_data()
    except yaml.YAMLError as error:
        raise OntologyError(
            "D210", f"{file} is not YAML: {error}", "Correct it at the line named."
        ) from error
    finally:
        loader.dispose()
    for key, line in loader.twice:
        problems.append(Problem("O101", file, f"line {line}", f"key {key!r} stands twice"))
    if document is None:
        return {}
    if not isinstance(document, dict):
        problems.append(Problem("O103", file, "(top)", "not a mapping of sections"))
        return {}
    return document


def _rows(
    file: str, raw: bytes, columns: tuple[str, ...], problems: list[Problem]
) -> Iterator[TableRow]:
    lines = enumerate(_text(file, raw).splitlines(), start=1)
    table = ((number, line) for number, line in lines if line and not line.startswith("#"))
    header = next(table, None)
    if header is None:
        return
    if tuple(header[1].split("\t")) != columns:
        problems.append(
            Problem("O103", file, f"line {header[0]}", f"columns must be {', '.join(columns)}")
        )
        return
    for number, line in table:
        cells = line.split("\t")
        if len(cells) == len(columns):
            yield TableRow(file, f"line {number}", dict(zip(columns, cells, strict=True)))
        else:
            what = f"{len(cells)} columns, not {len(columns)}"
            problems.append(Problem("O103", file, f"line {number}", what))
