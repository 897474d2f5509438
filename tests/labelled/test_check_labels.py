"""Every code of the validator has labels that have this finding and no other."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from made_labels import FIRST, SECOND, THIRD, document, event, meeting, party, threat

import check_labels
from check_labels import Inventory, check_folder, shingles_of
from detente.actors import load_world
from detente.labelling import checks
from detente.ontology import load_ontology

# code -> documents, events
BROKEN = {
    "L101": ([document() | {"colour": "red"}], []),
    "L111": ([document(text=" ", sents=[])], []),
    "L112": ([document(sents=[FIRST, SECOND, THIRD, FIRST])], []),
    "L113": ([document(sents=[FIRST, THIRD])], []),
    "L114": ([document(url=None, licence="CC BY 2.5")], []),
    "L115": ([document(licence="CC BY-NC 4.0")], []),
    "L116": ([document(text="Peru told Reuters so.", sents=["Peru told Reuters so."])], []),
    "L117": ([document(date="2021-02-30")], []),
    "L118": ([document(), document(id="made_2")], []),
    "L121": ([document()], [event(doc="made_9", id="made_9#0")]),
    "L122": ([document()], [event(sent=7)]),
    "L123": ([document()], [event(quote="Peru accuses Chile", predicate="accuses")]),
    "L124": ([document()], [event(predicate="met")]),
    "L125": ([document()], [event(source=[party("Ecuador", "ECU")])]),
    "L126": ([document()], [event(reported_by="Quito")]),
    "L127": ([document()], [threat(condition="unless Chile stops")]),
    "L131": ([document()], [event(event="YIELD", mode=None)]),
    "L132": ([document()], [event(mode="riot")]),
    "L133": ([document()], [event(status="likely")]),
    "L134": ([document()], [event(source=[party("Peru", "PER", "UNO")])]),
    "L135": ([document()], [event(source=[party("Peru", "PRU")])]),
    "L136": ([document()], [event(date="2021-13")]),
    "L137": ([document()], [event(), threat(same_as="made_1#0")]),
    "L138": ([document()], [event(id="made_1.0")]),
    "L139": ([document()], [event(), event(id="made_1#5")]),
    "L140": ([document()], [event(source=[], target=[])]),
    "L141": ([document()], [event(target=[party("Peru", "PER")])]),
    "W201": ([document()], [threat(condition=None)]),
    "W202": ([document()], [threat(target=[party("Lima", "PER")])]),
    "W203": ([document()], [event(date="2021-03-12")]),
    "W204": ([document()], [event(date="2020")]),
}


@pytest.fixture(scope="module")
def inventory():
    return Inventory(load_ontology(), frozenset(load_world().countries))


def codes(folder, inventory, apart=None):
    return sorted({found.code for found in check_folder(folder, inventory, apart)})


def test_good_labels_have_no_findings(write_set, inventory):
    folder = write_set([document()], [event(), threat(), meeting()])
    assert codes(folder, inventory) == []


@pytest.mark.parametrize("code", BROKEN)
def test_one_finding_for_each_code(code, write_set, inventory):
    assert codes(write_set(*BROKEN[code]), inventory) == [code]


def test_a_set_has_two_files(write_set, inventory):
    folder = write_set([document()], [])
    (folder / "real-1.gold.jsonl").unlink()
    assert codes(folder, inventory) == ["L102"]


def test_a_pattern_of_written_sentences_is_found(write_set, inventory):
    names = "Peru Chile Togo Benin Chad Mali Oman Iran Iraq Cuba Fiji".split()
    texts = [f"The envoy of {name} asked for a word with the king of it." for name in names]
    rows = [document(id=f"made_{n}", text=t, sents=[t]) for n, t in enumerate(texts)]
    assert codes(write_set(rows, []), inventory) == ["L119"]


def test_sets_are_checked_against_each_other(write_set, inventory):
    write_set([document()], [event()])
    folder = write_set([document()], [event()], name="real-2")
    assert codes(folder, inventory) == ["L118", "L138", "L139"]


@pytest.mark.parametrize(
    ("name", "line", "code"),
    [
        (
            "cases.jsonl",
            '{"a": [{"text": "Presidents of Peru, and Bolivia, met"}]}',
            None,
        ),
        (
            "pairs.tsv",
            "7\tif <s>Chile</s> does not stop we will expel its envoy Lima said",
            "L151",
        ),
        ("page.txt", "if Chile does not stop we will expel its envoy Lima said, and did", "L151"),
    ],
)
def test_no_sentence_of_another_file_occurs(name, line, code, write_set, inventory, tmp_path):
    other = tmp_path / name
    other.write_text(f"{line}\n", encoding="utf-8")
    folder = write_set([document()], [event()])
    assert codes(folder, inventory, shingles_of([other])) == ([code] if code else [])


def test_set_phrases_are_for_a_second_look(write_set, inventory, tmp_path):
    phrase = "the full and unconditional respect for the sovereignty and integrity of Peru"
    text = f"Chile said on Monday that it had always, in word and in deed, had at heart {phrase}."
    other = tmp_path / "other.txt"
    other.write_text(f"We call for {phrase}.", encoding="utf-8")
    folder = write_set([document(text=text, sents=[text])], [])
    assert codes(folder, inventory, shingles_of([other])) == ["W205"]


def test_the_table_of_codes_is_complete():
    listed = re.findall(r"^  ([LW]\d{3})  ", check_labels.__doc__, flags=re.M)
    tested = {*BROKEN, "L102", "L119", "L151", "W205"}
    assert sorted(listed) == sorted(tested)
    sources = (check_labels.__file__, checks.__file__)
    raised = [c for file in sources for c in re.findall(r"\"([LW]\d{3})\"", Path(file).read_text())]
    assert set(raised) == set(listed)


@pytest.mark.parametrize(("rows", "status"), [([event()], 0), ([event(status="likely")], 1)])
def test_the_exit_status_tells(rows, status, write_set, monkeypatch, capsys):
    folder = write_set([document()], rows)
    monkeypatch.setattr("sys.argv", ["check_labels.py", str(folder)])
    assert check_labels.main() == status
    assert ("L133" in capsys.readouterr().out) == bool(status)
