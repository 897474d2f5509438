"""Who reports it, when it happened, as what it is told: labelled events that were found."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain
from typing import TYPE_CHECKING

from detente.benchmarks.found import FoundEvents, Pair, found_events, read_texts
from detente.benchmarks.pairs import class_f1, macro_f1
from detente.benchmarks.rows import Missing, Row, rate_row
from detente.benchmarks.scorers import SCORED_DOCUMENTS
from detente.benchmarks.sources import Sources, content_hash
from detente.benchmarks.speakers import is_right
from detente.labelling.records import part_of
from detente.types import EventDate, Status

if TYPE_CHECKING:
    from detente.pipeline import Coder

# Texts and gold; the scorer has no part in these rows.
_DOCUMENTS = SCORED_DOCUMENTS[:2]
# The sets whose test part status is measured on, row by row.
_STATUS_SETS = {"status sets": ("status",), "real, written": ("real", "written")}
_PART = "test"

Judge = Callable[[Pair], bool]


def reporting_speakers(sources: Sources, coder: Coder) -> Iterator[Row | Missing]:
    """Score who is said to report an event, and that nobody is where nobody does."""

    def has_speaker(pair: Pair) -> bool:
        return pair.label.reported_by is not None

    return _rates("attribution", sources, coder, has_speaker, has_right_speaker)


def event_dates(sources: Sources, coder: Coder) -> Iterator[Row | Missing]:
    """Score the dates of events, and that there is none where the text gives none."""

    def has_date(pair: Pair) -> bool:
        return pair.label.date is not None

    return _rates("dates", sources, coder, has_date, has_right_date)


def event_statuses(sources: Sources, coder: Coder) -> Iterator[Row | Missing]:
    """Score fact, plan, demand, denial and the rest on the test part of our sets."""
    for row, kinds in _STATUS_SETS.items():
        names = sources.whole_sets(*kinds)
        files = [sources.label_files(name) for name in names]
        texts = [
            text
            for name, (documents, gold) in zip(names, files, strict=True)
            for text in read_texts(documents, gold)
            if part_of(name, text.doc.id) == _PART
        ]
        if not texts:
            wanted = " or ".join(f"{kind}-*" for kind in kinds)
            yield Missing(f"status, {row}", f"no set {wanted} in data/labelled of a checkout")
            continue
        data = content_hash(chain.from_iterable(files))
        yield _status_row(row, found_events(coder, texts), data)


def has_right_speaker(pair: Pair) -> bool:
    """Tell whether the one who speaks first in the record is the speaker of the label.

    Where the label has no speaker, right is to have none.
    """
    label, said = pair.label.reported_by, pair.event.attribution
    if label is None or not said:
        return label is None and not said
    alike = (m for m in pair.mentions if m.text.lower() == label.lower())
    names = [actor.name for mention in alike for actor in mention.actors]
    return is_right([label], said[0].span.text, [said[0].name], stands_for=names)


def has_right_date(pair: Pair) -> bool:
    """Tell whether the date is that of the label, as far as the label goes."""
    label, date = pair.label.date, pair.event.date
    return date is None if label is None else is_date(date, label)


def is_date(date: EventDate | None, label: str) -> bool:
    """Compare at the precision of the label: "2021-03-09", "2021-03" or "2021".

    Of a day the first day of ours has to be that day; a month or a year has to hold the first and
    the last day of ours.
    """
    if date is None:
        return False
    first, last = date.start.isoformat(), date.end.isoformat()
    is_day = len(label) == len(first)
    return first == label if is_day else first.startswith(label) and last.startswith(label)


def _rates(
    benchmark: str, sources: Sources, coder: Coder, is_given: Judge, is_as_labelled: Judge
) -> Iterator[Row | Missing]:
    """Give two rows a set: where the label has something, and where it has nothing."""
    sets = [(name, files) for name, *files in sources.labelled_sets() if files[1].is_file()]
    reason = sources.absent(*_DOCUMENTS)
    if reason:
        yield Missing(f"{benchmark}, documents", reason)
    else:
        sets.insert(0, ("documents", [sources.file(name) for name in _DOCUMENTS]))
    for name, files in sets:
        found = found_events(coder, read_texts(*files))
        data = content_hash(files)
        for row, given in ((name, True), (f"{name}, none", False)):
            asked = [pair for pair in found.pairs if is_given(pair) == given]
            right = sum(map(is_as_labelled, asked))
            yield rate_row(benchmark, row, right, len(asked), data, note=found.note)


def _status_row(name: str, found: FoundEvents, data: str) -> Row:
    pairs = [(pair.label.status, str(pair.event.status)) for pair in found.pairs]
    gold, given = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    asserted = str(Status.ASSERTED)
    called = given.count(asserted)
    metrics = {
        "macro_f1": macro_f1(gold, given),
        "asserted_precision": pairs.count((asserted, asserted)) / called if called else 0.0,
    }
    metrics |= {str(status): class_f1(status, pairs) for status in Status if status in gold}
    each = ", ".join(
        f"{status} {metrics[status]:.2f} ({gold.count(status)})"
        for status in Status
        if status in metrics
    )
    shown = (
        f"macro-F1 {metrics['macro_f1']:.3f} asserted P {metrics['asserted_precision']:.3f} "
        f"({len(pairs)} found of {found.labelled} gold); F1 {each}{found.note}"
    )
    return Row("status", name, metrics, shown, data)
