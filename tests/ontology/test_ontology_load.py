from pathlib import Path

import pytest

from detente.errors import OntologyError
from detente.ontology import load_ontology
from detente.ontology.load import OURS

DATA = sorted(OURS.iterdir())


def written(folder: Path, text: str, name: str = "mine.yaml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_ours_is_read_once():
    assert load_ontology() is load_ontology()


@pytest.mark.parametrize("path", DATA, ids=lambda path: path.name)
def test_data_files_are_tidy(path):
    text = path.read_text(encoding="utf-8")
    assert text.endswith("\n") and not text.endswith("\n\n")
    assert "\r" not in text
    assert all(line == line.rstrip() for line in text.splitlines())


def test_a_new_type_stands_beside_ours(tmp_path):
    path = written(
        tmp_path,
        "name: mine.1\n"
        "types:\n"
        '  MOURN: {quad: 1, score: 1, cameo: "018", gloss: weeps, modes: {vigil: {gloss: sits}}}\n'
        "contexts: {sport: {gloss: games}}\n"
        "plover_to_cameo: [{type: MOURN, context: sport, code: '017'}]\n",
    )
    ontology = load_ontology(path)
    assert ontology.version.startswith("plover-2021.1+mine.1:")
    assert ontology.modes_of("MOURN") == ("vigil",)
    assert not ontology.type("MOURN").requires_recipient
    assert ontology.cameo("MOURN", "vigil") == "018"
    assert ontology.cameo("MOURN", contexts=["sport"]) == "017"
    assert len(ontology.types) == 17
    assert "MOURN" not in load_ontology().types


def test_an_override_changes_only_the_fields_given(tmp_path):
    path = written(
        tmp_path,
        "types:\n  THREATEN: {score: -4, modes: {violence: {score: -9}}}\n"
        "sectors: {SOC: {cameo: [NGO]}}\n",
    )
    mine, ours = load_ontology(path), load_ontology()
    assert mine.name == "plover-2021.1+mine"
    assert mine.score("THREATEN") == -4
    assert mine.score("THREATEN", "violence") == -9
    assert mine.type("THREATEN").gloss == ours.type("THREATEN").gloss
    assert mine.modes_of("THREATEN") == ours.modes_of("THREATEN")
    assert mine.sector_to_cameo("SOC") == "NGO"
    assert mine.sectors["SOC"].one_way


def test_rules_of_the_user_come_first(tmp_path):
    rule = "plover_to_cameo: [{type: ASSAULT, mode: aerial, code: '190'}]\n"
    assert load_ontology(written(tmp_path, rule)).cameo("ASSAULT", "aerial") == "190"


def test_a_folder_may_bring_tables(tmp_path):
    header = "code label root quad_icews quad_gdelt quad_phoenix goldstein_icews goldstein_gdelt"
    columns = f"{header} type mode contexts swapped note".replace(" ", "\t")
    row = "\t".join(["176", "Attack computers", "17", *"444", "-7.0", "-", "COERCE", "cyber"])
    written(tmp_path, f"# CAMEO of my own\n{columns}\n{row}\tcyber\t0\t-\n", "cameo.tsv")
    rules = "type\tmode\twords\tcontext\tstatus\tcode\tnote\nCOERCE\tcyber\t*\t*\t*\t176\t-\n"
    written(tmp_path, rules, "plover_to_cameo.tsv")
    ontology = load_ontology(tmp_path)
    assert ontology.cameo("COERCE", "cyber") == "176"
    assert ontology.plover_from_cameo("176").contexts == ("cyber",)
    assert ontology.goldstein("176", publisher="gdelt") is None
    assert ontology.goldstein("175") == -9


def test_version_depends_on_content_not_on_place_or_line_ends(tmp_path):
    here, there = tmp_path / "here", tmp_path / "there"
    here.mkdir()
    there.mkdir()
    text = "name: mine.1\ncontexts: {sport: {gloss: games}}\n"
    first = load_ontology(written(here, text)).version
    second = written(there, text, "other.yaml")
    second.write_bytes(text.replace("\n", "\r\n").encode())
    assert load_ontology(second).version == first
    assert load_ontology(written(there, text + "# more\n")).version != first


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("mine.yaml", b"types: [", "not YAML"),
        ("mine.yaml", "types: {É: 1}".encode("latin-1"), "not UTF-8"),
    ],
)
def test_an_unreadable_file(tmp_path, name, content, told):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(OntologyError, match=told) as caught:
        load_ontology(tmp_path / name)
    assert caught.value.code == "D210"


def test_a_missing_file_and_an_empty_folder(tmp_path):
    for path in (tmp_path / "none.yaml", tmp_path):
        with pytest.raises(OntologyError) as caught:
            load_ontology(path)
        assert caught.value.code == "D210"
        assert str(path) in caught.value.problem


def test_an_empty_file_changes_nothing(tmp_path):
    assert load_ontology(written(tmp_path, "# nothing yet\n")).types == load_ontology().types
