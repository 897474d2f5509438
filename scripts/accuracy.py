"""Measure how well labelled documents are coded, and write it into docs/accuracy.md.

    python scripts/accuracy.py [--part dev|test] [--coder NAME...] [--out docs/accuracy.md]
    python scripts/accuracy.py --draw MISSED WRONG [--part dev|test] [--coder NAME]

Codes the documents of one part of data/labelled (sets real-, written-, dev-; never found-, which
are for training) as ``detente code`` does and compares with the labels as the module
detente.benchmarks.pairing has it. Each part has its place on the page, between two marks; all else
on the page stays. The chart goes into the folder img beside the page. Without --out the tables are
printed.

--draw prints that many missed and wrongly coded events at random, always the same, with their
sentences, for reading; nothing is written.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import accuracy_tables as tables
import labelled
from calibration import Answer
from considered import Case, candidates, cases
from constructions import constructions
from derive_pairs import derive
from detente.benchmarks.pairing import Outcome, Text, labelled_text, outcome
from detente.benchmarks.sources import content_hash
from detente.config import CODERS, Settings
from detente.events import LexiconCoder
from detente.models import load_pair_encoder
from detente.pipeline import Coder
from detente.reading import read
from detente.types import Coded, PairQuery, Rejection
from labelled import LabelledDocument, LabelledEvent, Split

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "data" / "labelled"
# Documents of others with a gold standard, not part of the repository: docs/benchmarks.md.
BENCH = ROOT.parent / "shared" / "bench" / "docs"
KINDS = ("real", "written", "dev")
# Errors are drawn by this seed, so that who reads them after us reads the same ones.
_SEED = 20
_BLEND = "blend.v2"


@dataclass(frozen=True, slots=True)
class Set:
    """A set of labelled documents: its kind, its two files, and those of its texts that count."""

    kind: str
    files: tuple[Path, Path]
    texts: tuple[Text, ...]


def sets_of(folder: Path, part: Split) -> Iterator[Set]:
    """Give the sets of a folder that are measured on, with their documents of one part."""
    for name in labelled.sets_in(folder):
        kind = name.partition("-")[0]
        if kind in KINDS:
            files = folder / f"{name}{labelled.DOCUMENTS}", folder / f"{name}{labelled.EVENTS}"
            whole = read_set(kind, files)
            chosen = (t for t in whole.texts if labelled.part_of(name, t.doc.id) == part)
            yield replace(whole, texts=tuple(chosen))


def read_set(kind: str, files: tuple[Path, Path]) -> Set:
    """Read the documents and the events of a set, all of them."""
    documents = labelled.load(files[:1], LabelledDocument)
    events = labelled.load(files[1:], LabelledEvent)
    texts = (labelled_text(kind, doc, [e for e in events if e.doc == doc.id]) for doc in documents)
    return Set(kind, files, tuple(texts))


class Runs:
    """The sets as one coder has coded them.

    Attributes: coded: by the id of the document. rejected: what was not coded.
    """

    def __init__(self, name: str, sets: Iterable[Set]) -> None:
        self.name = name
        self.coder = Coder(Settings(coder=name, none_share=load_pair_encoder().none_share))
        self.coded: dict[str, Coded] = {}
        self.rejected: list[Rejection] = []
        self.texts: list[Text] = []
        for each in sets:
            wanted = {text.doc.id for text in each.texts}
            self.texts += each.texts
            for item in self.coder.code(read(each.files[0], settings=Settings())):
                if isinstance(item, Rejection):
                    self.rejected.append(item)
                elif item.document.id in wanted:
                    self.coded[item.document.id] = item

    def outcomes(self) -> list[Outcome]:
        """Compare every text with its labels; one that was rejected has no events."""
        return [
            outcome(text, coded.events if (coded := self.coded.get(text.doc.id)) else ())
            for text in self.texts
        ]

    def answers(self) -> list[Answer]:
        """Ask ``classify`` about all pairs of the texts, as derive_pairs.py has them."""
        queries: dict[tuple[str, int, object, object], PairQuery] = {}
        labels: dict[str | int, set[str]] = {}
        for text in self.texts:
            coded = self.coded.get(text.doc.id)
            events = [gold.label for gold in text.gold]
            mentions = coded.mentions if coded else ()
            for pair in derive(text.doc, events, mentions, Counter()):
                key = (pair.document, pair.sentence, pair.source, pair.target)
                query = queries.setdefault(
                    key, PairQuery(pair.id, pair.text, pair.source, pair.target)
                )
                labels.setdefault(query.id, set()).add(pair.type)
        return [
            Answer(each.type, each.probabilities[each.type], each.type in labels[each.id])
            for each in self.coder.classify(queries.values())
        ]

    def signature(self) -> str:
        """What made the records: versions and hashes of every part."""
        return str(self.coder.signature)


def considered(sets: Iterable[Set], runs: Runs | None = None) -> list[Case]:
    """Judge for every labelled party whether it is among the candidates; see considered.py."""
    given = list(sets)
    runs = runs or Runs(LexiconCoder.name, given)
    lexicon = LexiconCoder(runs.coder.lexicon, runs.coder.ontology)
    found: list[Case] = []
    for text in (text for each in given for text in each.texts):
        coded = runs.coded.get(text.doc.id)
        pairs = candidates(lexicon, coded) if coded else set()
        found += cases(text, coded.mentions if coded else (), pairs)
    return found


def measured(sets: Sequence[Set], coders: Sequence[str], part: str) -> tables.Measured:
    """Code and compare everything that the tables show."""
    runs = [Runs(name, sets) for name in coders]
    light = runs[0].coder.lexicon.light
    classes = {
        gold.label.id: constructions(gold, text.doc, coded.sentences, light)
        for text in runs[0].texts
        if (coded := runs[0].coded.get(text.doc.id))
        for gold in text.gold
    }
    kinds = [kind for kind in KINDS if any(each.kind == kind and each.texts for each in sets)]
    asked = {
        kind: considered([each for each in sets if each.kind == kind], runs[0]) for kind in kinds
    }
    bench = (BENCH / "docs.jsonl", BENCH / "gold.jsonl")
    has_bench = all(file.is_file() for file in bench)
    if has_bench:
        asked["documents of the benchmark"] = considered([read_set("bench", bench)])
    return tables.Measured(
        part=part,
        kinds=tuple(kinds),
        outcomes={each.name: each.outcomes() for each in runs},
        classes=classes,
        considered=asked,
        answers={each.name: each.answers() for each in runs},
        signatures={each.name: each.signature() for each in runs},
        data=content_hash(file for each in sets for file in each.files),
        rejected=tuple(one for each in runs for one in each.rejected),
        has_bench=has_bench,
    )


def drawn(runs: Runs, missed: int, wrong: int) -> Iterator[str]:
    """Draw errors for reading: labelled events without a coded one, and the reverse."""
    outcomes = runs.outcomes()
    lost = [(o, g) for o in outcomes for g in range(len(o.text.gold)) if not o.hit("dyad", g)]
    made = [(o, f) for o in outcomes for f in range(len(o.found)) if f not in o.right("dyad")]
    dice = random.Random(_SEED)
    yield f"{len(lost)} missed, {len(made)} wrong"
    for each, number in dice.sample(lost, min(missed, len(lost))):
        yield from _told("missed", each, each.text.gold[number].label.sent, number)
    for each, number in dice.sample(made, min(wrong, len(made))):
        yield from _told("wrong", each, each.found[number].sent, number)


def _told(kind: str, each: Outcome, sent: int, number: int) -> Iterator[str]:
    """An error with its sentence, the one before, and all that was labelled and coded there."""
    doc = each.text.doc
    yield f"\n=== {kind} {doc.id} [{sent}]"
    if sent > 0:
        yield f"  ({doc.sents[sent - 1]})"
    yield f"  {doc.sents[sent]}"
    for place, gold in enumerate(each.text.gold):
        label = gold.label
        if label.sent == sent:
            sides = (
                ", ".join(f"{p.text}/{p.key}" for p in s) for s in (label.source, label.target)
            )
            mark = ">>" if kind == "missed" and place == number else "  "
            act = label.predicate or label.quote
            right = "" if each.hit("dyad", place) is None else "(right)"
            yield f"{mark} gold  {label.event} {label.status}: {' -> '.join(sides)} | {act} {right}"
    for place, found in enumerate(each.found):
        event = found.event
        if found.sent == sent:
            pair = (
                ", ".join(f"{p.span.text}/{p.actor.country or p.actor.sector}" for p in s)
                for s in (event.actors, event.recipients)
            )
            mark = ">>" if kind == "wrong" and place == number else "  "
            sure = event.confidence.event if event.confidence else 0.0
            yield (
                f"{mark} coded {event.type} {event.status}: {' -> '.join(pair)} | "
                f"{event.predicate.text} {sure:.2f}"
            )


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--part", choices=("dev", "test"), default="dev")
    parser.add_argument("--coder", nargs="+", choices=CODERS, default=sorted(CODERS, reverse=True))
    parser.add_argument("--folder", type=Path, default=FOLDER, metavar="DIR")
    parser.add_argument("--draw", type=int, nargs=2, metavar=("MISSED", "WRONG"))
    parser.add_argument("--out", type=Path, metavar="PAGE")
    options = parser.parse_args()
    sets = list(sets_of(options.folder, options.part))
    if not any(each.texts for each in sets):
        print(f"no documents of the part {options.part} in {options.folder}", file=sys.stderr)
        return 1
    if options.draw:
        name = _BLEND if _BLEND in options.coder else options.coder[0]
        print("\n".join(drawn(Runs(name, sets), *options.draw)))
        return 0
    result = measured(sets, options.coder, options.part)
    if options.out is None:
        print(tables.page_part(result, chart="chart"))
        return 0
    tables.publish(result, options.out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
