import pytest

from detente.reading.prose import prose_problem

SENTENCE = "The United States sanctioned Russia on Monday. "


@pytest.mark.parametrize(
    "text",
    [SENTENCE, "No full stop here", SENTENCE * 10_000, "word " * 3_000 + "\n\n" + "word " * 3_000,
     "总统会见了外长。" * 5_000],
)  # fmt: skip
def test_prose_passes(text):
    assert prose_problem(text) is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a" * 30_000, "no sentence end"),
        ("word, " * 5_000, "no sentence end"),
        (SENTENCE + "YWJjZGVm\n" * 5_000, "from character"),
        ("1.5,2.5,3.5\n" * 100, "figures"),
        ("###", "figures"),
    ],
)
def test_what_is_not_prose_is_named(text, words):
    assert words in (prose_problem(text) or "")


def test_ten_megabytes_on_one_line_are_judged():
    assert prose_problem("ab, " * 2_500_000)
    assert prose_problem(SENTENCE * 212_000) is None
