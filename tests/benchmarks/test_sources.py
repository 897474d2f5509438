import pytest

from detente.benchmarks.sources import VARIABLE, Sources, content_hash, find_sources
from detente.errors import ConfigError


@pytest.fixture(autouse=True)
def no_variable(monkeypatch):
    monkeypatch.delenv(VARIABLE, raising=False)


def test_the_folder_beside_the_checkout_is_found_from_inside(sources, monkeypatch):
    monkeypatch.chdir(sources.checkout / "src")
    assert find_sources() == sources


def test_outside_a_checkout_there_is_nothing(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert find_sources() == Sources(None, None)


def test_the_user_comes_before_the_variable_and_both_before_the_neighbour(
    sources, tmp_path, monkeypatch
):
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    assert find_sources(checkout=sources.checkout).data == tmp_path
    assert find_sources(sources.checkout, checkout=sources.checkout).data == sources.checkout


def test_a_folder_that_was_named_has_to_exist(sources, monkeypatch):
    monkeypatch.setenv(VARIABLE, "no/such/folder")
    with pytest.raises(ConfigError, match="no/such/folder") as caught:
        find_sources(checkout=sources.checkout)
    assert caught.value.code == "D130"


def test_what_is_missing_is_named(sources):
    assert sources.absent("seed/gold.jsonl") is None
    assert sources.absent("seed/gold.jsonl", "a.tsv", "b.tsv") == (
        "not in the data folder: a.tsv, b.tsv"
    )
    assert VARIABLE in Sources(None, None).absent("seed/gold.jsonl")


def test_the_hash_tells_contents_and_names_apart(tmp_path):
    one, two = tmp_path / "one", tmp_path / "two"
    one.write_text("ab")
    two.write_text("c")
    first = content_hash([one, two])
    one.write_text("a")
    two.write_text("bc")
    assert content_hash([one, two]) != first
    assert content_hash([two, one]) != content_hash([one, two])
    assert len(first) == 64


def test_labels_are_in_the_checkout(sources):
    for name in ("real-1.docs", "real-1.gold", "real-2.docs", "status-1.docs", "status-1.gold"):
        path = sources.label_file(f"{name}.jsonl")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    assert sources.whole_sets("real", "written") == ["real-1"]
    assert [path.name for path in sources.label_files("status-1")] == [
        "status-1.docs.jsonl",
        "status-1.gold.jsonl",
    ]
    assert sources.absent_labels("real-1.docs.jsonl") is None
    assert sources.absent_labels("real-1.docs.jsonl", "places/test.jsonl") == (
        "not in data/labelled of the checkout: places/test.jsonl"
    )


def test_without_a_checkout_there_are_no_labels():
    nowhere = Sources(None, None)
    assert "from the repository" in nowhere.absent_labels("real-1.docs.jsonl")
    assert nowhere.whole_sets("real") == nowhere.labelled_sets() == []
    with pytest.raises(ValueError, match=r"real-1\.docs"):
        nowhere.label_file("real-1.docs.jsonl")
