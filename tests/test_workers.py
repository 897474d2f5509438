"""Several processes give what one gives, in order; a dead worker loses only what it held."""

from __future__ import annotations

import os
import signal

from detente import workers
from detente.config import Settings
from detente.pipeline import Coder
from detente.types import Coded, Rejection
from made_documents import make_document

TEXTS = [
    "Chile accused Peru of spying.",
    "Peru expelled the Chilean ambassador.",
    "Bolivia condemned the move.",
]


def items(n: int):
    for i in range(n):
        yield make_document(TEXTS[i % len(TEXTS)], id=f"d{i}")
        if i % 5 == 0:
            yield Rejection("reading", "R301", "empty", f"r{i}")


def test_same_results_in_the_same_order():
    one = list(Coder(Settings()).code(items(40)))
    two = list(workers.code_in_processes(items(40), Settings(jobs=2)))
    assert [type(r) for r in two] == [type(r) for r in one]
    for a, b in zip(one, two, strict=True):
        if isinstance(a, Coded):
            assert isinstance(b, Coded)
            assert b.events == a.events
            assert b.document == a.document
        else:
            assert b == a


def _die(batch):
    """Stands in for the coding of a batch; one document kills its process."""
    if any(getattr(item, "id", "") == "d20" for item in batch):
        os.kill(os.getpid(), signal.SIGKILL)
    return workers._coder[0].code(batch)


def _code_or_die(batch):
    return [workers._light(result) for result in _die(batch)]


def test_a_dead_worker_is_reported_and_the_rest_is_coded(monkeypatch):
    monkeypatch.setattr(workers, "_code_batch", _code_or_die)
    results = list(workers.code_in_processes(items(60), Settings(jobs=2)))
    lost = [r for r in results if isinstance(r, Rejection) and r.code == "R902"]
    coded = [r.document.id for r in results if isinstance(r, Coded)]
    assert any(r.where == "d20" for r in lost)
    assert len(lost) < 60
    assert set(coded) | {r.where for r in lost} == {f"d{i}" for i in range(60)}
    assert coded == sorted(coded, key=lambda name: int(name[1:]))
