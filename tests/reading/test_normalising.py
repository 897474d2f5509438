import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.reading.normalising import normalise


@pytest.mark.parametrize(
    ("given_text", "wanted"),
    [
        ("a\r\nb\rc\nd", "a\nb\nc\nd"),
        ("10\u00a0000\u202ftroops", "10 000 troops"),
        ("dip\u00adlomat", "diplomat"),
        ("\ufeffUS\u200b and\u2060 EU", "US and EU"),
        ("“turn course”, it’s – said", "“turn course”, it’s – said"),
        ("Orba\u0301n", "Orbán"),
        ("a\u2028b\x0cc\x85d", "a\nb\nc\nd"),
        ("end\x1a", "end"),
    ],
)
def test_normalises(given_text, wanted):
    assert normalise(given_text) == wanted


@given(st.text())
def test_is_idempotent_and_leaves_no_controls(text):
    once = normalise(text)
    assert normalise(once) == once
    assert not any(ord(char) < 32 and char not in "\t\n" for char in once)
