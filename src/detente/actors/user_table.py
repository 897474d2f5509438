"""The user's own actors: one tab-separated file beside our tables (``--actors FILE``)."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from detente.errors import FactsError

COLUMNS = ("name", "aliases", "country", "sector", "start", "end")
_SECTORS = frozenset(
    "COP GOV JUD LEG MIL PRM PTY REB SPY UAF UNK AGR BUS CRM CVL EDU ELI JRN LAB MED REF OPP PRE "
    "REL SOC IGO NGO ISM IMG MNC".split()
)
_DATE = re.compile(r"(\d{4}(-\d\d(-\d\d)?)?)?$")


class UserActor(NamedTuple):
    """One row of the user's table."""

    name: str
    aliases: tuple[str, ...]
    country: str | None
    sector: str
    start: str
    end: str
    kind: str = "organisation"


def read_user_table(path: Path, countries: frozenset[str]) -> list[UserActor]:
    """Read the user's table; columns as in ``COLUMNS``, lines beginning with # are comments.

    Raises: FactsError: the file cannot be read (D231), lacks a column (D232), or a row has no name
        (D233), an unknown country or sector (D234) or a bad date (D235); names file and line.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise FactsError(
            "D231", f"cannot read {path}: {error}", "Give a UTF-8, tab-separated file."
        ) from error
    numbered = [(i, s) for i, s in enumerate(lines, 1) if s.strip() and not s.startswith("#")]
    if not numbered:
        return []
    header = numbered[0][1].split("\t")
    missing = [name for name in COLUMNS[:4] if name not in header]
    if missing:
        raise FactsError(
            "D232",
            f"{path}, line {numbered[0][0]}: no column {', '.join(missing)}",
            f"The first line must name the columns: {', '.join(COLUMNS)}.",
        )
    return [
        _actor(dict(zip(header, line.split("\t"), strict=False)), f"{path}, line {i}", countries)
        for i, line in numbered[1:]
    ]


def _actor(row: dict[str, str], where: str, countries: frozenset[str]) -> UserActor:
    cells = {name: row.get(name, "").strip() for name in COLUMNS}
    if not cells["name"]:
        raise FactsError("D233", f"{where}: no name", "Fill the column name.")
    if cells["country"] and cells["country"] not in countries:
        raise FactsError(
            "D234",
            f"{where}: unknown country {cells['country']}",
            "Use ISO 3166 alpha-3, or leave it empty.",
        )
    if cells["sector"] not in _SECTORS:
        raise FactsError(
            "D234",
            f"{where}: unknown sector {cells['sector'] or '(empty)'}",
            f"Use one of {', '.join(sorted(_SECTORS))}.",
        )
    for name in ("start", "end"):
        if not _DATE.match(cells[name]):
            raise FactsError(
                "D235", f"{where}: bad date {cells[name]}", "Write 2023-02-18, 2023-02 or 2023."
            )
    aliases = tuple(a.strip() for a in cells["aliases"].split(";") if a.strip())
    country = cells["country"] or None
    return UserActor(cells["name"], aliases, country, cells["sector"], cells["start"], cells["end"])
