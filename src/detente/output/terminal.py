"""What a reader sees: per document its events as a table, then its text with marks.

The same view serves a terminal (in colour), a pipe or a file (plain) and a picture.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import BinaryIO

from rich.console import Console
from rich.padding import Padding
from rich.style import Style
from rich.table import Table
from rich.text import Text

from detente.output import labels
from detente.output.article import Numbered, marked_text
from detente.output.palette import BOLD, DIM, QUAD_MARKS, QUAD_NAMES, actor_style, quad_style
from detente.types import Coded, Document, Event

# Longer lines are hard to read, however wide the terminal.
MAX_WIDTH = 110
# Plain views in files: most events on one line, and a landscape page holds it.
FILE_WIDTH = 100
# From here on there is room for type and mode on one line.
WIDE = 100
# Below this the columns would be mere slivers, so an event is told in lines.
NARROW = 72
# Who did it to whom is never squeezed below this, or every word stands alone.
MIN_PARTIES = 20
GAP = 2
HEADINGS = ("", "Who → whom", "What", "Status", "When")


@dataclass(slots=True)
class Totals:
    """What has been shown so far; ``stories`` maps a story to the first event that told it."""

    documents: int = 0
    events: int = 0
    sentences: int = 0
    words: int = 0
    stories: dict[str, int] = field(default_factory=dict)


def show(items: Iterable[Coded], console: Console, *, text: bool = True) -> Totals:
    """Print every document's view as it comes, then the legend and the totals.

    Events are numbered through the whole run, so that a number names one event.

    Args:
        items: coded documents.
        console: where to print; its width and colours are used.
        text: whether the article's text follows the table.
    """
    totals = Totals()
    for coded in items:
        if totals.documents:
            console.print()
        _show_document(coded, console, totals, text=text)
    if totals.events:
        console.print()
        console.print(_legend(console, text=text))
    if totals.documents > 1:
        console.print(f"{counted(totals.documents, 'document')} · {_summary(totals)}", style=BOLD)
    return totals


def write_table(items: Iterable[Coded], stream: BinaryIO, *, text: bool = True) -> None:
    """Write the plain view to a file (UTF-8, no colours)."""
    with plain_console(stream) as console:
        show(items, console, text=text)


@contextmanager
def plain_console(stream: BinaryIO) -> Iterator[Console]:
    """Give a console that prints to a file: UTF-8, no colours, the width of a page."""
    file = io.TextIOWrapper(stream, encoding="utf-8", newline="\n", write_through=True)
    console = Console(
        file=file, width=FILE_WIDTH, force_terminal=False, color_system=None, highlight=False
    )
    try:
        yield console
    finally:
        # The stream is the caller's to close.
        file.detach()


def _show_document(coded: Coded, console: Console, totals: Totals, *, text: bool) -> None:
    numbered = list(enumerate(coded.events, start=totals.events + 1))
    here = Totals(
        documents=1,
        events=len(coded.events),
        sentences=len(coded.sentences),
        words=len(coded.document.text.split()),
    )
    show_header(coded.document, console)
    console.print()
    if numbered:
        _show_events(numbered, console, totals)
    else:
        console.print(
            Padding(_nothing_found(coded), (0, GAP), expand=False), width=width_of(console)
        )
    if text:
        console.print()
        body = Padding(marked_text(coded, numbered, console), (0, GAP), expand=False)
        console.print(body, width=width_of(console))
    console.print()
    console.print(_summary(here), style=DIM)
    totals.documents += 1
    totals.events += here.events
    totals.sentences += here.sentences
    totals.words += here.words


def show_header(doc: Document, console: Console) -> None:
    """Print a document's title, and where and when it is from."""
    title = doc.title or (doc.headline.text if doc.headline else None) or doc.id
    day = "no date" if doc.date is None else doc.date.isoformat()
    if doc.date is not None and doc.date_basis:
        day += f" ({doc.date_basis})"
    facts = (doc.source, doc.byline, doc.place, day, doc.url)
    console.print(Text(labels.one_line(title), BOLD), width=width_of(console))
    shown = " · ".join(labels.one_line(fact) for fact in facts if fact)
    console.print(Text(shown, DIM), width=width_of(console))


