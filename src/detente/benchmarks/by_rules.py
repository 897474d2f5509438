"""The other coder: what lexicon.v1, rules alone, makes of the same data."""

from __future__ import annotations

import dataclasses
import hashlib
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from detente.benchmarks.cases import petrarch_cases, rules_alone
from detente.benchmarks.coding import rejected_note
from detente.benchmarks.pairs import marked_pairs
from detente.benchmarks.rows import Missing, Row
from detente.benchmarks.scorers import SCORED_DOCUMENTS, scored_levels, scored_sets
from detente.benchmarks.sources import Sources
from detente.benchmarks.speed import CORPUS, SAMPLE, Timed, corpus_sample, time_coding

if TYPE_CHECKING:
    from detente.pipeline import Coder

_LEVELS = ("type", "dyad", "asserted")


def documents_by_rules(sources: Sources, coder: Coder) -> Iterator[Row | Missing]:
    """Score the annotated and the labelled documents."""
    reason = sources.absent(*SCORED_DOCUMENTS)
    if reason:
        yield Missing("lexicon.v1", reason)
        return
    rules = rules_alone(coder)
    for name, files in scored_sets(sources):
        for row in scored_levels(name, rules, *files):
            if row.name in _LEVELS:
                yield dataclasses.replace(row, benchmark="lexicon.v1", name=f"{name}, {row.name}")


def petrarch_by_rules(sources: Sources, coder: Coder) -> Iterator[Row | Missing]:
    """Judge the cases of PETRARCH."""
    for one in petrarch_cases(sources, rules_alone(coder)):
        if isinstance(one, Row):
            yield dataclasses.replace(one, benchmark="lexicon.v1", name=f"petrarch, {one.name}")
        else:
            yield Missing("petrarch, lexicon.v1", one.reason)


def speed_by_rules(sources: Sources, coder: Coder) -> Iterator[Row | Missing]:
    """Measure the words per CPU-second on a sample spread evenly over the corpus."""
    reason = sources.absent(CORPUS)
    if reason:
        yield Missing("speed of lexicon.v1", reason)
        return
    warm_up, sample = corpus_sample(sources, SAMPLE)
    rules = rules_alone(coder)
    timed = Timed()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sample.jsonl"
        path.write_bytes(warm_up)
        time_coding(rules, path, Timed())
        path.write_bytes(b"\n".join(sample))
        time_coding(rules, path, timed)
    data = hashlib.sha256(b"\n".join(sample)).hexdigest()
    note = rejected_note(timed.rejected)
    shown = f"{timed.rate:,.0f} words per CPU-second ({timed.words:,} words{note})"
    yield Row("speed", "lexicon.v1", {"words_per_cpu_second": timed.rate}, shown, data)


def pairs_by_rules(sources: Sources, coder: Coder) -> Iterator[Row | Missing]:
    """Classify the pairs of PLV with lexicon.v1."""
    for one in marked_pairs(sources, rules_alone(coder)):
        if isinstance(one, Row):
            yield dataclasses.replace(one, name=f"{one.name}, lexicon.v1")
        else:
            yield Missing("plv, lexicon.v1", one.reason)
