"""Is it worth asking the model about a sentence? A sum of word weights says so for next to nothing.

In most sentences the model changes nothing of what the lexicon found. The weights were learnt from
where it did in plain news (scripts/train_gate.py); docs/model.md says what the gate costs.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

import msgspec

# Weights have two decimals, the threshold is a sum of them.
_DECIMALS = 3


class Gate(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Weights of clues (lemmas, "idle nsubj", "draft REQUEST"), and from which sum on to ask."""

    name: str
    trained_on: str
    threshold: float
    weights: Mapping[str, float]

    def opens(self, clues: Iterable[str]) -> bool:
        """Tell whether a sentence with these clues is worth asking about."""
        total = math.fsum(self.weights.get(clue, 0.0) for clue in set(clues))
        # A set has another order in each process; a last bit must not decide.
        return round(total, _DECIMALS) >= self.threshold
