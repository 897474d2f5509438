"""The commands; each calls one public function of ``detente.api`` and writes what it gives.

Heavy modules are imported inside the commands: ``detente --help`` loads no parser.

Exit codes: 0 all done; 1 some input was rejected, a table to check has problems, a name is in no
table; 2 wrong usage, settings, tables or output; 3 nothing could be read; 130 interrupted.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Annotated, BinaryIO, TypeVar

from cyclopts import App, CycloptsError, Parameter, validators

from detente import __version__
from detente.cli.labelling import labelling
from detente.cli.options import (
    NOTHING_GIVEN,
    Format,
    Given,
    QuoteFormat,
    SourceArgument,
    checked_sources,
    settings_from,
)
from detente.cli.reporting import (
    EXIT_ERROR,
    EXIT_FINE,
    EXIT_INTERRUPTED,
    EXIT_NOTHING_READ,
    EXIT_SOME_REJECTED,
    Tally,
    stderr_console,
    stdout_console,
    tell_error,
)
from detente.cli.training import train
from detente.errors import DetenteError, OutputError, ReadingError
from detente.types import Coded

T = TypeVar("T")

_SHARE = validators.Number(gte=0, lt=1)

app = App(
    name="detente",
    help="News text in, coded events out: who did or said what to whom, when, where, on what "
    "condition, according to whom.",
    version=f"detente {__version__}",
    help_format="plaintext",
    help_epilogue="Try: detente code article.txt --date 2023-02-19",
)


@app.command(
    help_epilogue="""Examples:
  detente code article.txt --date 2023-02-19
  detente code articles/ feed.jsonl --out events.csv --jobs 4
  detente code articles/ --out sure.jsonl --min-confidence 0.6
  curl -s https://example.org/news.html | detente code - --format jsonl"""
)
def code(
    *sources: SourceArgument,
    format: Format | None = None,
    out: Path | None = None,
    text: Annotated[bool, Parameter(negative="--no-text")] = True,
    given: Given = NOTHING_GIVEN,
) -> int:
    """Code the events in articles: files, folders, URLs, JSONL, or - for standard input.

    Args:
        sources: Files (text, HTML, JSONL), folders, URLs, or -.
        format: How to write the events. [default: by the suffix of --out, else table]
        out: File to write; it appears whole or not at all.
        text: Whether the table is followed by the article's text.
        given: Shared options.
    """
    from detente import api
    from detente.output.exporters import EXPORTERS

    settings = settings_from(given)
    tally = Tally("document", out)
    items = tally.watch(api.code(*checked_sources(sources), settings=settings))
    chosen = format or _format_for(out, EXPORTERS)
    with tally.running(quiet=_on_terminal(out)):
        if chosen == "table" and out is None:
            _show(items, text=text)
        else:
            _write(items, _exporter(chosen, out, text=text), out)
    tally.note_left_out()
    tally.note_missing_dates()
    return tally.finish()


@app.command(
    help_epilogue="""Example:
  detente classify pairs.jsonl --out answers.jsonl
with a line in pairs.jsonl for each pair:
  {"id": "1", "text": "France warned Iran.", "source": [0, 6], "target": [14, 18]}"""
)
def classify(
    source: SourceArgument,
    /,
    *,
    out: Path | None = None,
    none_share: Annotated[float | None, Parameter(validator=_SHARE)] = None,
    given: Given = NOTHING_GIVEN,
) -> int:
    """Tell the type of event between two actors whose places in a text are known.

    Args:
        none_share: How many of the pairs have nothing between them, as far as you know: 0 if all
            have an event (NONE is then no answer), about 0.82 for every pair of every sentence.
            [default: 0.5; with --model as in its rows]
        source: JSONL of {id, text, source: [start, end], target: [start, end] or null}, or -.
        out: File to write answers to, {id, type, mode, status, cameo, probabilities} a
            line.
        given: Shared options.
    """
    from detente import api
    from detente.output.jsonl import write_answers

    checked_sources((source,))
    tally = Tally("pair", out)
    settings = settings_from(given)
    if none_share is not None:
        settings = replace(settings, none_share=none_share)
    answers = tally.watch(api.classify(source, settings=settings))
    with tally.running(quiet=_on_terminal(out)):
        _write(answers, write_answers, out)
    return tally.finish()


