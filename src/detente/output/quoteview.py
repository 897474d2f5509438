"""What a reader sees of quotations: who says it, to whom and how, and below it what is said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from rich.console import Console
from rich.padding import Padding
from rich.style import Style
from rich.table import Table
from rich.text import Text

from detente.output.labels import actor_codes, actor_label, one_line
from detente.output.palette import BOLD, DIM, UNASSERTED, actor_style
from detente.output.terminal import GAP, counted, plain_console, show_header, width_of
from detente.types import Quotation, Quotes, Span

# Room for numbers up to 99; a longer one only moves its own quotation.
_DIGITS = 2
# What lies between two sentences that follow each other, at most: two marks and a blank line.
_BETWEEN = 4
_CUE = Style(underline=True)


def show_quotes(items: Iterable[Quotes], console: Console) -> None:
    """Print every document's quotations as they come, then the totals.

    Quotations are numbered through the whole run.
    """
    totals: Counter[str] = Counter()
    for quotes in items:
        if totals["document"]:
            console.print()
        show_header(quotes.document, console)
        console.print()
        for number, quotation in enumerate(quotes.quotations, start=totals["quotation"] + 1):
            _show(number, quotation, console)
        if not quotes.quotations:
            read = counted(len(quotes.sentences), "sentence")
            console.print(Padding(Text(f"No quotations found in {read}.", BOLD), (0, GAP)))
        here = Counter(
            quotation=len(quotes.quotations),
            sentence=len(quotes.sentences),
            word=len(quotes.document.text.split()),
        )
        console.print()
        console.print(_summary(here), style=DIM)
        totals.update(here)
        totals["document"] += 1
    if totals["document"] > 1:
        documents = counted(totals["document"], "document")
        console.print(f"\n{documents} · {_summary(totals)}", style=BOLD)


def write_quotes_view(items: Iterable[Quotes], stream: BinaryIO) -> None:
    """Write the plain view to a file (UTF-8, no colours)."""
    with plain_console(stream) as console:
        show_quotes(items, console)


def _show(number: int, quotation: Quotation, console: Console) -> None:
    heading = _who(quotation, console)
    heading.append("".join(f" · {note}" for note in _notes(quotation)), DIM)
    grid = Table.grid(padding=(0, GAP, 0, 0))
    grid.add_column(justify="right", min_width=_DIGITS, no_wrap=True)
    grid.add_column()
    grid.add_row(Text(str(number), DIM), heading)
    grid.add_row("", Text(_said(quotation)))
    console.print(grid, width=width_of(console))


def _summary(counts: Counter[str]) -> str:
    return " · ".join(counted(counts[noun], noun) for noun in ("quotation", "sentence", "word"))


def _who(quotation: Quotation, console: Console) -> Text:
    """Return the words for the speaker, whom they lead to, and the cue, as the text orders them."""
    speaker, cue = quotation.speaker, quotation.cue
    name = Text("nobody named", UNASSERTED)
    if speaker is not None:
        name = Text(one_line(speaker.text), actor_style(console) + BOLD)
    name.append_text(_resolved(quotation))
    parts = [name]
    if cue is not None:
        first = speaker is not None and cue.start < speaker.start
        parts.insert(0 if first else 1, Text(one_line(cue.text), _CUE))
    return Text(" ").join(parts)


def _resolved(quotation: Quotation) -> Text:
    """Return " (Elena Navarro PHL·GOV)", or the codes alone where the words say the name."""
    actor, speaker = quotation.actor, quotation.speaker
    if actor is None:
        return Text()
    named = speaker is not None and actor_label(actor) in one_line(speaker.text)
    shown = actor_codes(actor) if named else f"{actor_label(actor)} {actor_codes(actor)}"
    return Text(f" ({shown})", DIM)


def _notes(quotation: Quotation) -> Iterator[str]:
    yield quotation.kind
    if quotation.channel is not None:
        yield one_line(quotation.channel)
    if quotation.anonymous:
        yield "anonymous"
    if quotation.addressee is not None:
        yield f"to {one_line(quotation.addressee.text)}"


def _said(quotation: Quotation) -> str:
    """Return the words said; what stands in marks in the text stands in marks here."""
    marked = quotation.kind in ("direct", "free")
    said = ""
    last: Span | None = None
    for span in quotation.content:
        words = one_line(span.text)
        if last is not None:
            said += " " if span.start - last.end <= _BETWEEN else " … "
        said += f"“{words}”" if marked else words
        last = span
    return said
