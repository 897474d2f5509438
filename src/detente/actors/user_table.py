"""The user's own actors: one TSV or YAML file beside our tables (``--actors FILE``).

What is wrong with a file is a list of ``TableProblem``; ``read_user_table`` raises the first,
``detente facts check`` shows all:

    D231  the file cannot be read        D236  a person without a start
    D232  a column missing or unknown    D237  two rows that contradict each other
    D233  no name                        D238  ``replaces`` names nothing of ours
    D234  unknown country, sector, kind  D239  a row that is no row
    D235  no date, or in wrong order
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from detente.actors.names import folded
from detente.actors.officials import OFFICES, first_day, last_day
from detente.errors import FactsError

COLUMNS = tuple("name aliases country sector start end kind role wikidata replaces note".split())
_REQUIRED = COLUMNS[:4]
_REQUIRED_KEYS = ("name", "sector")
_KINDS = ("organisation", "person")
SECTORS = frozenset(
    "COP GOV JUD LEG MIL PRM PTY REB SPY UAF UNK AGR BUS CRM CVL EDU ELI JRN LAB MED REF OPP PRE "
    "REL SOC IGO NGO ISM IMG MNC".split()
)
_DATE = re.compile(r"(\d{4}(-(0[1-9]|1[0-2])(-\d\d)?)?)?$")
_WIKIDATA = re.compile(r"(Q[1-9]\d*)?$")


class TableProblem(NamedTuple):
    """What is wrong in a user's table: a code, the line, the problem, what to do."""

    code: str
    line: int
    problem: str
    remedy: str


class UserActor(NamedTuple):
    """One row of the user's table; ``replaces`` is a name whose reading of ours it takes over."""

    name: str
    aliases: tuple[str, ...]
    country: str | None
    sector: str
    start: str
    end: str
    kind: str = "organisation"
    role: str = ""
    wikidata: str = ""
    replaces: str = ""
    line: int = 0


_Cells = dict[str, str]


def read_user_table(path: Path, countries: frozenset[str]) -> list[UserActor]:
    """Read the user's table.

    Raises: FactsError: the file cannot be read (D231) or has a problem (D232 to D239); the message
        names file and line of the first.
    """
    actors, problems = check_user_table(path, countries)
    if problems:
        raise _as_error(path, problems)
    return actors


def check_user_table(
    path: Path, countries: frozenset[str]
) -> tuple[list[UserActor], list[TableProblem]]:
    """Read the user's table with everything that is wrong in it, by line.

    Raises: FactsError: the file cannot be read at all (D231).
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise FactsError(
            "D231", f"cannot read {path}: {error}", "Give a TSV or YAML file in UTF-8."
        ) from error
    problems: list[TableProblem] = []
    if path.suffix.lower() in (".yaml", ".yml"):
        rows = list(_yaml_rows(text, path, problems))
    else:
        rows = list(_tsv_rows(text, problems))
    actors = []
    for line, cells in rows:
        wrong = list(_row_problems(line, cells, countries))
        problems += wrong
        if not wrong:
            actors.append(_actor(line, cells))
    problems += _contradictions(actors)
    return actors, sorted(problems, key=lambda problem: problem.line)


def wrong_replacement(user: UserActor, where: str, *, known: bool) -> FactsError:
    """The error for a row that replaces what is not there, or what cannot be replaced."""
    return _as_error(Path(where), [replacement_problem(user, known=known)])


def replacement_problem(user: UserActor, *, known: bool) -> TableProblem:
    """Say that a row replaces what is not there, or what cannot be replaced."""
    if known:
        problem = f"{user.replaces} cannot be replaced: it names a country or its government"
        return TableProblem("D238", user.line, problem, "Replace a body, person or place.")
    problem = f"nothing in our tables is called {user.replaces}"
    remedy = "See `detente facts show NAME`, or leave the column empty to add a row."
    return TableProblem("D238", user.line, problem, remedy)


def person_rows(actors: Iterable[UserActor]) -> Iterator[tuple[str, list[UserActor]]]:
    """Give each person as a row of the table of officials, with the user's rows it is made of."""
    people: dict[tuple[str, str | None], list[UserActor]] = {}
    for actor in actors:
        if actor.kind == "person":
            people.setdefault((actor.name, actor.country), []).append(actor)
    for (name, country), mine in people.items():
        names = dict.fromkeys(folded(n) for one in mine for n in (one.name, *one.aliases))
        short = dict.fromkeys(n.split()[-1] for n in names)
        mine.sort(key=lambda one: one.start)
        tenures = "|".join(_tenure(one) for one in mine)
        qid = next((one.wikidata for one in mine if one.wikidata), "")
        cells = (name, ";".join(names), ";".join(short), country or "", qid, tenures, "U")
        yield "\t".join(cells), mine


