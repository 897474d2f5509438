"""Commands run in this process on a fake coder: what is tested is the shell, not the coding."""

import importlib.util
import sys
import types
from pathlib import Path

import pytest

from detente.cli import main
from detente.errors import ReadingError
from detente.types import PairAnswer, Rejection

SAMPLE = Path(__file__).parents[1] / "output" / "sample_article.py"


@pytest.fixture(scope="session")
def sample():
    spec = importlib.util.spec_from_file_location("sample", SAMPLE)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _each(items, make):
    for item in items:
        yield item if isinstance(item, Rejection) else make(document=item)


@pytest.fixture
def fake(sample, monkeypatch):
    """A coder that knows one article; ``read`` understands the names below."""

    def read(source, *, settings):
        if source == "missing.txt":
            raise ReadingError("D301", "missing.txt does not exist", "Check the path.")
        if source == "broken.jsonl":
            for line in range(1, 6):
                yield Rejection("reading", "R310", f"broken line {line}", source, line)
            yield Rejection("reading", "R301", "not English", source)
        elif source == "interrupted.txt":
            yield sample.document()
            raise KeyboardInterrupt
        elif source == "undated.txt":
            yield sample.document(date=settings.date, date_basis=None)
        elif source != "empty.jsonl":
            yield sample.document(id=source)

    class Coder:
        settings = None

        def __init__(self, settings):
            Coder.settings = settings

        def code(self, items):
            return _each(items, sample.coded)

        mentions = code

        def quotes(self, items):
            return _each(items, sample.quotes)

        def classify(self, queries):
            for query in queries:
                yield PairAnswer(query.id, "AID", None, {"AID": 1.0})

    pipeline = types.ModuleType("detente.pipeline")
    pipeline.Coder = Coder
    monkeypatch.setitem(sys.modules, "detente.pipeline", pipeline)
    monkeypatch.setattr("detente.reading.read", read)
    return Coder


@pytest.fixture
def run(fake, capfdbinary):
    """Run a command line; return its exit code, standard output and standard error."""

    def run(*tokens):
        code = main([str(token) for token in tokens])
        out, err = capfdbinary.readouterr()
        return code, out.decode(), err.decode()

    return run
