"""Fit how rules and model are weighed for the status of events.

    python scripts/fit_status.py data/labelled --out src/detente/data/models/status-1.json

Codes the documents of part dev of all sets, and those of part train of the sets status-, which no
model was chosen on, and pairs events with labels at level "type". The table says how often each
status is right when the rules read another; the powers are those of a small grid with the best sum
of three: macro-F1, precision of "asserted" (what is filtered as fact should be fact), and the share
right in whole documents, where most things are facts. Prints them, rules alone and together;
docs/benchmarks.md has them for the test part.
"""

from __future__ import annotations

import argparse
import itertools
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

import labelled
from detente.benchmarks.pairing import labelled_text, outcome
from detente.config import Settings
from detente.events.blending import BlendedCoder
from detente.events.telling import StatusScales, cell
from detente.models import load_pair_encoder
from detente.pipeline import Coder
from detente.reading import read
from detente.types import Coded, Status
from labelled import LabelledDocument, LabelledEvent

NAME = "status-1"
STATUSES = tuple(str(status) for status in Status)
# As many events of the usual shares are added to each row of the table.
SMOOTHING = 7.0
POWERS = (0.3, 0.5, 0.7, 0.85, 1.0, 1.2)
UNREAL = (0.0, 0.5, 1.0, 1.5, 2.0, 2.5)


@dataclass(frozen=True, slots=True)
class Case:
    """An event: its type, its status by the rules, the model's shares, the labelled status.

    ``whole`` says that it is from a document, not from a sentence chosen for its status.
    """

    kind: str
    read: Status
    shares: Mapping[str, float]
    gold: str
    whole: bool


class Recording(StatusScales, frozen=True, forbid_unknown_fields=True):
    """Weighs nothing and remembers what it was given, by a number that it gives back."""

    def weigh(self, kind: str, read: Status, shares: Mapping[str, float]) -> dict[str, float]:
        """Keep the status of the rules."""
        SEEN.append((kind, read, dict(shares)))
        return {str(read): 1.0}


SEEN: list[tuple[str, Status, dict[str, float]]] = []


def cases_of(folder: Path) -> Iterator[Case]:
    """Code and pair; events that the rules and the model both saw, and those of one alone."""
    load_pair_encoder().gate = None  # what the gate leaves out, the table cannot learn from
    outer = Coder(Settings(coder=BlendedCoder.name))
    assert isinstance(outer.coder, BlendedCoder)
    outer.coder.status_scales = Recording("", "", 1, 1, 0, {})
    for name in labelled.sets_in(folder):
        files = folder / f"{name}{labelled.DOCUMENTS}", folder / f"{name}{labelled.EVENTS}"
        events = labelled.load(files[1:], LabelledEvent)
        whole = name.startswith(("real-", "dev-"))
        wanted = {"dev", "train"} if name.startswith("status-") else {"dev"}
        docs = {
            doc.id: doc
            for doc in labelled.load(files[:1], LabelledDocument)
            if labelled.part_of(name, doc.id) in wanted
        }
        given = (d for d in read(files[0], settings=Settings()) if getattr(d, "id", "") in docs)
        for document in given:
            SEEN.clear()
            (coded,) = outer.code([document])
            if not isinstance(coded, Coded):
                raise SystemExit(f"{coded.where}: {coded.reason}")
            seen = list(SEEN)
            doc = docs[coded.document.id]
            text = labelled_text(name, doc, [e for e in events if e.doc == doc.id])
            found = outcome(text, coded.events)
            for number, gold in enumerate(text.gold):
                hit = found.hit("type", number)
                if hit is None:
                    continue
                kind = hit.event.type
                match = [s for s in seen if s[0] == kind]
                if len(match) == 1 or len({(s[1], str(s[2])) for s in match}) == 1:
                    yield Case(kind, match[0][1], match[0][2], gold.label.status, whole)


def fitted(cases: Sequence[Case]) -> StatusScales:
    """Fit the table, then choose the powers."""
    usual = Counter(case.gold for case in cases)
    shares = {s: (usual[s] + 1) / (len(cases) + len(STATUSES)) for s in STATUSES}
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for case in cases:
        for row in {cell(case.kind, case.read), str(case.read)}:
            counts[row][case.gold] += 1
    table = {
        row: {
            s: round((counted[s] + SMOOTHING * shares[s]) / (counted.total() + SMOOTHING), 4)
            for s in STATUSES
        }
        for row, counted in ((r, counts[r]) for r in sorted({*counts, *STATUSES}))
    }
    made = (
        StatusScales(NAME, "detente data/labelled, part dev, and train of status-", m, r, u, table)
        for m, r, u in itertools.product(POWERS, POWERS, UNREAL)
    )
    whole = [case for case in cases if case.whole]
    return max(
        made,
        key=lambda scales: (
            macro_f1(scales, cases) + facts_right(scales, cases) + right(scales, whole)
        ),
    )


def right(scales: StatusScales | None, cases: Sequence[Case]) -> float:
    """How many get the status of the label."""
    return sum(told(scales, case) == case.gold for case in cases) / max(len(cases), 1)


def macro_f1(scales: StatusScales | None, cases: Sequence[Case]) -> float:
    """The mean F1 of the statuses that are labelled; without scales, of the rules."""
    pairs = Counter((case.gold, told(scales, case)) for case in cases)
    scores = []
    for status in {case.gold for case in cases}:
        said = sum(n for (_, answer), n in pairs.items() if answer == status)
        there = sum(n for (gold, _), n in pairs.items() if gold == status)
        scores.append(2 * pairs[status, status] / (said + there))
    return sum(scores) / len(scores)


def facts_right(scales: StatusScales | None, cases: Sequence[Case]) -> float:
    """How many of those that are told as facts are facts by the labels."""
    said = [case.gold for case in cases if told(scales, case) == Status.ASSERTED]
    return said.count(str(Status.ASSERTED)) / max(len(said), 1)


def told(scales: StatusScales | None, case: Case) -> str:
    """The status that a case is given."""
    if scales is None:
        return str(case.read)
    weighed = scales.weigh(case.kind, case.read, case.shares)
    return max(weighed, key=lambda status: weighed[status])


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--out", type=Path, required=True, metavar="FILE")
    options = parser.parse_args()
    cases = list(cases_of(options.folder))
    scales = fitted(cases)
    for name, each in (("rules", None), ("together", scales)):
        print(
            f"{name}: macro-F1 {macro_f1(each, cases):.3f}, "
            f"asserted right {facts_right(each, cases):.3f}, in documents right "
            f"{right(each, [case for case in cases if case.whole]):.3f} ({len(cases)} events)"
        )
    print(f"model {scales.model}, rules {scales.rules}, unreal {scales.unreal}")
    options.out.write_bytes(msgspec.json.format(msgspec.json.encode(scales), indent=1) + b"\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