def _tenure(one: UserActor) -> str:
    """An office as the table of officials has it; a sector stands for an office without a name."""
    role = " ".join(one.role.split())
    office = OFFICES.get(role.lower(), one.sector) if one.sector == "GOV" else one.sector
    basis = "stated" if one.end else "open"
    return "~".join((office, re.sub(r"[~|]", "/", role), one.start, one.end, basis))


def _as_error(path: Path, problems: list[TableProblem]) -> FactsError:
    first, others = problems[0], len(problems) - 1
    remedy = first.remedy
    if others:
        remedy += f" `detente facts check {path}` lists {others} more."
    return FactsError(first.code, f"{path}, line {first.line}: {first.problem}", remedy)


# ------------------------------------------------------------------------------------------ reading


def _tsv_rows(text: str, problems: list[TableProblem]) -> Iterator[tuple[int, _Cells]]:
    lines = text.splitlines()
    numbered = [(i, s) for i, s in enumerate(lines, 1) if s.strip() and not s.startswith("#")]
    if not numbered:
        return
    at, first = numbered[0]
    header = [name.strip() for name in first.split("\t")]
    wrong = _header_problem(at, header)
    if wrong is not None:
        problems.append(wrong)
        return
    for line, content in numbered[1:]:
        cells = [cell.strip() for cell in content.split("\t")]
        if len([cell for cell in cells[len(header) :] if cell]):
            problem = f"{len(cells)} cells under {len(header)} columns"
            problems.append(TableProblem("D239", line, problem, "One tab between two cells."))
            continue
        yield line, dict(zip(header, cells, strict=False))


def _header_problem(line: int, header: list[str]) -> TableProblem | None:
    remedy = f"The first line must name the columns: {', '.join(COLUMNS)}."
    missing = [name for name in _REQUIRED if name not in header]
    if missing:
        return TableProblem("D232", line, f"no column {', '.join(missing)}", remedy)
    unknown = sorted(set(header) - set(COLUMNS) - {""})
    if unknown:
        return TableProblem("D232", line, f"unknown column {', '.join(unknown)}", remedy)
    twice = sorted({name for name in header if name and header.count(name) > 1})
    if twice:
        return TableProblem("D232", line, f"two columns {', '.join(twice)}", remedy)
    return None


def _yaml_rows(text: str, path: Path, problems: list[TableProblem]) -> Iterator[tuple[int, _Cells]]:
    """Read a list of mappings. Nodes, not values: "NO" stays a text and keeps its line."""
    import yaml

    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        shown = " ".join(str(error).split())
        raise FactsError(
            "D231", f"cannot read {path}: {shown}", "Correct the YAML at the place named."
        ) from error
    if root is None:
        return
    if not isinstance(root, yaml.SequenceNode):
        problem = "the file is not a list of mappings"
        problems.append(TableProblem("D239", 1, problem, "Write `- name: ...` for each actor."))
        return
    for item in root.value:
        line = item.start_mark.line + 1
        if not isinstance(item, yaml.MappingNode):
            problem = "not a mapping of keys to values"
            problems.append(TableProblem("D239", line, problem, "Write `- name: ...`."))
            continue
        cells, wrong = _yaml_cells(item, line)
        problems += wrong
        if not wrong:
            yield line, cells


def _yaml_cells(item: object, at: int) -> tuple[_Cells, list[TableProblem]]:
    import yaml

    cells: _Cells = {}
    problems = []
    for key, value in item.value if isinstance(item, yaml.MappingNode) else ():
        line = key.start_mark.line + 1
        name = str(key.value)
        if name not in COLUMNS:
            remedy = f"The keys are {', '.join(COLUMNS)}."
            problems.append(TableProblem("D232", line, f"unknown key {name}", remedy))
        elif name in cells:
            problems.append(TableProblem("D239", line, f"{name} twice in one item", "Keep one."))
        elif isinstance(value, yaml.ScalarNode):
            cells[name] = "" if value.tag.endswith(":null") else value.value.strip()
        elif name == "aliases" and isinstance(value, yaml.SequenceNode):
            cells[name] = ";".join(str(one.value).strip() for one in value.value)
        else:
            problem = f"the value of {name} is no single value"
            problems.append(TableProblem("D239", line, problem, "Only aliases may be a list."))
    missing = [name for name in _REQUIRED_KEYS if name not in cells]
    if missing and not problems:
        remedy = f"The keys are {', '.join(COLUMNS)}."
        problems.append(TableProblem("D232", at, f"no key {', '.join(missing)}", remedy))
    return cells, problems


def _actor(line: int, row: _Cells) -> UserActor:
    cells = {name: row.get(name, "") for name in COLUMNS}
    aliases = tuple(a.strip() for a in cells["aliases"].split(";") if a.strip())
    return UserActor(
        cells["name"],
        aliases,
        cells["country"] or None,
        cells["sector"],
        cells["start"],
        cells["end"],
        cells["kind"] or "organisation",
        cells["role"],
        cells["wikidata"],
        cells["replaces"],
        line,
    )


