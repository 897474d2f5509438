"""Settle where two labellings of the same documents differ.

    python scripts/adjudicate.py list FIRST SECOND > decisions.txt
    (a third reader decides: strikes what is wrong, corrects what is half right)
    python scripts/adjudicate.py apply FIRST SECOND decisions.txt

``list`` prints every sentence that the two folders label differently, with the sentence before it,
and both readings, one event a line:

    @ voa_12345 3
    < the sentence before
    T the sentence
    A7 ACCUSE/allege asserted | accused | Peru = PER GOV | Chile = CHL GOV
    B9 ACCUSE asserted | accused | Peru = PER GOV | Chilean troops = CHL MIL

A and B lines are events of FIRST and SECOND with their numbers. What the third reader leaves there
is the decision: a line that is deleted is no event; a line whose text is changed is corrected (the
fields are those of a sheet, see sheets.py); where A and B say the same event, one of them stays.
``apply`` writes the decisions into FIRST. SECOND stays as it is: it shows how far readers agree.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import msgspec

import labelled
import sheets
from labelled import LabelledDocument, LabelledEvent, LabelledParty

Key = tuple[str, int]
Group = dict[Key, list[LabelledEvent]]
_MARK = re.compile(r"@ (\S+) (\d+)$")
_LINE = re.compile(r"([AB])(\d+) (.*)$")


def differing(
    documents: Iterable[LabelledDocument], first: Group, second: Group
) -> Iterator[tuple[LabelledDocument, int]]:
    """Give the sentences whose events are not the same on both sides."""
    for doc in documents:
        for number in range(len(doc.sents)):
            one, two = first[doc.id, number], second[doc.id, number]
            if sorted(map(_content, one)) != sorted(map(_content, two)):
                yield doc, number


def _content(event: LabelledEvent) -> tuple[str, ...]:
    sides = tuple(",".join(sorted(side)) for side in event.sides)
    return event.event, event.mode or "", event.status, *sides


def line_of(event: LabelledEvent) -> str:
    """Lay an event out as a line of a sheet."""
    act = f"{event.event}/{event.mode}" if event.mode else event.event
    fields = {
        "by": event.reported_by,
        "if": event.condition,
        "date": event.date,
        "quote": event.quote,
        "same": event.same_as.rpartition("#")[2] if event.same_as else None,
    }
    return " | ".join(
        [
            f"{act} {event.status}",
            event.predicate or event.quote,
            _side(event.source),
            _side(event.target),
            *(f"{name}={value}" for name, value in fields.items() if value is not None),
            *(["background"] if event.background else []),
        ]
    )


def _side(parties: Sequence[LabelledParty]) -> str:
    return "; ".join(f"{p.text} = {p.country or '-'} {p.sector}" for p in parties) or "-"


def decisions(file: Path) -> Iterator[tuple[Key, list[tuple[str, int, str]]]]:
    """Read what a third reader decided: for each sentence its lines (side, number, text)."""
    key: Key | None = None
    lines: list[tuple[str, int, str]] = []
    for line in file.read_text(encoding="utf-8").splitlines():
        mark, event = _MARK.match(line), _LINE.match(line)
        if mark is not None:
            if key is not None:
                yield key, lines
            key, lines = (mark[1], int(mark[2])), []
        elif event is not None:
            lines.append((event[1], int(event[2]), event[3]))
    if key is not None:
        yield key, lines


def settled(
    docs: dict[str, LabelledDocument], events: list[LabelledEvent], file: Path
) -> list[LabelledEvent]:
    """Put the decisions in the place of the events of their sentences.

    Raises:
        SheetError: a line cannot be read.
    """
    chosen = {key: lines for key, lines in decisions(file) if key[0] in docs}
    numbers: dict[str, int] = defaultdict(int)
    for event in events:
        numbers[event.doc] = max(numbers[event.doc], int(event.id.rpartition("#")[2]) + 1)
    kept = [event for event in events if (event.doc, event.sent) not in chosen]
    for (doc, sent), lines in chosen.items():
        for side, number, text in lines:
            made = sheets.event_of(text, docs[doc], sent, number)
            if side == "B":
                made = msgspec.structs.replace(made, id=f"{doc}#{numbers[doc]}", same_as=None)
                numbers[doc] += 1
            kept.append(made)
    return _in_order(kept)


def _in_order(events: list[LabelledEvent]) -> list[LabelledEvent]:
    """By document and number; what points to an event that is gone, or later, points nowhere."""
    order = {name: rank for rank, name in enumerate(dict.fromkeys(e.doc for e in events))}
    events.sort(key=lambda e: (order[e.doc], int(e.id.rpartition("#")[2])))
    seen: dict[str, str] = {}
    out = []
    for event in events:
        if event.same_as is not None and seen.get(event.same_as) != event.event:
            event = msgspec.structs.replace(event, same_as=None)
        seen[event.id] = event.event
        out.append(event)
    return out


def _grouped(events: Iterable[LabelledEvent]) -> Group:
    found: Group = defaultdict(list)
    for event in events:
        found[event.doc, event.sent].append(event)
    return found


def _list(first: Path, second: Path) -> int:
    documents, events = labelled.load_folder(first)
    twice, others = labelled.load_folder(second)
    both = {doc.id for doc in twice}
    one, two = _grouped(events), _grouped(others)
    count = 0
    for doc, number in differing((d for d in documents if d.id in both), one, two):
        count += 1
        print(f"@ {doc.id} {number}")
        if number:
            print(f"< {doc.sents[number - 1]}")
        print(f"T {doc.sents[number]}")
        for side, group in (("A", one), ("B", two)):
            for event in group[doc.id, number]:
                print(f"{side}{event.id.rpartition('#')[2]} {line_of(event)}")
        print()
    print(f"{count} sentences differ", file=sys.stderr)
    return 0


def _apply(first: Path, file: Path) -> int:
    for name in labelled.sets_in(first):
        documents = labelled.load([first / f"{name}{labelled.DOCUMENTS}"], LabelledDocument)
        target = first / f"{name}{labelled.EVENTS}"
        events = labelled.load([target], LabelledEvent)
        docs = {doc.id: doc for doc in documents}
        mine = {key: lines for key, lines in decisions(file) if key[0] in docs}
        if not mine:
            continue
        after = settled(docs, events, file)
        target.write_bytes(b"".join(msgspec.json.encode(event) + b"\n" for event in after))
        print(f"{name}: {len(mine)} sentences settled, {len(events)} events became {len(after)}")
    return 0


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("do", choices=("list", "apply"))
    parser.add_argument("first", type=Path, metavar="FIRST")
    parser.add_argument("second", type=Path, metavar="SECOND")
    parser.add_argument("file", type=Path, nargs="?", metavar="DECISIONS")
    options = parser.parse_args()
    if options.do == "list":
        return _list(options.first, options.second)
    if options.file is None:
        parser.error("apply needs the file with the decisions")
    return _apply(options.first, options.file)


if __name__ == "__main__":
    sys.exit(main())
