import pytest

from detente.benchmarks.judging import (
    Expected,
    Forbidden,
    Triple,
    cameo_key,
    compare,
    has_triple,
    party_keys,
)

from .conftest import event


def test_a_party_is_its_country_or_else_its_sector():
    assert party_keys(event("AID", ["USA", "IGO"]).actors) == {"USA", "IGO"}


@pytest.mark.parametrize(
    ("code", "key"), [("USAGOV", "USA"), ("IGOEUREEC", "IGO"), ("---LEG", "---"), ("PSE", "PSE")]
)
def test_cameo_codes_are_cut_to_country_or_body(code, key):
    assert cameo_key(code) == key


@pytest.mark.parametrize(
    ("triple", "fits"),
    [
        (("USAGOV", "CHN", "131"), True),
        (("USA", "CHN", "130"), True),  # the root is 13 in both
        (("USA", "CHN", "112"), False),
        (("CHN", "USA", "131"), False),
        (("---GOV", "CHN", "13"), True),
        (("USA", "---", "13"), True),
        (("GBR", "---", "13"), False),
    ],
)
def test_a_triple_needs_source_target_and_root(triple, fits):
    threat = event("THREATEN", ["USA"], ["CHN", "RUS"], cameo="1312")
    assert has_triple([event("AID"), threat], Triple(*triple)) is fits


@pytest.mark.parametrize(
    "triple", [("USA", "CHN", "040"), ("CHN", "USA", "042"), ("CHN", "---", "04")]
)
def test_mutual_types_have_no_direction(triple):
    meeting = event("CONSULT", ["USA", "CHN"], cameo="042")
    assert has_triple([meeting], Triple(*triple))
    assert not has_triple([meeting], Triple("USA", "RUS", "042"))


def test_two_halves_in_two_events_are_no_triple():
    halves = [
        event("AID", ["USA"], ["RUS"], cameo="07"),
        event("AID", ["IGO"], ["CHN"], cameo="07"),
    ]
    assert not has_triple(halves, Triple("USA", "CHN", "070"))


WANT = Expected("AID", "asserted", ("USA",), ("UKR",))


def test_golden_agreement_is_all_or_nothing():
    assert compare([event("AID", ["USA"], ["UKR"])], [WANT], []).exact
    assert not compare([event("AID", ["UKR"], ["USA"])], [WANT], []).exact
    assert not compare([event("AID", ["USA"], ["UKR"], status="future")], [WANT], []).exact
    assert not compare([event("AID", ["USA"], ["UKR"])] * 2, [WANT], []).exact
    assert not compare([], [WANT], []).exact
    assert compare([], [], []).exact


def test_golden_counts_for_precision_and_recall():
    got = [event("AID", ["USA"], ["UKR"]), event("AID", ["POL"], ["UKR"]), event("ACCUSE", ["USA"])]
    found = compare(got, [WANT, WANT], [])
    assert (found.right, found.right_types, found.predicted, found.expected) == (1, 2, 3, 2)


def test_golden_sides_are_pooled_for_mutual_types():
    want = Expected("CONSULT", "asserted", ("USA", "CHN"))
    assert compare([event("CONSULT", ["CHN"], ["USA"])], [want], []).exact


@pytest.mark.parametrize(
    ("forbidden", "exact"),
    [
        (Forbidden("AID"), False),
        (Forbidden("AID", "asserted"), False),
        (Forbidden("AID", "future"), True),
        (Forbidden("ACCUSE"), True),
    ],
)
def test_a_forbidden_event_spoils_the_case(forbidden, exact):
    assert compare([event("AID", ["USA"], ["UKR"])], [WANT], [forbidden]).exact is exact
