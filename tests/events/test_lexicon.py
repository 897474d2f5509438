"""The lexicon: what the loader refuses and says, how rows are ranked, what our tables hold."""

import shutil
from importlib import resources
from itertools import pairwise
from pathlib import Path

import pytest

from detente.errors import LexiconError
from detente.events import lexicon as module
from detente.events import load_lexicon
from detente.events.lexicon import Classes, Words, parse_roles, parse_words, split_conditions
from detente.ontology import load_ontology

HEADER = "kind\tlemma\tframe\tactor\trecipient\tthird\ttype\tmode\tnote\n"


@pytest.fixture
def own(tmp_path):
    """Write a user's file from tab-separated rows."""

    def write(*rows: str) -> Path:
        path = tmp_path / "own.tsv"
        path.write_text(HEADER + "".join(f"{row}\n" for row in rows), encoding="utf-8")
        return path

    return write


@pytest.fixture
def tables(tmp_path, monkeypatch):
    """A copy of our tables in which a test may spoil something."""
    folder = tmp_path / "data" / "lexicon"
    with resources.as_file(resources.files("detente").joinpath("data/lexicon")) as ours:
        shutil.copytree(ours, folder)
    monkeypatch.setattr(module.resources, "files", lambda _: tmp_path)
    return folder


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("verb\tsnub\tobject\tsubj\tobj\t-\tREJECT\t-\t-", "own.tsv:2: unknown condition 'object'"),
        ("verb\tsnub\tactor:all\tsubj\tobj\t-\tREJECT\t-\t-", "own.tsv:2: unknown condition"),
        ("verb\tsnub\tobj:#nosuch\tsubj\tobj\t-\tREJECT\t-\t-", "own.tsv:2: unknown class #nosuch"),
        ("verb\tsnub\tobj:@NOSUCH\tsubj\tobj\t-\tREJECT\t-\t-", "own.tsv:2: no row has the type"),
        ("verb\tsnub\tobj\tsubj\tobj\t-\treject\t-\t-", "own.tsv:2: needs a kind"),
        ("verb\tsnub\tobj\tsubj\tobj\t-\t\t-\t-", "own.tsv:2: needs a kind"),
        ("verb\t\tobj\tsubj\tobj\t-\tREJECT\t-\t-", "own.tsv:2: needs a kind"),
        ("adverb\tsnub\tobj\tsubj\tobj\t-\tREJECT\t-\t-", "own.tsv:2: needs a kind"),
        ("verb\tsnub\tobj\tsubj\tobj\tREJECT", "own.tsv:2: needs the columns lemma, frame"),
    ],
)
def test_bad_row_names_file_and_line(own, row, message):
    with pytest.raises(LexiconError, match="D220") as error:
        load_lexicon(own(row))
    assert message in str(error.value)


def test_all_problems_are_listed(own):
    path = own(
        "verb\tsnub\tobject\tsubj\tobj\t-\tREJECT\t-\t-",
        "verb\tsnub\tobj:#nosuch\tsubj\tobj\t-\tREJECT\t-\t-",
    )
    with pytest.raises(LexiconError) as error:
        load_lexicon(path)
    assert "own.tsv:2:" in str(error.value)
    assert "own.tsv:3:" in str(error.value)


def test_missing_file(tmp_path):
    with pytest.raises(LexiconError, match="D221"):
        load_lexicon(tmp_path / "nowhere.tsv")


def test_own_rows_stand_beside_ours_and_come_first(own):
    ours = load_lexicon()
    path = own(
        "verb\taccuse/blackball\t-\tsubj\tobj\t-\tREJECT\tmeet\tours says ACCUSE",
        "noun\tpower nap\t-\t-\t-\t-\tNONE\t-\tnot power",
    )
    theirs = load_lexicon(path)
    plain = [f for f in theirs.frames["verb", "accuse"] if not f.conditions]
    assert [f.type for f in plain][:2] == ["REJECT", "ACCUSE"]
    assert plain[0].entry == "own.tsv:2"
    assert theirs.frames["verb", "blackball"][0].mode == "meet"
    assert "power" in theirs.compounds["nap"]
    assert theirs.frames.keys() - ours.frames.keys() == {
        ("verb", "blackball"),
        ("noun", "power nap"),
    }
    assert theirs.version != ours.version
    assert ours is load_lexicon()


