"""Several processes for one run: documents out in batches, coded documents back in order."""

from __future__ import annotations

import itertools
import multiprocessing
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace

from detente.config import Settings
from detente.pipeline import Coder
from detente.types import Coded, Document, Rejection

Item = Document | Rejection
Result = Coded | Rejection

# Large enough that a batch outweighs its journey, small enough that the first result comes soon.
_BATCH_DOCUMENTS = 16
# Batches under way per worker: one at work, one waiting.
_AHEAD = 2

_coder: list[Coder] = []


def code_in_processes(items: Iterable[Item], settings: Settings) -> Iterator[Result]:
    """Code documents on ``settings.jobs`` processes; results come in the order of the input.

    The coded sentences come back without tokens: they weigh more than all the rest. When a worker
    dies, the documents it held become Rejections (R902) and the rest of the run goes on with a
    fresh pool.
    """
    batches = iter(_batched(items))
    pending: deque[tuple[list[Item], Future[list[Result]]]] = deque()
    pool = _pool(settings)
    try:
        while True:
            while len(pending) < _AHEAD * settings.jobs:
                batch = next(batches, None)
                if batch is None:
                    break
                pending.append((batch, pool.submit(_code_batch, batch)))
            if not pending:
                return
            batch, future = pending.popleft()
            try:
                results = future.result()
            except BrokenProcessPool:
                pool.shutdown(wait=False, cancel_futures=True)
                pool = _pool(settings)
                results = [_lost(item) for item in batch]
                # the others were only waiting on the same pool
                again = [held for held, _ in pending]
                pending = deque((held, pool.submit(_code_batch, held)) for held in again)
            yield from results
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _pool(settings: Settings) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(
        max_workers=settings.jobs,
        mp_context=multiprocessing.get_context("spawn"),
        initializer=_start,
        initargs=(settings,),
    )


def _start(settings: Settings) -> None:
    """Load tables and model once in each worker."""
    _coder[:] = [Coder(settings)]


def _code_batch(batch: list[Item]) -> list[Result]:
    return [_light(result) for result in _coder[0].code(batch)]


def _light(result: Result) -> Result:
    if isinstance(result, Rejection):
        return result
    bare = tuple(replace(sent, tokens=(), children=()) for sent in result.sentences)
    return replace(result, sentences=bare)


def _lost(item: Item) -> Rejection:
    if isinstance(item, Rejection):
        return item
    return Rejection("workers", "R902", "the process that coded this document died", item.id)


def _batched(items: Iterable[Item]) -> Iterator[list[Item]]:
    source = iter(items)
    while batch := list(itertools.islice(source, _BATCH_DOCUMENTS)):
        yield batch
