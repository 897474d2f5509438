"""The views; the plain one is pinned in data/view.txt (rewrite it with UPDATE_SNAPSHOTS=1)."""

import io
import os
import re
from pathlib import Path

import pytest
import sample_article as sample
from rich.console import Console

from detente.output.explanation import show_explanation
from detente.output.palette import QUAD_MARKS, STATUS_MARKS, safe
from detente.output.picture import export_svg
from detente.output.terminal import show, write_table
from detente.types import EventDate, Span, Status

SNAPSHOTS = Path(__file__).parent / "data"
ESCAPES = re.compile(r"\x1b\[[0-9;]*m")


def view(*items, width=100, colours=False, text=True):
    file = io.StringIO()
    console = Console(
        file=file,
        width=width,
        force_terminal=colours,
        color_system="truecolor" if colours else None,
        highlight=False,
    )
    show(items, console, text=text)
    return file.getvalue()


def explanation(event):
    file = io.StringIO()
    show_explanation(event, Console(file=file, width=100, color_system=None))
    return file.getvalue()


def check_snapshot(name, text):
    # Editors strip blanks at line ends; they carry nothing.
    text = "".join(f"{line.rstrip()}\n" for line in text.splitlines())
    path = SNAPSHOTS / name
    if os.environ.get("UPDATE_SNAPSHOTS"):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("width", [60, 80, 100])
def test_plain_view(width):
    check_snapshot(f"view-{width}.txt", view(sample.coded(), width=width))


def test_explanation():
    check_snapshot("explanation.txt", explanation(sample.threat()))


def test_the_file_has_no_escape_codes_even_when_colours_are_forced(monkeypatch):
    monkeypatch.setenv("FORCE_COLOR", "1")
    stream = io.BytesIO()
    write_table([sample.coded()], stream)
    assert b"\x1b" not in stream.getvalue()
    assert "Elif Aydin TUR·GOV → Greece GRC·GOV" in stream.getvalue().decode()


@pytest.mark.parametrize("width", [40, 72, 80, 99, 100, 200])
def test_lines_fit_and_nothing_is_lost(width):
    text = view(sample.coded(), width=width)
    assert max(len(line.rstrip()) for line in text.splitlines()) <= width
    for word in ("MOBILIZE", "conditional", "denied", "2024-02", "UNITED".title()):
        assert word in text


def test_colour_changes_nothing_but_colour():
    plain = view(sample.coded())
    coloured = view(sample.coded(), colours=True)
    assert "\x1b[" in coloured
    assert ESCAPES.sub("", coloured).split() == plain.split()


def test_no_text_leaves_the_article_out():
    text = view(sample.coded(), text=False)
    assert "met⁴" not in text
    assert "In the text" not in text
    assert "CONSULT" in text


def test_numbers_go_on_through_documents():
    text = view(sample.coded(), sample.coded())
    assert "warns⁸" in text
    assert "2 documents · 14 events · 12 sentences · 144 words" in text


def test_nothing_found_says_what_was_read_and_what_to_try():
    text = view(sample.coded_without_events())
    assert "No events found in 6 sentences." in text
    assert "--actors FILE" in text
    text = view(sample.coded_without_events(mentions=(sample.mention("Turkey", sample.TUR),)))
    assert "(TUR)" in text
    assert "--lexicon FILE" in text


def test_one_predicate_may_carry_two_events():
    threat = sample.threat()
    text = view(sample.coded(events=(threat, threat)))
    assert "will close¹·² its" in text


def test_an_actor_may_be_unknown_and_a_predicate_at_the_very_end():
    last = Span(len(sample.TEXT) - 5, len(sample.TEXT), sample.TEXT[-5:])
    event = sample.event(
        0, "Ankara warns", "warns", recipients=(sample.party(sample.GRC, "Athens"),)
    )
    text = view(sample.coded(events=(event, sample.event(1, "talk", "talk", predicate=last))))
    assert "not named → Greece GRC·GOV" in text
    assert "²" in text


def test_strangers_cannot_steer_the_terminal():
    evil = "\x1b[2J\x9b31m[red]bold[/red]\u202egnidaer\x07"
    assert len(safe(evil)) == len(evil)
    doc = sample.document(text=evil * 3, title=evil, headline=None, furniture=(), source=evil)
    event = sample.event(
        0,
        "Ankara warns",
        "warns",
        span=Span(0, len(evil), evil),
        predicate=Span(0, 3, evil[:3]),
        actors=(sample.party(sample.Actor(evil, "TUR", "GOV"), "Ankara"),),
        type=evil,
    )
    text = view(sample.coded(document=doc, events=(event,), mentions=()))
    text += explanation(event)
    assert not set(text) & set("\x1b\x9b\x07\u202e")
    assert "[red]bold[/red]" in text


def test_every_quad_and_status_has_its_own_mark():
    assert len(set(QUAD_MARKS.values())) == 4
    assert set(STATUS_MARKS) == set(Status)
    assert len(set(STATUS_MARKS.values())) == len(Status)


@pytest.mark.parametrize(
    ("start", "end", "precision", "label"),
    [
        ("2024-03-03", "2024-03-03", "day", "2024-03-03"),
        ("2024-03-04", "2024-03-10", "week", "2024-03-04/10"),
        ("2024-02-26", "2024-03-03", "week", "2024-02-26/03-03"),
        ("2023-12-30", "2024-01-02", "range", "2023-12-30/2024-01-02"),
        ("2024-02-01", "2024-02-29", "month", "2024-02"),
        ("2024-01-01", "2024-12-31", "year", "2024"),
    ],
)
def test_dates_are_as_precise_as_known(start, end, precision, label):
    from datetime import date

    when = EventDate(date.fromisoformat(start), date.fromisoformat(end), precision)
    event = sample.event(0, "Ankara warns", "warns", date=when)
    assert f"asserted  {label}" in view(sample.coded(events=(event,))).replace("    ", "  ")


def test_the_explanation_names_every_field():
    text = explanation(sample.threat())
    fields = (
        "actors recipients third_parties predicate type mode contexts theme cameo quad score "
        "goldstein status background condition attribution date place story signature"
    ).split()
    for field in (*fields, "voice"):
        assert re.search(rf"^{field} ", text, re.MULTILINE), field
    assert "runner-up REJECT" in text
    assert "entry threaten.close" in text


def test_the_picture_is_repeatable_and_fetches_nothing():
    picture = export_svg([sample.coded()], title="detente code article.txt")
    assert picture == export_svg([sample.coded()], title="detente code article.txt")
    assert "http" not in picture.replace("http://www.w3.org/2000/svg", "")
    assert "THREATEN" in picture
