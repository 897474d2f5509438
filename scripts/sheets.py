"""Turn sheets of written sentences into a set of labelled documents.

    python scripts/sheets.py SHEET... --name written-1 --out data/labelled
    python scripts/sheets.py SHEET... --check
    python scripts/sheets.py SHEET... --from CORPUS --name extra-1 --out data/labelled

A sheet is plain text that is quick to write and to read; a set (see data/labelled/README.md) is
what comes out. Blocks are separated by an empty line, one document a block:

    D 2009-06-14
    T Togo's envoy warned Benin that any raid on the depot would have consequences.
    E THREATEN/violence asserted | warned | Togo's envoy = TGO GOV | Benin = BEN GOV
    E ASSAULT conditional | raid | Benin = BEN GOV | - | by=Togo's envoy | if=any raid on the depot

``D`` is the date (may be left out), ``T`` a sentence, and each ``E`` after it an event of that
sentence: type/mode status | predicate | actors | recipients | further fields. Several parties are
separated by ";", "-" stands for none and for no country. Further fields: ``by`` (who says so),
``if`` (the condition), ``date``, ``quote`` (else the stretch from the first to the last of the
predicate and the parties), ``same`` (number of the earlier event of the block, from 0), and the
bare word ``background``. "words#2" is the second occurrence of the words in the sentence.

A block may begin with ``S ID``, a document of the file after ``--from`` (JSON lines with id, text,
source, url, licence and date, also gzipped): then the sentences are verbatim from there, and source
and licence are that document's.

Ids are NAME-0001 and so on in the order of the blocks: append, never insert. ``--check`` writes
nothing, prints what is wrong with line numbers, and how the labels spread.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

import check_labels
import labelled
from detente.actors import load_world
from detente.labelling.words import find_words, occurrences, stretch
from detente.ontology import load_ontology
from labelled import LabelledDocument, LabelledEvent, LabelledParty

SOURCE = "written for detente"
_NTH = re.compile(r"(.*)#([1-9])$", re.DOTALL)
_PARTY = re.compile(r"(?P<text>.+?) = (?P<country>[A-Z]{3}|-) (?P<sector>[A-Z]{2,4})$")
_ACT = re.compile(r"(?P<type>[A-Z]+)(?:/(?P<mode>[\w-]+))? (?P<status>[a-z]+)$")
_FIELDS = ("by", "if", "date", "quote", "same")


class Origin(msgspec.Struct, frozen=True):
    """A document that sentences of a sheet are from."""

    id: str
    text: str
    source: str
    url: str | None
    licence: str
    date: str | None = None


class SheetError(ValueError):
    """A line that cannot be read; the message says why."""


@dataclass(slots=True)
class Block:
    """One document of a sheet while it is read."""

    number: int
    origin: str | None = None
    date: str | None = None
    sents: list[str] = field(default_factory=list)
    events: list[tuple[int, int, str]] = field(default_factory=list)  # line, sentence, text


def blocks_of(sheet: Path) -> Iterator[Block]:
    """Read a sheet block by block.

    Raises:
        SheetError: a line begins with none of S, D, T, E, or an event stands before its sentence.
    """
    block: Block | None = None
    for number, line in enumerate(sheet.read_text(encoding="utf-8").splitlines(), 1):
        mark, _, rest = line.strip().partition(" ")
        if not mark:
            if block:
                yield block
            block = None
            continue
        block = block or Block(number)
        if mark == "S" and not block.sents:
            block.origin = rest
        elif mark == "D" and not block.sents:
            block.date = rest
        elif mark == "T":
            block.sents.append(rest.strip())
        elif mark == "E" and block.sents:
            block.events.append((number, len(block.sents) - 1, rest.strip()))
        else:
            raise SheetError(f"{sheet.name}:{number}: not S, D, T or E in this order: {line[:60]}")
    if block:
        yield block


def document(
    block: Block, name: str, origins: Mapping[str, Origin]
) -> tuple[LabelledDocument, list[LabelledEvent], list[str]]:
    """Make the records of a block, and tell what is wrong with it, "LINE: what"."""
    text = " ".join(block.sents)
    origin = origins.get(block.origin or "")
    wrong: list[str] = []
    if block.origin and (origin is None or any(s not in origin.text for s in block.sents)):
        wrong.append(f"{block.number}: no such document, or not verbatim in it: {block.origin}")
    doc = LabelledDocument(
        id=name,
        text=text,
        sents=tuple(block.sents),
        date=origin.date if origin else block.date,
        source=origin.source if origin else SOURCE,
        url=origin.url if origin else None,
        licence=origin.licence if origin else check_labels.WRITTEN,
        words=len(text.split()),
    )
    events: list[LabelledEvent] = []
    for line, sent, said in block.events:
        try:
            events.append(event_of(said, doc, sent, len(events)))
        except SheetError as error:
            wrong.append(f"{line}: {error}")
    return doc, events, wrong


def event_of(said: str, doc: LabelledDocument, sent: int, number: int) -> LabelledEvent:
    """Read a line "TYPE/mode status | predicate | actors | recipients | ..." of a sentence.

    Raises:
        SheetError: it cannot be read, or words are not in the sentence.
    """
    parts = [part.strip() for part in said.split(" | ")]
    if len(parts) < len(("act", "predicate", "actors", "recipients")):
        raise SheetError("an event is TYPE/mode status | predicate | actors | recipients | ...")
    act = _ACT.match(parts[0])
    if act is None:
        raise SheetError(f"no TYPE/mode status: {parts[0]}")
    more, background = _more(parts[4:])
    sentence = doc.sents[sent]
    start = _find(sentence, parts[1])
    predicate = _bare(parts[1])
    sides = [_parties(part) for part in parts[2:4]]
    places = _places(sentence, (start, start + len(predicate)), [p for side in sides for p in side])
    quote = more.get("quote") or stretch(sentence, places)
    bare = [
        tuple(LabelledParty(_bare(p.text), p.country, p.sector) for p in side) for side in sides
    ]
    return LabelledEvent(
        doc=doc.id,
        id=f"{doc.id}#{number}",
        sent=sent,
        quote=quote,
        source=bare[0],
        target=bare[1],
        event=act["type"],
        status=act["status"],
        reported_by=more.get("by"),
        date=more.get("date"),
        background=background,
        same_as=f"{doc.id}#{more['same']}" if "same" in more else None,
        mode=act["mode"],
        predicate=predicate,
        condition=more.get("if"),
    )


def _more(parts: Sequence[str]) -> tuple[dict[str, str], bool]:
    found, background = {}, False
    for part in parts:
        key, equals, value = part.partition("=")
        if part == "background":
            background = True
        elif equals and key in _FIELDS and value.strip():
            found[key] = value.strip()
        else:
            raise SheetError(f"no field: {part}")
    return found, background


def _parties(side: str) -> list[LabelledParty]:
    if side == "-":
        return []
    parties = []
    for said in side.split(";"):
        found = _PARTY.match(said.strip())
        if found is None:
            raise SheetError(f"no party 'text = CCC SEC': {said}")
        country = None if found["country"] == "-" else found["country"]
        parties.append(LabelledParty(found["text"], country, found["sector"]))
    return parties


def _bare(words: str) -> str:
    found = _NTH.match(words)
    return found[1] if found else words


def _find(sentence: str, words: str, near: int | None = None) -> int:
    """Where words stand as whole words: the n-th time, else nearest to a place, else first."""
    found = _NTH.match(words)
    bare = found[1] if found else words
    at = find_words(sentence, bare, near=near, nth=int(found[2]) if found else None)
    if at is not None:
        return at
    times = len(occurrences(sentence, bare))
    raise SheetError(
        f"only {times} times in the sentence: {bare}" if times else f"not in the sentence: {bare}"
    )


def _places(
    sentence: str, act: tuple[int, int], parties: Sequence[LabelledParty]
) -> Iterator[tuple[int, int]]:
    """Where the act and those parties stand that are in the sentence."""
    yield act
    for party in parties:
        try:
            at = _find(sentence, party.text, near=act[0])
        except SheetError:  # "he" of this sentence may be named in the one before
            continue
        yield at, at + len(_bare(party.text))


def read_origins(file: Path | None) -> dict[str, Origin]:
    """Read the documents that sentences are from, by id; none without a file."""
    if file is None:
        return {}
    raw = gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()
    found = (msgspec.convert(json.loads(line), Origin) for line in raw.splitlines())
    return {origin.id: origin for origin in found}


def read(
    sheets: Sequence[Path], name: str, origins: Mapping[str, Origin]
) -> tuple[list[LabelledDocument], list[LabelledEvent]]:
    """Read sheets into the records of one set.

    Raises:
        SystemExit: after printing every line that is wrong.
    """
    documents: list[LabelledDocument] = []
    events: list[LabelledEvent] = []
    wrong: list[str] = []
    inventory = check_labels.Inventory(load_ontology(), frozenset(load_world().countries))
    seen = check_labels.Seen()
    for sheet in sheets:
        for block in blocks_of(sheet):
            doc, found, bad = document(block, f"{name}-{len(documents) + 1:04}", origins)
            documents.append(doc)
            events += found
            wrong += [f"{sheet.name}:{each}" for each in bad]
            words = doc.text.casefold()
            findings = list(check_labels.check_document(doc))
            if words in seen.texts:
                findings.append(("L118", f"the text of {seen.texts[words]}"))
            seen.texts[words] = seen.texts.get(words, f"{sheet.name}:{block.number}")
            seen.documents[doc.id] = doc
            for event in found:
                findings += check_labels.check_event(event, seen, inventory)
                seen.events[event.id] = event
            wrong += [f"{sheet.name}:{block.number}: {code} {what}" for code, what in findings]
    wrong += [f"{count} times: {what}" for what, count in check_labels.repeated(documents, events)]
    for each in wrong:
        print(each)
    if any(" W" not in each for each in wrong):
        raise SystemExit("some lines cannot be taken")
    return documents, events


def _report(documents: Sequence[LabelledDocument], events: Sequence[LabelledEvent]) -> None:
    pairs = sum(max(len(e.source), 1) * max(len(e.target), 1) for e in events)
    print(f"{len(documents)} documents, {len(events)} events, {pairs} labelled pairs")
    without = len(documents) - len({event.doc for event in events})
    print(f"without an event: {without}")
    for title, values in (
        ("type", [e.event for e in events]),
        ("mode", [f"{e.event}/{e.mode}" for e in events if e.mode]),
        ("status", [e.status for e in events]),
        ("predicate, more than six times", [(e.predicate or "").casefold() for e in events]),
    ):
        counted = Counter(values).most_common()
        often = [f"{k} {n}" for k, n in counted if n > 6 or not title.startswith("predicate")]
        print(f"{title}: {', '.join(often)}")


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("sheets", type=Path, nargs="+", metavar="SHEET")
    parser.add_argument("--name", default="written", help="of the set, and before the ids")
    parser.add_argument("--check", action="store_true", help="write nothing")
    parser.add_argument("--out", type=Path, metavar="FOLDER")
    parser.add_argument("--from", type=Path, dest="origins", metavar="FILE")
    options = parser.parse_args()
    try:
        documents, events = read(options.sheets, options.name, read_origins(options.origins))
    except SheetError as error:
        raise SystemExit(str(error)) from error
    _report(documents, events)
    if not options.check:
        encode = msgspec.json.encode
        for suffix, records in ((labelled.DOCUMENTS, documents), (labelled.EVENTS, events)):
            file = options.out / f"{options.name}{suffix}"
            file.write_bytes(b"".join(encode(record) + b"\n" for record in records))
    return 0


if __name__ == "__main__":
    sys.exit(main())
