from detente.benchmarks import Missing, Sources
from detente.benchmarks.blended import blended_documents, blended_speed, pairs_by_rules

from .conftest import ARTICLE, FakeCoder


def test_documents_are_coded_with_the_model(sources):
    rows = list(blended_documents(sources, FakeCoder()))
    assert [row.key for row in rows] == ["blend.v1/documents, type", "blend.v1/documents, dyad"]
    assert all(row.data for row in rows)


def test_pairs_are_answered_by_rules(sources):
    table = sources.file("bench/plv/PLV_train.tsv")
    table.parent.mkdir(parents=True)
    table.write_text("marked_sentence\tgold_root\n<s>Peru</s> accused <t>Chile</t>.\tACCUSE\n")
    root, forced = pairs_by_rules(sources, FakeCoder())
    assert root.key == "plv/root, lexicon.v1"
    assert root.metrics["macro_f1"] == forced.metrics["macro_f1"] == 1.0


def test_without_the_data():
    nowhere = Sources(None, None)
    for benchmark in (blended_documents, blended_speed, pairs_by_rules):
        (missing,) = benchmark(nowhere, FakeCoder())
        assert isinstance(missing, Missing)
        assert "--data" in missing.reason


def test_speed_counts_the_words_of_the_sample(sources, corpus_of):
    corpus_of(20)
    (row,) = blended_speed(sources, FakeCoder())
    assert row.key == "speed/blend.v1"
    assert row.metrics["words_per_cpu_second"] > 0
    assert f"({20 * (len(ARTICLE.split()) + 2)} words)" in row.shown
