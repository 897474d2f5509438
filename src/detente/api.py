"""The public functions, one for every command.

    code      documents -> coded documents, with their events
    mentions  documents -> coded documents, with their actors only
    quotes    documents -> their quotations: who says what to whom
    classify  pairs of actors in a text -> the type of event between them
    explain   one event, with the evidence for its fields
    show_facts, check_facts   what the tables say about a name; what is wrong with a table
    train     labelled pairs -> a model of the user's own, for --model
    label     a person labels documents in the terminal -> a file of events
    compare_labels   how far two annotators of one file agree, and where not

The first four stream: the first result comes before the second document is read. What could not be
used comes as a ``Rejection`` in its place, so check for it:

    for item in detente.code("articles/"):
        if isinstance(item, Coded): ...
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from detente.config import Settings
from detente.errors import ConfigError, ReadingError
from detente.types import Coded, Document, Event, PairAnswer, PairQuery, Quotes, Rejection

if TYPE_CHECKING:
    from datetime import date

    from detente.actors.inspection import FactSheet
    from detente.actors.user_table import TableProblem
    from detente.labelling.launch import LabelTally
    from detente.labelling.report import AgreementReport
    from detente.training import TrainedModel, TrainingWatch

# A path, a folder, a URL, "-" for standard input, or a document made by hand.
Source = str | Path | Document


def code(*sources: Source, settings: Settings | None = None) -> Iterator[Coded | Rejection]:
    """Code documents: who did or said what to whom, when, where and according to whom.

    Args:
        sources: paths, folders, URLs, "-" for standard input, or ``Document`` records.
        settings: what to vary; the defaults if None.

    Yields:
        One item for every document, in order: coded, or rejected with the reason.

    Raises:
        ReadingError: the only source cannot be opened; among several it is a ``Rejection``.
        ConfigError, DataError, LanguageError: settings, tables or the parser are not usable.
    """
    from detente.pipeline import Coder

    settings = settings or Settings()
    documents = _read_each(sources, settings)
    if settings.jobs > 1:
        from detente.workers import code_in_processes

        yield from code_in_processes(documents, settings)
        return
    yield from Coder(settings).code(documents)


def mentions(*sources: Source, settings: Settings | None = None) -> Iterator[Coded | Rejection]:
    """Recognise and resolve actors without looking for events; otherwise as ``code``."""
    from detente.pipeline import Coder

    settings = settings or Settings()
    yield from Coder(settings).mentions(_read_each(sources, settings))


def quotes(*sources: Source, settings: Settings | None = None) -> Iterator[Quotes | Rejection]:
    """Find every quotation and report: who says what to whom; sources and errors as in ``code``.

    Yields:
        One item for every document, in order: its quotations, or a rejection with the reason.
    """
    from detente.pipeline import Coder

    settings = settings or Settings()
    yield from Coder(settings).quotes(_read_each(sources, settings))


def classify(
    queries: str | Path | Iterable[PairQuery], *, settings: Settings | None = None
) -> Iterator[PairAnswer | Rejection]:
    """Tell the type of event between two actors whose places in a text are known.

    Args:
        queries: the pairs, or a JSONL file of them ("-" for standard input), one object a line:
            {"id", "text", "source": [start, end], "target": [start, end] or null}. Offsets are
            half-open Unicode code points; without an id the line's number is taken.
        settings: what to vary; the defaults if None.

    Yields:
        Answers in order; a line that is not a query gives a ``Rejection`` with its number.

    Raises:
        ReadingError: the file cannot be opened (D330).
    """
    from detente.pipeline import Coder
    from detente.reading.pairs import read_pairs

    rejected: list[Rejection] = []
    given = read_pairs(str(queries), rejected) if isinstance(queries, str | Path) else queries
    for answer in Coder(settings or Settings()).classify(given):
        while rejected:
            yield rejected.pop(0)
        yield answer
    yield from rejected


def train(
    data: str | Path,
    out: str | Path,
    *,
    settings: Settings | None = None,
    watch: TrainingWatch | None = None,
) -> TrainedModel:
    """Train a model of your own on labelled pairs; ``Settings(model=out)`` uses it.

    A run that was stopped goes on where it was when it is called again with the same data.

    Args:
        data: a JSONL file as ``classify`` reads it, with "type" on every line: any name, or "NONE"
            where there is nothing between the two.
        out: folder for the model, its card and the report. A model that lies there is replaced
            when the new one is done.
        settings: lexicon and ontology of your own.
        watch: is told how far it is.

    Raises:
        ReadingError: the data cannot be opened (D330).
        DataError: there are too few rows to learn from (D273).
        OutputError: the folder cannot be written (D501, D502, D504).
    """
    from detente.training import train_model

    return train_model(Path(data), Path(out), settings=settings, watch=watch)


def explain(
    reference: str,
    *sources: Source,
    events: Path | None = None,
    settings: Settings | None = None,
) -> Event:
    """Return one event; its ``evidence`` says why each field has its value.

    Args:
        reference: the event's id, the beginning of it, or its number (1 is the first).
        sources: documents to code afresh.
        events: a JSONL file of events to look in instead.
        settings: what to vary when coding afresh.

    Raises:
        DataError: no such event (D243), several (D244), or the file is broken (D240 to D242).
        ConfigError: neither sources nor a file was given, or both (D121).
    """
    from detente.output.lookup import find_event
    from detente.output.records import read_events

    if (events is None) == (not sources):
        raise ConfigError(
            "D121",
            "explain looks in a file of events or codes a source, one of the two",
            "Write `detente explain EVENT --in events.jsonl` or `detente explain EVENT SOURCE`.",
        )
    if events is not None:
        return find_event(reference, read_events(events))
    items = code(*sources, settings=settings)
    coded = (item for item in items if isinstance(item, Coded))
    return find_event(reference, (event for one in coded for event in one.events))


def show_facts(name: str, *, on: date | None = None, actors: Path | None = None) -> FactSheet:
    """Look up who or what a name is on a day, with every reading and its table row.

    Args:
        name: a name, or an office with its country ("the Chinese foreign minister").
        on: the day; without one nobody is named for an office.
        actors: a table of the user's, beside ours.

    Raises:
        FactsError: the user's table is wrong (D231 to D239).
    """
    from detente.actors.inspection import inspect_name

    return inspect_name(name, on, actors)


def check_facts(table: str | Path) -> list[TableProblem]:
    """List what is wrong with a table of actors of the user's; empty if nothing is.

    Raises:
        FactsError: it cannot be read at all (D231).
    """
    from detente.actors.inspection import check_table

    return check_table(Path(table))


def label(
    source: str | Path,
    annotator: str,
    *,
    out: Path | None = None,
    suggest: bool = False,
    settings: Settings | None = None,
) -> LabelTally:
    """Let a person label the events of documents in the terminal; returns when they quit.

    Args:
        source: a NAME.docs.jsonl (see data/labelled), or documents as ``code`` takes them.
        annotator: whose labels these are: letters, digits, - and _.
        out: file of events; NAME.ANNOTATOR.gold.jsonl beside the source if None.
        suggest: begin from what ``code`` finds, instead of blind.
        settings: tables of the user's own, the date of documents.

    Raises:
        ConfigError: textual is missing (D140), no terminal (D141), no such name (D142).
        DataError, ReadingError: the files cannot be used (D260 to D265, D3xx).
        OutputError: the labels cannot be written (D501, D502).
    """
    from detente.labelling.launch import label_in_terminal

    return label_in_terminal(Path(source), annotator, out=out, suggest=suggest, settings=settings)


def compare_labels(source: str | Path, *annotators: str) -> AgreementReport:
    """Compare what two annotators labelled in one file, over the sentences that both have done.

    Args:
        source: the file that both labelled.
        annotators: the two; may be left out where exactly two have labelled it.

    Raises:
        ConfigError: the two cannot be told or one has no labels (D143).
        DataError: a label file cannot be used (D260 to D265).
    """
    from detente.labelling.report import compare_annotators

    return compare_annotators(Path(source), annotators)


def _read_each(sources: tuple[Source, ...], settings: Settings) -> Iterator[Document | Rejection]:
    from detente.reading import read

    for source in sources:
        if isinstance(source, Document):
            yield source
            continue
        try:
            yield from read(str(source), settings=settings)
        except ReadingError as error:
            # Alone it is the answer to the call; among others it must not sink their work.
            if len(sources) == 1:
                raise
            yield Rejection("reading", error.code, error.problem, str(source))
