import pytest

from detente.reading.headline import guess_headline, title_span

PROSE = (
    "The first formal meeting between Washington and China after the downing of the spy balloon "
    "included tense discussions, officials on both sides said."
)
WRAPPED = """\
The United States said on Monday that it would send more weapons to
Ukraine, and Russia called the move a grave provocation that would not
remain without an answer."""


@pytest.mark.parametrize(
    ("text", "headline"),
    [
        (f"Washington cautions China\n\n{PROSE}", "Washington cautions China"),
        (f"\n\n  Washington cautions China  \n\n{PROSE}", "Washington cautions China"),
        (f"Washington cautions China\n{PROSE}", "Washington cautions China"),
        (f"Washington cautions China\nTalks in Munich were tense, say officials.\n\n{PROSE}",
         "Washington cautions China"),
        (f"Washington cautions China against\ngiving Russia lethal assistance\n\n{PROSE}",
         "Washington cautions China against\ngiving Russia lethal assistance"),
        (f"Blinken meets Wang in the U.S.\n\n{PROSE}", "Blinken meets Wang in the U.S."),
        (f"Will Russia attack?\n\n{PROSE}", "Will Russia attack?"),
        (f"# Talks fail in Geneva\n\n{PROSE}", "Talks fail in Geneva"),
        (f"18 February 2023\n\nTalks fail in Geneva\n\n{PROSE}", "Talks fail in Geneva"),
        (f"Talks fail in Geneva\nBy Jane Doe\n{PROSE}", "Talks fail in Geneva"),
        (f"Talks fail in Geneva\n\n{WRAPPED}", "Talks fail in Geneva"),
        (f"Talks fail in Geneva\n{WRAPPED}", "Talks fail in Geneva"),
    ],
)  # fmt: skip
def test_headlines(text, headline):
    span = guess_headline(text)
    assert span is not None
    assert span.text == headline == text[span.start : span.end]


@pytest.mark.parametrize(
    "text",
    [
        "",
        PROSE,
        f"{PROSE}\n\n{PROSE}",
        f"{WRAPPED}\n\n{PROSE}",
        "The United States said on Monday that it\nwill send weapons to Ukraine.\n\n" + PROSE,
        "Russia attacked Ukraine",
        f"He said “talks have failed.”\n\n{PROSE}",
        f"The G7 issued this statement:\n\n{PROSE}",
        f"BEIJING (AP) — China rejects the demand\n\n{PROSE}",
        f"Opinion\n\n{PROSE}",
        f"{'Long ' * 50}\n\n{PROSE}",
        f"* * *\n\n{PROSE}",
    ],
)
def test_no_headline(text):
    assert guess_headline(text) is None


def test_a_known_title_is_found_whatever_its_spaces():
    span = title_span("\n Talks  Fail in Geneva\n\nProse.", "Talks fail in Geneva ")
    assert span is not None and span.text == "Talks  Fail in Geneva"
    assert title_span(PROSE, "Talks fail in Geneva") is None