# ----------------------------------------------------------------------------------------- checking


def _row_problems(line: int, row: _Cells, countries: frozenset[str]) -> Iterator[TableProblem]:
    cells = {name: row.get(name, "") for name in COLUMNS}
    if not folded(cells["name"]):
        yield TableProblem("D233", line, "no name", "Fill in name.")
    if cells["country"] and cells["country"] not in countries:
        remedy = "Use ISO 3166 alpha-3 (XKX Kosovo, PSE Palestine), or leave it empty."
        yield TableProblem("D234", line, f"unknown country {cells['country']}", remedy)
    if cells["sector"] not in SECTORS:
        problem = f"unknown sector {cells['sector'] or '(empty)'}"
        yield TableProblem("D234", line, problem, f"Use one of {', '.join(sorted(SECTORS))}.")
    if (cells["kind"] or _KINDS[0]) not in _KINDS:
        remedy = f"Use one of {', '.join(_KINDS)}, or leave it empty."
        yield TableProblem("D234", line, f"unknown kind {cells['kind']}", remedy)
    if not _WIKIDATA.match(cells["wikidata"]):
        problem = f"{cells['wikidata']} is no Wikidata item"
        yield TableProblem("D239", line, problem, "Write Q and digits, or leave it empty.")
    yield from _date_problems(line, cells)


def _date_problems(line: int, cells: _Cells) -> Iterator[TableProblem]:
    wrong = [cells[name] for name in ("start", "end") if not is_date(cells[name])]
    remedy = "Write 2023-02-18, 2023-02 or 2023."
    yield from (TableProblem("D235", line, f"bad date {cell}", remedy) for cell in wrong)
    if wrong:
        return
    if cells["start"] and cells["end"] and first_day(cells["start"]) > last_day(cells["end"]):
        problem = f"ends ({cells['end']}) before it starts ({cells['start']})"
        yield TableProblem("D235", line, problem, "Give the earlier date as start.")
    if cells["kind"] == "person" and not cells["start"]:
        problem = f"{cells['name']} is a person without a start date"
        remedy = "Offices pass on: say from when the person held this one."
        yield TableProblem("D236", line, problem, remedy)


def is_date(cell: str) -> bool:
    """Tell whether a cell is empty or an ISO day, month or year that exists."""
    if not _DATE.match(cell):
        return False
    try:
        first_day(cell)
    except ValueError:  # 2023-02-30, or the year 0
        return False
    return True


def _contradictions(actors: list[UserActor]) -> Iterator[TableProblem]:
    """Rows for one name that say different things of one day, or say the same twice."""
    by_name: dict[str, list[UserActor]] = {}
    by_replaced: dict[str, list[UserActor]] = {}
    for actor in actors:
        for name in dict.fromkeys(folded(n) for n in (actor.name, *actor.aliases)):
            by_name.setdefault(name, []).append(actor)
        if actor.replaces:
            by_replaced.setdefault(folded(actor.replaces), []).append(actor)
    found: dict[tuple[int, int], TableProblem] = {}
    for same in by_name.values():
        for one, two in combinations(same, 2):
            wrong = _contradiction(one, two)
            if wrong is not None:
                found.setdefault((one.line, two.line), wrong)
    for same in by_replaced.values():
        for one, two in combinations(same, 2):
            if one.name != two.name:
                problem = f"replaces {two.replaces}, which line {one.line} replaces by {one.name}"
                remedy = "Keep one of the two, or give both the same name and their dates."
                key = (one.line, two.line)
                found.setdefault(key, TableProblem("D237", two.line, problem, remedy))
    yield from found.values()


def _contradiction(one: UserActor, two: UserActor) -> TableProblem | None:
    if not _overlap(one, two):
        return None
    remedy = "Give each its own start and end, or keep one of the two."
    if one._replace(line=0) == two._replace(line=0):
        problem = f"{two.name} says the same as line {one.line}"
        return TableProblem("D237", two.line, problem, "Keep one of the two.")
    if one.kind == two.kind == "person" and (one.name, one.country) == (two.name, two.country):
        return None  # two offices at one time are usual
    if one.kind == two.kind == "person" and one.name != two.name:
        return None  # namesakes; the day, the country and the title tell them apart
    if (one.country, one.sector, one.kind) == (two.country, two.sector, two.kind):
        return None
    sides = [f"{a.country or 'no country'} {a.sector} {a.kind}" for a in (two, one)]
    problem = f"{two.name} is {sides[0]}, in line {one.line} {sides[1]}, at the same time"
    return TableProblem("D237", two.line, problem, remedy)


def _overlap(one: UserActor, two: UserActor) -> bool:
    return first_day(one.start) <= last_day(two.end) and first_day(two.start) <= last_day(one.end)
