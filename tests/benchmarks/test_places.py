import pytest

from detente.benchmarks import Missing, Sources
from detente.benchmarks.places import LabelledPlace, distance_km, event_places, is_near

from .conftest import FakeCoder, write_lines
from .made import DOCUMENT, TEXT, coded, label, meeting, place, threat

LA_PAZ, EL_ALTO, LIMA = (-16.50, -68.15), (-16.51, -68.19), (-12.05, -77.04)


def labelled(event="m#0", precision="city", country="BOL", point=LA_PAZ):
    latitude, longitude = point or (None, None)
    words = None if precision is None else "in La Paz"
    return {
        "set": "dev-a",
        "event": event,
        "precision": precision,
        "text": words,
        "name": words,
        "country": country,
        "latitude": latitude,
        "longitude": longitude,
    }


@pytest.fixture
def rows(sources):
    """Score some labels of places against some places of ours, by the events of the text."""

    def scored(labels, *ours):
        write_lines(sources.label_file("places/test.jsonl"), labels)
        write_lines(sources.label_file("dev-a.docs.jsonl"), [DOCUMENT])
        write_lines(sources.label_file("dev-a.gold.jsonl"), [label(), threat(), meeting()])
        kinds = ("accused", "ACCUSE"), ("will expel", "THREATEN"), ("met in", "CONSULT")
        events = [coded(*kind, place=where) for kind, where in zip(kinds, ours, strict=False)]
        found = list(event_places(sources, FakeCoder({TEXT: events})))
        return {row.name: (row.metrics["count"], row.metrics["of"]) for row in found}

    return scored


def test_places_of_events_that_were_found(rows):
    labels = [
        labelled(),
        labelled("m#1", "country", "CHL", None),
        labelled("m#2", None, None, None),
    ]
    assert rows(labels, place("BOL", *EL_ALTO), place("PER"), None) == {
        "any": (2, 2),
        "country": (1, 2),
        "city": (1, 1),
        "none": (1, 1),
    }
    # not found are the last two
    assert rows(labels, None) == {"any": (0, 1), "country": (0, 1), "city": (0, 1), "none": (0, 0)}


def test_a_place_where_there_is_none_is_wrong(rows):
    assert rows([labelled("m#0", None, None, None)], place("PER"))["none"] == (0, 1)


def test_events_without_a_label_of_their_place_do_not_count(rows):
    assert rows([labelled("m#1")], place("BOL", *LA_PAZ), None)["any"] == (0, 1)


def test_a_sea_has_no_country(rows):
    assert rows([labelled("m#0", "sea", None)], place(None, *LA_PAZ)) == {
        "any": (1, 1),
        "country": (0, 0),
        "city": (0, 0),
        "none": (0, 0),
    }


def test_near_is_25_km():
    wanted = LabelledPlace(**labelled())
    assert is_near(wanted, place("BOL", *EL_ALTO))
    assert not is_near(wanted, place("BOL", *LIMA))
    assert not is_near(wanted, place("BOL"))
    assert not is_near(wanted, None)
    assert not is_near(LabelledPlace(**labelled(point=None)), place("BOL", *LA_PAZ))


def test_distances():
    assert distance_km(LA_PAZ, LA_PAZ) == 0
    assert distance_km((0, 0), (0, 180)) == pytest.approx(20015, abs=1)
    assert distance_km((51.5, -0.13), (48.86, 2.35)) == pytest.approx(344, abs=3)


def test_without_labels(sources):
    for there in (sources, Sources(None, None)):
        (missing,) = event_places(there, FakeCoder())
        assert isinstance(missing, Missing)
