"""Learn which sentences are worth asking the model about; writes gate.json beside it.

    pip install scikit-learn
    python scripts/train_gate.py TEXTS --out src/detente/data/models/pairs-3/gate.json

TEXTS is JSON lines with {id, text}, also gzipped: plain news, as much as there is; labels are not
needed. Every document is coded with the gate open; a sentence is worth it where the model changes
what the lexicon found: adds an event, leaves one out, names a side. A logistic regression over the
clues of ``detente.events.blending`` learns that on four fifths of the documents; the threshold lets
KEPT of such sentences through on the last fifth, and what share of all sentences that is, is
printed.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec
import numpy
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from detente.actors import Cast
from detente.config import Settings
from detente.events.blending import BlendedCoder, clues
from detente.events.drafts import Draft
from detente.events.scene import Scene
from detente.models import load_pair_encoder
from detente.models.gate import Gate
from detente.pipeline import Coder
from detente.types import Coded, Document

KEPT = 0.87
# A clue must be seen so often, and weigh so much, to be written down.
LEAST_SEEN, LEAST_WEIGHT = 4, 0.05

Row = tuple[set[str], bool]


class Watched(BlendedCoder):
    """Notes the clues of each sentence, and whether the model changed something there."""

    rows: list[Row]

    def _asked(self, scene: Scene, drafts: Sequence[Draft]) -> Any:  # noqa: ANN401 - pairs
        self._waiting.append((clues(scene, drafts), len(drafts)))
        return super()._asked(scene, drafts)

    def _drafted(self, *given: Any) -> Iterator[tuple[Scene, list[Draft]]]:  # noqa: ANN401
        self._waiting: list[tuple[set[str], int]] = []
        for number, (scene, drafts) in enumerate(super()._drafted(*given)):
            found, count = self._waiting[number]
            touched = any(draft.rule == "model" or draft.filled for draft in drafts)
            self.rows.append((found, touched or len(drafts) != count))
            yield scene, drafts


def documents(file: Path) -> Iterator[Document]:
    """Read the texts."""
    raw = gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()
    for line in raw.splitlines():
        row = json.loads(line)
        yield Document(str(row["id"]), row["text"], sha256="")


def watched(docs: Sequence[Document]) -> list[Row]:
    """Code documents with the gate open; one row a sentence."""
    outer = Coder(Settings(coder=BlendedCoder.name))
    judge = load_pair_encoder()
    judge.gate = None
    coder = Watched(outer.lexicon, outer.ontology, judge)
    coder.rows = []
    for number, item in enumerate(outer.mentions(docs), 1):
        if isinstance(item, Coded):
            coder.code(item.document, item.sentences, Cast(item.mentions), "")
        if number % 100 == 0:
            print(f"{number} of {len(docs)} documents", file=sys.stderr)
    return coder.rows


def learnt(rows: Sequence[Row], held: Sequence[Row], trained_on: str) -> Gate:
    """Fit the weights, and choose the threshold on rows held out."""
    vectors = DictVectorizer()
    given = vectors.fit_transform([dict.fromkeys(found, 1.0) for found, _ in rows])
    model = LogisticRegression(C=0.2, max_iter=500).fit(given, [worth for _, worth in rows])
    seen = numpy.asarray(given.sum(axis=0))[0]
    weights = {
        clue: round(float(weight), 2)
        for clue, weight, count in zip(vectors.feature_names_, model.coef_[0], seen, strict=True)
        if count >= LEAST_SEEN and abs(weight) >= LEAST_WEIGHT
    }
    sums = [sum(weights.get(clue, 0.0) for clue in found) for found, _ in held]
    worth = sorted(total for total, (_, is_worth) in zip(sums, held, strict=True) if is_worth)
    threshold = worth[int(len(worth) * (1 - KEPT))]
    opened = sum(total >= threshold for total in sums) / len(sums)
    print(f"{len(worth) / len(held):.1%} of the sentences are worth it, {opened:.1%} let through")
    return Gate("gate-1", trained_on, round(threshold, 3), weights)


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("texts", type=Path, metavar="TEXTS")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="every Nth document")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE")
    options = parser.parse_args()
    docs = list(documents(options.texts))[:: options.every]
    cut = len(docs) * 4 // 5
    held = watched(docs[cut:])
    gate = learnt(watched(docs[:cut]), held, f"{len(docs)} documents of plain news, no labels")
    options.out.write_bytes(msgspec.json.encode(gate) + b"\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
