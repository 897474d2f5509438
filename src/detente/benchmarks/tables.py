"""The table as a reader sees it: on the terminal, as JSON, inside a Markdown page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from detente.benchmarks.rows import Report, Row
from detente.errors import OutputError
from detente.output.files import atomic_file

if TYPE_CHECKING:
    from rich.console import Console

BEGIN = "<!-- bench: begin, written by `detente bench --out` -->"
END = "<!-- bench: end -->"
# Hexadecimal digits of a hash that are shown; floors and JSON have all 64.
_SHOWN_DIGITS = 12
_HEADINGS = ("benchmark", "row", "result", "data")


def to_json(report: Report) -> dict[str, Any]:
    """Return the report as plain values, hashes in full."""
    return {
        "signature": asdict(report.signature),
        "machine": report.machine,
        "rows": [
            {
                "benchmark": row.benchmark,
                "row": row.name,
                "metrics": dict(row.metrics),
                "shown": row.shown,
                "data": row.data,
            }
            for row in report.rows
        ],
        "missing": [asdict(one) for one in report.missing],
    }


def markdown(report: Report) -> str:
    """Lay the report out for a page: what was measured with, the table, what is missing."""
    rule = ["---"] * len(_HEADINGS)
    lines = [f"Measured with `{report.signature}` on {report.machine}.", ""]
    lines += [_bar(_HEADINGS), _bar(rule)]
    lines += [_bar((*cells[:3], f"`{cells[3]}`" if cells[3] else "")) for cells in _cells(report)]
    if report.missing:
        lines += ["", "Not measured:", ""]
        lines += [f"- {one.benchmark}: {one.reason}" for one in report.missing]
    return "\n".join(lines)


def show(report: Report, console: Console) -> None:
    """Print the table."""
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    for heading in _HEADINGS:
        # The result may wrap; names and hashes are to be copied whole.
        table.add_column(heading, no_wrap=heading != "result")
    for cells in _cells(report):
        table.add_row(*cells)
    console.print(f"{report.signature}\n{report.machine}\n", markup=False, soft_wrap=True)
    console.print(table, markup=False)
    for one in report.missing:
        line = f"not measured: {one.benchmark}: {one.reason}"
        console.print(line, markup=False, soft_wrap=True)


def publish(report: Report, path: Path) -> None:
    """Replace the table between the markers of a page; everything else on it stays.

    A page that does not exist is begun.

    Raises:
        OutputError: the page has no markers (D520), or cannot be written (D501, D502).
    """
    page = path.read_text(encoding="utf-8") if path.exists() else f"{BEGIN}\n{END}\n"
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise OutputError(
            "D520",
            f"{path} does not say where the table goes",
            f"Put the lines {BEGIN} and {END} there.",
        )
    table = markdown(report)
    with atomic_file(path) as stream:
        stream.write(f"{before}{BEGIN}\n\n{table}\n\n{END}{after}".encode())


def _cells(report: Report) -> Iterator[tuple[str, str, str, str]]:
    """Yield the cells of every row; a benchmark is named on its first row only."""
    previous: Row | None = None
    for row in report.rows:
        same = previous is not None and previous.benchmark == row.benchmark
        yield ("" if same else row.benchmark, row.name, row.shown, (row.data or "")[:_SHOWN_DIGITS])
        previous = row


def _bar(cells: tuple[str, ...] | list[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
