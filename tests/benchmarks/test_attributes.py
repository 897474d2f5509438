import pytest

from detente.benchmarks import Missing, Sources
from detente.benchmarks.attributes import (
    event_dates,
    event_statuses,
    has_right_date,
    has_right_speaker,
    is_date,
    reporting_speakers,
)
from detente.labelling.records import part_of
from detente.types import Status

from .conftest import FakeCoder, write_lines
from .made import DOCUMENT, TEXT, coded, days, label, meeting, mention, pair, said_by, threat

NOBODY = Sources(None, None)


@pytest.fixture
def sets(sources):
    """The benchmark documents and a development set, with the same texts and labels."""
    labels = [label(reported_by="Lima", date="2021-03-09"), threat(), meeting(date="2021-03")]
    for documents in (
        sources.file("bench/docs/docs.jsonl"),
        sources.label_file("dev-a.docs.jsonl"),
    ):
        write_lines(documents, [DOCUMENT])
        write_lines(documents.with_name(documents.name.replace("docs.j", "gold.j")), labels)
    return sources


def test_the_first_speaker_counts():
    labelled = {"reported_by": "Ned Price"}
    price, blinken = said_by("Price"), said_by("Antony Blinken")
    assert has_right_speaker(pair(labelled, attribution=price + blinken))
    assert not has_right_speaker(pair(labelled, attribution=blinken + price))
    assert has_right_speaker(pair(labelled, attribution=said_by("he", "Ned Price")))
    assert not has_right_speaker(pair(labelled))


def test_no_speaker_is_right_where_the_label_has_none():
    assert has_right_speaker(pair())
    assert not has_right_speaker(pair(attribution=said_by("Price")))


def test_a_pronoun_of_the_label_is_whom_we_resolved_it_to():
    labelled, speaker = {"reported_by": "It"}, said_by("the ministry", "Foreign Ministry")
    assert has_right_speaker(
        pair(labelled, mentions=[mention("it", "Foreign Ministry")], attribution=speaker)
    )
    assert not has_right_speaker(
        pair(labelled, mentions=[mention("it", "Chile")], attribution=speaker)
    )


@pytest.mark.parametrize(
    ("ours", "labelled", "expected"),
    [
        (days("2021-03-09"), "2021-03-09", True),
        (days("2021-03-09", "2021-03-11"), "2021-03-09", True),
        (days("2021-03-08", "2021-03-14"), "2021-03-09", False),
        (days("2021-03-01", "2021-03-31"), "2021-03", True),
        (days("2021-03-09"), "2021-03", True),
        (days("2021-03-29", "2021-04-04"), "2021-03", False),
        (days("2021-01-01", "2021-12-31"), "2021", True),
        (days("2020-12-31", "2021-12-31"), "2021", False),
        (None, "2021", False),
    ],
)
def test_dates_agree_as_far_as_the_label_goes(ours, labelled, expected):
    assert is_date(ours, labelled) is expected
    assert has_right_date(pair({"date": labelled}, date=ours)) is expected


def test_no_date_is_right_where_the_label_has_none():
    assert has_right_date(pair())
    assert not has_right_date(pair(date=days("2021-03-09")))


def test_two_rows_a_set_over_what_was_found(sets):
    # the meeting was not found, so that its date counts nowhere
    events = [
        coded(attribution=said_by("Lima"), date=days("2021-03-08")),
        coded("will expel", "THREATEN", date=days("2021-03-09")),
    ]
    coder = FakeCoder({TEXT: events})
    speakers = list(reporting_speakers(sets, coder))
    assert [(row.key, row.shown) for row in speakers] == [
        ("attribution/documents", "1.000 (1 of 1)"),
        ("attribution/documents, none", "1.000 (1 of 1)"),
        ("attribution/dev-a", "1.000 (1 of 1)"),
        ("attribution/dev-a, none", "1.000 (1 of 1)"),
    ]
    dates = list(event_dates(sets, coder))
    assert [(row.key, row.metrics["share"]) for row in dates[:2]] == [
        ("dates/documents", 0.0),
        ("dates/documents, none", 0.0),
    ]
    assert speakers[0].data == dates[0].data != dates[2].data


def test_without_the_data_folder_there_are_still_our_sets(sets):
    missing, *rows = event_dates(Sources(None, sets.checkout), FakeCoder())
    assert isinstance(missing, Missing)
    assert [row.name for row in rows] == ["dev-a", "dev-a, none"]
    assert [type(one) for one in reporting_speakers(NOBODY, FakeCoder())] == [Missing]


def id_of(name, part):
    """An id that puts a document of a set into a part."""
    return next(f"m{n}" for n in range(1000) if part_of(name, f"m{n}") == part)


def write_status_set(sources, name, *, part="test"):
    number = id_of(name, part)
    labels = [
        label(),
        label(id="m#3", quote="on the border", predicate=None, status="denied"),
        threat(),
        meeting(status="future"),
    ]
    write_lines(sources.label_file(f"{name}.docs.jsonl"), [DOCUMENT | {"id": number}])
    write_lines(sources.label_file(f"{name}.gold.jsonl"), [e | {"doc": number} for e in labels])


def test_status_is_macro_f1_over_events_found_in_the_test_part(sources):
    write_status_set(sources, "status-1")
    write_status_set(sources, "status-2", part="train")
    coder = FakeCoder(
        always=[
            coded(),
            coded("on the border", "ACCUSE"),
            coded("will expel", "THREATEN", status=Status.CONDITIONAL),
        ]
    )
    row, missing = event_statuses(sources, coder)
    assert row.key == "status/status sets"
    assert row.metrics == {
        "macro_f1": pytest.approx((2 / 3 + 0 + 1) / 3),
        "asserted_precision": 0.5,
        "asserted": pytest.approx(2 / 3),
        "denied": 0.0,
        "conditional": 1.0,
    }
    assert row.shown == (
        "macro-F1 0.556 asserted P 0.500 (3 found of 4 gold); "
        "F1 asserted 0.67 (1), conditional 1.00 (1), denied 0.00 (1)"
    )
    assert missing == Missing(
        "status, real, written", "no set real-* or written-* in data/labelled of a checkout"
    )


def test_status_of_real_and_written_sets_is_one_row(sources):
    write_status_set(sources, "real-1")
    write_status_set(sources, "written-aid")
    missing, row = event_statuses(sources, FakeCoder(always=[coded()]))
    assert missing.benchmark == "status, status sets"
    assert row.key == "status/real, written"
    assert "2 found of 8 gold" in row.shown
    assert [type(one) for one in event_statuses(NOBODY, FakeCoder())] == [Missing, Missing]
