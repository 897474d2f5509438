from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.reading.furniture import byline_names, find_furniture


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Jane Doe", "Jane Doe"),
        ("By JANE DOE, Associated Press", "JANE DOE, Associated Press"),
        ("By Jane Doe and John Smith", "Jane Doe and John Smith"),
        ("By Jane Doe in Beijing", "Jane Doe in Beijing"),
        ("By Reuters Staff", "Reuters Staff"),
        ("By Ludwig van der Berg | The Guardian", "Ludwig van der Berg | The Guardian"),
        ("By Jane Doe, diplomatic editor", "Jane Doe, diplomatic editor"),
        ("By John Smith Jr.", "John Smith Jr."),
        ("By Friday, Russia had withdrawn", None),
        ("By then Putin Had Fled", None),
        ("By Land and Sea", None),
        ("By invading Ukraine, Russia broke the Charter.", None),
        ("By", None),
    ],
)
def test_bylines(line, names):
    assert byline_names(line) == names


ARTICLE = """\
Talks fail in Geneva

By Jane Doe, Associated Press
18 February 2023

GENEVA (AP) — Talks failed. (Photo: AFP) Both sides left.

By Friday, Russia had withdrawn.

(Reporting by Jane Doe; Editing by John Roe)
© 2020 The Associated Press
###
"""


def test_all_kinds_in_one_article():
    found = find_furniture(ARTICLE)
    assert [span.text for span in found.spans] == [
        "By Jane Doe, Associated Press",
        "18 February 2023",
        "GENEVA (AP) —",
        "(Photo: AFP)",
        "(Reporting by Jane Doe; Editing by John Roe)",
        "© 2020 The Associated Press",
        "###",
    ]
    assert (found.date, found.place, found.byline) == (
        date(2023, 2, 18), "Geneva", "Jane Doe, Associated Press",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("line", "furniture"),
    [
        ("Begin text:", "Begin text:"),
        ("Begin text: We, the ministers, condemn it.", "Begin text:"),
        ("(End text)", "(End text)"),
        ("END", "END"),
        ("-ENDS-", "-ENDS-"),
        ("# # #", "# # #"),
        ("***", "***"),
        ("-30-", "-30-"),
        ("(Photo: Reuters/John Doe)", "(Photo: Reuters/John Doe)"),
        ("Photo by John Doe / AFP", "Photo by John Doe / AFP"),
        ("FOR IMMEDIATE RELEASE", "FOR IMMEDIATE RELEASE"),
        ("End of the war", None),
        ("30", None),
        ("Photographs of the attack were shown.", None),
        ("Editing by hand is slow work, said the minister.", None),
        ("Image matters, said the minister.", None),
    ],
)
def test_notes_and_marks(line, furniture):
    text = f"Prose here.\n\n{line}"
    assert [span.text for span in find_furniture(text).spans] == [furniture] * bool(furniture)


def test_datelines_deep_in_a_text_are_left_alone():
    text = "Prose here.\n\n" * 12 + "ROME — The pope spoke."
    assert find_furniture(text).spans == ()


PIECES = st.sampled_from(
    ["ROME (AP) — ", "By Jane Doe", "\n", "\r\n", " ", "(Photo: x)", "###", "END", "Begin text: ",
     "18 February 2023", "Russia said.", "© 2020"]
)  # fmt: skip


@given(st.lists(PIECES).map("".join))
def test_spans_hold_their_text_in_order_without_overlap(text):
    end = 0
    for span in find_furniture(text).spans:
        assert end <= span.start < span.end
        assert text[span.start : span.end] == span.text
        end = span.end
