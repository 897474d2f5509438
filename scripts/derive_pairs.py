"""Turn labelled documents into pairs of actors with the type of event between them.

    python scripts/derive_pairs.py FOLDER... [--sets NAME...] [--split train|dev|test] --out FILE

A document is labelled in full, so two actors of a sentence between whom no event is labelled have
none: NONE pairs, reversed ones among them, come in the share that the text gives. One JSON object
a line:

    {"id", "document", "sentence", "text", "source": [start, end], "target": [start, end] or null,
     "type", "mode", "status", "predicate": [start, end] or null}

``text`` is the sentence; offsets are half-open Unicode code points into it; ``status`` and
``predicate`` are null for NONE. The actors of a sentence are the labelled parties and what
detente's actors stage finds. Rules, in order:

  1. A party is looked for in its sentence, nearest to the predicate first. One that stands
     elsewhere in the document makes no pair.
  2. A mention that overlaps a labelled party is that party. Labelled parties that overlap and
     stand for the same actors are one, the longest.
  3. Each source with each target of an event has its label; joint sources of an AGREE, CONSULT or
     COOPERATE without a target have it both ways. A pair with several labels makes several lines.
  4. Each source of an event without a target has its label with the target null. An actor who is
     source of nothing has NONE there.
  5. Another mention of the same two actors as a labelled pair's, the same way round, is left out:
     nobody has said whether "Peru ... its ships" is one party or two.
  6. So is one actor with itself ("Peru ... its president"), unless both are labelled parties.
  7. Every other ordered pair that does not overlap is NONE.

The order and the ids depend on the documents only.
"""

from __future__ import annotations

import argparse
import datetime
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

import labelled
from detente.config import Settings
from detente.pipeline import Coder
from detente.types import NONE, POOLED, Coded, Document, Mention
from labelled import LabelledDocument, LabelledEvent, LabelledParty


