"""When a coded sentence counts as right: the rules for cases that come without a scorer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

import msgspec

from detente.types import POOLED, Event, Party

# CAMEO's way to write "no actor".
ANYBODY = "---"


class Triple(msgspec.Struct, frozen=True):
    """What a PETRARCH case expects: CAMEO actor codes and a CAMEO event code."""

    source: str
    target: str
    code: str


class Expected(msgspec.Struct, frozen=True):
    """An event that a golden case expects."""

    type: str
    status: str
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()


class Forbidden(msgspec.Struct, frozen=True):
    """A type that must not be coded there; with a status, only if it has that status."""

    type: str
    status: str | None = None


@dataclass(frozen=True, slots=True)
class Agreement:
    """Events of one golden case: right, predicted, expected; and whether all is as expected."""

    exact: bool
    right: int
    right_types: int
    predicted: int
    expected: int


def party_keys(parties: Iterable[Party]) -> frozenset[str]:
    """Reduce parties to what is compared: the country, else the sector (IGO, NGO ...)."""
    return frozenset(party.actor.country or party.actor.sector for party in parties)


def cameo_key(code: str) -> str:
    """Reduce a CAMEO actor code likewise: "USAGOV" -> "USA", "IGOEUREEC" -> "IGO"."""
    return code[:3]


def has_triple(events: Iterable[Event], triple: Triple) -> bool:
    """Tell whether one event has a triple's source, target and root code.

    A side fits when it contains the expected country or body; "---" fits anything. For POOLED
    types both have to be among the parties, on whichever side.
    """
    wanted = cameo_key(triple.source), cameo_key(triple.target)
    root = triple.code[:2]
    return any(
        _sides_fit(event, *wanted) for event in events if event.cameo and event.cameo[:2] == root
    )


def compare(
    events: Collection[Event], expect: Iterable[Expected], forbid: Iterable[Forbidden]
) -> Agreement:
    """Compare all events of a golden case with all that are expected.

    Type, status and both sets of parties have to agree (sides pooled for POOLED types), no event
    may be left over on either side, and none may have a forbidden type and status.
    """
    got = Counter(
        _cell(e.type, e.status, party_keys(e.actors), party_keys(e.recipients)) for e in events
    )
    want = Counter(
        _cell(e.type, e.status, frozenset(e.actors), frozenset(e.recipients)) for e in expect
    )
    broken = any(
        event.type == one.type and one.status in (None, event.status)
        for one in forbid
        for event in events
    )
    types_got, types_want = (
        Counter(c[0] for c in got.elements()),
        Counter(c[0] for c in want.elements()),
    )
    return Agreement(
        exact=got == want and not broken,
        right=(got & want).total(),
        right_types=(types_got & types_want).total(),
        predicted=got.total(),
        expected=want.total(),
    )


def _sides_fit(event: Event, source: str, target: str) -> bool:
    actors, recipients = party_keys(event.actors), party_keys(event.recipients)
    if event.type in POOLED:
        return {source, target} - {ANYBODY} <= actors | recipients
    return (source in actors or source == ANYBODY) and (target in recipients or target == ANYBODY)


def _cell(
    kind: str, status: str, actors: frozenset[str], recipients: frozenset[str]
) -> tuple[str, str, frozenset[str], frozenset[str]]:
    if kind in POOLED:
        return kind, str(status), actors | recipients, frozenset()
    return kind, str(status), actors, recipients
