"""The HTTP client: connects only to judged addresses, and never past the deadline.

httpx2 lets a request wait once per read; a server that sends one byte a second would never be
given up. So every wait below is cut to what is left of the whole.
"""

from __future__ import annotations

import ssl
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import httpcore2
import httpx2

from detente.config import Settings
from detente.errors import ReadingError
from detente.reading.addresses import is_public, resolve


@contextmanager
def open_answer(url: str, *, deadline: float, settings: Settings) -> Iterator[httpx2.Response]:
    """GET one URL, without following redirects, as a stream.

    Args:
        url: checked already.
        deadline: ``time.monotonic()`` at which everything must be done.
        settings: ``allow_private`` lets private addresses through.

    Raises:
        ReadingError: a private address (D320), no connection (D322), too slow (D323), broken
            transfer (D328); also while the body is read inside the ``with``.
    """
    from detente import __version__

    backend = _Backend(url, deadline, allow_private=settings.allow_private)
    client = httpx2.Client(
        transport=_Transport(backend),
        trust_env=False,
        headers={
            "User-Agent": f"detente/{__version__} (+event coder)",
            "Accept": "text/html, application/xhtml+xml, text/plain, application/json",
            "Accept-Encoding": "gzip",
        },
    )
    try:
        with client, client.stream("GET", url, timeout=None) as response:
            yield response
    except (httpx2.TimeoutException, httpcore2.TimeoutException) as error:
        raise ReadingError(
            "D323",
            f"{url}: not finished within {settings.timeout_seconds:g} seconds",
            "Try again later, or raise timeout_seconds.",
        ) from error
    except (httpx2.ConnectError, httpcore2.ConnectError) as error:
        raise ReadingError(
            "D322",
            f"{url}: cannot connect ({error})",
            "Check the URL and the network connection.",
        ) from error
    except httpx2.InvalidURL as error:
        raise ReadingError("D321", f"cannot use the URL {url}: {error}", "Check it.") from error
    except (httpx2.HTTPError, httpcore2.NetworkError, httpcore2.ProtocolError) as error:
        raise ReadingError(
            "D328", f"{url}: broken transfer ({error})", "Try again later."
        ) from error


class _Transport(httpx2.BaseTransport):
    """httpx2's own transport takes no network backend, so the pool is driven here."""

    def __init__(self, backend: httpcore2.NetworkBackend) -> None:
        self._pool = httpcore2.ConnectionPool(
            ssl_context=httpx2.create_ssl_context(), network_backend=backend
        )

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        answer = self._pool.handle_request(
            httpcore2.Request(
                request.method,
                httpcore2.URL(
                    scheme=request.url.raw_scheme,
                    host=request.url.raw_host,
                    port=request.url.port,
                    target=request.url.raw_path,
                ),
                headers=request.headers.raw,
                content=request.stream,
                extensions=request.extensions,
            )
        )
        return httpx2.Response(
            answer.status, headers=answer.headers, stream=_Body(answer), request=request
        )

    def close(self) -> None:
        self._pool.close()


class _Body(httpx2.SyncByteStream):
    """The body of an answer, closed with it."""

    def __init__(self, answer: httpcore2.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        yield from self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()


class _Backend(httpcore2.NetworkBackend):
    """Resolves a host once, judges its addresses and connects to one of those."""

    def __init__(self, url: str, deadline: float, *, allow_private: bool) -> None:
        self._url = url
        self._deadline = deadline
        self._allow_private = allow_private
        self._sockets = httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        addresses = resolve(host, port, url=self._url, allow_private=self._allow_private)
        failure: Exception = httpcore2.ConnectError("no address")
        for address in addresses:
            try:
                stream = self._sockets.connect_tcp(
                    address, port, timeout=_left(self._deadline), socket_options=socket_options
                )
            except httpcore2.ConnectError as error:
                failure = error
                continue
            self._check_peer(stream, host)
            return _TimedStream(stream, self._deadline)
        raise failure

    def _check_peer(self, stream: httpcore2.NetworkStream, host: str) -> None:
        """Look at who really answered: a second lock on the same door."""
        peer = str(stream.get_extra_info("server_addr")[0])
        if not self._allow_private and not is_public(peer):
            stream.close()
            raise ReadingError(
                "D320",
                f"{self._url}: {host!r} answered from {peer}, which is not a public address",
                "Fetch it yourself, or set allow_private if you trust this URL.",
            )


class _TimedStream(httpcore2.NetworkStream):
    """A connection on which no wait outlasts the deadline."""

    def __init__(self, inner: httpcore2.NetworkStream, deadline: float) -> None:
        self._inner = inner
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, _left(self._deadline))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, _left(self._deadline))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore2.NetworkStream:
        secured = self._inner.start_tls(ssl_context, server_hostname, _left(self._deadline))
        return _TimedStream(secured, self._deadline)

    def get_extra_info(self, info: str) -> Any:  # noqa: ANN401 - httpcore2's signature
        return self._inner.get_extra_info(info)


def _left(deadline: float) -> float:
    """Give the seconds left, or give up."""
    left = deadline - time.monotonic()
    if left <= 0:
        raise httpcore2.ReadTimeout("deadline passed")
    return left
