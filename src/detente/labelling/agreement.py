"""How far two labellings of the same documents agree, and where they do not.

F1 is taken over events as sets of cells, so neither side is the right one:

  type     same sentence and type
  parties  also the same countries (else sectors) on both sides; AGREE, CONSULT and COOPERATE pool
           the sides

The rest is about shared events, whatever their type: two events of one sentence whose predicates
overlap, else whose quotes do, each paired once, the greatest overlap first. Kappa is Cohen's.
Direction is told where both have the same type with a direction and name the same parties.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from detente.labelling.records import LabelledDocument, LabelledEvent
from detente.types import POOLED

Pair = tuple[LabelledEvent, LabelledEvent]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What two labellings have in common; ``per_type`` is F1 with the events of both sides.

    Kappas and shares are None where there is nothing to judge by.
    """

    documents: int
    first: int
    second: int
    type_f1: float
    parties_f1: float
    shared: int
    type_kappa: float | None
    status_share: float | None
    status_kappa: float | None
    direction_share: float | None
    per_type: dict[str, tuple[float, int, int]]


@dataclass(frozen=True, slots=True)
class Difference:
    """An event that only one side has (the other is None), or the fields that differ.

    ``fields`` are of "type", "mode", "status", "parties", "date" and "background".
    """

    first: LabelledEvent | None
    second: LabelledEvent | None
    fields: tuple[str, ...]

    @property
    def event(self) -> LabelledEvent:
        """Whichever there is, the first side's before the second's."""
        found = self.first or self.second
        assert found is not None
        return found


def compare(
    documents: Iterable[LabelledDocument],
    first: Sequence[LabelledEvent],
    second: Sequence[LabelledEvent],
) -> Comparison:
    """Compare two labellings of the given documents; other documents' events do not count."""
    docs = {doc.id: doc for doc in documents}
    one = [event for event in first if event.doc in docs]
    two = [event for event in second if event.doc in docs]
    pairs = shared_events(docs, one, two)
    agreed = [(a, b) for a, b in pairs if a.event == b.event]
    facing = [(a, b) for a, b in agreed if _same_people(a, b)]
    types = sorted({event.event for event in (*one, *two)})
    return Comparison(
        documents=len(docs),
        first=len(one),
        second=len(two),
        type_f1=_f1(map(_typed, one), map(_typed, two)),
        parties_f1=_f1(map(_with_parties, one), map(_with_parties, two)),
        shared=len(pairs),
        type_kappa=kappa([(a.event, b.event) for a, b in pairs]),
        status_share=_share([a.status == b.status for a, b in agreed]),
        status_kappa=kappa([(a.status, b.status) for a, b in agreed]),
        direction_share=_share([a.sides == b.sides for a, b in facing]),
        per_type={name: _for_type(name, one, two) for name in types},
    )


def shared_events(
    docs: Mapping[str, LabelledDocument],
    first: Iterable[LabelledEvent],
    second: Iterable[LabelledEvent],
) -> list[Pair]:
    """Pair the events that are about the same words."""
    others: dict[tuple[str, int], list[LabelledEvent]] = defaultdict(list)
    for event in second:
        others[event.doc, event.sent].append(event)
    found = [
        (_overlap(docs[one.doc].sents[one.sent], one, two), one, two)
        for one in first
        for two in others[one.doc, one.sent]
    ]
    # Ids break ties, so that the order of the files does not matter.
    found.sort(key=lambda each: (*(-n for n in each[0]), each[1].id, each[2].id))
    taken: set[int] = set()
    pairs = []
    for overlap, one, two in found:
        if any(overlap) and not {id(one), id(two)} & taken:
            taken |= {id(one), id(two)}
            pairs.append((one, two))
    return pairs


def differences(
    documents: Iterable[LabelledDocument],
    first: Sequence[LabelledEvent],
    second: Sequence[LabelledEvent],
) -> Iterator[Difference]:
    """Give every event that only one side has, or that both tell differently, in text order."""
    docs = {doc.id: doc for doc in documents}
    order = {name: number for number, name in enumerate(docs)}
    one = [event for event in first if event.doc in docs]
    two = [event for event in second if event.doc in docs]
    pairs = shared_events(docs, one, two)
    paired = {id(event) for pair in pairs for event in pair}
    found = [Difference(a, b, fields) for a, b in pairs if (fields := _differing(a, b))]
    found += [Difference(event, None, ()) for event in one if id(event) not in paired]
    found += [Difference(None, event, ()) for event in two if id(event) not in paired]
    yield from sorted(found, key=lambda each: (order[each.event.doc], each.event.sent))


