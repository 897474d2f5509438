"""Sheets of written sentences, and the third reader's decisions in the same notation."""

import json
import sys

import pytest

import adjudicate
import check_labels
import labelled
import sheets

SHEET = """\
D 2009-06-14
T Togo's envoy warned Benin that any raid on the depot would have consequences.
E THREATEN/violence asserted | warned | Togo's envoy = TGO GOV | Benin = BEN GOV
E ASSAULT conditional | raid | Benin = BEN GOV | - | by=Togo's envoy | if=any raid on the depot

T Peru met Chile, and Bolivia's envoy praised it.
T It asked it to join; the talks went on.
E REQUEST/assist asserted | asked | It = PER GOV | it#1 = CHL GOV
E CONSULT asserted | talks | Peru = PER GOV; Chile = CHL GOV | - | same=0

T The river rose again.
"""


@pytest.fixture
def sheet(tmp_path):
    def made(text=SHEET):
        file = tmp_path / "a.sheet"
        file.write_text(text, encoding="utf-8")
        return file

    return made


def test_a_sheet_becomes_documents_and_events(sheet):
    documents, events = sheets.read([sheet(SHEET.replace(" | same=0", ""))], "w", {})
    assert [doc.id for doc in documents] == ["w-0001", "w-0002", "w-0003"]
    assert documents[0].date == "2009-06-14"
    assert documents[1].sents[1] == "It asked it to join; the talks went on."
    assert {doc.licence for doc in documents} == {check_labels.WRITTEN}
    threat, raid, request, talks = events
    assert threat.quote == "Togo's envoy warned Benin"
    assert (raid.status, raid.condition) == ("conditional", "any raid on the depot")
    assert (raid.source[0].country, raid.target, raid.reported_by) == ("BEN", (), "Togo's envoy")
    assert (request.sent, request.quote) == (1, "It asked it")
    assert [party.country for party in talks.source] == ["PER", "CHL"]


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("| warned |", "| threatened |", "3: not in the sentence: threatened"),
        ("warned | Togo's", "warned#2 | Togo's", "only 1 times in the sentence: warned"),
        ("THREATEN/violence asserted", "threaten asserted", "no TYPE/mode status"),
        ("Benin = BEN GOV\nE ASS", "Benin BEN GOV\nE ASS", "no party 'text = CCC SEC'"),
        ("by=Togo's", "from=Togo's", "no field: from=Togo's envoy"),
        ("THREATEN/violence", "THREATEN/beat", "L132 THREATEN beat"),
        ("Benin = BEN GOV\nE ASS", "Benin = BNN GOV\nE ASS", "L135 BNN"),
        ("| same=0", "| same=7", "L137"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(sheet, capsys, before, after, said):
    assert before in SHEET
    with pytest.raises(SystemExit):
        sheets.read([sheet(SHEET.replace(before, after))], "w", {})
    assert said in capsys.readouterr().out


def test_a_line_without_a_mark_stops(sheet):
    with pytest.raises(sheets.SheetError, match=r"a\.sheet:3: not S, D, T or E"):
        list(sheets.blocks_of(sheet("T One.\nE ...\nAnd two.\n")))


def test_the_same_text_twice_is_found(sheet, capsys):
    with pytest.raises(SystemExit):
        sheets.read([sheet("T Rain fell.\n\nT Rain fell.\n")], "w", {})
    assert "L118" in capsys.readouterr().out


def test_a_pattern_that_comes_too_often_is_found():
    names = "Peru Chile Togo Benin Chad Mali Oman Iran Iraq Cuba Fiji Laos".split()
    documents = [
        labelled.LabelledDocument(
            id=str(n), text=text, sents=(text,), source="x", licence=check_labels.WRITTEN
        )
        for n, name in enumerate(names)
        for text in [f"The envoy of {name} asked for a word{'s' * n} with the king of it."]
    ]
    ((skeleton, count),) = check_labels.repeated(documents, [])
    assert (skeleton, count) == ("_ x of _ x for a x with the x of it", len(names))
    assert not list(check_labels.repeated(documents[: check_labels.SKELETONS], []))
    others = [labelled.LabelledDocument(id="r", text=d.text, sents=d.sents) for d in documents]
    assert not list(check_labels.repeated(others, []))


# ------------------------------------------------------------------------------ a third reader

ONE = (
    "ACCUSE/allege asserted | accused | Peru = PER GOV | Chile = CHL GOV | quote=Peru accused Chile"
)
TEXT = "T Peru accused Chile.\n"


def _folders(tmp_path, sheet, ours, theirs):
    folders = []
    for name, events in (("ours", ours), ("theirs", theirs)):
        folder = tmp_path / name
        folder.mkdir()
        file = sheet(TEXT + "".join(f"E {event}\n" for event in events) + "\nT Snow fell.\n")
        sys.argv = ["sheets", str(file), "--name", "w", "--out", str(folder)]
        sheets.main()
        folders.append(folder)
    return folders


def test_what_differs_is_listed_and_settled(tmp_path, sheet, monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", [])
    other = ONE.replace("/allege", "").replace("CHL GOV", "CHL MIL")
    support = ONE.replace("ACCUSE/allege", "SUPPORT")
    ours, theirs = _folders(tmp_path, sheet, [ONE, support], [other])
    capsys.readouterr()
    sys.argv = ["adjudicate", "list", str(ours), str(theirs)]
    adjudicate.main()
    listed = capsys.readouterr().out
    assert listed == (f"@ w-0001 0\nT Peru accused Chile.\nA0 {ONE}\nA1 {support}\nB0 {other}\n\n")
    decided = tmp_path / "decisions.txt"
    decided.write_text(f"@ w-0001 0\nT Peru accused Chile.\nB0 {other}\n")
    sys.argv = ["adjudicate", "apply", str(ours), str(theirs), str(decided)]
    adjudicate.main()
    (event,) = labelled.load_folder(ours)[1]
    assert (event.id, event.mode, event.target[0].sector) == ("w-0001#2", None, "MIL")


def test_equal_readings_are_not_listed(tmp_path, sheet, monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", [])
    ours, theirs = _folders(tmp_path, sheet, [ONE], [ONE])
    capsys.readouterr()
    sys.argv = ["adjudicate", "list", str(ours), str(theirs)]
    adjudicate.main()
    assert capsys.readouterr().out == ""


# ------------------------------------------------------------------------------ sentences of others


def test_a_sentence_of_a_document_keeps_its_source(tmp_path, sheet, capsys):
    corpus = tmp_path / "corpus.jsonl"
    origin = {
        "id": "n1",
        "text": "Rain fell. Peru accused Chile.",
        "source": "Wikinews",
        "url": "https://example.org/n1",
        "licence": "CC BY 2.5",
        "date": "2019-02-03",
    }
    corpus.write_text(json.dumps(origin) + "\n", encoding="utf-8")
    origins = sheets.read_origins(corpus)
    ((document,), (event,)) = sheets.read([sheet(f"S n1\n{TEXT}E {ONE}\n")], "extra-1", origins)
    assert (document.source, document.date, document.text) == (
        "Wikinews",
        "2019-02-03",
        "Peru accused Chile.",
    )
    assert event.predicate == "accused"
    for wrong in ("S n2\nT Peru accused Chile.\n", "S n1\nT Peru accused Togo.\n"):
        with pytest.raises(SystemExit):
            sheets.read([sheet(wrong)], "extra-1", origins)
        assert "no such document, or not verbatim in it" in capsys.readouterr().out


def test_extra_sets_are_for_training_alone():
    assert {labelled.part_of("extra-1", f"extra-1-{n:04}") for n in range(50)} == {"train"}
    assert {labelled.part_of("real-1", f"extra-1-{n:04}") for n in range(50)} > {"train"}
