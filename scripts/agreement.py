"""Tell how far two labellings of the same documents agree.

    python scripts/agreement.py FIRST SECOND

FIRST and SECOND are folders of sets; what counts are the documents that are in both. F1 is taken
over events as sets of cells, so neither side is the right one:

  type     same sentence and type
  parties  also the same countries (else sectors) on both sides; AGREE, CONSULT and COOPERATE pool
           the sides

The rest is about shared events, whatever their type: two events of one sentence whose predicates
overlap, else whose quotes do, each paired once, the greatest overlap first. Kappa is Cohen's.
Direction is told where both have the same type with a direction and name the same parties.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import labelled
from detente.types import POOLED
from labelled import LabelledDocument, LabelledEvent

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
    docs: dict[str, LabelledDocument],
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


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("first", type=Path, metavar="FIRST")
    parser.add_argument("second", type=Path, metavar="SECOND")
    options = parser.parse_args()
    first_docs, first = labelled.load_folder(options.first)
    second_docs, second = labelled.load_folder(options.second)
    sentences = {doc.id: doc.sents for doc in second_docs}
    both = [doc for doc in first_docs if doc.id in sentences]
    for doc in both:
        if doc.sents != sentences[doc.id]:
            print(f"{doc.id}: the sentences differ; not compared", file=sys.stderr)
    both = [doc for doc in both if doc.sents == sentences[doc.id]]
    found = compare(both, first, second)
    print(f"{found.documents} documents in both, {found.first} and {found.second} events")
    print(f"same sentence and type   F1 {found.type_f1:.3f}")
    print(f"also the same parties    F1 {found.parties_f1:.3f}")
    print(f"shared events            {found.shared}")
    print(f"type of shared events    kappa {_shown(found.type_kappa)}")
    print(
        f"status, where types agree   {_shown(found.status_share)} "
        f"(kappa {_shown(found.status_kappa)})"
    )
    print(f"direction, where parties agree   {_shown(found.direction_share)}")
    for name, (score, ours, theirs) in found.per_type.items():
        print(f"  {name:<9} F1 {score:.2f}  ({ours} and {theirs})")
    return 0 if both else 1


if __name__ == "__main__":
    sys.exit(main())
