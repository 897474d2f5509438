"""Check labelled documents and their events.

    python scripts/check_labels.py FOLDER... [--against FILE...]

Every set (NAME.docs.jsonl and NAME.gold.jsonl) of a folder is checked, and the sets of one folder
against each other. With --against, no sentence of a document may occur in the files named there
(plain text, TSV or JSON lines, also gzipped): what a coder is measured on is not what it learns
from. Exit status 1 if there is an error; W findings are for a second look only.

Files
  L101  a line is no record: broken JSON, a field missing, unknown or of the wrong kind
  L102  a set has documents and no events file, or the other way round
Documents
  L111  no text or no sentences
  L112  a sentence is not verbatim in the text, or not in order
  L113  words of the text are in no sentence
  L114  no url, or no source
  L115  no licence, or none of those allowed (CC BY, CC0, public domain, written for detente)
  L116  names a news agency: the text may not be free
  L117  the date is not a day of the calendar
  L118  the id or the text occurs twice
  L119  more than ten written sentences share a skeleton (small words, names masked)
Events
  L121  no such document
  L122  no such sentence
  L123  the quote is not verbatim in its sentence
  L124  no predicate, or not verbatim in the quote
  L125  a party is not verbatim in the document or its byline
  L126  reported_by is not verbatim in the document or its byline
  L127  the condition is not verbatim in the document
  L131  unknown type
  L132  not a mode of the type
  L133  unknown status
  L134  unknown sector
  L135  unknown country
  L136  the date is not a day, month or year of the calendar
  L137  same_as is not an earlier event of the document and type
  L138  the id occurs twice, or is not "DOCUMENT#NUMBER"
  L139  the event occurs twice: same sentence, type, status, parties, predicate, quote
  L140  no party at all
  L141  the same actor in the same words on both sides
Against other files
  L151  half of a sentence or more is made of runs of twelve words that a file named there has
For a second look
  W201  conditional without a condition, or a condition without being conditional
  W202  one actor on both sides under other words: is the direction right?
  W203  an asserted act is dated after the document
  W204  more than a month before the document and not background, or the other way round
  W205  twelve words in a row occur in a file named by --against, less than half of the sentence:
        titles and set phrases do that
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import labelled
from detente.actors import load_world
from detente.labelling.checks import EarlierLabels as Seen
from detente.labelling.checks import Inventory, check_event, day_of, shortened
from detente.ontology import load_ontology
from labelled import LabelledDocument, LabelledEvent, Unread

__all__ = [
    "Finding",
    "Inventory",
    "Seen",
    "check_document",
    "check_event",
    "check_folder",
    "is_written",
    "repeated",
    "shingles_of",
    "skeleton_of",
]

_LICENCES = re.compile(
    r"CC BY \d\.\d( [A-Z]{2,3})?|CC0 1\.0|(.*, )?public domain|written for detente \(Apache-2\.0\)"
)
# Their texts are sold. Short names count in capitals only.
_AGENCIES = re.compile(
    r"\b(?:AFP|AP|UPI|DPA|dpa|EFE|ANSA|PTI|RIA|IRNA|ISNA|KCNA|SANA|WAFA|MENA|TASS|ITAR|"
    r"Agence France|Associated Press|Press Association|Press Trust of India|"
    r"United Press International|Reuters|Xinhua|Interfax|Kyodo|Jiji Press|Yonhap|Anadolu|"
    r"Bloomberg|[Nn]ews [Aa]genc(?:y|ies)|"
    r"[Ww]ire [Ss]ervices?)\b"
)
_MARKUP = re.compile(r"</?\w+>")
_WORD = re.compile(r"\w+")
WRITTEN = "written for detente (Apache-2.0)"
# A pattern that is seen more often than this is learnt instead of the language.
SKELETONS = 10
# So many small words hold a sentence together by themselves.
_HOLDING = 3
_SMALL = frozenset(
    "a about after against all and any as at be because been before being but by could did do does "
    "for from had has have he her his how if in into is it its may might must no nor not of off on "
    "or our out over s she should so than that the their them they this those to under unless "
    "until up was we were what when where which who whose will with without would you".split()
)
# Twelve words in a row are hardly ever shared by chance; names and formulas stay below.
SHINGLE = 12


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One breach: its code, where it is, what it is about."""

    where: str
    code: str
    what: str

    @property
    def is_error(self) -> bool:
        """Warnings begin with W."""
        return self.code.startswith("L")


