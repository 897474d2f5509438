import pytest

from detente.errors import OntologyError
from detente.ontology import CameoRule, Ontology, load_ontology
from detente.ontology.model import normalise


@pytest.fixture(scope="module")
def ontology() -> Ontology:
    return load_ontology()


def test_the_sixteen_types_with_their_quads(ontology):
    assert {name: each.quad for name, each in ontology.types.items()} == {
        "AGREE": 1, "CONSULT": 1, "SUPPORT": 1, "CONCEDE": 1,
        "COOPERATE": 2, "AID": 2, "RETREAT": 2,
        "REQUEST": 3, "ACCUSE": 3, "REJECT": 3, "THREATEN": 3,
        "PROTEST": 4, "SANCTION": 4, "MOBILIZE": 4, "COERCE": 4, "ASSAULT": 4,
    }  # fmt: skip


def test_which_types_need_a_recipient(ontology):
    needy = {name for name, each in ontology.types.items() if each.requires_recipient}
    assert needy == {"COOPERATE", "AID", "SANCTION"}


def test_counts_of_the_manual(ontology):
    general = [each for each in ontology.contexts.values() if each.kind == "general"]
    kinds = [each.kind for each in ontology.sectors.values()]
    assert len(ontology.modes) == 67
    assert len(general) == 37
    assert len(ontology.contexts) == 41
    assert (kinds.count("sector"), kinds.count("entity")) == (25, 7)


@pytest.mark.parametrize(
    ("event_type", "mode", "score"),
    [
        ("ACCUSE", None, -3),  # the manual's missing minus sign
        ("ACCUSE", "disapprove", -2),
        ("CONSULT", "third-party", 1),
        ("RETREAT", "disarm", 10),
        ("PROTEST", "vandalize", -5),  # no score of its own: the type's
        ("ASSAULT", "unconventional", -10),
        ("REQUEST", None, 0),
        ("AID", None, 10),
    ],
)
def test_scores(ontology, event_type, mode, score):
    assert ontology.score(event_type, mode) == score


def test_conflict_never_scores_above_zero(ontology):
    for name, each in ontology.types.items():
        assert each.score >= 0 if each.quad < 3 or name == "REQUEST" else each.score < 0


def test_modes_of(ontology):
    assert ontology.modes_of("CONSULT") == ("visit", "third-party", "multilateral", "phone")
    assert ontology.modes_of("AGREE") == ()


def test_every_gloss_is_there_and_short(ontology):
    for table in (ontology.types, ontology.modes, ontology.contexts, ontology.sectors):
        for entry in table.values():
            assert 0 < len(entry.gloss) <= 110, entry


@pytest.mark.parametrize(
    ("event_type", "old", "new"),
    [
        ("ASSAULT", "assassinate", "targeted"),
        ("ASSAULT", "seize", "destroy"),
        ("RETREAT", "return", "release"),
        ("RETREAT", "ease", None),
        ("THREATEN", "ban", "restrict"),
        ("ASSAULT", "drone", "drone"),
    ],
)
def test_older_modes(ontology, event_type, old, new):
    assert ontology.current_mode(event_type, old) == new


@pytest.mark.parametrize(
    ("plover", "cameo"),
    [("JRN", "MED"), ("MED", "HLH"), ("REB", "REB"), ("GOV", "GOV"), ("PRE", "GOV"), ("UNK", None)],
)
def test_sector_to_cameo(ontology, plover, cameo):
    assert ontology.sector_to_cameo(plover) == cameo


@pytest.mark.parametrize(
    ("cameo", "plover"),
    [("MED", "JRN"), ("HLH", "MED"), ("INS", "REB"), ("SEP", "REB"), ("UAF", "UAF"), ("ZZZ", None)],
)
def test_sector_from_cameo(ontology, cameo, plover):
    assert ontology.sector_from_cameo(cameo) == plover


def test_no_cameo_role_means_two_sectors(ontology):
    roles = [code for each in ontology.sectors.values() if not each.one_way for code in each.cameo]
    assert len(roles) == len(set(roles))


@pytest.mark.parametrize(
    ("code", "icews", "gdelt"),
    [
        ("014", 0, 0),
        ("016", -5, -2),
        ("022", 3.4, 3.2),
        ("130", -4.4, -4.4),
        ("164", -6.5, -7),
        ("165", -7, -6.5),
        ("1213", -4, None),
        ("1214", None, None),
    ],
)
def test_goldstein(ontology, code, icews, gdelt):
    assert ontology.goldstein(code) == icews
    assert ontology.goldstein(code, publisher="phoenix") == icews
    assert ontology.goldstein(code, publisher="gdelt") == gdelt


@pytest.mark.parametrize(
    ("code", "icews", "gdelt", "phoenix"),
    [("010", 1, 1, 0), ("090", 3, 2, 3), ("141", 4, 3, 4), ("163", 4, 4, 3), ("190", 4, 4, 4)],
)
def test_quads_differ_by_publisher(ontology, code, icews, gdelt, phoenix):
    quads = [ontology.cameo_quad(code, publisher=each) for each in ("icews", "gdelt", "phoenix")]
    assert quads == [icews, gdelt, phoenix]


@pytest.mark.parametrize(
    ("ask", "told"),
    [
        (lambda o: o.type("DEMAND"), "REQUEST"),
        (lambda o: o.mode("AGREE", "visit"), "none"),
        (lambda o: o.score("CONSULT", "host"), "third-party"),
        (lambda o: o.cameo("FIGHT"), "ASSAULT"),
        (lambda o: o.cameo("CONSULT", "host"), "third-party"),
        (lambda o: o.plover_from_cameo("14 "), "leading zeros"),
        (lambda o: o.goldstein("014", publisher="acled"), "gdelt"),
        (lambda o: o.sector_to_cameo("XYZ"), "JRN"),
    ],
)
def test_an_unknown_name_is_told_with_the_known_ones(ontology, ask, told):
    with pytest.raises(OntologyError) as caught:
        ask(ontology)
    assert caught.value.code == "D212"
    assert told in caught.value.remedy


def test_version_is_name_and_hash(ontology):
    name, _, digest = ontology.version.partition(":")
    assert name == "plover-2021.1"
    assert len(digest) == 8 and int(digest, 16) >= 0


def test_words_match_whole_words_or_beginnings():
    rule = CameoRule("AGREE", (), ("sanction*", "cease fire"), (), (), "0354", "x.tsv", "line 1")

    def fires(words):
        return rule.fires(None, normalise(words), (), "asserted")

    assert fires("lift the Sanctions")
    assert fires("a cease-fire, now")
    assert not fires("unsanctioned")
    assert not fires("will not cease. Fires burn")
    assert not fires(None)


def test_a_status_outranks_a_mode_outranks_words_outrank_contexts():
    def rank(**conditions):
        empty = {"modes": (), "words": (), "contexts": (), "statuses": ()}
        return CameoRule("AID", **(empty | conditions), code="070", file="", key="").rank

    ranks = [
        rank(statuses=("future",)),
        rank(modes=("x",), words=("x",), contexts=("x",)),
        rank(modes=("x",)),
        rank(words=("x",), contexts=("x",)),
        rank(words=("x",)),
        rank(contexts=("x",)),
        rank(),
    ]
    assert ranks == sorted(ranks, reverse=True)
    assert len(set(ranks)) == len(ranks)
