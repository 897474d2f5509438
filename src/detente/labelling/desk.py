"""The files of one annotator: documents in, events and progress out, saved after every change.

Beside NAME.docs.jsonl stand NAME.ANNOTATOR.gold.jsonl with the events and, because a sentence
without an event is a label too, NAME.ANNOTATOR.progress.json with the sentences that are done.
Each is replaced whole: after a kill there is the old file or the new one. The events go first, so
that no sentence counts as done whose events were not written.

The done-marks are no lines of the gold file, because that would no longer be one event a line; and
undo is not kept, because a file that remembers every slip could not be handed on.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from detente.config import Settings
from detente.errors import ConfigError, DataError, OutputError
from detente.labelling.records import (
    DOCUMENTS,
    EVENTS,
    LabelledDocument,
    LabelledEvent,
    encoded,
    load,
)
from detente.labelling.session import LabelPosition, LabelState
from detente.language import split
from detente.output.files import atomic_file
from detente.reading import read
from detente.types import Document, Rejection

PROGRESS = ".progress.json"
# The form of the progress file; raise it when older programs would misread it.
_PROGRESS_SCHEMA = 1
# It becomes part of a file name, between two stops.
_ANNOTATOR = re.compile(r"[A-Za-z0-9_-]+")
# Enough of a hash to notice that a document's sentences are others now.
_DIGITS = 16


class DoneSentences(msgspec.Struct, frozen=True):
    """The sentences of a document that are done; ``digest`` is that of its sentences then."""

    digest: str
    done: tuple[int, ...]


class LabelProgress(msgspec.Struct, frozen=True):
    """The progress file. ``suggested`` stays true once suggestions were shown to the annotator."""

    schema: int
    annotator: str
    suggested: bool
    done: dict[str, DoneSentences]
    used: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LabelFiles:
    """Where the files of one annotator are."""

    documents: Path
    events: Path
    progress: Path


@dataclass(slots=True)
class Desk:
    """What one annotator labels and where it is saved.

    ``state`` is where the annotator left off. ``rejected`` are documents of the source that cannot
    be labelled. ``save`` writes what has changed since it was called last.
    """

    annotator: str
    files: LabelFiles
    documents: list[LabelledDocument]
    state: LabelState
    suggested: bool = False
    rejected: list[Rejection] = field(default_factory=list)
    _on_disk: dict[Path, bytes | None] = field(default_factory=dict)

    def save(self, state: LabelState) -> None:
        """Write events and progress, if they are not what is on disk already.

        Raises:
            OutputError: a file cannot be written (D501, D502), or somebody else has written to it
                since (D530); what was saved before is still there.
        """
        self._write(self.files.events, encoded(state.events))
        self._write(self.files.progress, msgspec.json.encode(self._progress(state)) + b"\n")

    def _write(self, file: Path, content: bytes) -> None:
        before = self._on_disk.get(file)
        if before == content:
            return
        if _bytes_of(file) != before:
            raise OutputError(
                "D530",
                f"{file} was changed by another program while you labelled",
                "Quit without labelling further, look at the file, and open it again.",
            )
        with atomic_file(file) as stream:
            stream.write(content)
        self._on_disk[file] = content

    def _progress(self, state: LabelState) -> LabelProgress:
        done: dict[str, DoneSentences] = {}
        for doc in self.documents:
            numbers = tuple(n for n in range(len(doc.sents)) if (doc.id, n) in state.done)
            if numbers:
                done[doc.id] = DoneSentences(_digest(doc), numbers)
        return LabelProgress(
            _PROGRESS_SCHEMA, self.annotator, self.suggested, done, tuple(sorted(state.used))
        )


def open_desk(
    source: Path,
    annotator: str,
    *,
    out: Path | None = None,
    suggest: bool = False,
    settings: Settings | None = None,
) -> Desk:
    """Open documents for labelling, at the first sentence that is not done.

    Args:
        source: a NAME.docs.jsonl, or documents as ``detente code`` takes them, which are cut into
            sentences and written to NAME.docs.jsonl beside the events.
        annotator: whose labels; part of the file names.
        out: where the events go, instead of NAME.ANNOTATOR.gold.jsonl beside the source.
        suggest: note in the progress that suggestions are shown.
        settings: for reading documents that are not label files.

    Raises:
        ConfigError: the annotator's name cannot be part of a file name (D142).
        DataError: a label file cannot be read (D260, D261, D263), does not fit the documents
            (D262), the source has changed (D264), or there is nothing to label (D265).
        ReadingError: the source cannot be opened (D3xx).
        OutputError: the files cannot be written (D501, D502).
    """
    files = files_of(source, annotator, out=out)
    documents, rejected = _documents(source, files.documents, settings or Settings())
    desk = Desk(annotator, files, documents, LabelState(), suggest, rejected)
    events = read_events(files.events, documents)
    progress = read_progress(files.progress)
    done = done_in(progress, documents) if progress else frozenset()
    desk.suggested = suggest or (progress is not None and progress.suggested)
    desk.state = LabelState(
        events=events,
        done=done,
        used=frozenset(progress.used if progress else ()),
        at=_first_open(documents, done),
    )
    desk._on_disk = {file: _bytes_of(file) for file in (files.events, files.progress)}
    # Proves before any work is done that the place can be written.
    desk.save(desk.state)
    return desk


def files_of(source: Path, annotator: str, *, out: Path | None = None) -> LabelFiles:
    """Name the files of an annotator.

    Raises:
        ConfigError: the annotator's name cannot be part of a file name (D142).
    """
    if not _ANNOTATOR.fullmatch(annotator):
        raise ConfigError(
            "D142",
            f"{annotator!r} cannot be part of a file name",
            "Name the annotator with letters, digits, - and _ only.",
        )
    name = name_of(source)
    events = out or source.parent / f"{name}.{annotator}{EVENTS}"
    stem = events.name.removesuffix(EVENTS).removesuffix(".jsonl")
    documents = source if _is_label_file(source) else events.parent / f"{name}{DOCUMENTS}"
    return LabelFiles(documents, events, events.with_name(f"{stem}{PROGRESS}"))


def name_of(source: Path) -> str:
    """Give the name of a set: the file's without its suffixes."""
    name = source.name.removesuffix(".gz")
    return name.removesuffix(DOCUMENTS) if _is_label_file(source) else Path(name).stem