def check_folder(
    folder: Path, inventory: Inventory, apart: Mapping[str, str] | None = None
) -> Iterator[Finding]:
    """Check all sets of a folder; ``apart`` as ``shingles_of`` gives it."""
    seen = Seen()
    names = labelled.sets_in(folder)
    if not names:
        yield Finding(str(folder), "L102", "no sets here")
    for name in names:
        documents, events = (
            folder / f"{name}{labelled.DOCUMENTS}",
            folder / f"{name}{labelled.EVENTS}",
        )
        for file in (documents, events):
            if not file.is_file():
                yield Finding(name, "L102", f"there is no {file.name}")
        if documents.is_file():
            yield from _check_documents(documents, seen, apart or {})
        if events.is_file():
            yield from _check_events(events, seen, inventory)
    for what, count in repeated(seen.documents.values(), seen.events.values()):
        yield Finding(str(folder), "L119", f"{count} times: {what}")


def _check_documents(file: Path, seen: Seen, apart: Mapping[str, str]) -> Iterator[Finding]:
    for read in labelled.read_lines(file, LabelledDocument):
        if isinstance(read, Unread):
            yield Finding(str(read.line), "L101", read.reason)
            continue
        line, doc = read
        where = f"{line} {doc.id}"
        words = " ".join(_words_of(doc.text))
        if doc.id in seen.documents:
            yield Finding(where, "L118", "this id was there before")
        elif words in seen.texts:
            yield Finding(where, "L118", f"the text of {seen.texts[words]}")
        seen.documents.setdefault(doc.id, doc)
        seen.texts.setdefault(words, doc.id)
        yield from (Finding(where, *found) for found in check_document(doc))
        yield from (Finding(where, *found) for found in check_apart(doc, apart))


def _check_events(file: Path, seen: Seen, inventory: Inventory) -> Iterator[Finding]:
    for read in labelled.read_lines(file, LabelledEvent):
        if isinstance(read, Unread):
            yield Finding(str(read.line), "L101", read.reason)
            continue
        line, event = read
        where = f"{line} {event.id}"
        yield from (Finding(where, *found) for found in check_event(event, seen, inventory))
        seen.events.setdefault(event.id, event)


# --------------------------------------------------------------------------------------- documents


def check_document(doc: LabelledDocument) -> Iterator[tuple[str, str]]:
    """Check one document by itself: its sentences, its origin, its licence."""
    if not doc.text.strip() or not doc.sents:
        yield "L111", "no text or no sentences"
    yield from _sentences(doc)
    if not doc.source:
        yield "L114", "no source"
    elif not doc.url and not is_written(doc):
        yield "L114", "no url"
    if doc.licence is None or not _LICENCES.fullmatch(doc.licence):
        yield "L115", f"licence {doc.licence}"
    for agency in dict.fromkeys(_AGENCIES.findall(doc.text)):
        yield "L116", agency
    if doc.date is not None and (len(doc.date) != len("2000-01-01") or day_of(doc.date) is None):
        yield "L117", doc.date


def _sentences(doc: LabelledDocument) -> Iterator[tuple[str, str]]:
    at = 0
    for sentence, start in zip(doc.sents, labelled.sentence_starts(doc), strict=True):
        if start < 0 or not sentence.strip():
            yield "L112", shortened(sentence)
            continue
        if doc.text[at:start].strip():
            yield "L113", shortened(doc.text[at:start])
        at = start + len(sentence)
    if doc.sents and doc.text[at:].strip():
        yield "L113", shortened(doc.text[at:])


def is_written(doc: LabelledDocument) -> bool:
    """Tell whether a document was made up for the set, so that it has no address."""
    return doc.licence == WRITTEN


def repeated(
    documents: Iterable[LabelledDocument], events: Iterable[LabelledEvent]
) -> Iterator[tuple[str, int]]:
    """Give the skeletons that more than SKELETONS written sentences share, and how many do."""
    parties: dict[str, set[str]] = {}
    for event in events:
        names = (party.text for party in (*event.source, *event.target))
        parties.setdefault(event.doc, set()).update(names)
    counts = Counter(
        skeleton_of(sentence, parties.get(doc.id, ()))
        for doc in documents
        if is_written(doc)
        for sentence in doc.sents
    )
    return ((what, count) for what, count in counts.most_common() if count > SKELETONS)


