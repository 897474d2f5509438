"""What the actors stage is worth: one event stage, fed with ever more of the mentions.

The dyad score of the same documents by the same scorer, when the event stage is given only some of
the parties. What is left out is told by the rule that resolved a mention (``Actor.rule``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from detente.benchmarks.rows import Missing, Row
from detente.benchmarks.scorers import SCORED_DOCUMENTS, scored_levels, scored_sets
from detente.benchmarks.sources import Sources
from detente.pipeline import Coder

if TYPE_CHECKING:
    from detente.config import Settings
    from detente.types import Coded, Document

_NAMES = frozenset(["name", "surname"])
_SENTENCE = _NAMES | {
    *("side", "owner", "count", "region", "no country"),
    *("place in phrase", "place in sentence"),
}
# Rules whose mentions the event stage is given; None is all of them.
STEPS: Mapping[str, frozenset[str] | None] = MappingProxyType(
    {
        "names": _NAMES,
        "names, roles": _SENTENCE,
        "all": None,
    }
)


class PartialCoder(Coder):
    """A coder whose event stage is given only the mentions that some rules resolved."""

    def __init__(self, settings: Settings, rules: frozenset[str] | None) -> None:
        super().__init__(settings)
        self._rules = rules

    def _mentions(self, doc: Document) -> Coded:
        coded = super()._mentions(doc)
        rules = self._rules
        if rules is None:
            return coded
        kept = (m for m in coded.mentions if all(actor.rule in rules for actor in m.actors))
        return replace(coded, mentions=tuple(kept))


def actor_ablation(sources: Sources, coder: Coder) -> Iterator[Row | Missing]:
    """Score dyads with names alone, with roles of the same sentence, with everything."""
    reason = sources.absent(*SCORED_DOCUMENTS)
    if reason:
        yield Missing("ablation", reason)
        return
    for step, rules in STEPS.items():
        partial = PartialCoder(coder.settings, rules)
        for name, files in scored_sets(sources):
            rows = scored_levels(name, partial, *files)
            (row,) = (row for row in rows if row.name == "dyad")
            yield replace(row, benchmark="ablation", name=f"{name}, {step}")