@app.command(
    help_epilogue="""Example:
  detente actors article.txt --date 2023-02-19 | jq -r '[.text, .name, .country] | @tsv'"""
)
def actors(*sources: SourceArgument, out: Path | None = None, given: Given = NOTHING_GIVEN) -> int:
    """List the actors that are recognised, one JSON object a line.

    Args:
        sources: Files (text, HTML, JSONL), folders, URLs, or -.
        out: File to write instead of standard output.
        given: Shared options.
    """
    from detente import api
    from detente.output.jsonl import write_mentions

    settings = settings_from(given)
    tally = Tally("document", out)
    items = tally.watch(api.mentions(*checked_sources(sources), settings=settings))
    with tally.running(quiet=_on_terminal(out)):
        _write(items, write_mentions, out)
    return tally.finish()


@app.command(
    help_epilogue="""Examples:
  detente quotes article.txt --date 2023-02-19
  detente quotes articles/ feed.jsonl --out quotes.csv
  detente quotes article.txt --format jsonl | jq -r '[.speaker.text, .content[].text] | @tsv'"""
)
def quotes(
    *sources: SourceArgument,
    format: QuoteFormat | None = None,
    out: Path | None = None,
    given: Given = NOTHING_GIVEN,
) -> int:
    """List who says what: direct and indirect speech, and whom the speaker's words lead to.

    Args:
        sources: Files (text, HTML, JSONL), folders, URLs, or -.
        format: How to write the quotations. [default: by the suffix of --out, else table]
        out: File to write; it appears whole or not at all.
        given: Shared options.
    """
    from detente import api
    from detente.output.exporters import QUOTE_EXPORTERS
    from detente.output.quoteview import show_quotes

    settings = settings_from(given)
    tally = Tally("document", out)
    items = tally.watch(api.quotes(*checked_sources(sources), settings=settings))
    chosen = format or _format_for(out, QUOTE_EXPORTERS)
    with tally.running(quiet=_on_terminal(out)):
        if chosen == "table" and out is None:
            show_quotes(items, stdout_console())
        else:
            _write(items, QUOTE_EXPORTERS[f"{chosen}.v1"], out)
    return tally.finish()


@app.command(
    usage="Usage: detente explain EVENT --in FILE\n       detente explain EVENT SOURCE...",
    help_epilogue="""Examples:
  detente code article.txt --out events.jsonl
  detente explain 3 --in events.jsonl
  detente explain 4f2a article.txt --date 2023-02-19""",
)
def explain(
    event: Annotated[str, Parameter(name="EVENT")],
    /,
    *sources: Annotated[str, Parameter(name="SOURCE", allow_leading_hyphen=True, negative=())],
    events: Annotated[Path | None, Parameter(name="--in")] = None,
    given: Given = NOTHING_GIVEN,
) -> int:
    """Show why an event was coded as it was: words, rule, entry, score and runner-up.

    Args:
        event: The event's id, the beginning of it, or its number (1 is the first).
        sources: Documents to code afresh, if no file of events is given.
        events: JSONL file written by `detente code`.
        given: Shared options.
    """
    from detente import api
    from detente.output.explanation import show_explanation

    settings = settings_from(given)
    found = api.explain(event, *checked_sources(sources), events=events, settings=settings)
    show_explanation(found, stdout_console())
    return EXIT_FINE


facts = App(
    name="facts",
    help="Look into the tables of countries, officials and bodies, and check your own.",
    help_format="plaintext",
    help_epilogue="""Examples:
  detente facts show "Wang Yi" --on 2023-02-18
  detente facts check actors.yaml""",
)
app.command(facts)
app.command(labelling)
app.command(
    train,
    help_epilogue="""Example:
  detente train --data labelled.jsonl --out my-model/
with a line in labelled.jsonl for each pair of actors:
  {"text": "France warned Iran.", "source": [0, 6], "target": [14, 18], "type": "THREATEN"}
and then:
  detente code articles/ --model my-model/ --out events.jsonl""",
)


@facts.command(
    help_epilogue="""Examples:
  detente facts show "Wang Yi" --on 2023-02-18
  detente facts show "the US Secretary of State" --on 2023-02-18
  detente facts show Hamas --actors actors.tsv"""
)
def show(
    name: Annotated[str, Parameter(name="NAME")],
    /,
    *,
    on: str | None = None,
    actors: Path | None = None,
) -> int:
    """Show who or what a name is on a day, and which rows of the tables say so.

    Args:
        name: A name, or an office with its country.
        on: The day, e.g. 2023-02-18.
        actors: Table of actors of your own, beside ours.
    """
    from detente import api
    from detente.output.factsheet import show_sheet
    from detente.reading.dates import parse_date

    sheet = api.show_facts(name, on=parse_date(on) if on else None, actors=actors)
    show_sheet(sheet, stdout_console())
    return EXIT_FINE if sheet.readings or sheet.actor else EXIT_SOME_REJECTED


