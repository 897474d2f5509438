"""Two annotators of one set compared: agreement, and every difference with its sentence.

Only sentences that both have done count. An annotator without a progress file (labels made in
another way) is taken to have done all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from detente.errors import ConfigError
from detente.labelling.agreement import Comparison, Difference, compare, differences, summary
from detente.labelling.desk import (
    PROGRESS,
    done_in,
    files_of,
    name_of,
    read_documents,
    read_events,
    read_progress,
)
from detente.labelling.records import EVENTS, LabelledDocument, LabelledEvent, LabelledParty

# Agreement is told of two; three would need another measure.
_TWO = 2


@dataclass(frozen=True, slots=True)
class AgreementReport:
    """What two annotators made of one set.

    ``sentences`` are all of the set, ``shared`` those that both have done. ``suggested`` are those
    of the two who began from detente's suggestions, whose agreement with each other says less.
    """

    annotators: tuple[str, str]
    documents: tuple[LabelledDocument, ...]
    sentences: int
    shared: int
    suggested: tuple[str, ...]
    comparison: Comparison
    differences: tuple[Difference, ...]

    def lines(self) -> Iterator[str]:
        """Lay the report out as text: the numbers, then the differences in text order."""
        first, second = self.annotators
        yield f"{first} and {second}: {self.shared} of {self.sentences} sentences done by both"
        for name in self.suggested:
            yield f"{name} began from suggestions, which raises agreement"
        yield from summary(self.comparison)
        yield ""
        yield f"{len(self.differences)} differences"
        sentences = {doc.id: doc.sents for doc in self.documents}
        last: tuple[str, int] | None = None
        for each in self.differences:
            where = each.event.doc, each.event.sent
            if where != last:
                yield ""
                yield f"{where[0]}, sentence {where[1] + 1}: {sentences[where[0]][where[1]]}"
            last = where
            yield from _told(each, first, second)


def compare_annotators(source: Path, annotators: Sequence[str] = ()) -> AgreementReport:
    """Compare two annotators of one set.

    Args:
        source: the file that both labelled.
        annotators: the two names; may be left out where exactly two have labelled it.

    Raises:
        ConfigError: the two cannot be told or one has no labels (D143).
        DataError: a label file cannot be read or does not fit (D260 to D263, D265).
    """
    there = _annotators_of(source)
    names = tuple(annotators) or there
    if len(names) != _TWO or len(set(names)) != _TWO or not set(names) <= set(there):
        found = f"there are labels by {', '.join(there)}" if there else "nobody has labelled it"
        raise ConfigError(
            "D143",
            f"a report compares two annotators of {source}; {found}",
            "Name two: detente label report FILE ANNOTATOR ANNOTATOR.",
        )
    documents = read_documents(files_of(source, names[0]).documents)
    every = {(doc.id, sent) for doc in documents for sent in range(len(doc.sents))}
    events: list[tuple[LabelledEvent, ...]] = []
    shared, suggested = set(every), []
    for name in names:
        files = files_of(source, name)
        events.append(read_events(files.events, documents))
        progress = read_progress(files.progress)
        if progress is not None:
            shared &= done_in(progress, documents)
            suggested += [name] * progress.suggested
    first, second = ([e for e in side if (e.doc, e.sent) in shared] for side in events)
    touched = [
        doc for doc in documents if any((doc.id, n) in shared for n in range(len(doc.sents)))
    ]
    return AgreementReport(
        annotators=(names[0], names[1]),
        documents=tuple(touched),
        sentences=len(every),
        shared=len(shared),
        suggested=tuple(suggested),
        comparison=compare(touched, first, second),
        differences=tuple(differences(touched, first, second)),
    )


def _annotators_of(source: Path) -> tuple[str, ...]:
    """Who has labelled a source, by the names of the files beside it."""
    name = name_of(source)
    found: set[str] = set()
    for suffix in (EVENTS, PROGRESS):
        for file in source.parent.glob("*"):
            if file.name.startswith(f"{name}.") and file.name.endswith(suffix):
                found.add(file.name[len(name) + 1 : -len(suffix)])
    return tuple(sorted(one for one in found if one and "." not in one))


def _told(each: Difference, first: str, second: str) -> Iterator[str]:
    one, two = each.first, each.second
    if one is None or two is None:
        yield f"  only {second if one is None else first}: {event_line(each.event)}"
        return
    yield f"  {', '.join(each.fields)}"
    yield f"    {first}: {event_line(one)}"
    yield f"    {second}: {event_line(two)}"


def event_line(event: LabelledEvent) -> str:
    """Write an event on one line, as the guide writes its examples."""
    mode = f" {event.mode}" if event.mode else ""
    sides = (
        f"{_side(event.source)} → {_side(event.target)}" if event.target else _side(event.source)
    )
    date = f", {event.date}" if event.date else ""
    back = ", background" if event.background else ""
    return f"{event.event}{mode}, {event.status}: {sides} “{event.predicate}”{date}{back}"


def _side(parties: Sequence[LabelledParty]) -> str:
    named = (f"{party.text} ({party.country or '-'} {party.sector})" for party in parties)
    return " + ".join(named) or "?"
