"""Bring the published numbers in cameo.tsv up to date, or check that they are.

    python scripts/build_ontology.py --source DIR           rewrite the number columns
    python scripts/build_ontology.py --source DIR --check   only say what differs (exit 1)

DIR holds ``cameo_codes.tsv``: code, root, quad_icews, quad_gdelt, quad_phoenix, goldstein_icews,
goldstein_gdelt as the publishers ship them ("" for none). Labels, the way to PLOVER and the notes
are ours, reviewed in cameo.tsv, and never touched here: a code that is new in the source is
reported, and somebody writes its row.
"""

from __future__ import annotations

import argparse
import csv
import sys
from pathlib import Path

TABLE = Path(__file__).parent.parent / "src/detente/data/ontology/cameo.tsv"
NUMBERS = ("root", "quad_icews", "quad_gdelt", "quad_phoenix", "goldstein_icews", "goldstein_gdelt")


def read_source(folder: Path) -> dict[str, dict[str, str]]:
    with (folder / "cameo_codes.tsv").open(encoding="utf-8", newline="") as lines:
        table = (line for line in lines if not line.startswith("#"))
        # Labels hold bare quotation marks, so quoting must be off.
        rows = csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE)
        return {row["code"]: row for row in rows}


def renew(line: str, columns: list[str], source: dict[str, dict[str, str]]) -> str:
    cells = dict(zip(columns, line.split("\t"), strict=True))
    published = source.get(cells["code"], {})
    for column in NUMBERS:
        if column in published:
            cells[column] = published[column] or "-"
    return "\t".join(cells.values())


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--source", type=Path, required=True, metavar="DIR")
    parser.add_argument("--check", action="store_true", help="change nothing")
    options = parser.parse_args()
    source = read_source(options.source)
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    header = next(number for number, line in enumerate(lines) if not line.startswith("#"))
    columns = lines[header].split("\t")
    rows = lines[header + 1 :]
    renewed = [renew(line, columns, source) for line in rows]
    changed = [new for old, new in zip(rows, renewed, strict=True) if old != new]
    absent = sorted(set(source) - {line.partition("\t")[0] for line in rows})
    for row in changed:
        print(f"differs: {row}")
    for code in absent:
        print(f"no row for {code}: write one", file=sys.stderr)
    if not options.check and changed:
        TABLE.write_text("\n".join([*lines[: header + 1], *renewed]) + "\n", encoding="utf-8")
    return 1 if absent or (options.check and changed) else 0


if __name__ == "__main__":
    raise SystemExit(main())
