"""Offices: who held one on a day, in which standing, and what a title does not prove."""

from datetime import date

import pytest

from detente.actors import find_mentions, load_world, scan
from detente.actors.offices import OfficeWords, holders, standing_on
from detente.actors.officials import Person, Tenure
from detente.language import split
from made_documents import make_document

WORLD = load_world()
DAY = date(2023, 2, 18)


@pytest.fixture
def actors(parser):
    def read(text, day=DAY):
        doc = make_document(text, date=day)
        mentions = find_mentions(doc, parser.parse(split(doc)), scan(text, WORLD), WORLD)
        return {mention.text: mention.actors[0] for mention in mentions}

    return read


@pytest.mark.parametrize(
    ("text", "words", "country", "person"),
    [
        ("The Chinese foreign minister left.", "The Chinese foreign minister", "CHN", "Qin Gang"),
        ("The US Secretary of State left.", "The US Secretary of State", "USA", "Antony Blinken"),
        ("Pyongyang's top envoy left.", "Pyongyang's top envoy", "PRK", "Choe Son-hui"),
        ("Britain's prime minister left.", "Britain's prime minister", "GBR", "Rishi Sunak"),
        ("The Iranian president left.", "The Iranian president", "IRN", "Ebrahim Raisi"),
        ("The president of France left.", "The president of France", "FRA", "Emmanuel Macron"),
    ],
)
def test_an_office_names_its_holder_on_the_day(actors, text, words, country, person):
    actor = actors(text)[words]
    assert (actor.country, actor.sector, actor.person) == (country, "GOV", person)
    assert actor.candidates[0].key == f"{country}:{person}"
    assert " from " in actor.candidates[0].reason


def test_heads_of_bodies(actors):
    actor = actors("NATO's chief warned Russia.")["NATO's chief"]
    assert (actor.country, actor.sector, actor.person) == (None, "IGO", "Jens Stoltenberg")
    actor = actors("The president of the European Commission left.")
    assert actor["The president of the European Commission"].sector == "IGO"


@pytest.mark.parametrize(
    ("text", "role", "sector"),
    [
        ("The former Chinese foreign minister left.", "former foreign minister", "ELI"),
        ("The ex-president of France left.", "former president", "ELI"),
        ("The acting US defense secretary left.", "acting defense secretary", "GOV"),
        ("The deputy Chinese foreign minister left.", "deputy foreign minister", "GOV"),
        ("The president-elect of Nigeria left.", "president-elect", "GOV"),
    ],
)
def test_a_standing_is_kept_and_names_nobody(actors, text, role, sector):
    (actor,) = actors(text).values()
    assert (actor.role, actor.sector, actor.person) == (role, sector, None)


@pytest.mark.parametrize(
    ("text", "person", "role", "sector"),
    [
        ("Former US president Donald Trump left.", "Donald Trump", "former president", "ELI"),
        ("Ex-President Hollande left.", "François Hollande", "former president", "ELI"),
        ("The late President Hugo Chavez was praised.", "Hugo Chávez", "late president", "ELI"),
        ("President-elect Bola Tinubu left.", "Bola Tinubu", "president-elect", "GOV"),
        ("Then-president Barack Obama left.", "Barack Obama", "then president", "GOV"),
        (
            "Outgoing Prime Minister Mark Rutte left.",
            "Mark Rutte",
            "outgoing prime minister",
            "GOV",
        ),
        (
            "Secretary of State-designate Rex Tillerson left.",
            "Rex Tillerson",
            "secretary of state-designate",
            "GOV",
        ),
    ],
)
def test_standings_of_persons(actors, text, person, role, sector):
    (actor,) = (a for a in actors(text).values() if a.person)
    assert (actor.person, actor.role, actor.sector) == (person, role, sector)


def test_without_a_day_no_holder_is_guessed(actors):
    actor = actors("Britain's prime minister left.", None)["Britain's prime minister"]
    assert (actor.country, actor.person, actor.candidates) == ("GBR", None, ())


