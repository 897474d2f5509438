"""Type and status together: PLOVER codes a promise of aid as AGREE, a refusal of it as REJECT.

The rules follow the annotation guide (docs/coding.md): type before status, speech acts absorb
what they promise, refuse or threaten, a requested act is recorded only when it hits a third party.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from detente.events.drafts import Draft
from detente.events.scene import party_keys
from detente.events.status import Reading
from detente.types import Actor, Mention, Status

_LIES_AHEAD = frozenset({"AID", "COOPERATE", "SUPPORT", "CONSULT"})
_COOPERATIVE = frozenset({"AID", "COOPERATE", "SUPPORT", "CONSULT", "AGREE", "CONCEDE", "RETREAT"})
_FORCE = frozenset({"ASSAULT"})
# A stated condition makes these conditional; other acts were done, whatever they hang on.
_TIED = frozenset({"THREATEN", "AGREE", "REJECT"})
_HACKERS = frozenset({"hacker", "hackers"})
_CROWD = frozenset(
    "protesters protestors demonstrators marchers strikers rioters picketers".split()
)
# What these say or do to a following act is the record; the act is not told again.
_ABSORBING = frozenset({"AGREE", "REJECT", "THREATEN"})
# Verbs of one's own will, as against fear, talk and attempt.
_WILLING = frozenset({"want", "seek", "wish", "desire", "like", "love", "hope", "aim", "eager"})
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
    drafts = _with_third(drafts)
    by_index = {draft.index: draft for draft in drafts}
    for draft in drafts:
        above = draft.reading.governor
        converted = _convert(draft, by_index.get(above) if above is not None else None)
        if converted is not None:
            yield converted


def _with_third(drafts: list[Draft]) -> list[Draft]:
    """ "warned X against arming Z": Z is a party of the warning too, the third one."""
    third: dict[int, tuple[Mention, ...]] = {}
    for draft in drafts:
        above = draft.reading.governor
        if above is not None and draft.recipients:
            third[above] = (*third.get(above, ()), *draft.recipients)
    return [_add_third(draft, third.get(draft.index, ())) for draft in drafts]


def _add_third(draft: Draft, others: tuple[Mention, ...]) -> Draft:
    if draft.type not in ("THREATEN", "REQUEST") or not others:
        return draft
    named = (*draft.actors, *draft.recipients, *draft.third)
    talking = party_keys(named)
    new = tuple(m for m in others if not party_keys((m,)) & talking)
    return replace(draft, third=(*draft.third, *new))


def _convert(draft: Draft, governor: Draft | None) -> Draft | None:
    """One draft under the speech act that governs it, if one does."""
    reading = draft.reading
    draft = _by_who_does_it(draft)
    if draft.type in _TIED and reading.condition and draft.status is Status.ASSERTED:
        draft = replace(draft, status=Status.CONDITIONAL, rule="tied to a condition")
    if draft.type == "PROTEST" and _is_diplomatic(draft):
        return replace(draft, type="ACCUSE", mode="disapprove", rule="diplomatic protest")
    if draft.type == "REQUEST" and _is_crowd(draft):
        return replace(draft, type="PROTEST", mode="demo", rule="demand of protesters")
    if _is_interview(draft) or _is_assent(draft):
        return None
    hoped = governor is not None and governor.type == "REQUEST"
    if reading.requested or (hoped and draft.status is Status.HYPOTHETICAL):
        asked = replace(draft, status=Status.REQUESTED) if hoped else draft
        return asked if _hits_third(draft, governor) else None
    if reading.absorbed or (governor is not None and _speaks_of_itself(governor, draft)):
        promised = governor is not None and governor.type == "AGREE"
        if promised and draft.type in ("CONCEDE", "RETREAT") and draft.recipients:
            return replace(draft, status=Status.FUTURE, rule="promised concession")
        return None
    if reading.demanded:
        return _demand(draft)
    if reading.refused and draft.type in _COOPERATIVE:
        return replace(
            draft,
            type="REJECT",
            mode=_REFUSAL_MODE.get(draft.type),
            status=_unless_tied(reading),
            rule=f"will not + {draft.type}",
        )
    if draft.frame.lemma == "welcome" and draft.status is Status.CONDITIONAL:
        return replace(draft, type="AGREE", mode=None, status=Status.ASSERTED, rule="would welcome")
    if draft.status is Status.FUTURE:
        return _ahead(draft)
    if draft.status is Status.HYPOTHETICAL:
        return _wished(draft)
    offered = draft.type == "RETREAT" and reading.volitional and _own_words(draft)
    if draft.status is Status.CONDITIONAL and offered:
        return replace(draft, type="CONCEDE", mode=None, rule="would yield")
    if draft.status is Status.CONDITIONAL and draft.type in _FORCE and _own_words(draft):
        return replace(draft, type="THREATEN", mode="violence", rule="conditional force")
    return draft


def _by_who_does_it(draft: Draft) -> Draft:
    """Hackers coerce, crowds riot, whatever the verb ("attacked", "clashed")."""
    if draft.type != "ASSAULT" or not draft.actors:
        return draft
    words = {word for m in draft.actors for word in m.text.lower().split()}
    if words & _HACKERS:
        return replace(draft, type="COERCE", mode="cyber", rule="attack by hackers")
    if _is_crowd(draft) and draft.frame.lemma in ("clash", "clashes", "scuffle", "skirmish"):
        return replace(draft, type="PROTEST", mode="riot", rule="crowd in a clash")
    return draft


def _is_crowd(draft: Draft) -> bool:
    """What protesters demand, they protest for (annotation guide, rule 10)."""
    return bool(draft.actors) and all(set(m.text.lower().split()) & _CROWD for m in draft.actors)


def _is_diplomatic(draft: Draft) -> bool:
    """Governments protest by complaining; the streets are for people."""
    doers = _actors(draft.actors)
    return bool(doers) and all(a.sector in ("GOV", "IGO") and not a.person for a in doers)


def _is_interview(draft: Draft) -> bool:
    """Speaking to the press is how things are said, not a consultation."""
    heard = _actors(draft.recipients)
    return draft.type == "CONSULT" and bool(heard) and all(a.sector == "JRN" for a in heard)


def _is_assent(draft: Draft) -> bool:
    """One who just "agreed" agreed with a remark."""
    alone = len(_actors(draft.actors)) + len(_actors(draft.recipients)) < 2
    return (
        draft.frame.lemma in ("agree", "concur")
        and alone
        and not draft.used
        and not any(c.kind in ("xcomp", "ccomp", "prep") for c in draft.frame.conditions)
    )


def _speaks_of_itself(governor: Draft, draft: Draft) -> bool:
    """ "threatened to attack" is one record; "warned X against attacking" is two."""
    if governor.type not in _ABSORBING:
        return False
    doers = {(a.country, a.name) for a in _actors(draft.actors)}
    return doers <= {(a.country, a.name) for a in _actors(governor.actors)}


def _wished(draft: Draft) -> Draft:
    """ "wants to help" is readiness to help, "wants to attack" a threat; a fear is neither."""
    rule = draft.reading.rule
    if not rule.startswith("hypothetical:") or rule.split(":")[1] not in _WILLING:
        return draft
    if draft.type in _LIES_AHEAD and draft.actors:
        return replace(
            draft, type="AGREE", mode=None, status=Status.ASSERTED, rule=f"wants {draft.type}"
        )
    if draft.type in _FORCE and draft.actors:
        return replace(draft, type="THREATEN", mode="violence", rule="wants force")
    return draft


def _unless_tied(reading: Reading) -> Status:
    """Asserted, unless a condition is stated."""
    return Status.CONDITIONAL if reading.condition else Status.ASSERTED


def _ahead(draft: Draft) -> Draft:
    own = draft.reading.volitional
    if draft.type in _FORCE and draft.reading.rule.startswith("future:") and not _own_words(draft):
        return replace(draft, status=Status.HYPOTHETICAL, rule="planned force")
    if draft.type in _LIES_AHEAD and draft.actors:
        told = draft.type == "CONSULT" and not _speaks_himself(draft)
        status = _unless_tied(draft.reading) if own and not told else Status.FUTURE
        return replace(draft, type="AGREE", mode=None, status=status, rule=f"future {draft.type}")
    if draft.type == "RETREAT" and own:
        return replace(draft, type="CONCEDE", mode=None, status=Status.ASSERTED, rule="announced")
    if draft.type == "AGREE" and own:
        return replace(draft, status=_unless_tied(draft.reading), rule="will agree")
    if draft.type in _FORCE and own and _own_words(draft):
        return replace(
            draft, type="THREATEN", mode="violence", status=Status.ASSERTED, rule="announced force"
        )
    return draft


def _speaks_himself(draft: Draft) -> bool:
    """The one whose meeting or visit lies ahead says so; else it is only scheduled."""
    first = any(m.text.lower() in ("i", "we") for m in draft.actors)
    return first or draft.reading.rule.startswith("future:") or _own_words(draft)


def _demand(draft: Draft) -> Draft | None:
    """ "Y must withdraw, X said" is a demand of X on Y."""
    speakers = tuple(s for voice in draft.voices[:1] for s in voice.speakers)
    if not speakers or party_keys(speakers) & party_keys(draft.actors) or not draft.actors:
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


def _hits_third(draft: Draft, governor: Draft | None) -> bool:
    """The act asked for is told only when it hits somebody other than the two who talk.

    Between states a whole country counts as one; inside a state its sectors are told apart.
    """
    talking = _actors(draft.actors)
    if governor is not None:
        talking += _actors(governor.actors) + _actors(governor.recipients)
    hit = _actors(draft.recipients)
    if not draft.actors or not hit:
        return False
    domestic = len({a.country or a.name for a in talking}) == 1

    def key(actor: Actor) -> str:
        return f"{actor.country or actor.name}/{actor.sector if domestic else ''}"

    return not {key(a) for a in talking} & {key(a) for a in hit}


def _actors(mentions: tuple[Mention, ...]) -> list[Actor]:
    return [actor for mention in mentions for actor in mention.actors]


def _own_words(draft: Draft) -> bool:
    """The one who would use force says so himself."""
    speakers = [s for voice in draft.voices for s in voice.speakers]
    return bool(party_keys(speakers) & party_keys(draft.actors))
