"""The user's own table: what it adds, what it replaces, what is wrong with it."""

import pytest

from detente.actors import load_world
from detente.actors.inspection import check_table, inspect_name
from detente.actors.officials import first_day
from detente.actors.user_table import COLUMNS, is_date
from detente.errors import FactsError

GOOD = """\
# bodies and people of our own
- name: Quarry Front
  aliases: [QF, Quarry Liberation Front]
  country: ZMB
  sector: REB
  start: 2001
- name: Elena Navarro
  kind: person
  country: PHL
  sector: GOV
  role: Foreign Minister
  start: 2023-01
  end: 2024
- {name: New Hamas, replaces: Hamas, sector: IMG}
"""
HEADER = "\t".join(COLUMNS) + "\n"
DAY = first_day("2023-02-18")


def written(tmp_path, text, name="actors.yaml"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def test_yaml_adds_and_replaces(tmp_path):
    path = written(tmp_path, GOOD)
    assert check_table(path) == []
    assert inspect_name("QF", DAY, path).actor.country == "ZMB"
    assert inspect_name("Hamas", DAY, path).actor.name == "New Hamas"
    assert inspect_name("Islamic Resistance Movement", DAY, path).actor.name == "New Hamas"
    assert inspect_name("Hamas", DAY).actor.country == "PSE"


def test_persons_hold_offices(tmp_path):
    path = written(tmp_path, GOOD)
    actor = inspect_name("Elena Navarro", DAY, path).actor
    assert (actor.country, actor.sector, actor.role) == ("PHL", "GOV", "Foreign Minister")
    office = inspect_name("the Philippine foreign minister", DAY, path).actor
    assert office.person == "Elena Navarro"
    late = inspect_name("Elena Navarro", first_day("2026"), path).actor
    assert (late.sector, late.role) == ("ELI", "former Foreign Minister")


def test_a_person_of_ours_can_be_replaced(tmp_path):
    path = written(
        tmp_path,
        HEADER + "Wang Yee\t\tCHN\tGOV\t2023-01\t\tperson\tForeign Minister\t\tWang Yi\t\n",
        "actors.tsv",
    )
    assert inspect_name("Wang Yi", DAY, path).actor.name == "Wang Yee"
    assert all(p.name != "Wang Yi" for p in load_world(path).officials_of("CHN"))


def test_a_sector_of_a_person_is_kept(tmp_path):
    path = written(tmp_path, "- {name: Ann Oyelaran, sector: MIL, start: 2020, kind: person}")
    assert inspect_name("Ann Oyelaran", DAY, path).actor.sector == "MIL"


def test_no_country_is_no_yaml_boolean(tmp_path):
    path = written(tmp_path, "- {name: NO, country: NOR, sector: PTY, start: 2001}")
    assert inspect_name("NO", DAY, path).actor.country == "NOR"


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("- name: A\n  country: ZAM\n  sector: REB\n", "D234", 1),
        ("- sector: REB\n", "D232", 1),
        ("- name: A\n  sector: REB\n  color: red\n", "D232", 3),
        ("- name: ''\n  sector: REB\n", "D233", 1),
        ("- name: A\n  sector: RED\n", "D234", 1),
        ("- name: A\n  sector: REB\n  kind: ship\n", "D234", 1),
        ("- name: A\n  sector: REB\n  start: May 2001\n", "D235", 1),
        ("- name: A\n  sector: REB\n  start: 2001-02-30\n", "D235", 1),
        ("- name: A\n  sector: REB\n  start: 2004\n  end: 2001\n", "D235", 1),
        ("- name: A\n  sector: GOV\n  kind: person\n", "D236", 1),
        ("- {name: A, sector: REB}\n- {name: A, sector: GOV}\n", "D237", 2),
        ("- {name: A, sector: REB}\n- {name: B, aliases: A, sector: GOV}\n", "D237", 2),
        ("- {name: A, sector: REB}\n- {name: A, sector: REB}\n", "D237", 2),
        (
            "- {name: A, sector: REB, replaces: Hamas}\n- {name: B, sector: REB, replaces: Hamas}",
            "D237",
            2,
        ),
        ("- {name: A, sector: REB, replaces: Nonesuch}\n", "D238", 1),
        ("- {name: A, sector: REB, replaces: France}\n", "D238", 1),
        ("- Quarry Front\n", "D239", 1),
        ("name: A\n", "D239", 1),
        ("- {name: [A], sector: REB}\n", "D239", 1),
        ("- {name: A, sector: REB, wikidata: 15}\n", "D239", 1),
    ],
)
def test_problems_have_a_code_and_a_line(tmp_path, text, code, line):
    path = written(tmp_path, text)
    assert [(p.code, p.line) for p in check_table(path)] == [(code, line)]
    with pytest.raises(FactsError) as caught:
        load_world(path)
    assert caught.value.code == code
    assert f"actors.yaml, line {line}:" in caught.value.problem


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("name\taliases\n", "D232"),
        ("name\taliases\tcountry\tsector\tcolor\n", "D232"),
        ("name\taliases\tcountry\tsector\tname\n", "D232"),
        (HEADER + "A\t\tZMB\tREB" + "\t" * 8 + "more\n", "D239"),
    ],
)
def test_problems_of_tsv(tmp_path, text, code):
    assert [p.code for p in check_table(written(tmp_path, text, "a.tsv"))] == [code]


def test_all_problems_are_listed_and_counted(tmp_path):
    path = written(tmp_path, "- {name: A, sector: RED}\n- {name: B, sector: RED}\n")
    assert [problem.line for problem in check_table(path)] == [1, 2]
    with pytest.raises(FactsError, match="lists 1 more"):
        load_world(path)


def test_one_name_may_change_sides(tmp_path):
    rows = "- {name: A, sector: REB, end: 2001-08}\n- {name: A, sector: GOV, start: 2001-09}\n"
    path = written(tmp_path, rows)
    assert check_table(path) == []
    assert inspect_name("A", first_day("2000"), path).actor.sector == "REB"
    assert inspect_name("A", DAY, path).actor.sector == "GOV"


@pytest.mark.parametrize("text", ["- {name: A", "- name: A\n\tsector: B"])
def test_broken_yaml(tmp_path, text):
    with pytest.raises(FactsError) as caught:
        check_table(written(tmp_path, text))
    assert caught.value.code == "D231"


def test_an_empty_file_adds_nothing(tmp_path):
    assert check_table(written(tmp_path, "")) == []
    assert check_table(written(tmp_path, "# nothing\n", "a.tsv")) == []


@pytest.mark.parametrize("cell", ["", "2023", "2023-02", "2023-02-18"])
def test_dates(cell):
    assert is_date(cell)


@pytest.mark.parametrize("cell", ["23", "2023-13", "2023-02-30", "2023-2-1", "0000"])
def test_no_dates(cell):
    assert not is_date(cell)
