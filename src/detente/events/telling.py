"""Fact, plan, fear, demand or denial: what the rules read and what the model thinks, together.

The rules give one status; a table says how often each status is right when they do. The model gives
shares. Both are multiplied, each raised to a power, and what is no plain fact is favoured a little,
because mistaking a plan for a fact costs the user more. Table and powers were fitted on development
labels by scripts/fit_status.py; docs/model.md has the numbers.
"""

from __future__ import annotations

import functools
import hashlib
import math
from collections.abc import Mapping
from importlib.resources import files

import msgspec

from detente.types import Status

# Shares of 0 are never meant.
_LEAST = 1e-3
_PROMISES = frozenset({"AGREE"})


class StatusScales(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How rules and model are weighed.

    ``table`` maps what the rules read (see ``cell``) to how often each status is right then.
    ``model`` and ``rules`` are powers; ``unreal`` is added, as a logarithm, to every status but
    asserted.
    """

    name: str
    fitted_on: str
    model: float
    rules: float
    unreal: float
    table: Mapping[str, Mapping[str, float]]

    def weigh(self, kind: str, read: Status, shares: Mapping[str, float]) -> dict[str, float]:
        """Give the probability of each status.

        Args: kind: type of the event. read: its status by the rules. shares: the model's; empty
            where it was not asked.
        """
        known = self.table.get(cell(kind, read)) or self.table[str(read)]
        logs = {
            status: self.rules * math.log(max(share, _LEAST))
            + (self.model * math.log(max(shares[status], _LEAST)) if shares else 0.0)
            + (0.0 if status == Status.ASSERTED else self.unreal)
            for status, share in known.items()
        }
        most = max(logs.values())
        powers = {status: math.exp(value - most) for status, value in logs.items()}
        total = sum(powers.values())
        return {status: power / total for status, power in powers.items()}


def cell(kind: str, read: Status) -> str:
    """The row of the table: promises and plans have one of their own, they are the hardest."""
    return f"{read} {kind}" if kind in _PROMISES else str(read)


@functools.cache
def load_status_scales() -> StatusScales:
    """Load the shipped weights; once a process."""
    return msgspec.json.decode(_shipped(), type=StatusScales)


def status_scales_version() -> str:
    """Name them: 8 hex digits of their SHA-256."""
    return hashlib.sha256(_shipped()).hexdigest()[:8]


def _shipped() -> bytes:
    return (files("detente") / "data" / "models" / "status-1.json").read_bytes()