class PairRecord(msgspec.Struct, frozen=True):
    """One line of the output."""

    id: str
    document: str
    sentence: int
    text: str
    source: tuple[int, int]
    target: tuple[int, int] | None
    type: str
    mode: str | None
    status: str | None
    predicate: tuple[int, int] | None


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where an actor stands in a sentence, and the keys of those it stands for."""

    start: int
    end: int
    keys: frozenset[str] = field(compare=False)

    def overlaps(self, other: Place) -> bool:
        """Tell whether two share a character."""
        return self.start < other.end and other.start < self.end


Span = tuple[int, int]
Label = tuple[str, str | None, str, Span | None]
Labels = dict[tuple[Place, Place | None], list[Label]]


def derive(
    doc: LabelledDocument,
    events: Iterable[LabelledEvent],
    mentions: Sequence[Mention],
    counts: Counter[str],
) -> Iterator[PairRecord]:
    """Give all pairs of a document, sentence by sentence.

    Args:
        mentions: as the actors stage finds them, with offsets into the document.
        counts: told what was left out, and why.
    """
    by_sentence: dict[int, list[LabelledEvent]] = defaultdict(list)
    for event in events:
        by_sentence[event.sent].append(event)
    starts = labelled.sentence_starts(doc)
    for number, (text, start) in enumerate(zip(doc.sents, starts, strict=True)):
        gold = by_sentence[number]
        parties = party_places(text, gold, counts)
        found = _mentioned(mentions, start, start + len(text))
        known = set(parties.values())
        places = sorted({*known, *_free(found, known)})
        pairs = _pairs(places, known, _labels(text, gold, parties, counts), counts)
        for rank, (source, target, (kind, mode, status, predicate)) in enumerate(pairs):
            yield PairRecord(
                id=f"{doc.id}#{number}.{rank}",
                document=doc.id,
                sentence=number,
                text=text,
                source=(source.start, source.end),
                target=(target.start, target.end) if target else None,
                type=kind,
                mode=mode,
                status=status or None,
                predicate=predicate,
            )


# ------------------------------------------------------------------------------- who is where


def party_places(
    text: str, events: Iterable[LabelledEvent], counts: Counter[str]
) -> dict[tuple[str, str], Place]:
    """Find the labelled parties of a sentence: (event id, words) -> place."""
    found: dict[tuple[str, str], Place] = {}
    for event in events:
        words: dict[str, set[str]] = defaultdict(set)
        for party in (*event.source, *event.target):
            words[party.text].add(_party_key(party))
        for name, keys in words.items():
            start = _nearest(text, name, event)
            if start is None:
                counts["party in another sentence"] += 1
            else:
                found[event.id, name] = Place(start, start + len(name), frozenset(keys))
    return {where: _longest(place, found.values()) for where, place in found.items()}


def _nearest(text: str, name: str, event: LabelledEvent) -> int | None:
    """Where the words begin nearest to the predicate; inside a longer word they do not count."""
    act = _act_place(text, event)[0]
    starts = []
    at = text.find(name)
    while at >= 0:
        around = text[at - 1 : at] + text[at + len(name) : at + len(name) + 1]
        if not any(letter.isalnum() for letter in around):
            starts.append(at)
        at = text.find(name, at + 1)
    return min(starts, key=lambda start: (abs(start - act), start), default=None)


def _act_place(text: str, event: LabelledEvent) -> Span:
    """Where the predicate stands: in the quote, else the quote, else the beginning."""
    quote = max(text.find(event.quote), 0)
    words = event.predicate or event.quote
    act = max(text.find(words, quote), quote)
    return act, min(act + len(words), len(text))


def _longest(place: Place, others: Iterable[Place]) -> Place:
    """The longest labelled party around a place that stands for the same actors."""
    same = [other for other in others if other.overlaps(place) and other.keys == place.keys]
    return min(same, key=lambda other: (other.start - other.end, other.start))


def _mentioned(mentions: Iterable[Mention], start: int, end: int) -> list[Place]:
    return [
        Place(m.start - start, m.end - start, frozenset(a.country or a.name for a in m.actors))
        for m in mentions
        if start <= m.start and m.end <= end
    ]


def _free(found: Iterable[Place], parties: set[Place]) -> Iterator[Place]:
    """The mentions that no labelled party overlaps; of those that overlap, the longest."""
    taken: list[Place] = []
    for place in sorted(found, key=lambda each: (each.start - each.end, each.start)):
        if not any(place.overlaps(other) for other in (*parties, *taken)):
            taken.append(place)
            yield place


def _party_key(party: LabelledParty) -> str:
    # A body without a country goes by its words, so that two of them stay two.
    return party.country or party.text


# ------------------------------------------------------------------------------- what is between


def _labels(
    text: str,
    events: Iterable[LabelledEvent],
    parties: dict[tuple[str, str], Place],
    counts: Counter[str],
) -> Labels:
    labels: Labels = defaultdict(list)
    for event in events:
        sources = _there(event, event.source, parties)
        targets = _there(event, event.target, parties)
        ends: list[tuple[Place, Place | None]] = [(s, t) for s in sources for t in targets]
        if not event.target:
            ends += [(s, None) for s in sources]
            if event.event in POOLED:
                ends += [(s, t) for s in sources for t in sources]
        ends = [(s, t) for s, t in ends if t is None or not s.overlaps(t)]
        if not ends:
            counts["event without a pair in its sentence"] += 1
        for pair in ends:
            label = (event.event, event.mode, event.status, _act_place(text, event))
            if all(label[:3] != other[:3] for other in labels[pair]):
                labels[pair].append(label)
    return labels


def _there(
    event: LabelledEvent,
    side: Iterable[LabelledParty],
    parties: dict[tuple[str, str], Place],
) -> list[Place]:
    found = (parties.get((event.id, party.text)) for party in side)
    return list(dict.fromkeys(place for place in found if place is not None))


def _pairs(
    places: Sequence[Place], parties: set[Place], labels: Labels, counts: Counter[str]
) -> Iterator[tuple[Place, Place | None, Label]]:
    busy = {source for source, _ in labels}
    for source in places:
        for target in (None, *places):
            given = labels.get((source, target))
            if given:
                yield from ((source, target, label) for label in given)
            elif target is None:
                if any(source.keys & other.keys for other in busy):
                    counts["alone, and source of something"] += 1
                else:
                    yield source, None, (NONE, None, "", None)
            elif source.overlaps(target):
                continue
            elif source.keys & target.keys and not {source, target} <= parties:
                counts["one actor with itself"] += 1
            elif _echoes(source, target, labels):
                counts["other words for a labelled pair"] += 1
            else:
                yield source, target, (NONE, None, "", None)


def _echoes(source: Place, target: Place, labels: Labels) -> bool:
    """The same actors, the same way round, are a labelled pair under other words."""
    return any(
        other is not None and source.keys & one.keys and target.keys & other.keys
        for one, other in labels
    )


# ------------------------------------------------------------------------------- documents


class MentionFinder:
    """The actors stage by itself; tables and parser are loaded once."""

    def __init__(self) -> None:
        self._coder = Coder(Settings())

    def find(self, doc: LabelledDocument) -> tuple[Mention, ...]:
        """Find the mentions of a document, resolved as of its date."""
        date = datetime.date.fromisoformat(doc.date) if doc.date else None
        made = Document(doc.id, doc.text, sha256="", title=doc.title, date=date, byline=doc.byline)
        for coded in self._coder.mentions([made]):
            if isinstance(coded, Coded):
                return coded.mentions
            raise SystemExit(f"{doc.id}: {coded.reason}")
        return ()


def chosen(
    folders: Iterable[Path], names: Sequence[str], split: str | None
) -> Iterator[tuple[LabelledDocument, list[LabelledEvent]]]:
    """Give the documents of some sets (all if none is named) and of one part, with their events."""
    for folder in folders:
        for name in labelled.sets_in(folder):
            if names and name not in names:
                continue
            documents = labelled.load([folder / f"{name}{labelled.DOCUMENTS}"], LabelledDocument)
            events = labelled.load([folder / f"{name}{labelled.EVENTS}"], LabelledEvent)
            for doc in documents:
                if split is None or labelled.part_of(name, doc.id) == split:
                    yield doc, [event for event in events if event.doc == doc.id]


def _report(records: Sequence[PairRecord], counts: Counter[str]) -> None:
    documents = {record.document for record in records}
    print(f"{len(records)} pairs in {len(documents)} documents", file=sys.stderr)
    for name in ("type", "status"):
        tally = Counter(str(getattr(record, name)) for record in records)
        line = ", ".join(f"{key} {count}" for key, count in tally.most_common())
        print(f"{name}: {line}", file=sys.stderr)
    for reason, count in sorted(counts.items()):
        print(f"left out, {reason}: {count}", file=sys.stderr)


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folders", type=Path, nargs="+", metavar="FOLDER")
    parser.add_argument("--sets", nargs="+", default=[], metavar="NAME", help="dev-a, real-1 ...")
    parser.add_argument("--split", choices=("train", "dev", "test"))
    parser.add_argument("--out", type=Path, required=True, metavar="FILE")
    options = parser.parse_args()
    finder, counts = MentionFinder(), Counter[str]()
    records = [
        record
        for doc, events in chosen(options.folders, options.sets, options.split)
        for record in derive(doc, events, finder.find(doc), counts)
    ]
    encoder = msgspec.json.Encoder()
    options.out.write_bytes(b"".join(encoder.encode(record) + b"\n" for record in records))
    _report(records, counts)
    return 0


if __name__ == "__main__":
    sys.exit(main())
