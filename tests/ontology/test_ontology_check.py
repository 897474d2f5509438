"""Every O1xx code: what raises it, and that all problems are told at once."""

import re
from pathlib import Path

import pytest

from detente.errors import OntologyError
from detente.ontology import check, load_ontology
from detente.ontology.tables import CAMEO_COLUMNS, RULES_COLUMNS

DOCS = Path(__file__).parents[2] / "docs" / "ontology.md"
TYPE = "types: {X: {quad: 1, score: 1, cameo: '010', gloss: g%s}}"

# code -> (YAML of the user's, the key that has to be named)
BROKEN = [
    ("O101", "contexts:\n  a: {gloss: one}\n  a: {gloss: two}", "line 3"),
    ("O102", "types: {X: {quad: 1, score: 1, cameo: 014, gloss: g}}", "types.X"),
    ("O102", "contexts: {NO: {gloss: Norway}}", "contexts"),
    ("O102", "plover_to_cameo: [{type: AID, code: 070}]", "plover_to_cameo[0]"),
    ("O102", "legacy_modes: {ASSAULT: {stab: 7}}", "legacy_modes.ASSAULT.stab"),
    ("O103", "types: {X: {quad: 1, score: 1, gloss: g}}", "types.X"),
    ("O103", TYPE % ", colour: red", "types.X"),
    ("O103", "colours: {red: 1}", "colours"),
    ("O103", "types: {X: 3}", "types.X"),
    ("O103", "plover_to_cameo: {type: AID}", "plover_to_cameo"),
    ("O103", "- a\n- b", "(top)"),
    ("O104", "types: {AID: {quad: 5}}", "types.AID"),
    ("O105", "types: {AID: {score: 10.5}}", "types.AID"),
    ("O105", "types: {AID: {score: .nan}}", "types.AID"),
    ("O105", "types: {ASSAULT: {modes: {beat: {score: -11}}}}", "types.ASSAULT.modes.beat"),
    ("O106", "legacy_modes: {X: {old: new}}", "legacy_modes.X.old"),
    ("O103", "types: {ADI: {modes: {a: {gloss: g}}}}", "types.ADI"),
    ("O107", "types: {AID: {cameo: '999'}}", "types.AID"),
    ("O108", "plover_to_cameo: [{type: AID, code: '999'}]", "plover_to_cameo[0]"),
    ("O110", "plover_to_cameo: [{type: X, code: '070'}]", "plover_to_cameo[0]"),
    ("O110", "plover_to_cameo: [{type: AID, mode: x, code: '070'}]", "plover_to_cameo[0]"),
    ("O110", "plover_to_cameo: [{type: AID, context: x, code: '070'}]", "plover_to_cameo[0]"),
    ("O110", "plover_to_cameo: [{type: AID, status: x, code: '070'}]", "plover_to_cameo[0]"),
    ("O111", "legacy_modes: {ASSAULT: {stab: knife}}", "legacy_modes.ASSAULT.stab"),
    ("O111", "legacy_modes: {ASSAULT: {beat: torture}}", "legacy_modes.ASSAULT.beat"),
    (
        "O112",
        "plover_to_cameo: [{type: AID, code: '070'}, {type: AID, code: '071'}]",
        "plover_to_cameo[1]",
    ),
    ("O113", "contexts: {x: {gloss: g, kind: special}}", "contexts.x"),
    ("O113", "sectors: {XXX: {gloss: g, cameo: [], kind: special}}", "sectors.XXX"),
]
CODE = ["17", "label", "17", "4", "4", "4", "-7", "-7", "-", "-", "-", "0", "-"]
# code -> (changed cells of a cameo.tsv row, the key that has to be named)
BROKEN_CODES = [
    ("O109", {"code": "7"}, "cameo.7"),
    ("O109", {"code": "991", "root": "99"}, "cameo.991"),
    ("O109", {"root": "18"}, "cameo.17"),
    ("O103", {"quad_icews": "four"}, "line 2"),
    ("O104", {"quad_icews": "0"}, "cameo.17"),
    ("O105", {"goldstein_gdelt": "-12"}, "cameo.17"),
    ("O110", {"type": "FIGHT"}, "cameo.17"),
    ("O110", {"type": "AID", "contexts": "war;economic"}, "cameo.17"),
]


def problems_of(path: Path) -> str:
    with pytest.raises(OntologyError) as caught:
        load_ontology(path)
    assert caught.value.code == "D211"
    assert "docs/ontology.md" in caught.value.remedy
    return caught.value.problem


@pytest.mark.parametrize(("code", "text", "key"), BROKEN)
def test_a_problem_names_code_file_and_key(tmp_path, code, text, key):
    path = tmp_path / "mine.yaml"
    path.write_text(text, encoding="utf-8")
    assert f"\n  {code} mine.yaml: {key}: " in problems_of(path)


@pytest.mark.parametrize(("code", "cells", "key"), BROKEN_CODES)
def test_a_problem_in_the_cameo_table(tmp_path, code, cells, key):
    row = dict(zip(CAMEO_COLUMNS, CODE, strict=True)) | cells
    lines = ["\t".join(CAMEO_COLUMNS), "\t".join(row.values())]
    (tmp_path / "cameo.tsv").write_text("\n".join(lines), encoding="utf-8")
    assert f"\n  {code} cameo.tsv: {key}: " in problems_of(tmp_path)


def test_a_code_twice_in_the_table(tmp_path):
    lines = ["\t".join(CAMEO_COLUMNS), "\t".join(CODE), "\t".join(CODE)]
    (tmp_path / "cameo.tsv").write_text("\n".join(lines), encoding="utf-8")
    assert "O101 cameo.tsv: line 3: code 17" in problems_of(tmp_path)


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (["type\tcode", "AID\t070"], "line 1: columns must be"),
        (["\t".join(RULES_COLUMNS), "AID\t070"], "line 2: 2 columns, not 7"),
    ],
)
def test_columns_of_a_table(tmp_path, lines, told):
    (tmp_path / "plover_to_cameo.tsv").write_text("\n".join(lines), encoding="utf-8")
    assert f"O103 plover_to_cameo.tsv: {told}" in problems_of(tmp_path)


def test_all_problems_are_told_at_once(tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text(
        "types: {AID: {quad: 9, score: 99, cameo: '999'}}\n"
        "contexts: {x: {kind: special}}\n"
        "sectors: {YYY: {gloss: g, cameo: [], kind: special}}\n",
        encoding="utf-8",
    )
    told = problems_of(path)
    assert "5 problem(s)" in told
    assert re.findall(r"O\d{3}", told) == ["O103", "O104", "O105", "O107", "O113"]


def test_the_same_conditions_in_another_file_are_an_override(tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text("plover_to_cameo: [{type: COERCE, mode: arrest, code: '170'}]")
    assert load_ontology(path).cameo("COERCE", "arrest") == "170"


def test_every_code_is_documented_and_tested():
    listed = set(re.findall(r"O1\d\d", check.__doc__ or ""))
    documented = set(re.findall(r"^\| (O1\d\d) \|", DOCS.read_text(encoding="utf-8"), re.M))
    assert listed == documented == {code for code, *_ in [*BROKEN, *BROKEN_CODES]}