def _show_events(numbered: Numbered, console: Console, totals: Totals) -> None:
    """Print rows of fixed columns, each with its details below over the full width."""
    rows = [_row(number, event, console) for number, event in numbered]
    width = width_of(console)
    widths = _column_widths(rows, width)
    if width >= NARROW:
        console.print(_grid([Text(word, DIM) for word in HEADINGS], widths), width=width)
    for (number, event), row in zip(numbered, rows, strict=True):
        lines = [] if width >= NARROW else [row[1]]
        if width >= NARROW:
            console.print(_grid(row, widths), width=width)
        else:
            console.print(Text("  ").join(cell for cell in (row[0], *row[2:]) if cell))
        earlier = totals.stories.setdefault(event.story, number) if event.story else number
        lines += labels.detail_lines(event, earlier if earlier != number else None)
        for line in lines:
            indented = Padding(line, (0, 0, 0, widths[0] + GAP), expand=False)
            console.print(indented, width=width)


def _row(number: int, event: Event, console: Console) -> list[Text]:
    return [
        Text(str(number), quad_style(event.quad, console)),
        labels.parties_label(event, console),
        labels.type_label(event, console, wide=not NARROW <= console.width < WIDE),
        labels.status_label(event),
        Text(labels.date_label(event.date)),
    ]


def _column_widths(rows: Sequence[Sequence[Text]], available: int) -> list[int]:
    """Give every column what it needs; who and whom get what is left."""
    cells = [[Text(word) for word in HEADINGS], *rows]
    needs = [
        max(line.cell_len for cell in column for line in cell.split("\n"))
        for column in zip(*cells, strict=True)
    ]
    others = sum(needs) - needs[1] + GAP * (len(needs) - 1)
    needs[1] = min(needs[1], max(available - others, MIN_PARTIES))
    return needs


def _grid(cells: Sequence[Text], widths: Sequence[int]) -> Table:
    grid = Table.grid(padding=(0, GAP, 0, 0))
    for position, width in enumerate(widths):
        grid.add_column(width=width, justify="right" if position == 0 else "left")
    grid.add_row(*cells)
    return grid


def _nothing_found(coded: Coded) -> Text:
    """Say that there is nothing, how much was read, and what to try."""
    countries = sorted({a.country for m in coded.mentions for a in m.actors if a.country})
    read = counted(len(coded.sentences), "sentence")
    message = Text(f"No events found in {read}.", BOLD)
    if countries:
        message.append(f"\nActors were recognised ({', '.join(countries)}), ", DIM)
        message.append("but no act of one of them that the lexicon knows. ", DIM)
        message.append("Add rows of your own with --lexicon FILE.", DIM)
    else:
        message.append("\nNo country, official or organisation was recognised. ", DIM)
        message.append("Add names of your own with --actors FILE; ", DIM)
        message.append("`detente actors SOURCE` lists what is recognised.", DIM)
    return message


def _legend(console: Console, *, text: bool) -> Text:
    legend = Text()
    for quad, name in QUAD_NAMES.items():
        if legend:
            legend.append("   ")
        legend.append(f"{QUAD_MARKS[quad]} ", quad_style(quad, console))
        legend.append(name, DIM)
    if text:
        legend.append("\nIn the text: ", DIM)
        legend.append("actor", actor_style(console))
        legend.append(", ", DIM)
        legend.append("act", Style(underline=True))
        legend.append("¹ with the number of its event", DIM)
    return legend


def _summary(totals: Totals) -> str:
    return " · ".join(
        (
            counted(totals.events, "event"),
            counted(totals.sentences, "sentence"),
            counted(totals.words, "word"),
        )
    )


def counted(number: int, noun: str) -> str:
    """Word a number of things, e.g. "1,204 events"."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def width_of(console: Console) -> int:
    """Return how wide a view is printed, in columns."""
    return min(console.width, MAX_WIDTH)
