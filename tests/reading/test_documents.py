import hashlib
from datetime import date

import pytest

from detente.config import Settings
from detente.reading.documents import Origin, build_document
from detente.types import Document, Rejection

TEXT = (
    "Talks fail in Geneva\n\nGENEVA, 3 March 2021 – "
    "Russia and the United States left the talks after two days without a result.\n"
)


def build(text=TEXT, settings=None, **known):
    return build_document(text, Origin("x", **known), settings=settings or Settings())


def test_everything_a_text_tells():
    doc = build()
    assert isinstance(doc, Document)
    assert doc.sha256 == hashlib.sha256(TEXT.encode()).hexdigest()
    assert doc.id == doc.sha256[:16]
    assert doc.title == "Talks fail in Geneva"
    assert doc.headline is not None and doc.headline.text == doc.title
    assert [span.text for span in doc.furniture] == ["GENEVA, 3 March 2021 –"]
    assert (doc.place, doc.date, doc.date_basis) == ("Geneva", date(2021, 3, 3), "dateline")
    assert doc.language == "en"


def test_date_precedence():
    given = Settings(date=date(2020, 1, 1))
    assert build(settings=given, date=date(2020, 1, 2), date_basis="record").date_basis == "given"
    for basis in ("record", "metadata"):
        doc = build(date=date(2020, 1, 2), date_basis=basis)
        assert (doc.date, doc.date_basis) == (date(2020, 1, 2), basis)
    assert build("Russia and the US left the talks on Monday.").date_basis is None


def test_known_title_that_is_not_in_the_text():
    doc = build(title="Something else")
    assert (doc.title, doc.headline) == ("Something else", None)


def test_multi_line_headline_gives_a_title_on_one_line():
    doc = build("Talks between Russia and the US\nfail in Geneva\n\nThe delegations left early.\n")
    assert doc.title == "Talks between Russia and the US fail in Geneva"
    assert doc.headline.text == "Talks between Russia and the US\nfail in Geneva"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "R301"),
        (" \n\t\u00a0 ", "R301"),
        ("Russia\0", "R302"),
        ("a" * 30_000, "R304"),
        ("El presidente se reunió con el ministro de Rusia en Madrid el lunes.", "R340"),
    ],
)
def test_rejections_say_where(text, code):
    rejection = build(text, line=7)
    assert isinstance(rejection, Rejection)
    assert (rejection.stage, rejection.code, rejection.where, rejection.line) == (
        "reading", code, "x", 7,
    )  # fmt: skip


def test_language_is_judged_without_headline_and_furniture():
    text = (
        "Le président de la République française est à Moscou\n\n"
        "Par Jean\n\nThe French president met his Russian counterpart, the Kremlin said.\n"
    )
    assert isinstance(build(text), Document)
