import gzip
import http.server
import socket
import threading
import time
from collections.abc import Iterator

import pytest

from detente import __version__
from detente.config import Settings
from detente.errors import ReadingError
from detente.reading import read
from detente.reading.fetching import check_url, fetch
from detente.types import Document

pytest.importorskip("httpx2", exc_type=ImportError)

TEXT = "Russia and the United States held talks in Geneva on Monday."
HTML, PLAIN, JSON = "text/html; charset=utf-8", "text/plain; charset=cp1252", "application/jsonl"


class Pages(http.server.BaseHTTPRequestHandler):
    """Answers each path with what a test needs."""

    seen: list[dict[str, str]] = []  # noqa: RUF012 - shared on purpose

    def do_GET(self) -> None:
        Pages.seen.append(dict(self.headers))
        answer = getattr(self, "page_" + self.path.strip("/").split("/")[0], None)
        if answer is None:
            self.send_error(404)
        else:
            answer()

    def give(self, body: bytes, kind: str, **headers: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def move(self, target: str) -> None:
        self.send_response(302)
        self.send_header("Location", target)
        self.end_headers()

    def page_plain(self) -> None:
        self.give(f"{TEXT} Café.".encode("cp1252"), PLAIN)

    def page_records(self) -> None:
        self.give(b'{"id": 1, "text": "%s"}\n{broken\n' % TEXT.encode(), JSON)

    def page_packed(self) -> None:
        self.give(gzip.compress(TEXT.encode()), PLAIN, Content_Encoding="gzip")

    def page_bomb(self) -> None:
        self.give(gzip.compress(b"0" * 3_000_000), PLAIN, Content_Encoding="gzip")

    def page_cut(self) -> None:
        self.give(gzip.compress(TEXT.encode())[:-9], PLAIN, Content_Encoding="gzip")

    def page_brotli(self) -> None:
        self.give(b"xxx", PLAIN, Content_Encoding="br")

    def page_big(self) -> None:
        self.give(b"Russia said no. " * 20_000, PLAIN)

    def page_short(self) -> None:
        self.give(b"abc", PLAIN, Content_Length="1000")

    def page_image(self) -> None:
        self.give(b"\x89PNG", "image/png")

    def page_hop(self) -> None:
        self.move("/plain")

    def page_loop(self) -> None:
        self.move("/loop")

    def page_count(self) -> None:
        left = int(self.path.rsplit("/", 1)[1])
        self.move(f"/count/{left - 1}" if left > 1 else "/plain")

    def page_inside(self) -> None:
        self.move("http://10.0.0.1/secret")

    def page_file(self) -> None:
        self.move("file:///etc/passwd")

    def page_odd(self) -> None:
        self.move("http://[bad/")

    def page_drip(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", PLAIN)
        self.end_headers()
        self.drip()

    def page_driphead(self) -> None:
        self.wfile.write(b"HTTP/1.0 200 OK\r\nX-Slow: ")
        self.drip()

    def drip(self) -> None:
        """One byte at a time: no single wait is long, the whole never ends."""
        try:
            for _ in range(100):
                self.wfile.write(b"a")
                self.wfile.flush()
                time.sleep(0.05)
        except OSError:
            pass

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    thread.join()
    server.server_close()


def local(**changes) -> Settings:
    return Settings(allow_private=True, **changes)


def failure(url: str, settings: Settings) -> ReadingError:
    with pytest.raises(ReadingError) as caught:
        fetch(url, settings=settings)
    assert caught.value.remedy
    return caught.value


def test_text_page(site):
    Pages.seen.clear()
    (doc,) = read(f"{site}/plain", settings=local())
    assert isinstance(doc, Document)
    assert doc.text == f"{TEXT} Café."
    assert doc.url == f"{site}/plain"
    assert Pages.seen[0]["User-Agent"] == f"detente/{__version__} (+event coder)"


def test_records(site):
    found = list(read(f"{site}/records", settings=local()))
    assert [getattr(item, "code", None) for item in found] == [None, "R310"]
    assert found[0].id == "1"


def test_html_page(site, monkeypatch):
    pytest.importorskip("trafilatura", exc_type=ImportError)
    page = (
        f"<html><head><title>Talks end</title></head><body><article><p>{TEXT}</p></article></body>"
    )
    monkeypatch.setattr(
        Pages, "page_html", lambda self: self.give(page.encode(), HTML), raising=False
    )
    (doc,) = read(f"{site}/html", settings=local())
    assert isinstance(doc, Document)
    assert (doc.title, doc.url) == ("Talks end", f"{site}/html")


def test_packed_page(site):
    assert fetch(f"{site}/packed", settings=local()).data == TEXT.encode()


def test_redirects(site):
    assert fetch(f"{site}/hop", settings=local()).url == f"{site}/plain"
    assert fetch(f"{site}/count/5", settings=local()).url == f"{site}/plain"
    assert failure(f"{site}/count/6", local()).code == "D324"
    assert failure(f"{site}/loop", local()).code == "D324"


def test_this_machine_is_refused_unless_allowed(site):
    error = failure(f"{site}/plain", Settings())
    assert error.code == "D320"
    assert f"{site}/plain" in error.problem


def test_redirect_into_a_private_network(site, monkeypatch):
    # The first host passes for public, so that only the redirect's target can be refused.
    from detente.reading import addresses, transport

    real = addresses.is_public
    for module in (addresses, transport):
        monkeypatch.setattr(module, "is_public", lambda ip: ip == "127.0.0.1" or real(ip))
    error = failure(f"{site}/inside", Settings())
    assert error.code == "D320"
    assert "10.0.0.1" in error.problem


def test_the_name_is_resolved_once(site, monkeypatch):
    port = int(site.rsplit(":", 1)[1])
    asked = []
    real = socket.getaddrinfo

    def once(host, *args, **kwargs):
        if host != "rebind.example":
            return real(host, *args, **kwargs)
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    monkeypatch.setattr(socket, "getaddrinfo", once)
    assert fetch(f"http://rebind.example:{port}/plain", settings=local()).kind == "text"
    assert asked == ["rebind.example"]


def test_the_peer_is_checked_after_connecting(site, monkeypatch):
    from detente.reading import transport

    monkeypatch.setattr(transport, "resolve", lambda *args, **kwargs: ["127.0.0.1"])
    assert failure(f"{site}/plain", Settings()).code == "D320"


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("missing", "D325"),
        ("image", "D326"),
        ("big", "D327"),
        ("bomb", "D327"),
        ("brotli", "D328"),
        ("cut", "D328"),
        ("short", "D328"),
        ("odd", "D328"),
        ("file", "D321"),
    ],
)
def test_bad_answers(site, path, code):
    error = failure(f"{site}/{path}", local(max_bytes=100_000))
    assert error.code == code
    assert "/etc/passwd" in error.problem or f"{site}/{path}" in error.problem


@pytest.mark.parametrize("path", ["drip", "driphead"])
def test_slow_servers_are_given_up(site, path):
    # Read to its end, the page would be an answer and no failure.
    assert failure(f"{site}/{path}", local(timeout_seconds=0.4)).code == "D323"


def test_nobody_listens():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert failure(f"http://127.0.0.1:{port}/", local()).code == "D322"


@pytest.mark.parametrize(
    "url",
    ["ftp://example.org/x", "file:///etc/passwd", "http://", "https:///path", "http://[::1/",
     "http://user:secret@example.org/", "http://user@example.org/", "http://example.org:99999/",
     "http://example.org/a b", "gopher://example.org/"],
)  # fmt: skip
def test_urls_that_are_refused(url):
    with pytest.raises(ReadingError) as caught:
        check_url(url)
    assert caught.value.code == "D321"
    assert "secret" not in str(caught.value)
