from collections.abc import Callable
from pathlib import Path

import pytest

from detente.config import Settings
from detente.reading import read
from detente.types import Document, Rejection

Reader = Callable[..., list[Document | Rejection]]


@pytest.fixture
def read_file(tmp_path: Path) -> Reader:
    """Write bytes or text to a file of that name and read it."""

    def reader(name: str, content: bytes | str, **settings) -> list[Document | Rejection]:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return list(read(str(path), settings=Settings(**settings)))

    return reader
