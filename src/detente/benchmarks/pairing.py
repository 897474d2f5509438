"""Labelled events and coded ones side by side, as the scorer of the benchmark documents has it.

A coded event belongs to the labelled sentence in which its evidence begins. Inside a sentence
events are paired one to one, at two levels:

  type   the same sentence and PLOVER type
  dyad   also the same actors on both sides, by country, else by sector; the sides of AGREE,
         CONSULT and COOPERATE are pooled

Events of one cell are alike to the scorer, and how many are right does not hang on who is paired
with whom. What is told of single events does: first come those with the same parties, status and
words.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from detente.benchmarks.judging import party_keys
from detente.benchmarks.rows import precision_recall
from detente.labelling.records import LabelledDocument, LabelledEvent, sentence_starts
from detente.types import POOLED, Event

Level = Literal["type", "dyad"]
LEVELS: tuple[Level, ...] = ("type", "dyad")
Sides = tuple[frozenset[str], frozenset[str]]
Span = tuple[int, int]

# Documents are drawn again so often for an interval; 95 of 100 draws lie inside.
_DRAWS, _OUTSIDE = 1000, 0.025


@dataclass(frozen=True, slots=True)
class Gold:
    """A labelled event and where its predicate stands in the document."""

    label: LabelledEvent
    act: Span

    def cell(self, level: Level) -> Hashable:
        """What has to agree at a level."""
        base = (self.label.sent, self.label.event)
        return base if level == "type" else (*base, self.label.sides)


@dataclass(frozen=True, slots=True)
class Found:
    """A coded event, the labelled sentence that it falls into, and its sides as compared."""

    event: Event
    sent: int
    sides: Sides

    def cell(self, level: Level) -> Hashable:
        """What has to agree at a level."""
        base = (self.sent, self.event.type)
        return base if level == "type" else (*base, self.sides)


@dataclass(frozen=True, slots=True)
class Text:
    """A labelled document; ``kind`` is the first word of its set: real, written, dev."""

    kind: str
    doc: LabelledDocument
    gold: tuple[Gold, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a coder made of a text.

    ``pairs`` has, for each level, the position of the coded event that each labelled one is paired
    with.
    """

    text: Text
    found: tuple[Found, ...]
    pairs: Mapping[Level, Mapping[int, int]]

    def hit(self, level: Level, gold: int) -> Found | None:
        """The coded event that a labelled one is paired with."""
        at = self.pairs[level].get(gold)
        return None if at is None else self.found[at]

    def right(self, level: Level) -> frozenset[int]:
        """The positions of the coded events that are right."""
        return frozenset(self.pairs[level].values())

    def counts(self, level: Level) -> tuple[int, int, int]:
        """How many are right, coded, labelled."""
        return len(self.pairs[level]), len(self.found), len(self.text.gold)


def labelled_text(kind: str, doc: LabelledDocument, events: Iterable[LabelledEvent]) -> Text:
    """Put a document together with its events."""
    starts = sentence_starts(doc)
    return Text(kind, doc, tuple(Gold(e, _act(doc, starts[e.sent], e)) for e in events))


def outcome(text: Text, events: Iterable[Event]) -> Outcome:
    """Compare the events of a coder with the labels of a text."""
    starts = sentence_starts(text.doc)
    found = tuple(
        Found(event, sentence_of(text.doc, starts, event.span.start), sides_of(event))
        for event in events
    )
    return Outcome(text, found, {level: _paired(text.gold, found, level) for level in LEVELS})


def sentence_of(doc: LabelledDocument, starts: Sequence[int], offset: int) -> int:
    """The labelled sentence that an offset lies in, else the one that begins nearest; -1: none."""
    for number, (start, words) in enumerate(zip(starts, doc.sents, strict=True)):
        if 0 <= start <= offset < start + len(words):
            return number
    near = [(abs(offset - start), number) for number, start in enumerate(starts) if start >= 0]
    return min(near)[1] if near else -1


def scores(outcomes: Iterable[Outcome], level: Level) -> dict[str, float]:
    """P, R and F1 over all events of some texts."""
    counts = [each.counts(level) for each in outcomes]
    right, coded, gold = (
        (sum(column) for column in zip(*counts, strict=True)) if counts else [0] * 3
    )
    return precision_recall(right, coded, gold)


def interval(outcomes: Sequence[Outcome], level: Level) -> tuple[float, float]:
    """The 95 % interval of F1 when documents are drawn again, with replacement (bootstrap)."""
    counts = [each.counts(level) for each in outcomes]
    dice = random.Random(0)
    drawn = []
    for _ in range(_DRAWS):
        right, coded, gold = map(sum, zip(*dice.choices(counts, k=len(counts)), strict=True))
        drawn.append(precision_recall(right, coded, gold)["F1"])
    drawn.sort()
    return drawn[int(_DRAWS * _OUTSIDE)], drawn[int(_DRAWS * (1 - _OUTSIDE)) - 1]


def _act(doc: LabelledDocument, start: int, event: LabelledEvent) -> Span:
    """Where the predicate stands: inside the quote, else the quote itself."""
    sentence = doc.sents[event.sent]
    quote = max(sentence.find(event.quote), 0)
    words = event.predicate or event.quote
    at = max(sentence.find(words, quote), quote)
    base = max(start, 0)
    return base + at, base + min(at + len(words), len(sentence))


def sides_of(event: Event) -> Sides:
    """The sides of a coded event as they are compared."""
    first, second = party_keys(event.actors), party_keys(event.recipients)
    return (first | second, frozenset()) if event.type in POOLED else (first, second)


def _paired(gold: Sequence[Gold], found: Sequence[Found], level: Level) -> dict[int, int]:
    by_cell: dict[Hashable, list[int]] = defaultdict(list)
    for number, each in enumerate(found):
        by_cell[each.cell(level)].append(number)
    alike = [
        (_likeness(wanted, found[number]), -place, -number)
        for place, wanted in enumerate(gold)
        for number in by_cell.get(wanted.cell(level), ())
    ]
    return dict(_greedily((-place, -number) for _, place, number in sorted(alike, reverse=True)))


def _greedily(best_first: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    taken: tuple[set[int], set[int]] = (set(), set())
    for place, number in best_first:
        if place not in taken[0] and number not in taken[1]:
            taken[0].add(place)
            taken[1].add(number)
            yield place, number


def _likeness(gold: Gold, found: Found) -> tuple[bool, bool, int]:
    act, words = gold.act, found.event.predicate
    return (
        gold.label.sides == found.sides,
        gold.label.status == found.event.status,
        min(act[1], words.end) - max(act[0], words.start),
    )
