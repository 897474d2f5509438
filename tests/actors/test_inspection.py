"""What `detente facts show` says about a name."""

from datetime import date

import pytest

from detente.actors.inspection import inspect_name

DAY = date(2023, 2, 18)


def test_a_person_with_every_office():
    sheet = inspect_name("Wang Yi", DAY)
    assert (sheet.actor.country, sheet.actor.role) == ("CHN", "State Councilor")
    (reading,) = sheet.readings
    assert reading.where.startswith("officials.tsv.gz:")
    assert "Wikidata" in reading.source
    held = [office for in_force, office in reading.offices if in_force]
    assert held and all("Foreign Minister" not in office for office in held)


@pytest.mark.parametrize(
    ("name", "kinds", "table"),
    [
        ("Georgia", {"country"}, "countries.tsv:"),
        ("Chinese", {"demonym"}, "countries.tsv:"),
        ("the Kremlin", {"metonym"}, "countries.tsv:"),
        ("Hamas", {"organisation"}, "organisations"),
        ("Karachi", {"city"}, "cities.tsv.gz:"),
        ("protesters", {"role"}, "roles"),
    ],
)
def test_every_kind_names_its_row(name, kinds, table):
    readings = inspect_name(name, DAY).readings
    assert kinds <= {reading.kind for reading in readings}
    assert any(reading.where.startswith(table) for reading in readings)


@pytest.mark.parametrize(
    ("name", "person"),
    [
        ("the Chinese foreign minister", "Qin Gang"),
        ("the US Secretary of State", "Antony Blinken"),
        ("Pyongyang's top envoy", "Choe Son-hui"),
        ("President of France", "Emmanuel Macron"),
        ("NATO's chief", "Jens Stoltenberg"),
    ],
)
def test_an_office_has_its_holder_and_the_reason(name, person):
    actor = inspect_name(name, DAY).actor
    assert actor.person == person
    assert actor.candidates[0].reason


def test_an_office_without_a_day_has_no_holder():
    assert inspect_name("the Chinese foreign minister").actor is None


def test_a_surname_lists_everybody_who_is_called_so():
    sheet = inspect_name("Zarif", date(2018, 1, 1))
    assert any(reading.name.endswith("Zarif") for reading in sheet.readings)


def test_weak_names_and_strangers():
    bloc = inspect_name("the bloc", DAY)
    assert bloc.actor is None and bloc.readings[0].weak
    assert inspect_name("Xyzzy", DAY) == ("Xyzzy", DAY, None, ())