def test_unknown_class_within_a_class(tables):
    path = tables / "classes.tsv"
    text = path.read_text(encoding="utf-8") + "odd\tone/#nosuch\n"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(LexiconError) as error:
        module._build(None)
    line = len(text.splitlines())
    assert f"classes.tsv:{line}: unknown class #nosuch" in str(error.value)


def test_class_named_twice(tables):
    path = tables / "classes.tsv"
    path.write_text(path.read_text(encoding="utf-8") + "weapons\tslingshot\n", encoding="utf-8")
    with pytest.raises(LexiconError, match=r"classes\.tsv:\d+: needs a class, named once"):
        module._build(None)


def test_any_counts_half():
    for rows in load_lexicon().frames.values():
        ranks = [
            sum(0.5 if c.kind in ("actor", "recipient") else 1 for c in frame.conditions)
            for frame in rows
        ]
        assert ranks == sorted(ranks, reverse=True)


@pytest.mark.parametrize(
    ("frame", "conditions"),
    [
        ("-", []),
        ("obj prep:on:#weapons", ["obj", "prep:on:#weapons"]),
        ("obj:talks/peace_talks prep:with", ["obj:talks/peace_talks", "prep:with"]),
        ("obj:talks/peace talks prep:with", ["obj:talks/peace talks", "prep:with"]),
        ("prt=off neg actor:any", ["prt=off", "neg", "actor:any"]),
    ],
)
def test_split_conditions(frame, conditions):
    assert split_conditions(frame) == conditions


def test_words_mix_lemmas_compounds_types_and_classes():
    classes = Classes({"arms": "rifle/body_armour/#big", "big": "tank/#arms"})
    expected = Words(
        frozenset({"food", "rifle", "tank"}),
        frozenset({("body", "armour"), ("air", "strike")}),
        frozenset({"AID"}),
    )
    assert parse_words("food/#arms/@AID/air strike", classes) == expected


def test_roles():
    assert parse_roles("-") == ()
    assert parse_roles("obj.of.from|subj+with") == (
        (("obj", "of", "from"),),
        (("subj",), ("with",)),
    )


def test_types_and_modes_are_in_the_ontology():
    ontology = load_ontology()
    wrong = []
    for rows in load_lexicon().frames.values():
        for frame in rows:
            if frame.type == "NONE":
                continue
            known = frame.mode is None or (frame.type, frame.mode) in ontology.modes
            if frame.type not in ontology.types or not known:
                wrong.append(f"{frame.entry}: {frame.type} {frame.mode}")
    assert not wrong


def test_lexicon_is_large_enough():
    assert load_lexicon().predicates() >= 900


def test_no_row_stands_twice():
    twice = [
        frame.entry
        for rows in load_lexicon().frames.values()
        for frame, next_ in pairwise(rows)
        if frame.conditions == next_.conditions
        and (frame.actor, frame.recipient, frame.third, frame.type, frame.mode)
        == (next_.actor, next_.recipient, next_.third, next_.type, next_.mode)
    ]
    assert not twice


def test_every_class_is_used_and_explained():
    folder = resources.files("detente").joinpath("data/lexicon")
    lines = folder.joinpath("classes.tsv").read_text(encoding="utf-8").splitlines()
    names = [line.split("\t")[0] for line in lines if "\t" in line and line != "class\twords"]
    frames = "\n".join(
        table.read_text(encoding="utf-8") for table in folder.iterdir() if table.name[-3:] == "tsv"
    )
    unused = [name for name in names if name != "weapons" and f"#{name}" not in frames]
    assert not unused
    unexplained = [
        line.split("\t")[0]
        for above, line in pairwise(lines)
        if "\t" in line and line != "class\twords" and not above.startswith("# ")
    ]
    assert not unexplained
