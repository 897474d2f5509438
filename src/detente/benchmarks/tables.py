"""The table as a reader sees it: on the terminal, as JSON, inside a Markdown page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import msgspec

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


def write_json(report: Report, stream: BinaryIO) -> None:
    """Write the report as one JSON object on one line, hashes in full."""
    stream.write(msgspec.json.encode(_plain(report)) + b"\n")


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


def publish(report: Report, path: Path) -> bool:
    """Replace the table between the markers of a page; everything else on it stays.

    Returns:
        Whether the page was written. Without a data folder it is not: its table would lose nearly
        all its rows, only because of where the command was run.

    Raises:
        OutputError: as ``check_page``, or the page cannot be written (D501, D502).
    """
    before, after = check_page(path)
    if not report.has_data:
        return False
    page = f"{before}{BEGIN}\n\n{markdown(report)}\n\n{END}{after}"
    with atomic_file(path) as stream:
        stream.write(page.encode())
    return True


def check_page(path: Path) -> tuple[str, str]:
    """Return what stands before and after the table of a page; nothing for a new page.

    Raises:
        OutputError: the page has no markers (D520), or cannot be read (D521).
    """
    try:
        page = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return "", "\n"
    except (OSError, UnicodeDecodeError) as error:
        raise OutputError(
            "D521", f"cannot read {path}: {error}", "Give a Markdown page."
        ) from error
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise OutputError(
            "D520",
            f"{path} does not say where the table goes",
            f"Put the lines {BEGIN} and {END} there.",
        )
    return before, after


def _plain(report: Report) -> dict[str, Any]:
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


def _cells(report: Report) -> Iterator[tuple[str, str, str, str]]:
    """Yield the cells of every row; a benchmark is named on its first row only."""
    previous: Row | None = None
    for row in report.rows:
        same = previous is not None and previous.benchmark == row.benchmark
        yield ("" if same else row.benchmark, row.name, row.shown, (row.data or "")[:_SHOWN_DIGITS])
        previous = row


def _bar(cells: tuple[str, ...] | list[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