def read_events(file: Path, documents: Iterable[LabelledDocument]) -> tuple[LabelledEvent, ...]:
    """Read an annotator's events in the order of the documents; none if there is no file yet.

    Raises:
        DataError: it cannot be read (D260, D261) or does not fit the documents (D262).
    """
    if not file.exists():
        return ()
    docs = {doc.id: doc for doc in documents}
    events = load([file], LabelledEvent)
    seen: set[str] = set()
    for event in events:
        doc = docs.get(event.doc)
        fits = doc is not None and 0 <= event.sent < len(doc.sents)
        if doc is None or not fits or event.quote not in doc.sents[event.sent] or event.id in seen:
            raise DataError(
                "D262",
                f"{file}: event {event.id} does not fit the documents",
                "Label the documents that the file was made for, or choose another with --out.",
            )
        seen.add(event.id)
    order = {name: number for number, name in enumerate(docs)}
    return tuple(sorted(events, key=lambda event: (order[event.doc], event.sent)))


def read_progress(file: Path) -> LabelProgress | None:
    """Read how far an annotator is; None if there is no file.

    Raises:
        DataError: the file is broken or of a later version (D263).
    """
    content = _bytes_of(file)
    if content is None:
        return None
    try:
        found = msgspec.json.decode(content, type=LabelProgress)
    except msgspec.DecodeError as error:
        raise _broken(file, str(error)) from error
    if found.schema != _PROGRESS_SCHEMA:
        raise _broken(file, f"schema {found.schema} is not known to this version")
    return found


