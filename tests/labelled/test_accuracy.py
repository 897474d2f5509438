"""The accuracy page: what is compared, what class an event is in, what is written where."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import replace

import msgspec
import pytest
from made_labels import document, event, meeting, party, threat

import accuracy
import accuracy_tables
from calibration import RARE, Answer, bins, by_type, calibration_error, curve, cut
from considered import cases
from constructions import constructions
from detente.benchmarks.pairing import Gold, labelled_text
from detente.events import load_lexicon
from detente.labelling.records import LabelledDocument, LabelledEvent
from detente.language import split
from detente.types import Actor, Document, Mention
from risk_chart import Line, chart


def made_text(*events, **fields):
    doc = msgspec.convert(document(**fields), LabelledDocument)
    return labelled_text("real", doc, [msgspec.convert(each, LabelledEvent) for each in events])


@pytest.mark.parametrize(
    ("sentence", "predicate", "wanted"),
    [
        ("Peru accused Chile of spying.", "accused", {"active"}),
        ("Chile was accused by Peru of spying.", "was accused", {"passive"}),
        ("Peru held talks with Chile.", "held talks", {"light verb"}),
        ("Peru held talks with Chile.", "talks", {"light verb"}),
        ("The raid by Peru on Chile was quick.", "raid", {"nominal"}),
        ("Peru agreed to attack Chile.", "attack", {"active", "infinitive"}),
        ("Peru, which attacked Chile, left.", "attacked", {"active", "relative or participial"}),
        ('"We will attack Chile," Peru said.', "will attack", {"active", "in a quotation"}),
    ],
)
def test_the_parse_tells_the_construction(parser, sentence, predicate, wanted):
    label = event(quote=sentence, predicate=predicate)
    text = made_text(label, text=sentence, sents=[sentence])
    parsed = parser.parse(split(Document("made_1", sentence, sha256="")))
    (gold,) = text.gold
    found = constructions(gold, text.doc, parsed, load_lexicon().light)
    assert found - {"another sentence"} == wanted


def test_the_label_tells_the_rest():
    def classes(**fields):
        (gold,) = made_text(event(**fields)).gold
        assert isinstance(gold, Gold)
        return constructions(gold, made_text().doc, (), {})

    assert classes() == set()
    assert classes(target=[]) == {"no recipient"}
    assert classes(source=[]) == {"no actor"}
    assert classes(source=[party("its army", "PER")]) == {"pronoun", "another sentence"}
    assert classes(source=[party("one ship", "PER")]) == {"another sentence"}
    two = [party("Peru", "PER"), party("Chile", "CHL")]
    assert classes(source=two, target=[], event="CONSULT") == {"several actors"}
    assert classes(source=two, target=[]) == {"several actors", "no recipient"}


def mention(text, words, country):
    start = text.doc.text.index(words)
    actors = (Actor(words, country, "GOV"),)
    return Mention(start, start + len(words), words, 0, 0, 1, 0, "country", actors)


def test_what_is_no_pair_is_not_considered():
    text = made_text(event())
    peru, chile = mention(text, "Peru", "PER"), mention(text, "Chile", "CHL")
    places = (peru.start, peru.end), (chile.start, chile.end)

    def result(mentions, pairs, one=text):
        return [case.result for case in cases(one, mentions, pairs)]

    assert result([peru, chile], {places}) == ["considered"]
    assert result([peru, chile], {places[::-1], (places[0], None)}) == ["no pair"]
    assert result([peru], {places}) == ["no mention"]
    far = made_text(event(target=[party("La Paz", "BOL")]))
    assert result([peru, chile], {places}, far) == ["elsewhere"]
    # the same parties again are the same question
    twice = made_text(event(), event(id="made_1#1", event="REJECT"))
    assert result([peru, chile], {places}, twice) == ["considered"]


def test_those_who_meet_need_one_way_only():
    text = made_text(meeting())
    start = text.doc.text.index("The presidents")
    peru, bolivia = (
        Mention(at, at + len(name), name, 2, 0, 1, 0, "country", (Actor(name, code, "GOV"),))
        for name, code in (("Peru", "PER"), ("Bolivia", "BOL"))
        for at in [text.doc.text.index(name, start)]
    )
    pair = (bolivia.start, bolivia.end), (peru.start, peru.end)
    assert [case.result for case in cases(text, [peru, bolivia], {pair})] == ["considered"]
    alone = (pair[0], None), (pair[1], None)
    assert [case.result for case in cases(text, [peru, bolivia], {*alone})] == ["no pair"]


def test_calibration():
    sure = [Answer("AID", 1.0, True)] * 30 + [Answer("AID", 0.5, True), Answer("AID", 0.5, False)]
    assert [(each.low, each.count) for each in bins(sure)] == [(0.5, 2), (0.9, 30)]
    assert calibration_error(sure) == 0
    assert calibration_error([Answer("AID", 0.9, False)]) == pytest.approx(0.9)
    assert calibration_error([]) == 0
    assert list(by_type([*sure, Answer("COERCE", 0.2, True)])) == ["AID", RARE]


def test_cuts():
    given = [Answer("AID", 0.9, True), Answer("AID", 0.4, False)]
    assert cut(given, 4, 0.5).precision == 1
    assert cut(given, 4, 0.5).recall == 0.25
    assert cut(given, 4, 0.95).precision is None
    assert [each.kept for each in curve(given, 4, 0.1)] == [0.5, 1.0]


def test_the_chart_is_well_formed():
    given = [Answer("AID", 0.9, True), Answer("AID", 0.4, False)]
    line = Line("a & b", curve(given, 4, 0.1), [cut(given, 4, 0.5)])
    root = ET.fromstring(chart([line, replace(line, name="c")]))
    assert {"a & b", "c"} <= {each.text for each in root.iter() if each.text}
    right = [Answer("AID", 0.9, True)]
    for flat in ([], curve(right, 1, 0.1)):
        assert ET.fromstring(chart([Line("flat", flat, [])])) is not None


@pytest.fixture
def folder(write_set, monkeypatch, tmp_path):
    monkeypatch.setattr(accuracy, "BENCH", tmp_path / "none")
    write_set([document()], [event(), threat(), meeting()], name="dev-x")
    found = document(id="found_1"), event(doc="found_1", id="found_1#0")
    return write_set([found[0]], [found[1]], name="found-1")


def page_of(tmp_path, *parts):
    page = tmp_path / "accuracy.md"
    places = ("\n".join(accuracy_tables.marks(part)) for part in parts)
    page.write_text("before\n" + "\nbetween\n".join(places) + "\nafter\n")
    return page


def test_one_part_of_the_page_is_replaced(folder, monkeypatch, tmp_path):
    page = page_of(tmp_path, "test", "dev")
    given = ["--folder", str(folder), "--coder", "lexicon.v1", "--out", str(page)]
    monkeypatch.setattr("sys.argv", ["accuracy.py", *given])
    assert accuracy.main() == 0
    text = page.read_text()
    assert text.startswith("before\n") and text.endswith("after\n")
    assert "Part *dev*: 1 documents, 3 sentences, 3 events" in text
    assert "| dev-a and dev-b | lexicon.v1 | 3 |" in text
    assert "The documents of the benchmark are not there." in text
    assert "\n".join(accuracy_tables.marks("test")) in text
    assert (tmp_path / "img" / "risk-coverage.svg").is_file()
    # again, with the same result
    assert accuracy.main() == 0
    assert page.read_text() == text


def test_a_page_without_a_place_is_left_alone(folder, monkeypatch, tmp_path):
    page = page_of(tmp_path, "test")
    given = ["--folder", str(folder), "--coder", "lexicon.v1", "--out", str(page)]
    monkeypatch.setattr("sys.argv", ["accuracy.py", *given])
    with pytest.raises(SystemExit, match="no place for this part"):
        accuracy.main()


def test_a_part_without_documents_says_so(folder, monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["accuracy.py", "--part", "test", "--folder", str(folder)])
    assert accuracy.main() == 1
    assert "no documents of the part test" in capsys.readouterr().err


def test_errors_are_drawn_with_their_sentence(folder, monkeypatch, capsys):
    label = event(target=[party("Bolivia", "BOL")])
    (folder / "dev-x.gold.jsonl").write_bytes(msgspec.json.encode(label))
    given = ["--draw", "5", "5", "--coder", "lexicon.v1", "--folder", str(folder)]
    monkeypatch.setattr("sys.argv", ["accuracy.py", *given])
    assert accuracy.main() == 0
    printed = capsys.readouterr().out
    assert ">> gold  ACCUSE asserted: Peru/PER -> Bolivia/BOL | accused" in printed
    assert ">> coded ACCUSE asserted: Peru/PER -> Chile/CHL" in printed


def test_the_page_has_a_place_for_each_part():
    text = (accuracy.ROOT / "docs" / "accuracy.md").read_text(encoding="utf-8")
    assert all(mark in text for part in ("dev", "test") for mark in accuracy_tables.marks(part))
