import time

from detente.benchmarks import Missing, Sources
from detente.benchmarks.ablation import STEPS, PartialCoder, actor_ablation
from detente.benchmarks.stages import StageClock, stage_shares
from detente.config import Settings
from detente.types import Document

from .conftest import FakeCoder

TEXT = (
    "Peru accused Chile of shelling a port. It rejected the charge. The Chilean minister resigned."
)


def _mentions(rules):
    (coded,) = PartialCoder(Settings(), rules).mentions([Document("d", TEXT, sha256="")])
    return [(mention.text, mention.actors[0].rule) for mention in coded.mentions]


def test_each_step_gives_the_event_stage_more():
    names, roles, everything = (_mentions(rules) for rules in STEPS.values())
    assert [text for text, _ in names] == ["Peru", "Chile"]
    assert set(names) < set(roles) < set(everything)
    assert ("The Chilean minister", "side") in roles
    assert "It" not in dict(roles)
    assert "It" in dict(everything)


def test_without_the_documents():
    (missing,) = actor_ablation(Sources(None, None), FakeCoder())
    assert (missing.benchmark, "--data" in missing.reason) == ("ablation", True)


def test_a_clock_adds_up_and_stops_where_a_stage_fails():
    clock = StageClock()
    for _ in range(2):
        with clock.watch("actors"):
            until = time.process_time() + 0.01
            while time.process_time() < until:
                pass
    try:
        with clock.watch("events"):
            raise ValueError
    except ValueError:
        pass
    assert clock.seconds["actors"] >= 0.02
    assert set(clock.seconds) == {"actors", "events"}


def test_the_shares_of_all_stages_are_the_whole(sources, corpus_of):
    corpus_of(40)
    rows = {row.name: row.metrics["share"] for row in stage_shares(sources, FakeCoder())}
    assert rows.pop("of that, the model") >= 0.0
    assert list(rows) == ["actors", "parsing", "events", "grounding", "rest"]
    assert abs(sum(rows.values()) - 1.0) < 1e-9
    assert min(rows.values()) > 0.0


def test_shares_without_the_corpus(sources):
    (missing,) = stage_shares(sources, FakeCoder())
    assert missing == Missing("stages", "not in the data folder: corpus/unlabelled.jsonl.gz")
