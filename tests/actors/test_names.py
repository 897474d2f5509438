"""Names are found as an automaton over all of them would find them, at whole words."""

from hypothesis import given
from hypothesis import strategies as st

from detente.actors import load_world, scan
from detente.actors.names import NameIndex, folded, forms, index_lines

OWN = {"Sudan": [0], "South Sudan": [1], "U.S.": [2], "'Ali Abad": [3]}
LINES = index_lines(
    ["Wang Yi\tWang Yi;Yi Wang\tWang\tCHN\t\tforeign_minister~x~2013~~open\tM"],
    ["Wangen\tWangen\tDEU\t0\t0\t0\t0", "Wang\tWang\tXXX\t0\t0\t0\t0"],
)


def found(text, own=OWN, moved=None):
    index = NameIndex(own, LINES, 10, moved or {})
    return [
        (text[start : end - 1], index.pattern_entries[number])
        for number, start, end in index.find_matches_as_indexes(" " + text)
    ]


def test_the_longest_name_at_a_word_is_found():
    assert found("South Sudan, Sudan") == [("South Sudan", (1,)), ("Sudan", (0,))]


def test_a_name_ends_with_a_word_and_leaves_shorter_ones():
    assert found("Sudanese") == []
    assert found("South Sudanese Sudan") == [("Sudan", (0,))]


def test_marks_inside_and_before_names():
    assert found("U.S. forces in 'Ali Abad") == [("U.S.", (2,)), ("'Ali Abad", (3,))]


def test_rows_of_persons_and_cities_have_numbers_of_their_own():
    assert found("Wang Yi of Wangen") == [("Wang Yi", (10,)), ("Wangen", (12,))]
    # Surname of the first person, then the second city.
    assert found("Wang") == [("Wang", (11, 16))]


def test_replaced_entries_lead_to_the_new_one():
    assert found("Wang Yi", moved={10: (0,)}) == [("Wang Yi", (0,))]


def test_folding_of_names():
    assert folded("Erdoğan  al-Sisi") == "Erdogan al Sisi"
    assert folded("U.S. Army") == "U.S. Army"
    assert forms("the Quad") == ("the Quad", "The Quad")


@given(st.text(alphabet="SudanoutWgYi .'’-", max_size=40))
def test_whole_words_only(text):
    index = NameIndex(OWN, LINES, 10, {})
    padded = " " + text
    for _, start, end in index.find_matches_as_indexes(padded):
        assert padded[start] == " "
        assert end == len(padded) or not padded[end].isalnum()


def test_a_name_inside_a_longer_word_hides_nothing():
    world = load_world()
    text = "The Federal Republic of Germany."
    spans = [text[h.start : h.end] for h in scan(text, world) if h.kind == "name"]
    assert spans == ["Federal Republic of Germany"]
