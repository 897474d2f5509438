"""A URL -> bytes, within limits of time, size, kind and place.

Redirects are followed by hand so that each step is judged like the first. Proxies named in the
environment are not used: through one, the address that is connected to cannot be checked.
"""

from __future__ import annotations

import time
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal
from urllib.parse import urljoin, urlsplit

from detente.config import Settings
from detente.errors import ReadingError

if TYPE_CHECKING:
    import httpx2

# http to https to www to a language page is three; more than five is a loop or a trap.
MAX_REDIRECTS = 5
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
# Small enough to notice a limit soon, large enough to cost nothing.
_CHUNK = 65_536

Kind = Literal["text", "html", "records"]
_KINDS: dict[str, Kind] = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/plain": "text",
    "application/json": "records",
    "application/jsonl": "records",
    "application/x-jsonlines": "records",
    "application/x-ndjson": "records",
}


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a URL gave: ``url`` is the one that answered, after redirects."""

    data: bytes
    url: str
    kind: Kind
    charset: str | None


def fetch(url: str, *, settings: Settings) -> Fetched:
    """Fetch one URL.

    Args:
        url: http or https, without user name and password.
        settings: ``timeout_seconds`` bounds the whole fetch except the name server's answer,
            ``max_bytes`` the body before and after unpacking, ``allow_private`` the addresses.

    Raises:
        ReadingError: httpx2 is missing (D310), the address is not public (D320), the URL cannot
            be used (D321), no connection (D322), too slow (D323), too many redirects (D324), an
            HTTP error (D325), not text (D326), too large (D327), broken transfer (D328).
    """
    _require_httpx2(url)
    from detente.reading.transport import open_answer

    deadline = time.monotonic() + settings.timeout_seconds
    at = url
    for _ in range(MAX_REDIRECTS + 1):
        check_url(at)
        with open_answer(at, deadline=deadline, settings=settings) as response:
            target = response.headers.get("location")
            if response.status_code not in _REDIRECTS or not target:
                return _read_answer(response, at, settings=settings)
        at = _joined(at, target)
    raise ReadingError(
        "D324",
        f"{url}: more than {MAX_REDIRECTS} redirects, the last to {at}",
        "Open it in a browser and use the address it ends at.",
    )


def check_url(url: str) -> None:
    """Check that a URL may be fetched at all.

    Raises:
        ReadingError: another scheme than http and https, no host, a bad port, or a user name or
            password in it (D321).
    """
    try:
        parts = urlsplit(url)
        problem = None
        if parts.scheme.lower() not in ("http", "https"):
            problem = f"only http and https can be fetched, not {parts.scheme or 'this'!r}"
        elif not parts.hostname:
            problem = "no host in it"
        elif parts.username is not None or parts.password is not None:
            problem = "it holds a user name or password"
        elif parts.port == 0 or any(char.isspace() or not char.isprintable() for char in url):
            problem = "it holds characters or a port that no URL may have"
    except ValueError as error:
        problem = str(error)
    if problem is not None:
        raise ReadingError(
            "D321",
            f"cannot use the URL {_without_credentials(url)}: {problem}",
            "Give an address such as https://example.org/news/article.html.",
        )


def _without_credentials(url: str) -> str:
    """Blank out what stands before an @, which must not reach a log."""
    scheme, mark, rest = url.partition("://")
    host, slash, path = rest.partition("/")
    return f"{scheme}{mark}{'...@' if '@' in host else ''}{host.rpartition('@')[2]}{slash}{path}"


def _require_httpx2(url: str) -> None:
    try:
        import httpx2  # noqa: F401 - only whether it is there
    except ImportError as error:
        raise ReadingError(
            "D310",
            f"fetching {url} needs httpx2 ({error})",
            "Run: pip install 'detente[reading]'",
        ) from error


def _joined(base: str, target: str) -> str:
    try:
        return urljoin(base, target)
    except ValueError as error:
        raise _broken(base, f"redirect to a bad address, {error}") from error


def _read_answer(response: httpx2.Response, url: str, *, settings: Settings) -> Fetched:
    if response.status_code != 200:
        raise ReadingError(
            "D325",
            f"{url}: the server answered {response.status_code} {response.reason_phrase}",
            "Check that the address is right and open to everyone.",
        )
    media, charset = _content_type(response.headers.get("content-type", ""))
    if media not in _KINDS:
        raise ReadingError(
            "D326",
            f"{url}: the server sent {media or 'no content type'}, not text",
            "Readable: " + ", ".join(_KINDS) + ".",
        )
    encoding = response.headers.get("content-encoding", "identity").strip().lower()
    if encoding not in ("identity", "gzip", "x-gzip", ""):
        raise ReadingError(
            "D328",
            f"{url}: the server packed the answer as {encoding!r} without being asked to",
            "Save the page with a browser and read the file.",
        )
    chunks: Iterable[bytes] = response.iter_raw(_CHUNK)
    if encoding.endswith("gzip"):
        chunks = _unpacked(chunks, url)
    data = bytearray()
    for chunk in chunks:
        data += chunk
        if len(data) > settings.max_bytes:
            raise ReadingError(
                "D327",
                f"{url}: too large, more than {settings.max_bytes:,} bytes",
                "Raise max_bytes, or save the page and keep the part you need.",
            )
    return Fetched(bytes(data), url, _KINDS[media], charset)


def _unpacked(chunks: Iterable[bytes], url: str) -> Iterator[bytes]:
    """Unpack gzip in small steps, so that a tiny answer cannot fill the memory."""
    unpacker = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    try:
        for packed in chunks:
            while packed:
                yield unpacker.decompress(packed, _CHUNK)
                packed = unpacker.unconsumed_tail
        yield unpacker.flush()
    except zlib.error as error:
        raise _broken(url, str(error)) from error
    if not unpacker.eof:
        raise _broken(url, "gzip data cut short")


def _broken(url: str, problem: str) -> ReadingError:
    return ReadingError("D328", f"{url}: broken transfer ({problem})", "Try again later.")


def _content_type(header: str) -> tuple[str, str | None]:
    media, _, options = header.partition(";")
    for option in options.split(";"):
        name, _, value = option.partition("=")
        if name.strip().lower() == "charset" and value.strip():
            return media.strip().lower(), value.strip().strip("\"'")
    return media.strip().lower(), None
