"""Show that the labels mean what others mean: a linear model of words, tested on other people's.

    python scripts/derive_pairs.py data/labelled --split train --out pairs.jsonl
    python scripts/linear_check.py pairs.jsonl --plv PLV_train.tsv

Learns the type of a labelled pair from a bag of words and nothing else (no parse, no vectors): the
lemmas of its sentence and, twice more, those between the two actors, alone and with the next one.
Where there is no second actor, everything behind the first is between. What the pairs of
PLV then score tells whether the labels agree with that set, which nothing here was labelled
from. CONCEDE and RETREAT count as YIELD, as PLV has it; NONE is left out, as PLV has none.

Needs scikit-learn. Exit status 1 if macro-F1 is below --least.
"""

from __future__ import annotations

import argparse
import itertools
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import msgspec
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from derive_pairs import PairRecord
from detente.benchmarks.pairs import ROOTS, macro_f1, read_pairs
from detente.language import Parser, split
from detente.types import NONE, Document, Token

Span = tuple[int, int]
# How often a word between the actors counts beside the words of the whole sentence.
_WEIGHT = 2


def bags(parser: Parser, texts: Iterable[tuple[str, Span, Span | None]]) -> Iterator[list[str]]:
    """Give the words of each pair, from the parsed texts."""
    known: dict[str, list[Token]] = {}
    for text, source, target in texts:
        if text not in known:
            parsed = parser.parse(split(Document("", text, sha256="")), max_tokens=400)
            known[text] = [token for sentence in parsed for token in sentence.tokens]
        yield bag(known[text], source, target)


def bag(tokens: Sequence[Token], source: Span, target: Span | None) -> list[str]:
    """The words of one pair."""
    spans = sorted(span for span in (source, target) if span is not None)
    outside = [
        token
        for token in tokens
        if token.text[0].isalpha() and not any(a <= token.start < b for a, b in spans)
    ]
    last = spans[1][0] if target is not None else sys.maxsize
    between = [t.lemma.lower() for t in outside if spans[0][1] <= t.start < last]
    return [
        *(token.lemma.lower() for token in outside),
        *(f"between:{word}" for word in between * _WEIGHT),
        *(f"{one} {two}" for one, two in itertools.pairwise(between)),
    ]


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("pairs", type=Path, nargs="+", metavar="PAIRS")
    parser.add_argument("--plv", type=Path, required=True, metavar="TSV")
    parser.add_argument("--least", type=float, default=0.55, help="macro-F1 asked for")
    options = parser.parse_args()
    records = [
        msgspec.json.decode(line, type=PairRecord)
        for file in options.pairs
        for line in file.read_bytes().splitlines()
    ]
    learnt = [record for record in records if record.type != NONE]
    tested = [pair for pair in read_pairs(options.plv) if pair.source is not None]
    reader = Parser()
    vectors = TfidfVectorizer(analyzer=lambda words: words, sublinear_tf=True)
    model = LogisticRegression(C=10.0, class_weight="balanced", max_iter=2000)
    model.fit(
        vectors.fit_transform(bags(reader, ((r.text, r.source, r.target) for r in learnt))),
        [ROOTS.get(record.type, record.type) for record in learnt],
    )
    asked = bags(reader, ((p.text, p.source or (0, 0), p.target) for p in tested))
    answered = list(model.predict(vectors.transform(asked)))
    gold = [ROOTS.get(pair.root, pair.root) for pair in tested]
    score = macro_f1(gold, answered)
    right = sum(a == b for a, b in zip(gold, answered, strict=True))
    print(f"learnt from {len(learnt)} pairs: macro-F1 {score:.3f}, {right} of {len(gold)} right")
    return 0 if score >= options.least else 1


if __name__ == "__main__":
    sys.exit(main())
