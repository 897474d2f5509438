"""A made-up data folder and a made-up coder: the harness is tested, not the coding."""

import gzip
import json
from dataclasses import dataclass

import pytest

from detente.benchmarks import Sources
from detente.config import Settings
from detente.types import (
    Actor,
    Coded,
    Event,
    PairAnswer,
    Party,
    Rejection,
    Signature,
    Span,
    Status,
)

ARTICLE = "Ruritania warned Graustark.\n\nThe ministers met in Strelsau on Monday, they said.\n"


def event(type, actors=(), recipients=(), *, status="asserted", cameo=None, document="d"):
    def parties(keys):
        return tuple(
            Party(
                Span(0, 1, "x"),
                Actor("x", None, key) if key in ("IGO", "NGO") else Actor("x", key, "GOV"),
            )
            for key in keys
        )

    return Event(
        id="e",
        document=document,
        sentence=0,
        span=Span(0, 4, "text"),
        actors=parties(actors),
        recipients=parties(recipients),
        third_parties=(),
        predicate=Span(0, 1, "t"),
        lemma="t",
        type=type,
        mode=None,
        status=Status(status),
        quad=1,
        cameo=cameo,
    )


@dataclass
class FakeParser:
    version: str = "made_up_model-1.0"


class FakeCoder:
    """Finds what ``finds`` has under a document's text, else ``always``; rejects "broken"."""

    signature = Signature("0", "c.v1", "p", "o", "l", "f", "0")
    parser = FakeParser()
    settings = Settings()

    def __init__(self, finds=None, answers=None, always=()):
        self.finds = finds or {}
        self.always = tuple(always)
        self.answers = answers or {}
        self.seen = []

    def code(self, items):
        for item in items:
            if isinstance(item, Rejection):
                yield item
                continue
            self.seen.append(item)
            if "broken" in item.text:
                yield Rejection("events", "R901", "broken", item.id)
            else:
                yield Coded(item, (), (), tuple(self.finds.get(item.text, self.always)))

    def classify(self, queries):
        for query in queries:
            shares = self.answers.get(query.text, {"NONE": 1.0})
            best = max(shares, key=shares.get)
            yield PairAnswer(query.id, best, None, shares)


SEED_SCORER = """
import pathlib, sys
n = len(pathlib.Path(sys.argv[1]).read_text().splitlines())
print("found     S01")
print(f"found {n}/2  soft 2/2  attributes 3/4  forbidden 1/3  events written {n}")
"""
DOCUMENTS_SCORER = """
import argparse, json, pathlib
ap = argparse.ArgumentParser()
ap.add_argument("pred")
for name in ("--docs", "--gold"):
    ap.add_argument(name)
ap.add_argument("--json", action="store_true")
a = ap.parse_args()
n = len(pathlib.Path(a.pred).read_text().splitlines())
g = len(pathlib.Path(a.gold).read_text().splitlines())
level = {"tp": n, "pred": n, "gold": g, "P": 1.0, "R": n / g, "F1": 2 * n / (n + g)}
print(json.dumps({"levels": {"type": level, "dyad": level}, "per_type": {}}))
"""


def write_lines(path, rows):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))


@pytest.fixture
def sources(tmp_path):
    """Two folders beside each other, with what the scorers need and nothing else."""
    data, checkout = tmp_path / "shared", tmp_path / "checkout"
    (checkout / "src" / "detente").mkdir(parents=True)
    (checkout / "pyproject.toml").touch()
    for name, text in {
        "seed/article.txt": ARTICLE,
        "seed/gold.jsonl": "{}\n",
        "seed/score.py": SEED_SCORER,
        "bench/docs/score.py": DOCUMENTS_SCORER,
    }.items():
        path = data / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    write_lines(data / "bench/docs/docs.jsonl", [{"id": "d", "text": ARTICLE}])
    write_lines(data / "bench/docs/gold.jsonl", [{}, {}, {}])
    return Sources(data, checkout)


@pytest.fixture
def corpus_of(sources):
    """Put a corpus of so many documents into the data folder."""

    def made(count):
        path = sources.file("corpus/unlabelled.jsonl.gz")
        path.parent.mkdir()
        rows = (json.dumps({"id": str(n), "text": ARTICLE + f"No. {n}.\n"}) for n in range(count))
        path.write_bytes(gzip.compress("\n".join(rows).encode()))

    return made
