from detente.benchmarks import Missing, Sources
from detente.benchmarks.by_rules import (
    documents_by_rules,
    pairs_by_rules,
    petrarch_by_rules,
    speed_by_rules,
)

from .conftest import ARTICLE, FakeCoder


def test_documents_are_coded_without_the_model(sources):
    rows = list(documents_by_rules(sources, FakeCoder()))
    assert [row.key for row in rows] == ["lexicon.v1/documents, type", "lexicon.v1/documents, dyad"]
    assert all(row.data for row in rows)


def test_pairs_are_answered_by_rules(sources):
    table = sources.file("bench/plv/PLV_train.tsv")
    table.parent.mkdir(parents=True)
    table.write_text("marked_sentence\tgold_root\n<s>Peru</s> accused <t>Chile</t>.\tACCUSE\n")
    root, forced, by_code = pairs_by_rules(sources, FakeCoder())
    assert root.key == "plv/root, lexicon.v1"
    assert root.metrics["macro_f1"] == forced.metrics["macro_f1"] == 1.0
    assert by_code.name == "root of the CAMEO code, lexicon.v1"


def test_without_the_data():
    nowhere = Sources(None, None)
    for benchmark in (documents_by_rules, speed_by_rules, pairs_by_rules, petrarch_by_rules):
        (missing,) = benchmark(nowhere, FakeCoder())
        assert isinstance(missing, Missing)
        assert "--data" in missing.reason


def test_speed_counts_the_words_of_the_sample(sources, corpus_of):
    corpus_of(20)
    (row,) = speed_by_rules(sources, FakeCoder())
    assert row.key == "speed/lexicon.v1"
    assert row.metrics["words_per_cpu_second"] > 0
    assert f"({20 * (len(ARTICLE.split()) + 2)} words)" in row.shown