def test_a_tie_stays_open(actors):
    # Both held the office on the day of the handover.
    found = holders(WORLD, "SLV", "president", date(2014, 6, 1))
    assert len(found) == 2 and found[0][2] == found[1][2]
    (actor,) = actors("El Salvador's president left.", date(2014, 6, 1)).values()
    assert (actor.country, actor.person) == ("SLV", None)
    assert len(actor.candidates) == 2


def test_namesakes_that_nothing_tells_apart_stay_open(actors):
    (actor,) = (a for a in actors("King Abdullah left.", date(2013, 2, 10)).values())
    assert (actor.name, actor.country, actor.wikidata) == ("Abdullah", None, None)
    assert {c.key for c in actor.candidates} == {"JOR:Abdullah II", "SAU:Abdullah"}
    told = actors("King Abdullah of Jordan left.", date(2013, 2, 10))
    assert "JOR" in {actor.country for actor in told.values()}


def test_a_title_the_table_does_not_know_that_day_is_the_texts(actors):
    (actor,) = actors("Prime Minister Rishi Sunak left.", date(2010, 5, 1)).values()
    assert (actor.person, actor.rule) == ("Rishi Sunak", "stated title")
    (actor,) = actors("Prime Minister Rishi Sunak left.").values()
    assert actor.rule == "name"


def test_a_name_alone_before_and_after_the_office(actors):
    (before,) = actors("Rishi Sunak left.", date(2010, 5, 1)).values()
    assert (before.role, before.sector) == (None, "ELI")
    (after,) = actors("Angela Merkel left.").values()
    assert (after.role, after.sector) == ("former Chancellor", "ELI")


def test_what_a_title_governs_belongs_to_it(actors):
    text = "The president of Mexico's central bank left."
    assert all(actor.person is None for actor in actors(text).values())
    (actor,) = actors("Minister of Justice Dominique Perben left.", date(2002, 10, 19)).values()
    assert (actor.person, actor.country) == ("Dominique Perben", "FRA")
    found = actors("Ambassador to the United States Qin Gang left.", date(2022, 5, 18))
    assert next(a for a in found.values() if a.person).country == "CHN"


@pytest.mark.parametrize(
    ("actor", "title", "day", "name"),
    [
        ("USA", "acting defense secretary", DAY, None),
        ("GBR", "chancellor", DAY, None),
        ("SAU", "king", date(2020, 1, 1), "Salman"),
        ("IRL", "prime minister", date(2022, 1, 1), "Micheál Martin"),
        ("GBR", "defence secretary", date(2022, 1, 1), "Ben Wallace"),
        ("IRQ", "finance minister", date(2010, 1, 1), "Baqir Jabr al-Zubeidi"),
        ("RUS", "defence minister", date(2023, 8, 12), "Sergey Shoygu"),
    ],
)
def test_formal_titles(actor, title, day, name):
    found = holders(WORLD, actor, title, day)
    assert (found[0][0].name if found else None) == name


def test_words_of_an_office():
    assert OfficeWords("president", "elect").role == "president-elect"
    assert OfficeWords("president", "former").role == "former president"
    assert OfficeWords("president", "outgoing").names_holder
    assert not OfficeWords("president", "acting").names_holder


def test_a_stretched_end_gives_no_role():
    held = Tenure("other_minister", "Minister of Health", "2012", "", "unknown")
    person = Person("A B", ("A B",), ("B",), "FRA", None, (held,))
    assert standing_on(person, date(2014, 1, 1)) == ("Minister of Health", "GOV")
    assert standing_on(person, date(2024, 1, 1)) == (None, "ELI")
    ended = replace_end(person, "2013")
    assert standing_on(ended, date(2024, 1, 1)) == ("former Minister of Health", "ELI")


def replace_end(person, end):
    (held,) = person.tenures
    return person._replace(tenures=(held._replace(end=end, basis="stated"),))
