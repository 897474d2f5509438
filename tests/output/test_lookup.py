import pytest
import sample_article as sample

from detente.errors import DataError
from detente.output.lookup import find_event


def named(*ids):
    return [sample.event(0, "Ankara warns", "warns", id=one) for one in ids]


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        ("4f2a99", "4f2a99"),
        ("4f2a", "4f2a99"),
        ("2", "17cc01"),
        ("#3", "28dd"),
        ("17", "17cc01"),
        ("1", "4f2a99"),
    ],
)
def test_by_id_beginning_or_number(reference, expected):
    assert find_event(reference, named("4f2a99", "17cc01", "28dd")).id == expected


def test_a_whole_id_beats_a_number():
    assert find_event("2", named("a", "b", "2")).id == "2"


def test_several_fit():
    with pytest.raises(DataError, match="D244") as caught:
        find_event("4f", named("4f2a", "4f2b", "17cc"))
    assert "4f2a, 4f2b" in caught.value.problem


def test_none_fits():
    with pytest.raises(DataError, match="D243") as caught:
        find_event("4f2z", named("4f2a99", "17cc01"))
    assert caught.value.remedy == "Near it: 4f2a99."
    with pytest.raises(DataError, match="there are 2 events") as caught:
        find_event("9", named("aaaa", "bbbb"))
    assert "aaaa, bbbb" in caught.value.remedy
    with pytest.raises(DataError, match="there are no events"):
        find_event("1", [])
