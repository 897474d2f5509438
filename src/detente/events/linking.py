"""Events of one document and what they have to do with each other.

condition, consequence   "If Chile attacks, Peru will strike back": each names the other
fulfilment, withdrawal   a threat or promise that the same party later carries out, or takes back
rival                    two speakers tell of one happening and contradict each other; ``detail``
                         says in what: "status", "actors" or "number"

A link names another event by its id. Nothing is guessed: parties, and where there are any dates,
have to agree.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from detente.types import Event, Link, LinkKind, Party, Status

# What keeps a word that was given, by the type of the word.
_KEPT = {
    "AGREE": frozenset("AID COOPERATE CONSULT SUPPORT RETREAT SANCTION".split()),
    "THREATEN": frozenset("ASSAULT COERCE SANCTION MOBILIZE".split()),
    "CONCEDE": frozenset({"RETREAT"}),
}
# Words for taking something back, as lemmas of the later event.
_TAKING_BACK = frozenset("drop lift withdraw cancel abandon rescind suspend revoke shelve".split())
_DENYING = frozenset({Status.DENIED, Status.NEGATED})
# Reports of one happening stand near each other.
_NEAR = 8
_NUMBER = re.compile(r"\b\d[\d,]*\b")
_WORDS = {
    name: number
    for number, name in enumerate(
        "two three four five six seven eight nine ten eleven twelve".split(), start=2
    )
}

_Links = dict[str, list[Link]]


def link_events(events: Sequence[Event]) -> tuple[Event, ...]:
    """Give the events of a document their links; order and everything else stay."""
    links: _Links = defaultdict(list)
    _conditions(events, links)
    _later(events, links)
    _rivals(events, links)
    return tuple(replace(e, links=tuple(links[e.id])) if e.id in links else e for e in events)


def _join(
    links: _Links, one: Event, kind: LinkKind, other: Event, detail: str | None = None
) -> None:
    link = Link(kind, other.id, detail)
    if link not in links[one.id]:
        links[one.id].append(link)


def _conditions(events: Sequence[Event], links: _Links) -> None:
    for event in events:
        if event.condition is None:
            continue
        for other in events:
            inside = event.condition.start <= other.predicate.start < event.condition.end
            if inside and other.id != event.id:
                _join(links, event, "condition", other)
                _join(links, other, "consequence", event)


def _later(events: Sequence[Event], links: _Links) -> None:
    alike: dict[tuple[frozenset[str], frozenset[str]], list[tuple[int, Event]]] = defaultdict(list)
    for at, event in enumerate(events):
        alike[_sides(event)].append((at, event))
    for at, word in enumerate(events):
        kept, sides = _KEPT.get(word.type), _sides(word)
        if kept is None or word.status in _DENYING or not sides[0]:
            continue
        for place, deed in alike[sides]:
            if place <= at or deed.sentence == word.sentence:
                continue
            back = deed.type in ("RETREAT", "CONCEDE") and deed.lemma in _TAKING_BACK
            if word.type == "THREATEN" and back:
                _join(links, deed, "withdrawal", word)
            elif deed.type in kept and deed.status is Status.ASSERTED and _follows(word, deed):
                _join(links, deed, "fulfilment", word)


def _follows(word: Event, deed: Event) -> bool:
    """The deed is dated after the word; without days there is no telling."""
    if word.date is None or deed.date is None:
        return False
    return deed.date.start > word.date.end or (
        word.status is Status.FUTURE and deed.date.start >= word.date.start
    )


def _sides(event: Event) -> tuple[frozenset[str], frozenset[str]]:
    return _keys(event.actors), _keys(event.recipients)


def _rivals(events: Sequence[Event], links: _Links) -> None:
    for at, one in enumerate(events):
        for other in events[at + 1 :]:
            if other.sentence - one.sentence > _NEAR:
                break  # they stand in text order
            if one.type != other.type:
                continue
            if _voice(one) == _voice(other) or _apart(one, other):
                continue
            detail = _contradiction(one, other)
            if detail is not None:
                _join(links, one, "rival", other, detail)
                _join(links, other, "rival", one, detail)


def _contradiction(one: Event, other: Event) -> str | None:
    """In what two accounts of one happening differ; None where they may both be true."""
    doers = _keys(one.actors), _keys(other.actors)
    sufferers = _keys(one.recipients), _keys(other.recipients)
    if doers[0] & doers[1] and (sufferers[0] == sufferers[1] or not all(sufferers)):
        denied = [event.status in _DENYING for event in (one, other)]
        if any(denied) and not all(denied):
            return "status"
    if not sufferers[0] or sufferers[0] != sufferers[1]:
        return None
    if all(doers) and not doers[0] & doers[1] and one.lemma == other.lemma:
        return "actors"
    numbers = _numbers(one), _numbers(other)
    if all(numbers) and numbers[0] != numbers[1] and one.lemma == other.lemma:
        return "number"
    return None


def _apart(one: Event, other: Event) -> bool:
    """Different days or different places: two happenings."""
    dates = one.date, other.date
    if dates[0] is not None and dates[1] is not None:
        apart = dates[0].end < dates[1].start or dates[1].end < dates[0].start
        if apart:
            return True
    if one.place is not None and other.place is not None and one.place.name != other.place.name:
        return one.place.country != other.place.country
    return False


def _voice(event: Event) -> str | None:
    said = event.attribution[0] if event.attribution else None
    return None if said is None else said.name or said.span.text


def _numbers(event: Event) -> frozenset[int]:
    """How many suffered, by the words for them."""
    found: set[int] = set()
    for party in event.recipients:
        words = party.span.text.lower()
        found |= {int(figure.replace(",", "")) for figure in _NUMBER.findall(words)}
        found |= {_WORDS[word] for word in words.split() if word in _WORDS}
    return frozenset(found)


def _keys(parties: Iterable[Party]) -> frozenset[str]:
    return frozenset(
        f"{party.actor.country}/{party.actor.sector}" if party.actor.country else party.actor.name
        for party in parties
    )
