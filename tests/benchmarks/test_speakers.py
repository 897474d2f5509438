import pytest

from detente.benchmarks.speakers import content_words, is_right


@pytest.mark.parametrize(
    ("label", "words", "names", "expected"),
    [
        ("Spokesperson Price", "Price", (), True),
        ("Peruvian officials", "the officials", (), True),
        ("Mr. Price", "Mr. Blinken", (), False),
        ("the ministry of the interior", "the head of the party", (), False),
        ("Ibrahim al-Jaafari", "Salah al-Obaidi", (), False),
        ("two officials", "two witnesses", (), False),
        ("U.S. officials", "the US embassy", (), True),
        ("Peru's government", "Peru", (), True),
        # words of ours that name nobody count by the name they were resolved to
        ("Ned Price", "he", ("Ned Price",), True),
        ("Ned Price", "he", ("Antony Blinken",), False),
        ("Ned Price", "he", (None,), False),
        # no speaker of ours
        ("Ned Price", None, ("Ned Price",), False),
    ],
)
def test_a_content_word_of_words_or_name_is_shared(label, words, names, expected):
    assert is_right([label], words, names) is expected


@pytest.mark.parametrize(
    ("label", "words", "stands_for", "expected"),
    [
        ("He", "he", (), True),
        ("The two", "the two", (), True),
        ("He", "they", (), False),
        ("He", "Ned Price", (), False),
        ("He", "Ned Price", ["Ned Price"], True),
        ("He", "Ned Price", ["Antony Blinken"], False),
        # a label that names somebody is not asked what it stands for
        ("Price", "Blinken", ["Antony Blinken"], False),
    ],
)
def test_a_label_that_names_nobody(label, words, stands_for, expected):
    assert is_right([label], words, stands_for=stands_for) is expected


def test_any_of_several_words_for_the_speaker():
    assert is_right(["Ned Price", "That report"], "That report")
    assert not is_right(["Ned Price", "he"], "he")
    assert is_right([None, "he"], "he")


def test_capitals_are_no_pronouns():
    assert content_words("the WHO, the US and us") == {"who", "us"}
    assert content_words("the who and us", None) == frozenset()