def skeleton_of(sentence: str, parties: Iterable[str]) -> str:
    """What is left of a sentence without its names and matter: its small words and their order.

    "Togo's envoy accused Benin of shelling a port" and "Peru blamed Chile of raiding a bank" are
    both "_ x _ of x a x". Where fewer than three small words hold it together, only the names go.
    """
    for name in sorted(parties, key=len, reverse=True):
        sentence = sentence.replace(name, " Q ")
    words = [
        "_" if word[0].isupper() or word[0].isdigit() else word for word in _WORD.findall(sentence)
    ]
    if sum(word in _SMALL for word in words) >= _HOLDING:
        words = [word if word == "_" or word in _SMALL else "x" for word in words]
    pairs = zip(words, ["", *words], strict=False)
    return " ".join(word for word, before in pairs if word != before)


# ----------------------------------------------------------------------------------------- overlap


def check_apart(doc: LabelledDocument, apart: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Look for the sentences of other files in a document."""
    owners = [n for n, sentence in enumerate(doc.sents) for _ in _words_of(sentence)]
    words = [word for sentence in doc.sents for word in _words_of(sentence)]
    shared: dict[int, str] = {}
    for at in range(len(words) - SHINGLE + 1) if apart else ():
        file = apart.get(" ".join(words[at : at + SHINGLE]))
        if file is not None:
            shared.update(dict.fromkeys(range(at, at + SHINGLE), file))
    covered = Counter(owners[at] for at in shared)
    first = {owners[at]: file for at, file in sorted(shared.items(), reverse=True)}
    for number, count in sorted(covered.items()):
        code = "L151" if 2 * count >= owners.count(number) else "W205"
        yield code, f"{first[number]}: {count} words of {shortened(doc.sents[number])}"


def shingles_of(files: Iterable[Path]) -> dict[str, str]:
    """Map every run of SHINGLE words in the files to the name of the first file it is in."""
    found: dict[str, str] = {}
    for file in files:
        for text in _texts(file):
            for shingle in shingles(text):
                found.setdefault(shingle, file.name)
    return found


def shingles(text: str) -> Iterator[str]:
    """Give every run of SHINGLE words, without case, punctuation and marks like <s>."""
    words = _words_of(_MARKUP.sub("", text))
    for at in range(len(words) - SHINGLE + 1):
        yield " ".join(words[at : at + SHINGLE])


def _words_of(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _texts(file: Path) -> Iterator[str]:
    """The texts of a file: strings inside JSON lines, cells of a table, else the whole."""
    packed = file.suffix == ".gz"
    raw = gzip.decompress(file.read_bytes()) if packed else file.read_bytes()
    text, name = raw.decode("utf-8"), file.name.removesuffix(".gz")
    if name.endswith(".jsonl"):
        for line in text.splitlines():
            yield from _strings(json.loads(line) if line.strip() else None)
    elif name.endswith(".tsv"):
        yield from (cell for line in text.splitlines() for cell in line.split("\t"))
    else:
        yield text


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for one in value:
            yield from _strings(one)
    elif isinstance(value, dict):
        yield from _strings(list(value.values()))


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folders", type=Path, nargs="+", metavar="FOLDER")
    parser.add_argument("--against", type=Path, nargs="+", default=[], metavar="FILE")
    parser.add_argument("--errors-only", action="store_true", help="leave W findings out")
    options = parser.parse_args()
    inventory = Inventory(load_ontology(), frozenset(load_world().countries))
    apart = shingles_of(options.against)
    errors = warnings = 0
    for folder in options.folders:
        for found in check_folder(folder, inventory, apart):
            errors, warnings = errors + found.is_error, warnings + (not found.is_error)
            if found.is_error or not options.errors_only:
                print(f"{found.code} {found.where}: {found.what}")
    compared = f", compared with {len(apart)} runs of {SHINGLE} words" if apart else ""
    print(f"{errors} errors, {warnings} warnings{compared}", file=sys.stderr)
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main())
