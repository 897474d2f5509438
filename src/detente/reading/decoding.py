"""Bytes -> str, without guessing where nothing has to be guessed.

1. a byte order mark decides
2. NUL bytes in every other place mean UTF-16; any other NUL means binary
3. UTF-8, strictly (no other encoding passes for it by accident)
4. UTF-8 with a few damaged places
5. the charset that HTTP or the page declares
6. Windows-1252 where bytes beyond ASCII are rare, as they are in English
7. charset-normalizer among the encodings in use
"""

from __future__ import annotations

import codecs
import re

from detente.reading.rejections import reject
from detente.types import Rejection

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # begins like UTF-16 LE, so it is tried first
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SIGNATURES = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a zip archive or an Office file"),
    (b"\x1f\x8b", "gzip data (name the file .gz)"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"{\\rtf", "an RTF file"),
    (b"\xd0\xcf\x11\xe0", "an old Office file"),
    (b"\x7fELF", "a program"),
)
# Tab, line breaks, vertical tab, form feed, DOS end of file and escape occur in old wire text.
_CONTROLS = bytes(set(range(32)) - {9, 10, 11, 12, 13, 26, 27}) + b"\x7f"
_BEYOND_ASCII = bytes(range(128, 256))
# One stray control character in a hundred is damage; more is not text.
_CONTROL_SHARE = 0.01
# English with names and typographic quotes has under 3 % of bytes beyond ASCII in a one-byte
# encoding; French 4 %, Cyrillic 80 %.
_WESTERN_SHARE = 0.05
# So many intact UTF-8 sequences for each damaged one still speak for UTF-8.
_INTACT_PER_DAMAGED = 3
_UTF16_SHARE = 0.7
_UTF16_NULS = 8
_SAMPLE_BYTES = 65_536
_UTF8_SEQUENCE = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
# What pages call these is what browsers read as Windows-1252 (WHATWG encoding standard).
_LATIN = frozenset({"ascii", "us-ascii", "iso-8859-1", "latin-1", "latin1", "l1", "windows-1252"})
_CANDIDATES = (
    "cp1252 cp1250 cp1251 cp1253 cp1254 cp1255 cp1256 cp1257 iso8859_2 iso8859_5 koi8_r "
    "gb18030 big5 shift_jis euc_jp euc_kr"
).split()
_DECLARABLE = frozenset(codecs.lookup(name).name for name in [*_CANDIDATES, "utf-8", "utf-16"])


def decode(data: bytes, where: str, *, declared: str | None = None) -> str | Rejection:
    """Decode a whole file or page.

    Args:
        data: the bytes.
        where: file or URL, for the rejection.
        declared: charset named by HTTP or by the page; believed only after UTF-8 failed.

    Returns: the text without byte order mark, not yet normalised; or R302.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decode_marked(data, encoding, where)
    for signature, name in _SIGNATURES:
        if data.startswith(signature):
            return reject("R302", f"binary: this is {name}; convert it to text first", where)
    if b"\0" in data:
        text = _decode_unmarked_utf16(data)
        return text if text is not None else reject("R302", "binary: holds NUL bytes", where)
    if len(data) - len(data.translate(None, _CONTROLS)) > _CONTROL_SHARE * len(data):
        return reject("R302", "binary: full of control characters", where)
    text = _decode_utf8(data)
    if text is None and declared is not None:
        text = _decode_declared(data, declared)
    if text is None:
        text = _decode_detected(data)
    return text if text is not None else reject("R302", "binary or of unknown encoding", where)


def _decode_marked(data: bytes, encoding: str, where: str) -> str | Rejection:
    text = data.decode(encoding, errors="replace")
    if "\0" in text:
        return reject("R302", "binary: holds NUL characters", where)
    # A wrong mark leaves little but replacement characters.
    if text.count("\ufffd") > 0.1 * len(text):
        return reject("R302", f"binary: begins like {encoding} but is not", where)
    return text


def _decode_unmarked_utf16(data: bytes) -> str | None:
    sample = data[:_SAMPLE_BYTES]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    # Nearly all of English is ASCII, so nearly every other byte is NUL; four bytes prove nothing.
    least = max(_UTF16_SHARE * len(sample) / 2, _UTF16_NULS)
    if odd >= least and even == 0:
        encoding = "utf-16-le"
    elif even >= least and odd == 0:
        encoding = "utf-16-be"
    else:
        return None
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    return None if "\0" in text else text


def _decode_utf8(data: bytes) -> str | None:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("utf-8", errors="replace")
    intact = len(_UTF8_SEQUENCE.findall(data))
    damaged = text.count("\ufffd")
    return text if intact >= _INTACT_PER_DAMAGED * damaged else None


def _decode_declared(data: bytes, declared: str) -> str | None:
    name = declared.strip().strip("\"'").lower()
    try:
        codec = codecs.lookup("cp1252" if name in _LATIN else name)
    except (LookupError, ValueError):
        return None
    # Python also knows "utf-7", "hex" or "rot13", which no page has a right to ask for.
    if codec.name not in _DECLARABLE:
        return None
    try:
        return data.decode(codec.name)
    except UnicodeDecodeError:
        return None


def _decode_detected(data: bytes) -> str | None:
    from charset_normalizer import from_bytes

    beyond = len(data) - len(data.translate(None, _BEYOND_ASCII))
    if beyond <= _WESTERN_SHARE * len(data):
        text = _decode_declared(data, "windows-1252")
        # The five bytes Windows-1252 leaves open are controls in Latin-1, dropped later.
        return text if text is not None else data.decode("latin-1")
    best = from_bytes(_sample(data), cp_isolation=_CANDIDATES).best()
    if best is None:
        return None
    return data.decode(best.encoding, errors="replace")


def _sample(data: bytes) -> bytes:
    """Take the part of the data where the encoding shows: from the first byte beyond ASCII."""
    first = re.search(rb"[\x80-\xff]", data)
    start = 0 if first is None else data.rfind(b"\n", 0, first.start()) + 1
    start = max(start, 0 if first is None else first.start() - 1_000)
    return data[start : start + _SAMPLE_BYTES]
