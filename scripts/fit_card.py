"""Fit what the card of a model says of its probabilities, on labelled pairs it was not trained on.

    python scripts/derive_pairs.py data/labelled --split dev --out dev.jsonl
    detente classify dev.jsonl --coder lexicon.v1 --out dev.lexicon.jsonl
    python scripts/fit_card.py dev.jsonl dev.lexicon.jsonl src/detente/data/models/pairs-3

Three numbers are fitted by Newton's steps on the likelihood, with all pairs in their natural share:
the temperature of the logits, the weight of the lexicon's answer beside them, and what is added
for NONE. Prints likelihood, macro-F1 and expected calibration error before and after.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

import msgspec
import numpy

from calibration import Answer, calibration_error
from detente.benchmarks.pairs import macro_f1
from detente.models.pair_encoder import FLOOR, PairEncoder, PairQuestion, Readings, softmax
from detente.types import NONE

CHUNK, STEPS = 500, 30
TINY = 1e-9


def questions(pairs: Path, answers: Path) -> tuple[list[PairQuestion], list[str]]:
    """Read pairs, the lexicon's answers beside them, and the labels."""
    asked, gold = [], []
    for line, answer in zip(pairs.open("rb"), answers.open("rb"), strict=True):
        row, shares = json.loads(line), json.loads(answer)["probabilities"]
        target = tuple(row["target"]) if row["target"] else None
        asked.append(PairQuestion(row["text"], tuple(row["source"]), target, shares))
        gold.append(row["type"])
    return asked, gold


def inputs_of(read: Readings, nothing: int) -> Any:  # noqa: ANN401 - an array
    """What the three numbers multiply: array of pairs x labels x 3."""
    beside = numpy.log(read.lexicon + FLOOR) * read.lexicon.any(axis=1, keepdims=True)
    constant = numpy.zeros_like(beside)
    constant[:, nothing] = 1.0
    return numpy.stack([read.types, beside, constant], axis=-1).astype(numpy.float64)


def fitted(given: Any, wanted: Any) -> Any:  # noqa: ANN401 - arrays
    """The three numbers that make the labels likeliest."""
    numbers = numpy.array([1.0, 0.0, 0.0])
    for _ in range(STEPS):
        shares = softmax(given @ numbers)
        slope = numpy.einsum("nlk,nl->k", given, wanted - shares)
        mean = numpy.einsum("nlk,nl->nk", given, shares)
        bend = numpy.einsum("nlk,nl,nlm->km", given, shares, given) - mean.T @ mean
        step = numpy.linalg.solve(bend, slope)
        # Where the answers are sure and wrong, the curve is flat and a whole step goes too far.
        while _loss(given, wanted, numbers + step) > _loss(given, wanted, numbers) + TINY:
            step = step / 2
        numbers = numbers + step
    return numbers


def _loss(given: Any, wanted: Any, numbers: Any) -> float:  # noqa: ANN401 - arrays
    shares = softmax(given @ numbers)
    return float(-numpy.log(numpy.maximum(shares[wanted == 1], 1e-300)).mean())


def told(shares: Any, wanted: Any) -> str:  # noqa: ANN401 - arrays
    """Likelihood, macro-F1 with NONE, expected calibration error of the answer given."""
    answer, gold = shares.argmax(axis=1).tolist(), wanted.argmax(axis=1).tolist()
    top = shares.max(axis=1).tolist()
    error = calibration_error(
        [Answer(str(a), sure, a == g) for a, sure, g in zip(answer, top, gold, strict=True)]
    )
    loss = -numpy.log(numpy.maximum(shares[wanted == 1], 1e-12)).mean()
    mean = macro_f1(map(str, gold), map(str, answer))
    return f"loss {loss:.4f}, macro-F1 {mean:.4f}, calibration error {error:.4f}"


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("pairs", type=Path, metavar="PAIRS")
    parser.add_argument("answers", type=Path, metavar="LEXICON")
    parser.add_argument("model", type=Path, metavar="FOLDER")
    parser.add_argument("--check", action="store_true", help="print only, change nothing")
    options = parser.parse_args()
    encoder = PairEncoder(options.model)
    labels = encoder.card.labels
    asked, gold = questions(options.pairs, options.answers)
    chunks = (asked[at : at + CHUNK] for at in range(0, len(asked), CHUNK))
    nothing = labels.index(NONE)
    given = numpy.concatenate([inputs_of(encoder.read(chunk), nothing) for chunk in chunks])
    wanted = numpy.eye(len(labels))[[labels.index(label) for label in gold]]
    card = encoder.card
    now = numpy.array([1 / card.temperature, card.lexicon_weight, card.nothing])
    print(f"card: {told(softmax(given @ now), wanted)}")
    if not options.check:
        scale, weight, added = fitted(given, wanted)
        print(f"fitted: {told(softmax(given @ numpy.array([scale, weight, added])), wanted)}")
        new = msgspec.structs.replace(
            card,
            temperature=round(1 / float(scale), 3),
            lexicon_weight=round(float(weight), 3),
            nothing=round(float(added), 3),
            none_share=round(gold.count(NONE) / len(gold), 3),
        )
        text = msgspec.json.format(msgspec.json.encode(new), indent=1)
        (options.model / "card.json").write_bytes(text + b"\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
