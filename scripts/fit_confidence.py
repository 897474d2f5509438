"""Fit the confidence of events on labelled documents.

    python scripts/fit_confidence.py data/labelled [--part dev] --out FILE

Codes the documents of a part with both coders, looks which events the labels have (type in the
sentence; type, actors and recipients), and fits a logistic function of the facts about a draft for
each situation: rules alone, rules weighed by the model, model alone. Prints the expected
calibration error on the same documents; docs/accuracy.md has that on others.
"""

from __future__ import annotations

import argparse
import datetime
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec
import numpy

import labelled
from calibration import Answer, calibration_error
from detente.benchmarks.pairing import sides_of
from detente.config import CODERS, Settings
from detente.events import confidence
from detente.events.drafts import Draft
from detente.pipeline import Coder
from detente.types import Coded, Confidence, Document, Event
from labelled import LabelledDocument, LabelledEvent

# Weights are pulled towards 0 as strongly as two events at odds with them would.
RIDGE = 2.0
STEPS = 50

Facts = dict[str, float]
Row = tuple[str, Facts, bool, bool]  # situation, facts, type right, dyad right


class Recorder:
    """Stands in for the scales: remembers the facts of each draft, and numbers it."""

    def __init__(self) -> None:
        self.seen: list[tuple[str, Facts]] = []

    def confidence(self, draft: Draft) -> Confidence:
        """Give the number of a draft in the place of its score."""
        self.seen.append((confidence.situation(draft), confidence.facts(draft)))
        return Confidence(event=float(len(self.seen) - 1), type=0.0)


def rows_of(folder: Path, part: str) -> Iterator[Row]:
    """Give what is known of each coded event and whether it is right; each coder in turn."""
    sets = list(_documents(folder, part))
    for name in CODERS:
        coder, recorder = Coder(Settings(coder=name)), Recorder()
        coder.coder.scales = recorder  # type: ignore[assignment]
        for doc, gold in sets:
            coded = _coded(coder, doc)
            types, dyads = _labels(gold)
            for event in coded.events:
                number = event.confidence.event if event.confidence else 0.0
                case, facts = recorder.seen[int(number)]
                key = (_sentence(doc, event), event.type)
                right = (types[key] > 0, dyads[*key, *sides_of(event)] > 0)
                types[key] -= right[0]
                dyads[*key, *sides_of(event)] -= right[1]
                yield case, facts, *right


def _documents(folder: Path, part: str) -> Iterator[tuple[LabelledDocument, list[LabelledEvent]]]:
    for name in labelled.sets_in(folder):
        gold = defaultdict(list)
        for event in labelled.load([folder / f"{name}{labelled.EVENTS}"], LabelledEvent):
            gold[event.doc].append(event)
        for doc in labelled.load([folder / f"{name}{labelled.DOCUMENTS}"], LabelledDocument):
            if labelled.part_of(name, doc.id) == part:
                yield doc, gold[doc.id]


def _coded(coder: Coder, doc: LabelledDocument) -> Coded:
    date = datetime.date.fromisoformat(doc.date) if doc.date else None
    made = Document(doc.id, doc.text, sha256="", title=doc.title, date=date, byline=doc.byline)
    (coded,) = coder.code([made])
    if not isinstance(coded, Coded):
        raise SystemExit(f"{doc.id}: {coded.reason}")
    return coded


def _labels(gold: Sequence[LabelledEvent]) -> tuple[Counter[Any], Counter[Any]]:
    types = Counter((event.sent, event.event) for event in gold)
    return types, Counter((event.sent, event.event, *event.sides) for event in gold)


def _sentence(doc: LabelledDocument, event: Event) -> int:
    starts = labelled.sentence_starts(doc)
    return max((n for n, start in enumerate(starts) if start <= event.span.start), default=0)


# ------------------------------------------------------------------------------- the fit


def fitted(facts: Sequence[Facts], right: Sequence[bool]) -> dict[str, float]:
    """Fit a logistic function with a ridge by Newton's steps; what never varies is left out."""
    names = [n for n in facts[0] if n == "always" or len({row[n] for row in facts}) > 1]
    given = numpy.array([[row[name] for name in names] for row in facts])
    wanted = numpy.array(right, dtype=float)
    ridge = RIDGE * numpy.diag([0.0 if name == "always" else 1.0 for name in names])
    weights = numpy.zeros(len(names))
    for _ in range(STEPS):
        shares = 1 / (1 + numpy.exp(-given @ weights))
        slope = given.T @ (wanted - shares) - ridge @ weights
        bend = (given * (shares * (1 - shares))[:, None]).T @ given + ridge
        weights += numpy.linalg.solve(bend, slope)
    return {name: round(float(weight), 3) for name, weight in zip(names, weights, strict=True)}


def _type_right(rows: Sequence[Row]) -> list[bool]:
    return [row[2] for row in rows]


def _dyad_right(rows: Sequence[Row]) -> list[bool]:
    return [row[3] for row in rows]


def scales_of(rows: Sequence[Row], part: str) -> confidence.Scales:
    """Fit every situation, once for the type and once for the whole event."""
    both: list[Mapping[str, Mapping[str, float]]] = []
    cases = sorted({row[0] for row in rows})
    chosen = {case: [row for row in rows if row[0] == case] for case in cases}
    for right in (_type_right, _dyad_right):
        both.append({c: fitted([row[1] for row in of], right(of)) for c, of in chosen.items()})
    fitted_on = f"detente data/labelled, part {part}, {len(rows)} events of both coders"
    return confidence.Scales("confidence-1", fitted_on, *both)


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path, metavar="FOLDER")
    parser.add_argument("--part", choices=("train", "dev", "test"), default="dev")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE")
    options = parser.parse_args()
    rows = list(rows_of(options.folder, options.part))
    scales = scales_of(rows, options.part)
    text = msgspec.json.format(msgspec.json.encode(scales), indent=1)
    options.out.write_bytes(text + b"\n")
    for name, weights, right in (
        ("type", scales.type, _type_right(rows)),
        ("event", scales.event, _dyad_right(rows)),
    ):
        shares = [confidence.share(weights[row[0]], row[1]) for row in rows]
        pairs = zip(shares, right, strict=True)
        error = calibration_error([Answer(name, sure, good) for sure, good in pairs])
        print(f"{name}: expected calibration error {error:.3f} on {len(rows)} events")
    return 0


if __name__ == "__main__":
    sys.exit(main())
