import msgspec
import pytest

from detente.benchmarks import Missing, Sources
from detente.benchmarks.quotations import QuotedDocument, compare, said_words
from detente.types import Actor, Quotation, Quotes, Rejection

from .conftest import write_lines
from .made import span_of

TEXT = (
    'The minister of Peru said on Monday that the border is closed. "We will open it soon," '
    "he added, but nobody in the town believed it."
)
CLOSED, SOON = "the border is closed", "We will open it soon"


def labelled(content=CLOSED, speaker="The minister of Peru", who=None):
    span = span_of(content, TEXT)
    place = [span.start, span.end]
    return {"kind": "indirect", "cue": "said", "speaker": speaker, "who": who, "content": [place]}


def ours(content=CLOSED, speaker="The minister of Peru", name=None):
    return Quotation(
        document="q",
        sentence=0,
        kind="indirect",
        cue=None,
        speaker=span_of(speaker, TEXT) if speaker else None,
        actor=Actor(name, "PER", "GOV", person=name) if name else None,
        channel=None,
        anonymous=False,
        addressee=None,
        content=(span_of(content, TEXT),),
    )


def document(*quotations, **fields):
    made = {"id": "q", "text": TEXT, "quotations": quotations, "title": None, "licence": "ours"}
    return made | fields


def compared(labels, quotations):
    return compare(msgspec.convert(document(*labels), QuotedDocument), quotations)


def test_content_is_counted_in_letters_and_digits():
    made = compared([labelled("the border is closed")], [ours("border is"), ours(SOON)])
    assert (made.shared, made.ours, made.labelled) == (8, 8 + 16, 17)


def test_no_letter_counts_twice():
    made = compared([labelled(), labelled("border is")], [ours(), ours("is closed")])
    assert (made.shared, made.ours, made.labelled) == (17, 17, 17)


@pytest.mark.parametrize(
    ("label", "our", "expected"),
    [
        (labelled(), ours(), True),
        (labelled(speaker="the envoy"), ours(), False),
        (labelled(), ours(speaker=None), False),
        # a pronoun counts by the name that it was resolved to
        (labelled(speaker="he", who="Ana Diaz"), ours(speaker="he", name="Ana Diaz"), True),
        (labelled(speaker="he", who="Ana Diaz"), ours(speaker="he", name="Luis Paz"), False),
        (labelled(speaker="he", who="issuer"), ours(speaker="he"), True),
        # of "the border is closed" this is less than half
        (labelled(), ours("is closed"), False),
        (labelled(), ours("border is closed"), True),
    ],
)
def test_the_speaker_of_the_one_that_is_most_alike(label, our, expected):
    assert compared([label], [our]).speakers == (expected,)


def test_what_is_most_alike_comes_before_what_holds_it():
    whole = "The minister of Peru said on Monday that the border is closed"
    made = compared([labelled()], [ours(whole, speaker="nobody"), ours()])
    assert made.speakers == (True,)
    assert compared([labelled()], []).speakers == (False,)


class FakeCoder:
    def quotes(self, items):
        for item in items:
            if "broken" in item.text:
                yield Rejection("coding", "R901", "broken", item.id)
            else:
                yield Quotes(item, (), (), (ours(), ours(SOON, speaker="nobody")))


def test_rows_over_all_documents(sources):
    broken = document(labelled(), id="b", text=TEXT + " It is broken.")
    rows = [document(labelled(), labelled(SOON)), broken]
    write_lines(sources.label_file("quotes/test.jsonl"), rows)
    content, speaker = said_words(sources, FakeCoder())
    assert content.metrics == {"P": 1.0, "R": 33 / 50, "F1": pytest.approx(66 / 83)}
    assert content.shown == (
        "P 1.000 R 0.660 F1 0.795 (33 letters of 33, 50 gold); 1 rejected (R901)"
    )
    assert speaker.shown == "0.333 (1 of 3); 1 rejected (R901)"


def test_without_labels(sources):
    for there in (sources, Sources(None, None)):
        (missing,) = said_words(there, FakeCoder())
        assert isinstance(missing, Missing)
