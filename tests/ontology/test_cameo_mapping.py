"""The two ways between PLOVER and CAMEO, row by row where it matters and whole where it can be."""

import pytest

from detente.ontology import PloverCoding, load_ontology
from detente.types import Status

ONTOLOGY = load_ontology()

# Which CAMEO roots a type may map to; EXCEPTIONS have their reason in the table.
ROOTS = {
    "AGREE": {"03"}, "CONSULT": {"04"}, "SUPPORT": {"05"}, "COOPERATE": {"06"}, "AID": {"07"},
    "CONCEDE": {"08"}, "RETREAT": {"08"}, "REQUEST": {"10"}, "ACCUSE": {"09", "11"},
    "REJECT": {"12"}, "THREATEN": {"13"}, "PROTEST": {"14"}, "MOBILIZE": {"15"},
    "SANCTION": {"16"}, "COERCE": {"17"}, "ASSAULT": {"18", "19", "20"},
}  # fmt: skip
EXCEPTIONS = {
    ("CONCEDE", "055"),
    ("CONCEDE", "056"),
    ("CONCEDE", "0353"),
    ("CONCEDE", "0354"),
    ("CONCEDE", "0356"),
    ("RETREAT", "1661"),
    ("RETREAT", "1662"),
    ("SANCTION", "116"),
    ("COERCE", "191"),
    ("COERCE", "192"),
    ("ASSAULT", "1712"),
    ("ASSAULT", "175"),
}


@pytest.mark.parametrize(
    ("event_type", "code"),
    [
        ("AGREE", "030"), ("CONSULT", "040"), ("SUPPORT", "050"), ("CONCEDE", "080"),
        ("COOPERATE", "060"), ("AID", "070"), ("RETREAT", "080"), ("REQUEST", "100"),
        ("ACCUSE", "110"), ("REJECT", "120"), ("THREATEN", "130"), ("PROTEST", "140"),
        ("SANCTION", "160"), ("MOBILIZE", "150"), ("COERCE", "170"), ("ASSAULT", "190"),
    ],
)  # fmt: skip
def test_the_general_code_of_a_type(event_type, code):
    assert ONTOLOGY.cameo(event_type) == code


@pytest.mark.parametrize(
    ("event_type", "mode", "contexts", "words", "code"),
    [
        ("AGREE", None, [], "offered to hold talks on a truce", "036"),
        ("AGREE", None, [], "pledged humanitarian aid", "0333"),
        ("AGREE", None, [], "agreed to a cease-fire", "0356"),
        ("AGREE", None, ["economic"], "signed a free trade deal", "0311"),
        ("AGREE", None, ["military"], None, "0312"),
        ("CONSULT", "visit", ["diplomatic"], None, "042"),
        ("CONSULT", "phone", [], "negotiated by phone", "041"),
        ("CONSULT", "third-party", [], None, "044"),
        ("CONSULT", None, [], "negotiations", "046"),
        ("SUPPORT", None, [], "praised", "051"),
        ("SUPPORT", None, [], "ratified the treaty", "057"),
        ("CONCEDE", None, [], "apologised", "055"),
        ("CONCEDE", None, [], "declared a ceasefire", "0871"),
        ("COOPERATE", None, ["military"], None, "062"),
        ("AID", None, ["military"], None, "072"),
        ("AID", None, ["migration", "asylum"], None, "075"),
        ("RETREAT", "release", [], None, "0841"),
        ("RETREAT", "withdraw", ["military"], None, "0874"),
        ("RETREAT", "access", ["peacekeeping"], None, "0861"),
        ("REQUEST", "meet", [], None, "106"),
        ("REQUEST", "yield", ["military"], "demanded the release of hostages", "1053"),
        ("REQUEST", "assist", ["economic"], None, "1011"),
        ("ACCUSE", "investigate", [], None, "090"),
        ("ACCUSE", "investigate", ["legal", "human_rights"], None, "092"),
        ("ACCUSE", "disapprove", [], None, "111"),
        ("ACCUSE", "allege", ["legal"], "sued", "115"),
        ("REJECT", "meet", [], None, "125"),
        ("REJECT", None, [], "vetoed the resolution", "129"),
        ("REJECT", "meet", [], "refused mediation", "126"),
        ("THREATEN", "relations", [], None, "1313"),
        ("THREATEN", "relations", [], "threatened new sanctions", "1312"),
        ("THREATEN", "violence", ["cbrn"], None, "1385"),
        ("THREATEN", "territory", [], None, "1382"),
        ("PROTEST", "demo", [], None, "141"),
        ("PROTEST", "strike", ["rights_freedoms"], None, "1433"),
        ("SANCTION", "expel", [], None, "166"),
        ("SANCTION", "expel", ["peacekeeping"], None, "1661"),
        ("SANCTION", "discontinue", ["economic"], None, "163"),
        ("SANCTION", "discontinue", [], "cut military aid", "1622"),
        ("SANCTION", "convict", ["legal"], None, "116"),
        ("MOBILIZE", "police", [], None, "153"),
        ("MOBILIZE", "troops", [], "put on alert", "152"),
        ("COERCE", "arrest", [], None, "173"),
        ("COERCE", "restrict", ["military"], None, "191"),
        ("ASSAULT", "aerial", ["military"], None, "195"),
        ("ASSAULT", "drone", [], None, "195"),
        ("ASSAULT", "heavy-weapons", [], None, "194"),
        ("ASSAULT", "explosives", ["terrorism"], "a roadside bomb", "1833"),
        ("ASSAULT", "targeted", [], None, "186"),
        ("ASSAULT", None, ["terrorism"], None, "180"),
        ("ASSAULT", None, ["military"], "invaded", "190"),
    ],
)
def test_the_best_code(event_type, mode, contexts, words, code):
    assert ONTOLOGY.cameo(event_type, mode, contexts, words=words) == code


