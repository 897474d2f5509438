from hypothesis import given
from hypothesis import strategies as st

from detente.config import Settings
from detente.reading.documents import Origin
from detente.reading.plain import read_plain
from detente.types import Document, Rejection

WRAPPED = (
    "The United States said on Monday that it would send more weapons to\r\n"
    "Ukraine, and Russia called the move a provocation.\r\n\r\nMore talks are planned.\r\n"
)


def test_paragraphs_and_wrapped_lines_stay_as_they_are():
    doc = read_plain(WRAPPED.encode(), Origin("x"), settings=Settings())
    assert isinstance(doc, Document)
    assert doc.text == WRAPPED.replace("\r\n", "\n")


def test_offsets_point_into_the_normalised_text():
    data = (
        "Talks\u00a0fail in Gene\u00adva\r\n\r\nROME (AP) — Talks between the two failed.".encode()
    )
    doc = read_plain(data, Origin("x"), settings=Settings())
    assert isinstance(doc, Document)
    assert doc.headline is not None and doc.headline.text == "Talks fail in Geneva"
    for span in (doc.headline, *doc.furniture):
        assert doc.text[span.start : span.end] == span.text


@given(
    st.binary(max_size=400)
    | st.text(max_size=400).map(lambda text: text.encode("utf-8", "replace"))
)
def test_any_bytes_give_a_document_or_a_rejection(data):
    found = read_plain(data, Origin("x"), settings=Settings())
    assert isinstance(found, Document | Rejection)
    if isinstance(found, Document):
        spans = [*found.furniture, *([found.headline] if found.headline else [])]
        assert all(found.text[span.start : span.end] == span.text for span in spans)
        assert "\r" not in found.text