@facts.command(
    help_epilogue="""Example:
  detente facts check actors.yaml"""
)
def check(table: Annotated[Path, Parameter(name="FILE")], /) -> int:
    """Check a table of actors of your own; lists every problem with its line.

    Args:
        table: The table, TSV or YAML.
    """
    from detente import api
    from detente.output.factsheet import show_problems

    problems = api.check_facts(table)
    if problems:
        show_problems(problems, table, stdout_console())
        return EXIT_SOME_REJECTED
    stdout_console().print(f"{table}: no problems found.", markup=False, soft_wrap=True)
    return EXIT_FINE


@app.command(
    help_epilogue="""Examples:
  detente bench --quick
  detente bench --data ../shared --out docs/benchmarks.md"""
)
def bench(
    *,
    data: Path | None = None,
    out: Path | None = None,
    json: Annotated[bool, Parameter(negative=())] = False,
    quick: Annotated[bool, Parameter(negative=())] = False,
) -> int:
    """Measure accuracy, speed, start-up and size, on the benchmark data that is there.

    Args:
        data: Folder of the benchmark data.
            [default: $DETENTE_BENCH_DATA, or the folder "shared" beside the checkout]
        out: Markdown page whose table is replaced, between its two markers.
        json: Print JSON instead of the table.
        quick: Leave out what takes long: classification, speed, start-up.
    """
    from detente import benchmarks

    sources = benchmarks.find_sources(data)
    if out is not None:
        benchmarks.check_page(out)
    with stderr_console().status("loading ...") as status:
        report = benchmarks.run_benchmarks(sources, quick=quick, announce=status.update)
    if json:
        benchmarks.write_json(report, sys.stdout.buffer)
    else:
        benchmarks.show(report, stdout_console())
    if out is not None and not benchmarks.publish(report, out):
        note = f"{out} was left as it is: there is no benchmark data to measure on."
        stderr_console().print(note, markup=False, soft_wrap=True)
    return EXIT_FINE


def main(tokens: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        # A terminal with a narrow character set shows "?", it does not stop the run.
        sys.stdout.reconfigure(errors="replace")
    try:
        app.suppress_keyboard_interrupt = False
        result = app(
            sys.argv[1:] if tokens is None else list(tokens),
            exit_on_error=False,
            result_action="return_value",
        )
        sys.stdout.flush()
    except CycloptsError:
        # cyclopts has printed it.
        return EXIT_ERROR
    except ReadingError as error:
        tell_error(error)
        return EXIT_NOTHING_READ
    except DetenteError as error:
        tell_error(error)
        return EXIT_ERROR
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED
    except BrokenPipeError:
        # The reader (head, less) has seen enough. What is still buffered goes nowhere, or
        # Python would complain while it shuts down.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_FINE
    return result if isinstance(result, int) else EXIT_FINE


def _show(items: Iterable[Coded], *, text: bool) -> None:
    from detente.output.terminal import show

    show(items, stdout_console(), text=text)


def _write(
    items: Iterable[T], write: Callable[[Iterable[T], BinaryIO], None], out: Path | None
) -> None:
    """Write to a file, or to standard output."""
    from detente.output.files import atomic_file

    if out is None:
        write(items, sys.stdout.buffer)
        return
    with atomic_file(out) as stream:
        write(items, stream)


def _format_for(out: Path | None, exporters: Container[str]) -> str:
    from detente.output.exporters import format_of

    return "table" if out is None else format_of(out, exporters)


def _exporter(
    chosen: str, out: Path | None, *, text: bool
) -> Callable[[Iterable[Coded], BinaryIO], None]:
    from detente.output.exporters import EXPORTERS
    from detente.output.terminal import write_table

    if chosen == "table":
        return partial(write_table, text=text)
    if chosen == "parquet" and out is None:
        raise OutputError(
            "D503", "Parquet is binary and goes to a file only", "Add --out events.parquet."
        )
    return EXPORTERS[f"{chosen}.v1"]


def _on_terminal(out: Path | None) -> bool:
    return out is None and sys.stdout.isatty()