def done_in(
    progress: LabelProgress, documents: Iterable[LabelledDocument]
) -> frozenset[tuple[str, int]]:
    """Give the sentences that are done; those of a document cut otherwise now are not."""
    marks: Mapping[str, DoneSentences] = progress.done
    return frozenset(
        (doc.id, number)
        for doc in documents
        if doc.id in marks and marks[doc.id].digest == _digest(doc)
        for number in marks[doc.id].done
        if number < len(doc.sents)
    )


def labelled_document(doc: Document) -> LabelledDocument:
    """Cut a document into sentences for labelling.

    The text is made of the sentences alone, paragraphs apart: headline, byline, dateline and other
    furniture are never labelled (docs/coding.md), and the sentences of a set cover its texts.
    """
    sentences = [sent for sent in split(doc) if not sent.is_headline]
    text, paragraph = "", None
    for sent in sentences:
        joint = "" if paragraph is None else " " if sent.paragraph == paragraph else "\n\n"
        text, paragraph = f"{text}{joint}{sent.text}", sent.paragraph
    return LabelledDocument(
        id=doc.id,
        title=doc.title,
        date=doc.date.isoformat() if doc.date else None,
        source=doc.source,
        url=doc.url,
        byline=doc.byline,
        text=text,
        words=len(text.split()),
        sents=tuple(sent.text for sent in sentences),
    )


# ------------------------------------------------------------------------------------------ inside


def read_documents(file: Path) -> list[LabelledDocument]:
    """Read the documents of a set that have sentences.

    Raises:
        DataError: the file cannot be read (D260, D261), has an id twice (D262), or nothing to label
            (D265).
    """
    documents = [doc for doc in load([file], LabelledDocument) if doc.sents]
    if not documents:
        raise DataError(
            "D265", f"{file}: there is no sentence to label", "Give documents with English prose."
        )
    if len({doc.id for doc in documents}) < len(documents):
        raise DataError(
            "D262", f"{file}: two documents have one id", "Give each document an id of its own."
        )
    return documents


def _documents(
    source: Path, file: Path, settings: Settings
) -> tuple[list[LabelledDocument], list[Rejection]]:
    if _is_label_file(source):
        return read_documents(source), []
    items = list(read(source, settings=settings))
    rejected = [item for item in items if isinstance(item, Rejection)]
    made = [labelled_document(item) for item in items if isinstance(item, Document)]
    made = [doc for doc in made if doc.sents]
    if not made:
        reason = f": {rejected[0].reason}" if rejected else ""
        raise DataError(
            "D265",
            f"{source}: there is no sentence to label{reason}",
            "Give documents with English prose.",
        )
    if not file.exists():
        with atomic_file(file) as stream:
            stream.write(encoded(made))
    before = read_documents(file)
    # White space does not count: a later version may cut sentences otherwise.
    if [doc.text.split() for doc in before] != [doc.text.split() for doc in made]:
        raise DataError(
            "D264",
            f"{source} is not what {file.name} was made of any more",
            f"Label {file} itself, or the new text with another --out in another folder.",
        )
    return before, rejected


def _first_open(
    documents: Iterable[LabelledDocument], done: frozenset[tuple[str, int]]
) -> LabelPosition:
    for number, doc in enumerate(documents):
        for sent in range(len(doc.sents)):
            if (doc.id, sent) not in done:
                return LabelPosition(number, sent)
    return LabelPosition()


def _is_label_file(source: Path) -> bool:
    return source.name.endswith(DOCUMENTS)


def _digest(doc: LabelledDocument) -> str:
    return hashlib.sha256("\n".join(doc.sents).encode()).hexdigest()[:_DIGITS]


def _bytes_of(file: Path) -> bytes | None:
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise DataError(
            "D260", f"cannot read {file}: {error.strerror}", "Check the path and who may read it."
        ) from error


def _broken(file: Path, reason: str) -> DataError:
    return DataError(
        "D263",
        f"{file}: {reason}",
        "Move the file away; the events stay, the sentences are to be gone through again.",
    )
