import pytest

from detente.benchmarks import Missing
from detente.benchmarks.pairs import (
    CAMEO_ROOTS,
    cameo_root,
    forced_root,
    macro_f1,
    marked_pairs,
    root_of,
    unmark,
)
from detente.ontology import load_ontology
from detente.types import PairAnswer

from .conftest import FakeCoder


@pytest.mark.parametrize(
    ("marked", "source", "target"),
    [
        ("<s>France</s> sued <t>Iran</t>.", "France", "Iran"),
        ("<t>Iran</t> was sued by <s>France</s>.", "France", "Iran"),
        ("<s>The army </s>left on Monday.", "The army", None),
        ("<t>Two papers</t> were closed.", None, "Two papers"),
        ("<s>Ministers of <t>Iran</t></s> left.", "Ministers of Iran", "Iran"),
        ("<s>France</s> sued <t>Iran</t>, <s>France</s> said.", "France", "Iran"),
    ],
)
def test_marks_become_offsets(marked, source, target):
    text, spans = unmark(marked)
    assert "<" not in text
    found = {name: text[start:end] for name, (start, end) in spans.items()}
    assert (found.get("s"), found.get("t")) == (source, target)


def test_of_a_party_that_is_marked_twice_the_first_place_counts():
    assert unmark("<s>A</s> and <s>A</s>")[1] == {"s": (0, 1)}


def answer(type, **shares):
    return PairAnswer("1", type, None, shares)


def test_plv_has_one_root_for_concede_and_retreat():
    assert root_of(answer("RETREAT")) == root_of(answer("CONCEDE")) == "YIELD"
    assert root_of(answer("AID")) == "AID"
    assert root_of(None) == "NONE"


def test_the_best_root_besides_none():
    assert forced_root(answer("NONE", NONE=0.6, AID=0.3, ACCUSE=0.1)) == "AID"
    assert forced_root(answer("AID", AID=0.4, CONCEDE=0.3, RETREAT=0.3)) == "YIELD"
    assert forced_root(answer("NONE", NONE=1.0, AID=0.0)) == "NONE"
    assert forced_root(None) == "NONE"


def test_the_root_of_the_code():
    def coded(code, type="COERCE"):
        return cameo_root(PairAnswer("1", type, None, {type: 1.0}, "asserted", code))

    assert coded("173") == "COERCE"
    assert coded("191") == "ASSAULT"  # a blockade is a fight in CAMEO
    assert coded("102", "REQUEST") == "REQUEST"
    assert coded("030", "AGREE") == "AGREE"
    assert cameo_root(answer("NONE", NONE=0.6, AID=0.3, ACCUSE=0.1)) == "AID"
    assert cameo_root(None) == "NONE"


def test_every_code_that_is_answered_has_a_root():
    ontology = load_ontology()
    codes = {ontology.cameo(kind, mode) for kind, mode in ontology.modes}
    codes |= {ontology.cameo(kind, None) for kind in ontology.types}
    assert {code[:2] for code in codes} <= set(CAMEO_ROOTS)


def test_macro_f1_averages_over_the_roots_in_gold():
    assert macro_f1(["A", "A", "B"], ["A", "A", "B"]) == 1.0
    # A: P 1, R 1/2, F1 2/3; B: P 1/2, R 1, F1 2/3
    assert macro_f1(["A", "A", "B"], ["A", "B", "B"]) == pytest.approx(2 / 3)
    # NONE is not averaged in, it costs B its recall.
    assert macro_f1(["A", "B"], ["A", "NONE"]) == 0.5


def test_the_table_is_asked_pair_by_pair(sources):
    path = sources.file("bench/plv/PLV_train.tsv")
    path.parent.mkdir()
    path.write_text(
        "\tmarked_sentence\tgold_root\n"
        "0\t<s>France</s> sued <t>Iran</t>.\tACCUSE\n"
        "1\t<s>France</s> left <t>Iran</t>.\tYIELD\n"
        "2\t<t>Two papers</t> were closed.\tCOERCE\n"
        "3\t<s>France</s> waited.\tAID\n"
    )
    coder = FakeCoder(
        answers={
            "France sued Iran.": {"ACCUSE": 0.8, "NONE": 0.2},
            "France left Iran.": {"RETREAT": 1.0},
            "France waited.": {"NONE": 0.9, "AID": 0.1},
        }
    )
    plain, forced, by_code = marked_pairs(sources, coder)
    assert plain.metrics == {"macro_f1": 0.5, "accuracy": 0.5, "none": 0.5}
    assert forced.metrics == {"macro_f1": 0.75, "accuracy": 0.75, "none": 0.25}
    assert by_code.metrics == forced.metrics  # there are no codes
    assert "4 pairs; zero-shot, not trained on it" in plain.shown


def test_without_the_table(sources):
    assert isinstance(next(marked_pairs(sources, FakeCoder())), Missing)
