"""Sentences written for detente, one behaviour a line: tests/golden/actors/*.jsonl."""

import hashlib
import json
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from detente.actors import find_mentions, load_world, scan
from detente.language.segment import split
from detente.types import Document

GOLDEN = Path(__file__).resolve().parent.parent / "golden" / "actors"
# A share of these may fail: test_ambiguity.py, test_coreference.py.
SHARES = ("ambiguity", "coreference")
CASES = [
    pytest.param(json.loads(line), id=f"{path.stem}-{number}")
    for path in sorted(GOLDEN.glob("*.jsonl"))
    if path.stem not in SHARES
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
]


def _mentions(parser, case):
    text = case["text"]
    digest = hashlib.sha256(text.encode()).hexdigest()
    doc = Document("golden", text, digest, date=date.fromisoformat(case["date"]))
    world = load_world()
    return find_mentions(doc, parser.parse(split(doc)), scan(text, world), world)


@pytest.mark.parametrize("case", CASES)
def test_expected_mentions(parser, case):
    found = {}
    for mention in _mentions(parser, case):
        actor = mention.actors[0]
        found.setdefault(mention.text, []).append([actor.country, actor.sector])
    for text, country, sector in case["expected"]:
        assert [country, sector] in found.get(text, []), (case["why"], text, found)
    if not case["expected"]:
        named = {text for text, sides in found.items() if any(side[0] for side in sides)}
        assert not named - {"Oslo"}, (case["why"], found)


def test_there_are_enough_cases():
    assert len(CASES) >= 80
    assert all(param.values[0]["provenance"] == "written for detente" for param in CASES)


def test_mentions_overlap_only_where_one_lies_inside_another(parser):
    for param in CASES:
        mentions = _mentions(parser, param.values[0])
        for one, two in pairwise(mentions):
            assert one.start <= two.start
            assert two.start >= one.end or two.end <= one.end, (one.text, two.text)
