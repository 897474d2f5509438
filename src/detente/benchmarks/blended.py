"""The other coder: documents with the model beside the lexicon, pairs with the lexicon alone.

By default documents are coded with lexicon.v1 and pairs with blend.v1; these rows are the reverse.
"""

from __future__ import annotations

import dataclasses
import hashlib
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from detente.benchmarks.coding import rejected_note
from detente.benchmarks.pairs import marked_pairs
from detente.benchmarks.rows import Missing, Row
from detente.benchmarks.scorers import SCORED_DOCUMENTS, scored_levels, scored_sets
from detente.benchmarks.sources import Sources
from detente.benchmarks.speed import CORPUS, SAMPLE, Timed, corpus_sample, time_coding
from detente.pipeline import Coder

if TYPE_CHECKING:
    from detente.config import Settings

_LEVELS = ("type", "dyad", "asserted")
# A third of what *speed* reads: this coder takes its time.
_SAMPLE = SAMPLE // 3


def blended_documents(sources: Sources, coder: Coder) -> Iterator[Row | Missing]:
    """Score the annotated and the labelled documents with blend.v1."""
    reason = sources.absent(*SCORED_DOCUMENTS)
    if reason:
        yield Missing("blend.v1", reason)
        return
    both = Coder(_with(coder.settings, "blend.v1"))
    for name, files in scored_sets(sources):
        for row in scored_levels(name, both, *files):
            if row.name in _LEVELS:
                yield dataclasses.replace(row, benchmark="blend.v1", name=f"{name}, {row.name}")


def blended_speed(sources: Sources, coder: Coder) -> Iterator[Row | Missing]:
    """Measure the words per CPU-second of blend.v1 on a sample spread evenly over the corpus."""
    reason = sources.absent(CORPUS)
    if reason:
        yield Missing("speed of blend.v1", reason)
        return
    warm_up, sample = corpus_sample(sources, _SAMPLE)
    both = Coder(_with(coder.settings, "blend.v1"))
    timed = Timed()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sample.jsonl"
        path.write_bytes(warm_up)
        time_coding(both, path, Timed())
        path.write_bytes(b"\n".join(sample))
        time_coding(both, path, timed)
    data = hashlib.sha256(b"\n".join(sample)).hexdigest()
    note = rejected_note(timed.rejected)
    shown = f"{timed.rate:,.0f} words per CPU-second ({timed.words:,} words{note})"
    yield Row("speed", "blend.v1", {"words_per_cpu_second": timed.rate}, shown, data)


def pairs_by_rules(sources: Sources, coder: Coder) -> Iterator[Row | Missing]:
    """Classify the pairs of PLV with lexicon.v1."""
    rules = Coder(_with(coder.settings, "lexicon.v1"))
    for one in marked_pairs(sources, rules):
        if isinstance(one, Row):
            yield dataclasses.replace(one, name=f"{one.name}, lexicon.v1")
        else:
            yield Missing("plv, lexicon.v1", one.reason)


def _with(settings: Settings, coder: str) -> Settings:
    return dataclasses.replace(settings, coder=coder)
