import gzip
import io

import pytest

from detente.errors import ReadingError
from detente.reading.streams import open_source, peek_line, take
from detente.types import Rejection


def test_take_stops_at_the_limit():
    assert take(io.BytesIO(b"12345"), "x", limit=5) == b"12345"
    rejection = take(io.BytesIO(b"123456"), "x", limit=5)
    assert isinstance(rejection, Rejection)
    assert rejection.code == "R303"


def test_gzip_is_unpacked_no_further_than_the_limit(tmp_path):
    path = tmp_path / "bomb.txt.gz"
    path.write_bytes(gzip.compress(b"0" * 5_000_000))
    with open_source(path) as stream:
        rejection = take(stream, "x", limit=1_000)
    assert isinstance(rejection, Rejection)
    assert rejection.code == "R303"


@pytest.mark.parametrize("damage", [lambda data: data[:-12], lambda data: b"no gzip" + data])
def test_damaged_gzip_is_rejected(tmp_path, damage):
    path = tmp_path / "x.gz"
    path.write_bytes(damage(gzip.compress(b"Russia and China met. " * 50)))
    with open_source(path) as stream:
        rejection = take(stream, "x", limit=10_000)
    assert isinstance(rejection, Rejection)
    assert rejection.code == "R332"


def test_a_folder_cannot_be_opened_as_a_file(tmp_path):
    with pytest.raises(ReadingError) as caught:
        open_source(tmp_path)
    assert caught.value.code == "D302"


def test_peeking_loses_nothing():
    head, stream = peek_line(io.BytesIO(b"\n \n{first}\nsecond\n"), limit=100)
    assert head == b"\n \n{first}\n"
    assert stream.read() == b"\n \n{first}\nsecond\n"


def test_peeking_is_bounded():
    head, stream = peek_line(io.BytesIO(b"\n" * 50), limit=10)
    assert len(head) == 11
    assert len(stream.read()) == 50
