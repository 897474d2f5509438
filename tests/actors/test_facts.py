from datetime import date

import pytest

from detente.actors import load_world
from detente.actors.facts import plural
from detente.actors.officials import Tenure, best_holder, first_day, last_day
from detente.errors import FactsError

WORLD = load_world()
HEADER = "name\taliases\tcountry\tsector\tstart\tend\n"


def holders(surname, day):
    person, _ = best_holder(WORLD.persons_by_surname(surname), day)
    return person


def test_version_is_a_content_hash_and_loading_is_cached():
    assert len(WORLD.version) == 8
    assert load_world() is WORLD


def test_loading_again_gives_the_same_tables():
    from detente.actors import facts

    again = facts._load.__wrapped__(None, "")
    assert again is not WORLD
    assert again.version == WORLD.version


@pytest.mark.parametrize(
    ("surname", "day", "name"),
    [
        ("Bush", date(1990, 8, 2), "George Bush"),
        ("Bush", date(2003, 3, 20), "George W. Bush"),
        ("Blinken", date(2022, 2, 24), "Antony Blinken"),
        ("Shoukry", date(2020, 1, 8), "Sameh Shoukry"),
    ],
)
def test_who_held_office_on_a_day(surname, day, name):
    assert holders(surname, day).name == name


def test_tenure_dates():
    held = Tenure("foreign_minister", "Foreign Minister", "2013-03", "2022-12-30", "stated")
    assert held.covers(date(2013, 3, 1)) and held.covers(date(2022, 12, 30))
    assert not held.covers(date(2023, 1, 1)) and held.is_over(date(2023, 1, 1))
    assert first_day("2013") == date(2013, 1, 1)
    assert last_day("2012-02") == date(2012, 2, 29)


@pytest.mark.parametrize(
    ("one", "many"),
    [
        ("secretary of state", "secretaries of state"),
        ("policeman", "policemen"),
        ("foreign minister", "foreign ministers"),
        ("coach", "coaches"),
    ],
)
def test_plural(one, many):
    assert plural(one) == many


def test_rows_of_the_users_table_come_first(tmp_path):
    table = tmp_path / "actors.tsv"
    table.write_text(HEADER + "Quarry Front\tQF;Gazprom\tZMB\tREB\t2001\t\n", encoding="utf-8")
    world = load_world(table)
    assert world.version != WORLD.version
    entry = world.entries[world.entries_of("Quarry Front")[0]]
    assert (entry.country, entry.sector) == ("ZMB", "REB")
    assert world.entries[world.entries_of("Gazprom")[0]].source == "U"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("name\taliases\n", "D232"),
        (HEADER + "\t\tZMB\tREB\t\t\n", "D233"),
        (HEADER + "Quarry Front\t\tZAM\tREB\t\t\n", "D234"),
        (HEADER + "Quarry Front\t\tZMB\tXXX\t\t\n", "D234"),
        (HEADER + "Quarry Front\t\tZMB\tREB\tMay 2001\t\n", "D235"),
    ],
)
def test_a_wrong_row_is_named(tmp_path, text, code):
    table = tmp_path / "actors.tsv"
    table.write_text(text, encoding="utf-8")
    with pytest.raises(FactsError) as caught:
        load_world(table)
    assert caught.value.code == code
    assert "actors.tsv, line" in caught.value.problem


def test_a_missing_table_is_named(tmp_path):
    with pytest.raises(FactsError) as caught:
        load_world(tmp_path / "none.tsv")
    assert caught.value.code == "D231"


def test_shipped_tables_pass_their_own_checks():
    import importlib.util
    from pathlib import Path

    path = Path(__file__).resolve().parents[2] / "scripts" / "build_facts.py"
    spec = importlib.util.spec_from_file_location("build_facts", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert module.check() == []


def test_size_of_the_tables():
    from importlib.resources import files

    folder = files("detente") / "data" / "facts"
    assert sum(len(path.read_bytes()) for path in folder.iterdir()) < 3_500_000
