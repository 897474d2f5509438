"""Places that the event's own clause does not name: those of its scene, else a mere country.

"Ten people were killed in Baquba. The attackers fled": the second sentence happens in Baquba. Where
no place is told at all, who acts and who suffers often tells the country: police arrest at home, an
invasion is where the invaded are. Such a place has the precision "country" and no coordinates.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from detente.actors.facts import World
from detente.grounding.where import BODILY, Placing, phrases_in
from detente.types import Document, Event, Party, Place, Sentence, Status

# A scene goes on in the sentences right behind, and is set up in the one right before.
_BEHIND, _AHEAD = 4, 1
# Whose force is used at home unless the text says otherwise.
_DOMESTIC = frozenset("COP JUD LEG REB UAF CRM PRM OPP CVL IMG PTY".split())
_AT_HOME = frozenset({"COERCE", "PROTEST"})
# What comes to the one it is done to.
_TO_THEM = frozenset({"ASSAULT", "AID"})
# The first sentences of a story are explained by the next.
_OPENING = 2
_UNREAL = frozenset({Status.HYPOTHETICAL, Status.CONDITIONAL, Status.REQUESTED})
_MEETINGS = frozenset({"CONSULT", "AGREE"})
_VISITS = frozenset("visit trip arrive travel tour journey".split())


@dataclass(frozen=True, slots=True)
class PlacedEvent:
    """An event, its sentence, and the place that its own clause names."""

    event: Event
    sent: Sentence
    placing: Placing | None


def carry_places(
    told: Sequence[PlacedEvent], sentences: Sequence[Sentence], doc: Document, world: World
) -> list[Placing | None]:
    """Place events by what their neighbours say.

    Args: told: the events of a document in text order. sentences: all of the document's.
    Returns: a placing for each; as it was where it had one, None where nothing can be said.
    """
    by_index = {sent.index: sent for sent in sentences if sent.tokens}
    out: list[Placing | None] = []
    arena: str | None = None
    for number, one in enumerate(told):
        bodily = one.event.type in BODILY or _is_ahead(one.event)
        if one.placing is not None or not bodily or one.sent.is_headline:
            out.append(one.placing)
            continue
        found = _neighbour(number, told) or _nearby(one, by_index, doc, world)
        if found is None:
            arena = _arena(told, by_index, doc, world) if arena is None else arena
            found = _home(one.event, world, arena)
        out.append(found)
    return out


def _arena(
    told: Sequence[PlacedEvent], by_index: Mapping[int, Sentence], doc: Document, world: World
) -> str:
    """The country that most phrases of place in a document lie in; "" where none does."""
    event = told[0].event
    places = (p for sent in by_index.values() for p in phrases_in(event, sent, doc, world))
    counted = Counter(
        place.country
        for place in places
        # "A trip to China": where somebody is bound, not where he is.
        if place.country is not None
        and doc.text[max(place.span.start - 3, 0) : place.span.start].lower() != "to "
    )
    return counted.most_common(1)[0][0] if counted else ""


def _is_bound_for(text: str, start: int) -> bool:
    return text[max(start - len("to "), 0) : start].lower() == "to "


def _neighbour(number: int, told: Sequence[PlacedEvent]) -> Placing | None:
    """The place of an event of the same scene: in the sentence, before it, right behind it."""
    one = told[number]
    ranked: list[tuple[int, int, Placing]] = []
    for at in _within(number, told):
        other = told[at]
        placing = other.placing
        if (
            placing is None
            or other.event.type not in BODILY
            or placing.place.precision == "country"
        ):
            continue
        apart = one.sent.index - other.sent.index
        if abs(one.sent.paragraph - other.sent.paragraph) > 1:
            continue
        if _fits(one.event, placing.place, other.event):
            ranked.append((abs(apart), abs(at - number), placing))
    if not ranked:
        return None
    nearest = min(ranked, key=lambda each: each[:2])[2]
    return Placing(nearest.place, "scene")


def _within(number: int, told: Sequence[PlacedEvent]) -> range:
    """The positions of events whose sentences are near enough to be of one scene."""
    here = told[number].sent.index
    first, last = number, number + 1
    while first > 0 and here - told[first - 1].sent.index <= _BEHIND:
        first -= 1
    while last < len(told) and told[last].sent.index - here <= _AHEAD:
        last += 1
    return range(first, last)


def _nearby(
    one: PlacedEvent, by_index: Mapping[int, Sentence], doc: Document, world: World
) -> Placing | None:
    """The one city or region that a phrase of this sentence or its neighbour names."""
    opening = one.sent.index <= _OPENING
    for step in (0, -1, 1) if opening else (0, -1):
        index = one.sent.index + step
        sent = by_index.get(index)
        if sent is None or sent.is_headline or abs(sent.paragraph - one.sent.paragraph) > 1:
            continue
        places = {place.name: place for place in phrases_in(one.event, sent, doc, world)}
        exact = [p for p in places.values() if p.precision != "country"]
        if len(exact) == 1 and _fits(one.event, exact[0], None):
            return Placing(exact[0], "nearby")
        if exact:
            return None
    return None


def _fits(event: Event, place: Place, other: Event | None) -> bool:
    """A place in a country of the parties, or that of an event of the same parties."""
    countries = _countries((*event.actors, *event.recipients))
    others = _countries((*other.actors, *other.recipients)) if other is not None else frozenset()
    joint = bool(countries & others)
    if event.type in _MEETINGS and (other is None or joint):
        return True  # people meet anywhere
    if place.country is not None:
        return place.country in countries or (other is not None and not countries)
    return joint


def _home(event: Event, world: World, arena: str) -> Placing | None:
    """The country that the parties tell."""
    code = _country_of(event, arena)
    name = world.countries.get(code) if code is not None else None
    if code is None or name is None:
        return None
    sides = (*event.recipients, *event.actors)
    span = next((p.span for p in sides if p.actor.country == code), event.predicate)
    return Placing(Place(span, name, code, precision="country"), "parties")


def _country_of(event: Event, arena: str) -> str | None:
    doers, others = _countries(event.actors), _countries(event.recipients)
    if event.status in _UNREAL:
        return None
    if event.type == "CONSULT":
        return next(iter(others)) if event.lemma in _VISITS and len(others) == 1 else None
    abroad = event.type == "ASSAULT" and not others
    if abroad and not all(p.actor.sector in _DOMESTIC for p in event.actors):
        return arena if arena in doers else None  # an army or a navy may strike anywhere
    attacked = event.type == "ASSAULT" and any(_is_state(party) for party in event.recipients)
    if attacked and len(others) == 1:
        return next(iter(others))  # "attacks against Israel"
    if event.type == "ASSAULT" and not doers and arena:
        return arena  # who suffers may be abroad
    if event.type in _TO_THEM and arena in doers | others:
        return arena
    if len(doers | others) == 1:
        return next(iter(doers | others)) if event.type in (_AT_HOME | _TO_THEM) else None
    if event.type in _AT_HOME and len(doers) == 1:
        return next(iter(doers))
    if event.type not in _TO_THEM:
        return None
    if len(doers) == 1 and all(party.actor.sector in _DOMESTIC for party in event.actors):
        return next(iter(doers))
    return next(iter(others)) if len(others) == 1 else None


def _is_ahead(event: Event) -> bool:
    """A meeting or visit to come is agreed upon, and has its place all the same."""
    return event.type == "AGREE" and event.status is Status.FUTURE


def _is_state(party: Party) -> bool:
    """A country by its bare name."""
    return party.actor.sector == "GOV" and party.span.text.removeprefix("the ") == party.actor.name


def _countries(parties: Iterable[Party]) -> frozenset[str]:
    return frozenset(p.actor.country for p in parties if p.actor.country is not None)
