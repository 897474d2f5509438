"""Bring the lists that follow from the labels up to date.

    python scripts/describe_labels.py [--folder DIR] [--check]

Writes ATTRIBUTION.md, one row for every document, and the tables of README.md between its two
marks, both in the folder of the labels. --check writes nothing and exits with 1 if one is stale.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import labelled
from check_labels import is_written
from detente.ontology import load_ontology
from detente.types import Status
from labelled import LabelledDocument, LabelledEvent

FOLDER = Path(__file__).resolve().parents[1] / "data" / "labelled"
BEGIN, END = "<!-- counts: scripts/describe_labels.py -->", "<!-- end of counts -->"
# Where the text was found is said in brackets after who published it.
_FOUND = re.compile(r",? c\. .*| \((?:via|RSS).*| \(Groningen.*")

Labels = tuple[LabelledDocument, list[LabelledEvent]]
Sets = dict[str, list[Labels]]


def read_sets(folder: Path) -> Sets:
    """Read every set of a folder, with the events beside their documents."""
    sets: Sets = {}
    for name in labelled.sets_in(folder):
        documents = labelled.load([folder / f"{name}{labelled.DOCUMENTS}"], LabelledDocument)
        events = labelled.load([folder / f"{name}{labelled.EVENTS}"], LabelledEvent)
        sets[name] = [(doc, [e for e in events if e.doc == doc.id]) for doc in documents]
    return sets


def attribution(sets: Sets) -> str:
    """List every document that is not our own, with publisher, date, licence and address."""
    rows = [
        (doc.id, publisher(doc), doc.title or "-", doc.date or "-", doc.licence, doc.url)
        for documents in sets.values()
        for doc, _ in documents
        if not is_written(doc)
    ]
    written = sum(is_written(doc) for documents in sets.values() for doc, _ in documents)
    table = _table(("document", "published by", "title", "date", "licence", "where"), rows)
    return (
        "# Where the labelled documents are from\n\n"
        "Made by `scripts/describe_labels.py`. The texts are as they were found, the\n"
        "sentences listed beside them. Texts keep their licences; the labels have\n"
        f"the package's. The {written:,} texts of `written-...` and `extra-wires` were\n"
        "written for detente and have its licence; they are not listed.\n\n"
        f"{table}"
    )


def counts(sets: Sets) -> str:
    """Lay out how many documents and events there are, by part, publisher, year, type, status."""
    types, statuses = list(load_ontology().types), [str(status) for status in Status]
    parts: dict[str, list[Labels]] = {"train": [], "dev": [], "test": []}
    for name, documents in sets.items():
        for one in documents:
            parts[labelled.part_of(name, one[0].id)].append(one)
    whole = [one for documents in sets.values() for one in documents]
    by_set = [(name, *_size(documents)) for name, documents in sets.items()]
    return "\n".join(
        [
            _table(("set", "documents", "sentences", "events"), by_set),
            _table(
                ("part", "documents", "sentences", "events"),
                [*((part, *_size(each)) for part, each in parts.items()), ("all", *_size(whole))],
            ),
            _grouped("publisher", whole, publisher),
            _grouped("year", whole, _year),
            _spread("type", types, parts, "event"),
            _spread("status", statuses, parts, "status"),
        ]
    )


def publisher(doc: LabelledDocument) -> str:
    """Say who published a document, without where it was found."""
    return _FOUND.sub("", doc.source or "-")


def _year(doc: LabelledDocument) -> str:
    if is_written(doc):
        return "written"
    return doc.date[:4] if doc.date else "no date"


def _size(documents: Sequence[Labels]) -> tuple[int, int, int]:
    return (
        len(documents),
        sum(len(doc.sents) for doc, _ in documents),
        sum(len(events) for _, events in documents),
    )


def _grouped(name: str, documents: Sequence[Labels], key: Callable[[LabelledDocument], str]) -> str:
    groups: dict[str, list[Labels]] = {}
    for one in documents:
        groups.setdefault(key(one[0]), []).append(one)
    rows = [(group, *_size(groups[group])) for group in sorted(groups)]
    return _table((name, "documents", "sentences", "events"), rows)


def _spread(name: str, values: Iterable[str], parts: dict[str, list[Labels]], field: str) -> str:
    tallies = [
        Counter(str(getattr(event, field)) for _, events in documents for event in events)
        for documents in parts.values()
    ]
    rows = [(v, *(tally[v] for tally in tallies), sum(t[v] for t in tallies)) for v in values]
    return _table((name, *parts, "all"), rows)


def _table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    cells = ([str(cell).replace("|", "\\|") for cell in line] for line in lines)
    return "".join(f"| {' | '.join(line)} |\n" for line in cells)


def _with_counts(page: str, tables: str) -> str:
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{tables}{END}{after}"


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--folder", type=Path, default=FOLDER, metavar="DIR")
    parser.add_argument("--check", action="store_true", help="change nothing")
    options = parser.parse_args()
    sets = read_sets(options.folder)
    sheet = options.folder / "README.md"
    page = sheet.read_text(encoding="utf-8") if sheet.exists() else f"{BEGIN}\n{END}\n"
    wanted = {
        options.folder / "ATTRIBUTION.md": attribution(sets),
        sheet: _with_counts(page, counts(sets)),
    }
    stale = False
    for file, text in wanted.items():
        if file.exists() and file.read_text(encoding="utf-8") == text:
            continue
        stale = True
        if options.check:
            print(f"{file.name} is not up to date", file=sys.stderr)
        else:
            file.write_text(text, encoding="utf-8")
    return 1 if stale and options.check else 0


if __name__ == "__main__":
    sys.exit(main())
