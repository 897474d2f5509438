from hypothesis import given
from hypothesis import strategies as st

from detente.actors import load_world, may_have_actor, scan
from detente.actors.folding import fold

WORLD = load_world()


def named(text):
    """Text and first reading's kind and country of every name hit."""
    return [
        (text[h.start : h.end], WORLD.entries[h.entries[0]].country)
        for h in scan(text, WORLD)
        if h.kind == "name"
    ]


@given(st.text())
def test_folding_keeps_every_offset(text):
    assert len(fold(text)) == len(text)


@given(st.text(max_size=60))
def test_hits_lie_inside_the_text_in_order(text):
    hits = scan(text, WORLD)
    assert all(0 <= h.start < h.end <= len(text) for h in hits)
    assert [h.start for h in hits] == sorted(h.start for h in hits)


def test_accents_and_dashes_do_not_matter():
    assert named("Recep Tayyip Erdoğan")[0][1] == named("Recep Tayyip Erdogan")[0][1] == "TUR"
    assert ("al‑Shabaab", "SOM") in named("the al‑Shabaab fighters")


def test_letter_case_matters_for_names():
    assert named("they told us who it is") == []
    assert named("the US said") == [("US", "USA")]


def test_a_name_ends_where_the_word_ends():
    assert ("Oman", "OMN") not in named("the Romanian and the Omani-born")
    assert ("Southern Transitional Council", "YEM") in named("The Southern Transitional Council")


def test_headline_in_capitals():
    assert [country for _, country in named("TURKEY AND GREECE RESUME TALKS")] == ["TUR", "GRC"]


def test_role_words_in_any_case():
    words = [h.word for h in scan("Foreign Minister and POLICE", WORLD) if h.kind == "role"]
    assert words == ["foreign minister", "police"]


def test_north_of_north_and_south_korea():
    assert ("North", "PRK") in named("North and South Korea agreed")


def test_gate():
    text = "It rained. Iranian police fired. Nothing else."
    hits = scan(text, WORLD)
    assert may_have_actor(hits, 11, 32)
    assert not may_have_actor(hits, 33, len(text))
