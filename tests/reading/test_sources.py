import gzip
import io
import json
import os
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from detente.config import Settings
from detente.errors import ReadingError
from detente.reading import read
from detente.reading.sources import kind_of
from detente.types import Document, Rejection

TEXT = "Russia and the United States held talks in Geneva on Monday."
RECORD = json.dumps({"id": 1, "text": TEXT})


def codes(found):
    return [getattr(item, "code", "ok") for item in found]


def failure(source) -> ReadingError:
    with pytest.raises(ReadingError) as caught:
        list(read(source, settings=Settings()))
    return caught.value


@pytest.mark.parametrize(
    ("name", "kind"),
    [("a.txt", "text"), ("A.TXT.GZ", "text"), ("a.md", "text"), ("a.htm", "html"),
     ("a.jsonl.gz", "records"), ("a.ndjson", "records"), ("a.pdf", None), ("a", None)],
)  # fmt: skip
def test_kinds_by_name(name, kind):
    assert kind_of(name) == kind


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", TEXT),
        ("a.md", TEXT),
        ("a.txt", TEXT.encode("utf-16")),
        ("a.txt.gz", gzip.compress(TEXT.encode())),
        ("a.jsonl", RECORD),
        ("a.jsonl", RECORD.encode("utf-16")),
        ("a.jsonl.gz", gzip.compress(RECORD.encode())),
        ("a.json", "\n\n " + RECORD),
        ("noname", TEXT),
        ("a.eml", RECORD),
    ],
)
def test_one_file(read_file, name, content):
    (doc,) = read_file(name, content)
    assert isinstance(doc, Document)
    assert doc.text == TEXT


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "R301"),
        (b" \n ", "R301"),
        (b"abc\0", "R302"),
        (b"%PDF-1.4", "R302"),
        (b"Russia said no. " * 100, "R303"),
        (b"=" * 900, "R304"),
    ],
)
def test_files_that_are_rejected(read_file, content, code):
    (rejection,) = read_file("a.txt", content, max_bytes=1_000)
    assert isinstance(rejection, Rejection)
    assert rejection.code == code
    assert rejection.where.endswith("a.txt")


def test_given_date(read_file):
    (doc,) = read_file("a.txt", TEXT, date=date(2023, 2, 18))
    assert (doc.date, doc.date_basis) == (date(2023, 2, 18), "given")


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (TEXT.encode(), ["ok"]),
        ((RECORD + "\n" + RECORD).encode(), ["ok", "ok"]),
        ((RECORD + "\n" + RECORD).encode("utf-16"), ["ok", "ok"]),
        (("\n" + RECORD + "\n{").encode(), ["ok", "R310"]),
        (b"", ["R301"]),
    ],
)
def test_standard_input(monkeypatch, data, found):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    assert codes(read("-", settings=Settings())) == found


def test_records_flow_while_they_are_written(monkeypatch):
    reader, writer = os.pipe()
    monkeypatch.setattr(sys, "stdin", os.fdopen(reader, encoding="utf-8"))
    found = read("-", settings=Settings())
    os.write(writer, (RECORD + "\n").encode())
    assert isinstance(next(found), Document)
    os.write(writer, b"{broken\n")
    assert isinstance(next(found), Rejection)
    os.close(writer)
    assert list(found) == []


def test_cut_gzip_records_keep_what_came_before(tmp_path):
    lines = "".join(f'{{"id": {n}, "text": "{TEXT} {n}"}}\n' for n in range(3_000))
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress(lines.encode())[:-200])
    found = codes(read(path, settings=Settings()))
    assert found[0] == "ok"
    assert found[-1] == "R332"


def make_folder(root: Path) -> None:
    (root / "b").mkdir()
    (root / ".git").mkdir()
    (root / ".git" / "x.txt").write_text(TEXT)
    (root / ".hidden.txt").write_text(TEXT)
    (root / "c.txt").write_text(TEXT)
    (root / "b" / "a.jsonl").write_text(RECORD + "\n{broken\n")
    (root / "a.md").write_text(TEXT)
    (root / "scan.pdf").write_bytes(b"%PDF-1.4")
    (root / "README").write_text(TEXT)


