"""Quotations as lines of JSON and CSV, and as a view."""

import csv
import io
import json

import pytest
import sample_article as sample
from rich.console import Console

from detente.output import format_of
from detente.output.exporters import QUOTE_EXPORTERS
from detente.output.quotations import QUOTE_COLUMNS, write_quotes_csv, write_quotes_jsonl
from detente.output.quoteview import show_quotes, write_quotes_view
from detente.types import Span


def written(write, items):
    stream = io.BytesIO()
    write(iter(items), stream)
    assert not stream.closed
    return stream.getvalue().decode()


def csv_rows(*items):
    return list(csv.DictReader(io.StringIO(written(write_quotes_csv, items))))


def view(*items, width=100):
    file = io.StringIO()
    show_quotes(items, Console(file=file, width=width, color_system=None, highlight=False))
    return "".join(f"{line.rstrip()}\n" for line in file.getvalue().splitlines())


@pytest.mark.parametrize("name", QUOTE_EXPORTERS)
def test_every_exporter_writes_the_same_bytes_twice_and_takes_nothing(name):
    items = [sample.quotes(), sample.quotes(quotations=())]
    assert written(QUOTE_EXPORTERS[name], items) == written(QUOTE_EXPORTERS[name], items)
    assert isinstance(written(QUOTE_EXPORTERS[name], []), str)


def test_the_formats_are_known_by_suffix(tmp_path):
    assert [format_of(tmp_path / n, QUOTE_EXPORTERS) for n in ("a.jsonl", "a.CSV", "a.txt")] == (
        ["jsonl", "csv", "table"]
    )


def test_a_json_row_has_words_with_offsets():
    first, second, _, last = written(write_quotes_jsonl, [sample.quotes()]).splitlines()
    row = json.loads(first)
    assert (
        list(row)
        == (
            "schema document sentence kind cue speaker actor channel anonymous addressee content"
        ).split()
    )
    assert row["actor"] == {
        "name": "Turkey",
        "country": "TUR",
        "sector": "GOV",
        "organisation": None,
        "person": "Elif Aydin",
        "role": "foreign minister",
        "wikidata": None,
    }
    for words in (row["cue"], row["speaker"], *row["content"]):
        assert sample.TEXT[words["start"] : words["end"]] == words["text"]
    assert json.loads(second)["addressee"]["text"] == "both sides"
    assert json.loads(last)["speaker"] is None


def test_jsonl_streams_document_by_document():
    stream = io.BytesIO()

    def items():
        yield sample.quotes()
        assert stream.getvalue().count(b"\n") == 4
        yield sample.quotes()

    write_quotes_jsonl(items(), stream)
    assert stream.getvalue().count(b"\n") == 8


def test_csv_has_one_row_a_quotation():
    rows = csv_rows(sample.quotes())
    assert len(rows) == 4
    assert tuple(rows[0]) == QUOTE_COLUMNS
    assert (rows[0]["person"], rows[0]["country"], rows[0]["anonymous"]) == (
        ("Elif Aydin", "TUR", "false")
    )
    assert rows[1]["name"] == ""
    assert rows[1]["content"] == (
        "Greek and Turkish envoys met in Istanbul. … Turkish jets had bombed a depot in February"
    )
    places = [one.split("-") for one in rows[1]["content_offsets"].split(";")]
    assert [sample.TEXT[int(a) : int(b)] for a, b in places] == rows[1]["content"].split(" … ")
    assert (rows[3]["speaker"], rows[3]["speaker_offsets"]) == ("", "")


def test_csv_disarms_formulas():
    evil = sample.quotation("indirect", content=(Span(0, 3, "=1+"),), speaker=Span(4, 6, "@x"))
    (row,) = csv_rows(sample.quotes(quotations=(evil,)))
    assert (row["content"], row["speaker"]) == ("'=1+", "'@x")


def test_the_view():
    said = "Turkey will close its ports to Greek ships if Athens sends troops to the islands"
    met, bombed = (span.text for span in sample.quotations()[1].content)
    assert view(sample.quotes()).splitlines()[2:] == [
        "",
        " 1  Foreign Minister Elif Aydin (TUR·GOV) said · indirect · statement",
        f"    {said}",
        " 2  according to the Anadolu agency · direct · anonymous · to both sides",
        f"    “{met}” “{bombed}”",
        " 3  Athens (Greece GRC·GOV) · free",
        "    “The United Nations” … “both sides”",
        " 4  nobody named denied · mixed",
        "    a trawler",
        "",
        "4 quotations · 6 sentences · 72 words",
    ]


def test_numbers_go_on_through_documents():
    text = view(sample.quotes(), sample.quotes())
    assert " 8  nobody named denied" in text
    assert text.endswith("2 documents · 8 quotations · 12 sentences · 144 words\n")


@pytest.mark.parametrize("width", [40, 72, 100, 200])
def test_lines_fit_and_nothing_is_lost(width):
    text = view(sample.quotes(), width=width)
    assert max(len(line) for line in text.splitlines()) <= width
    words = text.split()
    for word in ("(TUR·GOV)", "anonymous", "islands", "“both"):
        assert word in words


def test_nothing_found_says_what_was_read():
    assert "No quotations found in 6 sentences." in view(sample.quotes(quotations=()))


def test_a_file_has_no_colours_even_when_they_are_forced(monkeypatch):
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b" not in written(write_quotes_view, [sample.quotes()])


def test_strangers_cannot_steer_the_terminal():
    evil = Span(0, 8, "\x1b[2J[red]\u202e")
    one = sample.quotation("mixed", content=(evil,), speaker=evil, cue=evil, addressee=evil)
    text = view(sample.quotes(quotations=(one,)))
    assert not set(text) & set("\x1b\u202e")
    assert "[red]" in text