@pytest.mark.parametrize(
    ("event_type", "mode", "contexts", "status", "code"),
    [
        ("CONSULT", "visit", [], Status.FUTURE, "036"),
        ("COOPERATE", None, ["economic"], Status.FUTURE, "0311"),
        ("COOPERATE", None, [], Status.FUTURE, "031"),
        ("AID", None, ["military"], Status.FUTURE, "0332"),
        ("SUPPORT", None, [], Status.FUTURE, "032"),
        ("ASSAULT", "aerial", [], Status.FUTURE, "195"),
        ("CONSULT", "visit", [], Status.DENIED, "042"),
        ("AID", None, ["military"], Status.CONDITIONAL, "072"),
    ],
)
def test_what_lies_ahead_is_an_intent(event_type, mode, contexts, status, code):
    assert ONTOLOGY.cameo(event_type, mode, contexts, status=status) == code


def test_the_order_of_contexts_does_not_matter():
    contexts = ["military", "economic", "human_security", "diplomatic"]
    for event_type in ONTOLOGY.types:
        there = ONTOLOGY.cameo(event_type, contexts=contexts)
        assert ONTOLOGY.cameo(event_type, contexts=contexts[::-1]) == there


def test_rules_stay_within_the_roots_of_their_type():
    strays = {
        (event_type, rule.code)
        for event_type, rules in ONTOLOGY.cameo_rules.items()
        for rule in rules
        if rule.code[:2] not in ROOTS[event_type] and "future" not in rule.statuses
    }
    assert strays == EXCEPTIONS


def test_future_rules_are_intents():
    rules = [rule for rules in ONTOLOGY.cameo_rules.values() for rule in rules if rule.statuses]
    assert rules and all(rule.code.startswith("03") for rule in rules)


def test_every_mode_has_a_code_within_its_roots():
    for event_type, mode in ONTOLOGY.modes:
        code = ONTOLOGY.cameo(event_type, mode)
        assert code[:2] in ROOTS[event_type] or (event_type, code) in EXCEPTIONS


@pytest.mark.parametrize(
    ("code", "coding"),
    [
        ("010", None),
        ("0214", None),
        ("042", PloverCoding("CONSULT", "visit", ())),
        ("043", PloverCoding("CONSULT", "visit", (), swapped=True)),
        ("055", PloverCoding("CONCEDE", None, ("diplomatic",))),
        ("073", PloverCoding("AID", None, ("human_security",))),
        ("091", PloverCoding("ACCUSE", "investigate", ("crime", "corruption"))),
        ("116", PloverCoding("SANCTION", "convict", ("legal",))),
        ("163", PloverCoding("SANCTION", "discontinue", ("economic",))),
        ("1712", PloverCoding("ASSAULT", "destroy", ("human_security",))),
        ("186", PloverCoding("ASSAULT", "targeted", ())),
        ("195", PloverCoding("ASSAULT", "aerial", ("military",))),
    ],
)
def test_plover_from_cameo(code, coding):
    assert ONTOLOGY.plover_from_cameo(code) == coding


def test_only_statements_and_appeals_are_dropped():
    dropped = {code[:2] for code, entry in ONTOLOGY.cameo_codes.items() if entry.plover is None}
    assert dropped == {"01", "02"}


def test_there_and_back_keeps_the_type():
    for code, entry in ONTOLOGY.cameo_codes.items():
        if entry.plover is None:
            continue
        there = entry.plover
        back = ONTOLOGY.cameo(there.type, there.mode, there.contexts)
        again = ONTOLOGY.plover_from_cameo(back)
        # RETREAT without a mode is 080, which on its own says nothing material.
        assert again is not None
        assert again.type == there.type or (code[:2], again.type) == ("08", "CONCEDE"), code


def test_codes_are_complete_and_labelled():
    assert len(ONTOLOGY.cameo_codes) == 313
    assert {code for code in ONTOLOGY.cameo_codes if len(code) == 2} == {
        f"{root:02d}" for root in range(1, 21)
    }
    for code, entry in ONTOLOGY.cameo_codes.items():
        assert 0 < len(entry.label) <= 50, code
    labels = [entry.label for code, entry in ONTOLOGY.cameo_codes.items() if len(code) > 2]
    assert len(labels) == len(set(labels))
