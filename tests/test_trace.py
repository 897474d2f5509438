"""docs/trace.md is run as it stands: every value on the page is what the program gives."""

import doctest
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "trace.md"


def test_every_value_on_the_page(monkeypatch):
    monkeypatch.chdir(ROOT)
    text = PAGE.read_text(encoding="utf-8")
    page = doctest.DocTestParser().get_doctest(text, {}, "trace.md", str(PAGE), 0)
    assert len(page.examples) > 20
    told: list[str] = []
    doctest.DocTestRunner(verbose=False).run(page, out=told.append)
    assert not told, "docs/trace.md is out of date:\n" + "".join(told)


def test_the_sentence_is_in_the_example():
    (quoted,) = re.findall(r"^> (.+)$", PAGE.read_text(encoding="utf-8"), re.M)
    assert quoted in (ROOT / "examples" / "strait.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("module", "name"),
    re.findall(r"`(\w+/\w+\.py): ([\w.]+)`", PAGE.read_text(encoding="utf-8")),
)
def test_every_function_named_exists(module, name):
    source = (ROOT / "src" / "detente" / module).read_text(encoding="utf-8")
    assert re.search(rf"(?:def|class) {name.split('.')[-1]}\b", source)


def test_the_page_passes_through_every_stage():
    text = PAGE.read_text(encoding="utf-8")
    for stage in ("reading", "language", "actors", "events", "grounding", "output"):
        assert f"`{stage}/" in text
