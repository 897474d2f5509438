from hypothesis import given
from hypothesis import strategies as st

from detente.reading.lines import lines_of


def test_lines_know_what_opens_a_paragraph():
    lines = list(lines_of("\r\n One \r\ntwo\r\n \t\r\nthree"))
    assert [(line.text, line.opens) for line in lines] == [
        ("One", True), ("two", False), ("three", True),
    ]  # fmt: skip


@given(st.text(alphabet="ab \t\r\n\u00a0"))
def test_offsets_point_at_the_stripped_lines(text):
    lines = list(lines_of(text))
    assert all(text[line.start : line.end] == line.text == line.text.strip() for line in lines)
    assert "".join(line.text for line in lines).replace(" ", "").replace("\u00a0", "").replace(
        "\t", ""
    ) == "".join(text.split())
