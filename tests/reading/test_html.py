import builtins
import sys
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from detente.config import Settings
from detente.errors import ReadingError
from detente.reading.documents import Origin
from detente.reading.html import looks_like_html, read_html
from detente.types import Document, Rejection

PAGE = """<!doctype html><html><head><meta charset="{charset}">
<title>Talks fail in Zürich - The Daily</title>
<meta property="og:title" content="Talks fail in Zürich">
<meta property="og:site_name" content="The Daily"><meta name="author" content="Jane Doe">
<link rel="canonical" href="https://daily.example/talks">{date}</head>
<body><nav><a href="/">Home</a><a href="/world">World</a></nav><article>
<h1>Talks fail in Zürich</h1>
<p>The United States and Russia ended their talks in Zürich on Saturday without a deal.</p>
<p>“We reject this demand,” the Russian foreign minister said, according to the ministry.</p>
<p>Beijing&nbsp;urged both sides to return<br>to the negotiating table as soon as possible.</p>
</article><footer>© 2026 The Daily</footer></body></html>"""
DATED = '<meta property="article:published_time" content="2023-02-18T10:00:00Z">'
BODY = """\
Talks fail in Zürich

The United States and Russia ended their talks in Zürich on Saturday without a deal.

“We reject this demand,” the Russian foreign minister said, according to the ministry.

Beijing urged both sides to return
to the negotiating table as soon as possible."""


@pytest.fixture(scope="module", autouse=True)
def _needs_trafilatura():
    pytest.importorskip("trafilatura", exc_type=ImportError)


def page(charset="utf-8", dated=DATED):
    return PAGE.format(charset=charset, date=dated).encode(charset)


@pytest.mark.parametrize("charset", ["utf-8", "cp1252"])
def test_an_article(charset):
    doc = read_html(page(charset), Origin("x.html"), settings=Settings())
    assert isinstance(doc, Document)
    assert doc.text == BODY
    assert doc.title == "Talks fail in Zürich"
    assert doc.headline is not None and (doc.headline.start, doc.headline.text) == (0, doc.title)
    assert (doc.date, doc.date_basis) == (date(2023, 2, 18), "metadata")
    assert (doc.source, doc.byline) == ("The Daily", "Jane Doe")
    assert doc.url == "https://daily.example/talks"


def test_the_footer_year_is_no_date():
    doc = read_html(page(dated=""), Origin("x.html"), settings=Settings())
    assert isinstance(doc, Document)
    assert (doc.date, doc.date_basis) == (None, None)


def test_http_charset_and_fetched_url_win():
    data = PAGE.format(charset="utf-8", date="").encode("cp1252")
    origin = Origin("u", url="https://daily.example/fetched")
    doc = read_html(data, origin, settings=Settings(), charset="windows-1252")
    assert isinstance(doc, Document)
    assert doc.text == BODY
    assert doc.url == "https://daily.example/fetched"


def test_a_page_laid_out_with_tables():
    data = (
        "<html><head><title>Talks</title></head><body><table><tr><td>Menu</td><td>"
        "GENEVA, March 3, 2021 (Reuters) - The talks between the United States and Russia failed."
        "<br><br>Both sides left the city on Saturday, officials said.</td></tr></table></body>"
    )
    doc = read_html(data.encode(), Origin("x.html"), settings=Settings())
    assert isinstance(doc, Document)
    assert "|" not in doc.text
    assert "failed. Both sides left" in doc.text
    assert (doc.place, doc.date, doc.date_basis) == ("Geneva", date(2021, 3, 3), "dateline")


def test_figures_in_tables_are_left_out():
    rows = "<tr><th>State</th><th>Votes</th></tr><tr><td>China</td><td>5</td></tr>"
    story = "".join(f"<p>The {n}th round of talks ended in Geneva on Monday.</p>" for n in range(9))
    data = f"<html><body><article>{story}<table>{rows}</table></article></body></html>"
    doc = read_html(data.encode(), Origin("x.html"), settings=Settings())
    assert isinstance(doc, Document)
    assert doc.text.count("\n\n") == 8
    assert "Votes" not in doc.text


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "R301"),
        (b"<html><body><nav><a href='/'>Home</a></nav></body></html>", "R320"),
        (b"<html><body>\0</body></html>", "R302"),
        (b"<html>" + b"<div>" * 5_000, "R320"),
    ],
)
def test_pages_without_text(data, code):
    rejection = read_html(data, Origin("x.html"), settings=Settings())
    assert isinstance(rejection, Rejection)
    assert rejection.code == code


def test_sniffing():
    assert looks_like_html("\ufeff \n<!-- saved --><!DOCTYPE html>")
    assert looks_like_html('<?xml version="1.0"?><html>')
    assert not looks_like_html("<p> is how a paragraph begins in HTML.")


def test_without_trafilatura_the_error_says_what_to_install(monkeypatch):
    real_import = builtins.__import__

    def refuse(name, *args, **kwargs):
        if name == "trafilatura":
            raise ImportError("not here")
        return real_import(name, *args, **kwargs)

    monkeypatch.delitem(sys.modules, "trafilatura", raising=False)
    monkeypatch.setattr(builtins, "__import__", refuse)
    with pytest.raises(ReadingError) as caught:
        read_html(page(), Origin("x.html"), settings=Settings())
    assert caught.value.code == "D310"
    assert "detente[reading]" in caught.value.remedy


TAGS = st.sampled_from(
    [b"<p>", b"</p>", b"<div>", b"<table><tr><td>", b"<br>", b"&#xD800;", b"&nbsp;", b"<!--",
     b"<script>", b"Russia said on Monday that talks had failed. ", b"\xff", b"<title>", b"<h1>"]
)  # fmt: skip


@given(st.lists(TAGS | st.binary(max_size=10), max_size=30).map(b"".join))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_bytes_give_a_document_or_a_rejection(data):
    found = read_html(b"<html><body>" + data, Origin("x"), settings=Settings())
    assert isinstance(found, Document | Rejection)
    if isinstance(found, Document):
        spans = [*found.furniture, *([found.headline] if found.headline else [])]
        assert all(found.text[span.start : span.end] == span.text for span in spans)
