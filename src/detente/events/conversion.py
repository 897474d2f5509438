"""Type and status together: PLOVER codes a promise of aid as AGREE, a refusal of it as REJECT.

The rules follow the annotation guide (docs/coding.md): type before status, speech acts absorb
what they promise, refuse or threaten, a requested act is recorded only when it hits a third party.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from detente.events.drafts import Draft
from detente.types import Mention, Status

_LIES_AHEAD = frozenset({"AID", "COOPERATE", "SUPPORT", "CONSULT"})
_COOPERATIVE = frozenset({"AID", "COOPERATE", "SUPPORT", "CONSULT", "AGREE", "CONCEDE", "RETREAT"})
_VERBAL_CONFLICT = frozenset({"REQUEST", "ACCUSE", "REJECT", "THREATEN"})
_FORCE = frozenset({"ASSAULT"})
# Refusing this is refusing help, a meeting, a concession.
_REFUSAL_MODE = {
    "AID": "assist",
    "COOPERATE": "assist",
    "CONSULT": "meet",
    "RETREAT": "yield",
    "CONCEDE": "yield",
}
# Demanding this is demanding help, talks, a concession.
_REQUEST_MODE = {
    "AID": "assist",
    "COOPERATE": "assist",
    "CONSULT": "meet",
    "AGREE": "meet",
    "RETREAT": "yield",
    "CONCEDE": "yield",
}


def convert(drafts: list[Draft]) -> Iterator[Draft]:
    """Apply the rules to the drafts of one sentence; some vanish, some change type."""
    for draft in drafts:
        if draft.reading.absorbed and not _survives(draft):
            continue
        converted = _convert(draft)
        if converted is not None:
            yield converted


def _survives(draft: Draft) -> bool:
    """A named party's concession to another, promised in an agreement, is still to be told."""
    promised = draft.reading.rule.startswith("absorb:")
    return promised and draft.type in ("CONCEDE", "RETREAT") and bool(draft.recipients)


def _convert(draft: Draft) -> Draft | None:
    reading = draft.reading
    if reading.absorbed:
        return replace(draft, status=Status.FUTURE, rule="promised concession")
    if reading.demanded:
        return _demand(draft)
    if draft.status is Status.REQUESTED:
        return draft if _hits_third(draft) else None
    if reading.refused and draft.type in _COOPERATIVE:
        return replace(
            draft,
            type="REJECT",
            mode=_REFUSAL_MODE.get(draft.type),
            status=Status.ASSERTED,
            rule=f"will not + {draft.type}",
        )
    if draft.status is Status.FUTURE:
        return _ahead(draft)
    if draft.status is Status.CONDITIONAL and draft.type in _FORCE and _own_words(draft):
        return replace(draft, type="THREATEN", mode="violence", rule="conditional force")
    return draft


def _ahead(draft: Draft) -> Draft:
    own = draft.reading.volitional
    if draft.type in _LIES_AHEAD and draft.actors:
        status = Status.ASSERTED if own else Status.FUTURE
        return replace(draft, type="AGREE", mode=None, status=status, rule=f"future {draft.type}")
    if draft.type == "RETREAT" and own:
        return replace(draft, type="CONCEDE", mode=None, status=Status.ASSERTED, rule="announced")
    if draft.type in _VERBAL_CONFLICT | {"AGREE", "CONCEDE"} and own and draft.type == "AGREE":
        return replace(draft, status=Status.ASSERTED, rule="will agree")
    if draft.type in _FORCE and own and _own_words(draft):
        return replace(
            draft, type="THREATEN", mode="violence", status=Status.ASSERTED, rule="announced force"
        )
    return draft


def _demand(draft: Draft) -> Draft | None:
    """ "Y must withdraw, X said" is a demand of X on Y."""
    speakers = tuple(s for voice in draft.voices[:1] for s in voice.speakers)
    if not speakers or _keys(speakers) & _keys(draft.actors) or not draft.actors:
        return None
    return replace(
        draft,
        type="REQUEST",
        mode=_REQUEST_MODE.get(draft.type, "change"),
        status=Status.ASSERTED,
        actors=speakers,
        recipients=draft.actors,
        third=draft.recipients,
        voices=draft.voices[1:],
        rule=f"must + {draft.type}",
    )


def _hits_third(draft: Draft) -> bool:
    """The act asked for is told only when it hits somebody other than the two who talk."""
    doers, hit = _keys(draft.actors), _keys(draft.recipients)
    return bool(doers) and bool(hit) and not (doers & hit)


def _own_words(draft: Draft) -> bool:
    """The one who would use force says so himself."""
    speakers = [s for voice in draft.voices for s in voice.speakers]
    return bool(_keys(tuple(speakers)) & _keys(draft.actors))


def _keys(mentions: tuple[Mention, ...]) -> set[str]:
    return {a.country or a.name for m in mentions for a in m.actors}
