import io
import json
from dataclasses import replace

import pytest
from rich.console import Console

from detente.benchmarks import Missing, Report, Row, check_page, publish, show, write_json
from detente.benchmarks.tables import BEGIN, END, markdown
from detente.errors import OutputError

from .conftest import FakeCoder

HASH = "0123456789abcdef" * 4
REPORT = Report(
    FakeCoder.signature,
    "Python 3, a machine",
    True,
    (
        Row("seed", "found", {"count": 14, "of": 22}, "14 of 22", HASH),
        Row("seed", "soft", {"count": 15, "of": 22}, "15 of 22", HASH),
        Row("size", "code", {"lines": 3}, "3 | lines"),
    ),
    (Missing("plv", "not in the data folder: x.tsv"),),
)


def test_markdown():
    assert markdown(REPORT).splitlines() == [
        "Measured with `detente:0|coder:c.v1|parser:p|ontology:o|lexicon:l|facts:f|config:0` "
        "on Python 3, a machine.",
        "",
        "| benchmark | row | result | data |",
        "| --- | --- | --- | --- |",
        "| seed | found | 14 of 22 | `0123456789ab` |",
        "|  | soft | 15 of 22 | `0123456789ab` |",
        "| size | code | 3 \\| lines |  |",
        "",
        "Not measured:",
        "",
        "- plv: not in the data folder: x.tsv",
    ]


def test_a_page_keeps_its_prose(tmp_path):
    page = tmp_path / "benchmarks.md"
    page.write_text(f"# Title\n\n{BEGIN}\nold table\n{END}\n\nPeers.\n")
    assert publish(REPORT, page)
    text = page.read_text()
    assert text.startswith(f"# Title\n\n{BEGIN}\n\nMeasured with")
    assert text.endswith(f"x.tsv\n\n{END}\n\nPeers.\n")
    assert "old table" not in text
    publish(REPORT, page)
    assert page.read_text() == text


def test_a_new_page_is_begun(tmp_path):
    page = tmp_path / "new.md"
    publish(REPORT, page)
    assert page.read_text() == f"{BEGIN}\n\n{markdown(REPORT)}\n\n{END}\n"


def test_without_data_the_page_is_left_alone(tmp_path):
    page = tmp_path / "new.md"
    assert not publish(replace(REPORT, has_data=False), page)
    assert not page.exists()


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"# Title\n", "D520"), (BEGIN.encode(), "D520"), (b"\xff\xfe\xff", "D521")],
)
def test_a_page_without_a_place_for_the_table(tmp_path, content, code):
    page = tmp_path / "page.md"
    page.write_bytes(content)
    with pytest.raises(OutputError) as caught:
        check_page(page)
    assert caught.value.code == code
    with pytest.raises(OutputError):
        publish(REPORT, page)
    assert page.read_bytes() == content


def test_json():
    stream = io.BytesIO()
    write_json(REPORT, stream)
    found = json.loads(stream.getvalue())
    assert found["signature"]["coder"] == "c.v1"
    assert found["rows"][0] == {
        "benchmark": "seed",
        "row": "found",
        "metrics": {"count": 14, "of": 22},
        "shown": "14 of 22",
        "data": HASH,
    }
    assert found["missing"] == [{"benchmark": "plv", "reason": "not in the data folder: x.tsv"}]


def test_on_the_terminal():
    console = Console(file=io.StringIO(), width=100)
    show(REPORT, console)
    text = console.file.getvalue()
    assert "14 of 22" in text
    assert "0123456789ab" in text
    assert "not measured: plv: not in the data folder: x.tsv" in text