def test_a_folder_is_read_in_order(tmp_path):
    make_folder(tmp_path)
    found = list(read(str(tmp_path), settings=Settings()))
    assert codes(found) == ["R330", "ok", "ok", "R310", "ok", "R330"]
    unsupported = [item.where for item in found if getattr(item, "code", "") == "R330"]
    assert [Path(where).name for where in unsupported] == ["README", "scan.pdf"]


def test_a_folder_with_nothing_readable(tmp_path):
    (tmp_path / "a.pdf").write_bytes(b"%PDF")
    (tmp_path / "b.pdf").write_bytes(b"%PDF")
    error = failure(str(tmp_path))
    assert error.code == "D303"
    assert "2 .pdf" in error.problem
    assert ".jsonl" in error.remedy


def test_unreadable_members_do_not_stop_a_folder(tmp_path):
    (tmp_path / "a.txt").symlink_to(tmp_path / "gone.txt")
    (tmp_path / "b.txt").write_text(TEXT)
    os.mkfifo(tmp_path / "c.txt")
    assert codes(read(str(tmp_path), settings=Settings())) == ["R331", "ok", "R330"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_permission_denied(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(TEXT)
    path.chmod(0)
    assert failure(str(path)).code == "D302"
    (tmp_path / "b.txt").write_text(TEXT)
    assert codes(read(str(tmp_path), settings=Settings())) == ["R331", "ok"]


def test_permission_denied_for_everyone(tmp_path, monkeypatch):
    def deny(self, *args, **kwargs):
        raise PermissionError(13, "Permission denied")

    (tmp_path / "a.txt").write_text(TEXT)
    monkeypatch.setattr(Path, "open", deny)
    assert failure(str(tmp_path / "a.txt")).code == "D302"
    assert codes(read(str(tmp_path), settings=Settings())) == ["R331"]


@pytest.mark.parametrize(
    ("source", "remedy"),
    [
        ("artcle.txt", "article.txt"),
        ("nothing-like-it", "standard input"),
        ("www.example.org/news", "https://www.example.org/news"),
        ("Russia attacked Ukraine on Monday", "echo"),
        ("bad\0name", "standard input"),
        ("x" * 5_000, "standard input"),
        ("", "standard input"),
    ],
)
def test_missing_paths(tmp_path, monkeypatch, source, remedy):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "article.txt").write_text(TEXT)
    error = failure(source)
    assert error.code == "D301"
    assert remedy in error.remedy


def test_other_schemes_are_refused():
    assert failure("ftp://example.org/a.txt").code == "D321"


def test_a_page_that_goes_by_the_name_of_text(read_file):
    pytest.importorskip("trafilatura", exc_type=ImportError)
    (doc,) = read_file("a.txt", f"<html><body><article><p>{TEXT}</p></article></body></html>")
    assert isinstance(doc, Document)
    assert doc.text == TEXT


def test_importing_loads_nothing_heavy():
    import subprocess

    code = "import sys, detente.reading; print([m for m in sys.modules])"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout
    for heavy in ("trafilatura", "htmldate", "httpx2", "httpcore2", "py3langid", "numpy", "lxml"):
        assert f"'{heavy}'" not in loaded


NAMES = st.sampled_from(["a.txt", "a.md", "a.jsonl", "a.txt.gz", "a.bin"])
PREFIXES = st.sampled_from(
    [b"", b"{", b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"\x1f\x8b\x08\x00"]
)


@given(NAMES, PREFIXES, st.binary(max_size=300))
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_never_crash(tmp_path, name, prefix, data):
    path = tmp_path / name
    path.write_bytes(prefix + data)
    for item in read(str(path), settings=Settings(max_bytes=250)):
        assert isinstance(item, Document | Rejection)
