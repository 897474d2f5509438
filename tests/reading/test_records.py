import io
import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.config import Settings
from detente.reading.records import read_record, read_records
from detente.types import Document, Rejection

TEXT = "Russia and the United States held talks in Geneva on Monday."


def one(record, **settings):
    data = record if isinstance(record, bytes) else json.dumps(record).encode()
    return read_record(data, "f.jsonl", line=3, settings=Settings(**settings))


def test_every_key():
    doc = one(
        {"id": "a-1", "title": "T", "date": "2023-02-18T10:00:00Z", "text": TEXT, "source": "AP",
         "url": "https://x.example/", "byline": "Jane Doe", "extra": [1, {"deep": None}]}
    )  # fmt: skip
    assert isinstance(doc, Document)
    assert (doc.id, doc.title, doc.text, doc.source) == ("a-1", "T", TEXT, "AP")
    assert (doc.url, doc.byline) == ("https://x.example/", "Jane Doe")
    assert (doc.date, doc.date_basis, doc.headline) == (date(2023, 2, 18), "record", None)


@pytest.mark.parametrize(
    ("given_id", "kept"),
    [(7, "7"), (1.5, "1.5"), ("007", "007"), (10**18, str(10**18))],
)
def test_ids_are_kept(given_id, kept):
    assert one({"id": given_id, "text": TEXT}).id == kept


@pytest.mark.parametrize("empty", [None, ""])
def test_null_and_empty_mean_unknown(empty):
    doc = one(
        dict.fromkeys(("id", "title", "date", "source", "url", "byline"), empty) | {"text": TEXT}
    )
    assert isinstance(doc, Document)
    assert doc.id == doc.sha256[:16]
    assert (doc.title, doc.date, doc.source, doc.url, doc.byline) == (None,) * 5


def test_text_is_kept_exactly_as_given():
    text = (
        "\u00a0Talks  fail\r\n\r\nROME\u00a0(AP) — The US\u00ad and Russia met. (Photo: AFP)\r\n "
    )
    doc = one({"text": text, "title": "Talks fail"})
    assert isinstance(doc, Document)
    assert doc.text == text
    assert doc.headline is not None and doc.headline.text == "Talks  fail"
    for span in doc.furniture:
        assert text[span.start : span.end] == span.text


@pytest.mark.parametrize(
    ("record", "code"),
    [
        (b'{"text": ', "R310"),
        (b'["text"]', "R310"),
        (b'{"text": "\xff"}', "R310"),
        (b'{"text": "\\ud800 lone"}', "R310"),
        (b'{"text": NaN}', "R310"),
        (b"[" * 100_000, "R310"),
        (b"{", "R310"),
        ({"title": "no text"}, "R311"),
        ({"text": None}, "R311"),
        ({"text": 5}, "R312"),
        ({"text": ["a"]}, "R312"),
        ({"text": TEXT, "id": True}, "R312"),
        ({"text": TEXT, "id": {}}, "R312"),
        ({"text": TEXT, "title": 1}, "R312"),
        ({"text": TEXT, "date": 20230218}, "R312"),
        ({"text": TEXT, "date": "03/04/2021"}, "R313"),
        ({"text": TEXT, "date": "someday"}, "R313"),
        ({"text": ""}, "R301"),
        ({"text": "nul\0"}, "R302"),
    ],
)
def test_broken_records(record, code):
    rejection = one(record)
    assert isinstance(rejection, Rejection)
    assert (rejection.code, rejection.where, rejection.line) == (code, "f.jsonl", 3)


def test_a_given_date_makes_a_bad_one_harmless():
    doc = one({"text": TEXT, "date": "someday"}, date=date(2023, 1, 1))
    assert isinstance(doc, Document)
    assert (doc.date, doc.date_basis) == (date(2023, 1, 1), "given")


def test_lines_go_on_after_a_broken_one():
    good = json.dumps({"text": TEXT}).encode()
    data = b"\xef\xbb\xbf" + good + b"\r\n\n{broken\n" + good
    found = list(read_records(io.BytesIO(data), "f", settings=Settings()))
    assert [type(item) for item in found] == [Document, Rejection, Document]
    assert found[1].line == 3


def test_a_line_that_is_too_long_is_skipped():
    good = json.dumps({"text": TEXT}).encode()
    data = b'{"text": "' + b"a" * 500 + b'"}\n' + good + b"\n"
    found = list(read_records(io.BytesIO(data), "f", settings=Settings(max_bytes=200)))
    assert [getattr(item, "code", None) for item in found] == ["R303", None]
    assert found[0].line == 1
    # Exactly at the limit, line break included, is not too long.
    limit = len(good)
    stream = io.BytesIO(good + b"\n")
    assert isinstance(next(read_records(stream, "f", settings=Settings(max_bytes=limit))), Document)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["id", "title", "date", "text", "source"]), inner, max_size=5
        )
    ),
    max_leaves=8,
)


@given(st.lists(JSON.map(lambda value: json.dumps(value).encode()) | st.binary(max_size=60)))
def test_any_lines_give_documents_or_rejections_with_lines(lines):
    stream = io.BytesIO(b"\n".join(lines))
    for item in read_records(stream, "f", settings=Settings()):
        assert isinstance(item, Document | Rejection)
        if isinstance(item, Rejection):
            assert item.line is not None
        else:
            spans = [*item.furniture, *([item.headline] if item.headline else [])]
            assert all(item.text[span.start : span.end] == span.text for span in spans)
