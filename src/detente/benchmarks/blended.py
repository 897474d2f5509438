"""The other coder: documents with the model beside the lexicon, pairs with the lexicon alone.

By default documents are coded with lexicon.v1 and pairs with blend.v1; these rows are the reverse.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import TYPE_CHECKING

from detente.benchmarks.pairs import marked_pairs
from detente.benchmarks.rows import Missing, Row
from detente.benchmarks.scorers import SCORED_DOCUMENTS, scored_levels
from detente.benchmarks.sources import Sources
from detente.pipeline import Coder

if TYPE_CHECKING:
    from detente.config import Settings

_LEVELS = ("type", "dyad", "asserted")


def blended_documents(sources: Sources, coder: Coder) -> Iterator[Row | Missing]:
    """Score the annotated and the labelled documents with blend.v1."""
    reason = sources.absent(*SCORED_DOCUMENTS)
    if reason:
        yield Missing("blend.v1", reason)
        return
    documents, gold, scorer = (sources.file(name) for name in SCORED_DOCUMENTS)
    both = Coder(_with(coder.settings, "blend.v1"))
    for name, texts, wanted in [("documents", documents, gold), *sources.labelled_sets()]:
        for row in scored_levels(name, both, scorer, texts, wanted):
            if row.name in _LEVELS:
                yield dataclasses.replace(row, benchmark="blend.v1", name=f"{name}, {row.name}")


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
