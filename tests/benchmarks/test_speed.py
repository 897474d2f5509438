import sys
import types

import pytest

from detente.benchmarks import Missing
from detente.benchmarks.speed import spread, words_per_second

from .conftest import ARTICLE, FakeCoder


class SlowModel:
    """Takes the time of a few thousand additions per text."""

    def pipe(self, texts, batch_size):
        for text in texts:
            sum(range(200_000))
            yield text


@pytest.fixture
def corpus(sources, corpus_of, monkeypatch):
    model = types.ModuleType("made_up_model")
    model.load = SlowModel
    monkeypatch.setitem(sys.modules, "made_up_model", model)
    corpus_of(40)
    return sources


def test_both_are_timed_on_the_same_words(corpus):
    coder = FakeCoder()
    rows = {row.name: row for row in words_per_second(corpus, coder)}
    assert list(rows) == ["detente", "spacy", "ratio", "articles"]
    ours = rows["detente"].metrics["words_per_cpu_second"]
    theirs = rows["spacy"].metrics["words_per_cpu_second"]
    assert rows["ratio"].metrics["ratio"] == pytest.approx(ours / theirs)
    # One annotated document and all 40 of the corpus; the warm-up is not counted.
    words = len(ARTICLE.split())
    assert f"({words + 40 * (words + 2)} words in 41 documents)" in rows["detente"].shown
    assert len({row.data for row in rows.values()}) == 1


def test_without_the_corpus(sources):
    (missing,) = words_per_second(sources, FakeCoder())
    assert missing == Missing("speed", "not in the data folder: corpus/unlabelled.jsonl.gz")


def test_a_sample_is_spread_evenly():
    lines = [str(n).encode() for n in range(10)]
    assert spread(lines, 3) == [b"0", b"3", b"6"]
    assert spread(lines, 3, offset=1) == [b"1", b"4", b"7"]
    assert spread(lines, 30) == lines
