from detente.benchmarks.found import found_events, read_texts
from detente.types import Coded

from .conftest import FakeCoder, write_lines
from .made import DOCUMENT, TEXT, coded, label, meeting, mention, text_of, threat


def test_only_events_of_the_type_in_the_sentence_are_found():
    wrong = coded("will expel", "REJECT")
    found = found_events(
        FakeCoder({TEXT: [coded(), wrong]}), [text_of(label(), threat(), meeting())]
    )
    assert [(one.label.id, one.event.type) for one in found.pairs] == [("m#0", "ACCUSE")]
    assert (found.labelled, found.note) == (3, "")


def test_the_mentions_of_the_sentence_come_along():
    class Resolving(FakeCoder):
        def code(self, items):
            for item in super().code(items):
                yield Coded(item.document, (), (mention("Peru", "Peru"),), item.events)

    (one,) = found_events(Resolving({TEXT: [coded()]}), [text_of(label())]).pairs
    assert [m.text for m in one.mentions] == ["Peru"]


def test_a_document_that_was_rejected_counts_and_is_told(tmp_path):
    broken = DOCUMENT | {"text": TEXT + " It is broken."}
    write_lines(tmp_path / "dev-x.docs.jsonl", [DOCUMENT | {"id": "other"}, broken])
    write_lines(tmp_path / "dev-x.gold.jsonl", [label(), threat()])
    texts = read_texts(tmp_path / "dev-x.docs.jsonl", tmp_path / "dev-x.gold.jsonl")
    assert [(text.doc.id, text.kind, len(text.gold)) for text in texts] == [
        ("other", "dev", 0),
        ("m", "dev", 2),
    ]
    found = found_events(FakeCoder(always=[coded()]), texts)
    assert (found.pairs, found.labelled) == ((), 2)
    assert "1 rejected (R901)" in found.note
