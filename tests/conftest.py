"""Shared fixtures: the parser and the coder load once for the whole run."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from detente.config import Settings
from detente.language import Parser, split
from detente.pipeline import Coder
from detente.types import Coded, Sentence
from made_documents import make_document


@pytest.fixture(scope="session")
def parser() -> Parser:
    return Parser()


@pytest.fixture(scope="session")
def parse(parser: Parser) -> Callable[[str], Sentence]:
    """Parse one sentence."""

    def parse_one(text: str) -> Sentence:
        (sent,) = parser.parse(split(make_document(text)))
        return sent

    return parse_one


@pytest.fixture(scope="session")
def coder() -> Coder:
    """Rules alone: what the golden cases show."""
    return Coder(Settings(coder="lexicon.v1"))


@pytest.fixture(scope="session")
def code_text(coder: Coder) -> Callable[..., Coded]:
    """Code a text as of a date."""

    def code_one(text: str, day: date | None = date(2024, 6, 1), **fields: object) -> Coded:
        (coded,) = coder.code([make_document(text, date=day, **fields)])
        assert isinstance(coded, Coded), coded
        return coded

    return code_one
