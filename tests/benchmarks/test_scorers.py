import shutil
from datetime import date

import pytest

from detente.benchmarks import Missing, Sources
from detente.benchmarks.scorers import annotated_documents, labelled_documents, seed_article
from detente.errors import DataError

from .conftest import ARTICLE, FakeCoder, event, write_lines


@pytest.fixture
def coder():
    return FakeCoder(always=[event("THREATEN"), event("CONSULT")])


def test_the_seed_scorer_is_run_as_it_is(sources, coder):
    rows = {row.name: row for row in seed_article(sources, coder)}
    assert {name: row.shown for name, row in rows.items()} == {
        "found": "2 of 2",
        "soft": "2 of 2",
        "attributes": "3 of 4",
        "forbidden": "1 of 3 broken",
    }
    assert rows["forbidden"].metrics == {"count": 2, "of": 3}
    assert coder.seen[0].date == date(2023, 2, 19)
    assert not list(sources.data.rglob("__pycache__"))


def test_the_hash_follows_gold_and_scorer(sources, coder):
    before = next(seed_article(sources, coder)).data
    assert next(seed_article(sources, coder)).data == before
    sources.file("seed/gold.jsonl").write_text('{"id": "S01"}\n')
    assert next(seed_article(sources, coder)).data != before


def test_documents_at_every_level(sources, coder):
    rows = list(annotated_documents(sources, coder))
    assert [row.key for row in rows] == ["documents/type", "documents/dyad"]
    assert rows[0].metrics == {"P": 1.0, "R": pytest.approx(2 / 3), "F1": 0.8}
    assert rows[0].shown == "P 1.000 R 0.667 F1 0.800 (2 right of 2, 3 gold)"


def test_a_rejected_document_does_not_look_like_no_events(sources):
    text = ARTICLE + "It is broken.\n"
    write_lines(sources.file("bench/docs/docs.jsonl"), [{"id": "d", "text": text}])
    rows = list(annotated_documents(sources, FakeCoder()))
    assert rows[0].shown.endswith("; 1 rejected (R901)")


def test_our_own_documents_are_scored_by_the_same_scorer(sources, coder):
    folder = sources.checkout / "data" / "labelled"
    for name in ("dev-a", "dev-b"):
        write_lines(folder / f"{name}.docs.jsonl", [{"id": "d", "text": ARTICLE}])
    write_lines(folder / "dev-a.gold.jsonl", [{}, {}])
    first, second, third = labelled_documents(sources, coder)
    assert (first.key, second.key) == ("dev-a/type", "dev-a/dyad")
    assert first.metrics["R"] == 1.0
    assert third == Missing("dev-b", "dev-b.gold.jsonl is not there yet")


def test_what_is_not_there_is_said(sources):
    shutil.rmtree(sources.data / "seed")
    (missing,) = seed_article(sources, FakeCoder())
    assert missing.reason == (
        "not in the data folder: seed/article.txt, seed/gold.jsonl, seed/score.py"
    )
    (missing,) = annotated_documents(Sources(None, None), FakeCoder())
    assert "--data" in missing.reason
    (missing,) = labelled_documents(sources, FakeCoder())
    assert "data/labelled" in missing.reason


@pytest.mark.parametrize(
    ("script", "code", "words"),
    [
        ("raise SystemExit('no such key')", "D250", "no such key"),
        ("print('all fine')", "D251", "all fine"),
    ],
)
def test_a_scorer_that_fails_is_an_error_not_a_zero(sources, script, code, words):
    for name, run in (("seed", seed_article), ("bench/docs", annotated_documents)):
        sources.file(f"{name}/score.py").write_text(script)
        with pytest.raises(DataError, match=words) as caught:
            list(run(sources, FakeCoder()))
        assert caught.value.code == code
