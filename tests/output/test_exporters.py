import csv
import io
import json
import sys

import pytest
import sample_article as sample

from detente.errors import ConfigError, OutputError
from detente.output import EXPORTERS, export, format_of
from detente.output.csvfile import COLUMNS, csv_row, write_csv
from detente.output.jsonl import write_answers, write_jsonl, write_mentions
from detente.output.records import event_from_json, event_to_json
from detente.types import PairAnswer, Span


def written(write, items):
    stream = io.BytesIO()
    write(iter(items), stream)
    assert not stream.closed
    return stream.getvalue()


def csv_rows(items):
    return list(csv.DictReader(io.StringIO(written(write_csv, items).decode())))


@pytest.mark.parametrize("name", EXPORTERS)
def test_every_exporter_writes_the_same_bytes_twice_and_takes_nothing(name):
    items = [sample.coded(), sample.coded_without_events()]
    assert written(EXPORTERS[name], items) == written(EXPORTERS[name], items)
    assert isinstance(written(EXPORTERS[name], []), bytes)


@pytest.mark.parametrize("name", EXPORTERS)
def test_a_failing_run_leaves_no_file(name, tmp_path):
    def failing():
        yield sample.coded()
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        export(failing(), tmp_path / "events.out", EXPORTERS[name])
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_coded_when_the_file_cannot_be_written(tmp_path):
    def never():
        pytest.fail("coding began")
        yield

    with pytest.raises(OutputError, match="D501"):
        export(never(), tmp_path / "no" / "events.csv")


def test_jsonl_streams_document_by_document():
    stream = io.BytesIO()

    def items():
        yield sample.coded()
        assert stream.getvalue().count(b"\n") == 7
        yield sample.coded()

    write_jsonl(items(), stream)
    lines = stream.getvalue().splitlines()
    assert len(lines) == 14
    assert event_from_json(lines[1]).id == sample.threat().id
    assert "“".encode() not in lines[1]


def test_mentions_and_answers_are_lines_of_json():
    lines = written(write_mentions, [sample.coded()]).splitlines()
    assert list(json.loads(lines[0])) == (
        "document text start end name country sector organisation person role wikidata".split()
    )
    answer = PairAnswer("q1", "AID", None, {"AID": 0.75, "NONE": 0.25})
    assert json.loads(written(write_answers, [answer])) == {
        "id": "q1",
        "type": "AID",
        "mode": None,
        "status": None,
        "cameo": None,
        "probabilities": {"AID": 0.75, "NONE": 0.25},
    }


def test_csv_has_one_row_an_event():
    rows = csv_rows([sample.coded()])
    assert len(rows) == 7
    assert tuple(rows[0]) == COLUMNS
    threat, talks, request = rows[1], rows[3], rows[6]
    assert threat["actors"] == "Turkey"
    assert threat["contexts"] == "military;territory"
    assert threat["attribution"] == "Elif Aydin;Anadolu agency"
    assert threat["score"] == "-4.0"
    assert threat["cameo"] == "132"
    assert threat["confidence_status"] == "0.95"
    assert threat["confidence_place"] == ""
    assert talks["actor_countries"] == "GRC;TUR"
    assert talks["place"] == "Istanbul"
    assert request["actor_countries"] == ""
    assert request["recipient_sectors"] == "GOV;GOV"
    assert request["date_end"] == "2024-03-03"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r="])
def test_csv_disarms_formulas_in_text_only(start):
    evil = f"{start}cmd|' /C calc'!A0"
    event = sample.event(0, "Ankara warns", "warns", span=Span(0, 1, evil), score=-4.0, mode=evil)
    cells = dict(zip(COLUMNS, csv_row(event), strict=True))
    assert cells["quote"] == f"'{evil}"
    assert cells["mode"] == f"'{evil}"
    assert cells["score"] == -4.0


def test_csv_survives_quotes_lines_and_separators():
    text = 'He said; "no",\nthen left'
    event = sample.event(0, "Ankara warns", "warns", span=Span(0, 1, text), contexts=("a;b", "c"))
    (row,) = csv_rows([sample.coded(events=(event,))])
    assert row["quote"] == text
    assert row["contexts"] == "a,b;c"


def test_parquet_round_trip(tmp_path):
    parquet = pytest.importorskip("pyarrow.parquet")
    path = tmp_path / "events.parquet"
    export([sample.coded(), sample.coded_without_events()], path)
    table = parquet.read_table(path)
    assert table.schema.metadata[b"detente.schema"] == b"1"
    rows = json.loads(json.dumps(table.to_pylist(), default=str))
    assert rows == [event_to_json(event) for event in sample.events()]


def test_parquet_without_events_has_its_columns(tmp_path):
    parquet = pytest.importorskip("pyarrow.parquet")
    path = tmp_path / "events.parquet"
    export([], path)
    table = parquet.read_table(path)
    assert table.num_rows == 0
    assert table.column_names[:3] == ["schema", "id", "document"]


def test_missing_pyarrow_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)

    def never():
        pytest.fail("coding began")
        yield

    with pytest.raises(OutputError, match="D510") as caught:
        export(never(), tmp_path / "events.parquet")
    assert caught.value.remedy == "Run `pip install 'detente[parquet]'`."
    assert list(tmp_path.iterdir()) == []


def test_the_suffix_says_the_format(tmp_path):
    names = ["a.jsonl", "a.NDJSON", "a.csv", "a.parquet", "a.txt"]
    assert [format_of(tmp_path / name) for name in names] == (
        ["jsonl", "jsonl", "csv", "parquet", "table"]
    )
    with pytest.raises(ConfigError, match="D120"):
        format_of(tmp_path / "a.xlsx")