def kappa(pairs: Sequence[tuple[str, str]]) -> float | None:
    """Return Cohen's kappa; None without pairs, or when both always say the same one thing.

    Source: Cohen, "A Coefficient of Agreement for Nominal Scales" (1960).
    """
    if not pairs:
        return None
    ones, twos = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    chance = sum(ones[name] * twos[name] for name in ones) / len(pairs) ** 2
    seen = sum(a == b for a, b in pairs) / len(pairs)
    return None if chance == 1 else (seen - chance) / (1 - chance)


def _differing(one: LabelledEvent, two: LabelledEvent) -> tuple[str, ...]:
    cells = {
        "type": (one.event, two.event),
        "mode": (one.mode, two.mode),
        "status": (one.status, two.status),
        # Under another type the sides may be pooled on one hand only: said by the type already.
        "parties": (one.sides, two.sides) if one.event == two.event else (None, None),
        "date": (one.date, two.date),
        "background": (one.background, two.background),
    }
    return tuple(name for name, (ours, theirs) in cells.items() if ours != theirs)


def _overlap(sentence: str, one: LabelledEvent, two: LabelledEvent) -> tuple[int, int, int]:
    """Characters shared by the predicates, by the quotes; 1 for the same type breaks ties."""
    quotes = [_span(sentence, event.quote, 0) for event in (one, two)]
    acts = [
        _span(sentence, event.predicate or event.quote, quote[0])
        for event, quote in zip((one, two), quotes, strict=True)
    ]
    common = _common(*acts), _common(*quotes)
    return (*common, int(any(common) and one.event == two.event))


def _span(sentence: str, words: str, start: int) -> tuple[int, int]:
    at = sentence.find(words, max(start, 0))
    return at, at + len(words)


def _common(one: tuple[int, int], two: tuple[int, int]) -> int:
    return max(0, min(one[1], two[1]) - max(one[0], two[0]))


def _typed(event: LabelledEvent) -> Hashable:
    return event.doc, event.sent, event.event


def _with_parties(event: LabelledEvent) -> Hashable:
    return event.doc, event.sent, event.event, event.sides


def _same_people(one: LabelledEvent, two: LabelledEvent) -> bool:
    if one.event in POOLED or not all((*one.sides, *two.sides)):
        return False
    return one.sides[0] | one.sides[1] == two.sides[0] | two.sides[1]


def _for_type(
    name: str, one: Iterable[LabelledEvent], two: Iterable[LabelledEvent]
) -> tuple[float, int, int]:
    ours = [_typed(event) for event in one if event.event == name]
    theirs = [_typed(event) for event in two if event.event == name]
    return _f1(ours, theirs), len(ours), len(theirs)


def _f1(one: Iterable[Hashable], two: Iterable[Hashable]) -> float:
    ours, theirs = Counter(one), Counter(two)
    total = ours.total() + theirs.total()
    return 2 * (ours & theirs).total() / total if total else 0.0


def _share(hits: Sequence[bool]) -> float | None:
    return sum(hits) / len(hits) if hits else None


def _shown(number: float | None) -> str:
    return "-" if number is None else f"{number:.3f}"


def summary(found: Comparison) -> Iterator[str]:
    """Lay a comparison out in lines of text."""
    yield f"{found.documents} documents in both, {found.first} and {found.second} events"
    yield f"same sentence and type   F1 {found.type_f1:.3f}"
    yield f"also the same parties    F1 {found.parties_f1:.3f}"
    yield f"shared events            {found.shared}"
    yield f"type of shared events    kappa {_shown(found.type_kappa)}"
    yield (
        f"status, where types agree   {_shown(found.status_share)} "
        f"(kappa {_shown(found.status_kappa)})"
    )
    yield f"direction, where parties agree   {_shown(found.direction_share)}"
    for name, (score, ours, theirs) in found.per_type.items():
        yield f"  {name:<9} F1 {score:.2f}  ({ours} and {theirs})"
