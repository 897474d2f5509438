"""The linear check: what it may look at, and that its exit status tells."""

import json

import pytest

import linear_check

PAIRS = [
    ("Peru accused Chile of spying.", "ACCUSE"),
    ("Togo blamed Benin for the raid.", "ACCUSE"),
    ("Peru thanked Chile for its help.", "SUPPORT"),
    ("Togo praised Benin for its patience.", "SUPPORT"),
]


@pytest.fixture
def files(tmp_path):
    def write(tested):
        rows = []
        for number, (text, kind) in enumerate(PAIRS):
            source, _, target, *_ = text.split()
            at = text.index(target)
            rows.append(
                {
                    "id": str(number),
                    "document": "d",
                    "sentence": 0,
                    "text": text,
                    "source": [0, len(source)],
                    "target": [at, at + len(target)],
                    "type": kind,
                    "mode": None,
                    "status": "asserted",
                    "predicate": None,
                }
            )
        pairs = tmp_path / "pairs.jsonl"
        pairs.write_text("".join(json.dumps(row) + "\n" for row in rows))
        table = tmp_path / "plv.tsv"
        lines = ["marked_sentence\tgold_root", *(f"{text}\t{root}" for text, root in tested)]
        table.write_text("\n".join(lines) + "\n")
        return ["linear_check.py", str(pairs), "--plv", str(table)]

    return write


def test_the_words_between_decide(files, monkeypatch, capsys):
    tested = [
        ("<s>Fiji</s> accused <t>Nauru</t> of fraud.", "ACCUSE"),
        ("<s>Fiji</s> praised <t>Nauru</t> on Monday.", "SUPPORT"),
    ]
    monkeypatch.setattr("sys.argv", files(tested))
    assert linear_check.main() == 0
    assert "learnt from 4 pairs: macro-F1 1.000, 2 of 2 right" in capsys.readouterr().out


def test_too_low_a_score_is_a_failure(files, monkeypatch):
    tested = [("<s>Fiji</s> accused <t>Nauru</t>.", "SUPPORT")]
    monkeypatch.setattr("sys.argv", files(tested))
    assert linear_check.main() == 1


def test_actors_are_no_words(parser):
    text = "Peru accused Chile of spying."
    (words,) = linear_check.bags(parser, [(text, (0, 4), (13, 18))])
    assert words == ["accuse", "of", "spy", "between:accuse", "between:accuse"]
