"""How likely an event is right: a score that means what it says.

Of a hundred events with ``confidence.type`` 0.7, some seventy have the right type in the right
sentence; ``confidence.event`` says the same of type, actors and recipients together. Both are
logistic functions of a few facts about a draft, fitted on the development part of the labels by
scripts/fit_confidence.py; docs/accuracy.md shows how well they hold.
"""

from __future__ import annotations

import functools
import hashlib
import math
from collections.abc import Iterable, Mapping
from importlib.resources import files

import msgspec

from detente.events.drafts import Draft
from detente.types import Confidence, Mention, Status

# Shares and scores of 0 and 1 are never meant; this far the logarithms go.
_EDGE = 0.01
# One who acts and one acted upon; more is a list or a meeting.
_TWO_SIDES = 2


class Scales(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Weights by situation ("rules", "both", "model") and fact, for each of the two scores."""

    name: str
    fitted_on: str
    type: Mapping[str, Mapping[str, float]]
    event: Mapping[str, Mapping[str, float]]

    def confidence(self, draft: Draft) -> Confidence:
        """Score a draft. Mentions have scores of their own; so has a status read by rules alone."""
        known, case = facts(draft), situation(draft)
        return Confidence(
            event=share(self.event[case], known),
            type=share(self.type[case], known),
            actors=_least(draft.actors),
            recipients=_least(draft.recipients),
            status=_status(draft),
        )


def _status(draft: Draft) -> float:
    """By the weighing of rules and model; by hand where only the rules have read it."""
    if draft.sure is not None:
        return round(draft.sure, 3)
    return 0.9 if draft.reading.cue is None else 0.7


@functools.cache
def load_scales() -> Scales:
    """Load the shipped weights; once a process."""
    return msgspec.json.decode(_shipped(), type=Scales)


def scales_version() -> str:
    """Name a row's scores by what they were made with: 8 hex digits of the weights' SHA-256."""
    return hashlib.sha256(_shipped()).hexdigest()[:8]


def _shipped() -> bytes:
    return (files("detente") / "data" / "models" / "confidence-1.json").read_bytes()


def situation(draft: Draft) -> str:
    """Who vouches for a draft: the rules, the model, or both."""
    if draft.rule == "model":
        return "model"
    return "rules" if draft.verdict is None else "both"


def facts(draft: Draft) -> dict[str, float]:
    """What the scores depend on, as numbers near 0."""
    share = draft.verdict.share if draft.verdict is not None else 0.5
    share = min(max(share, _EDGE), 1 - _EDGE)
    return {
        "always": 1.0,
        "share": math.log(share / (1 - share)),
        "conditions": float(min(len(draft.frame.conditions), 3)),
        "noun": float(draft.frame.kind != "verb"),
        "converted": float(draft.rule not in ("frame", "model")),
        "said not to be": float(draft.status is not Status.ASSERTED),
        "no actor": float(not draft.actors),
        "no recipient": float(not draft.recipients),
        "several": float(len(draft.actors) + len(draft.recipients) > _TWO_SIDES),
        "actor": math.log(max(_least(draft.actors) or 1.0, _EDGE)),
        "recipient": math.log(max(_least(draft.recipients) or 1.0, _EDGE)),
    }


def _least(mentions: Iterable[Mention]) -> float | None:
    return min((mention.score for mention in mentions), default=None)


def share(weights: Mapping[str, float], known: Mapping[str, float]) -> float:
    """The score that weights give to facts."""
    total = sum(weight * known[fact] for fact, weight in weights.items())
    return round(1 / (1 + math.exp(-total)), 3)
