import codecs

import pytest

from detente.reading.decoding import decode
from detente.types import Rejection

ENGLISH = "Xi said: “Beijing will never accept it” – a café in Ürümqi was raided."


@pytest.mark.parametrize(
    "data",
    [
        ENGLISH.encode(),
        codecs.BOM_UTF8 + ENGLISH.encode(),
        ENGLISH.encode("utf-16"),
        codecs.BOM_UTF16_BE + ENGLISH.encode("utf-16-be"),
        ENGLISH.encode("utf-32"),
        ENGLISH.encode("utf-16-le"),
        ENGLISH.encode("utf-16-be"),
        (ENGLISH * 5).encode("cp1252")[: len(ENGLISH)],
    ],
)
def test_reads_every_encoding_of_english(data):
    assert decode(data, "x") == ENGLISH


def test_latin1_names_in_english():
    text = "Talks in São Paulo, Málaga and Zürich failed, the minister said on Monday. " * 3
    assert decode(text.encode("latin-1"), "x") == text


@pytest.mark.parametrize("encoding", ["cp1251", "koi8_r"])
def test_russian_one_byte_encodings_are_detected(encoding):
    text = "Президент встретился с министром в Москве вчера вечером. Переговоры шли трудно. " * 3
    assert decode(text.encode(encoding), "x") == text


def test_declared_charset_is_believed_when_utf8_fails():
    text = "Łódź, Wałęsa"
    assert decode(text.encode("iso-8859-2"), "x", declared="ISO-8859-2") == text


@pytest.mark.parametrize(
    "declared", ["utf-7", "rot13", "hex", "no-such-charset", "", "unicode_escape"]
)
def test_odd_declared_charsets_are_ignored(declared):
    assert decode("café au lait, said the minister".encode("cp1252"), "x", declared=declared) == (
        "café au lait, said the minister"
    )


def test_utf8_with_one_damaged_byte_stays_utf8():
    data = "“Čaputová” and “Orbán” met".encode() + b"\xff."
    assert decode(data, "x") == "“Čaputová” and “Orbán” met\ufffd."


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"abc\0def", "NUL"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"PK\x03\x04...", "zip"),
        (b"\x1f\x8b\x08...", "gz"),
        (b"\x01\x02\x03\x04 text", "control"),
        (codecs.BOM_UTF16_LE + b"\x00\xd8" * 40, "utf-16"),
    ],
)
def test_binary_is_rejected_by_name(data, words):
    rejection = decode(data, "file.bin")
    assert isinstance(rejection, Rejection)
    assert (rejection.code, rejection.where) == ("R302", "file.bin")
    assert words in rejection.reason
