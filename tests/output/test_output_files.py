import os
import stat
from pathlib import Path

import pytest

from detente.errors import OutputError
from detente.output.files import atomic_file

ROOT = hasattr(os, "geteuid") and os.geteuid() == 0


def left_in(folder):
    return sorted(entry.name for entry in folder.iterdir())


def test_the_file_appears_at_the_end(tmp_path):
    path = tmp_path / "out.csv"
    with atomic_file(path) as stream:
        stream.write(b"half")
        assert not path.exists()
    assert path.read_bytes() == b"half"
    assert left_in(tmp_path) == ["out.csv"]


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, GeneratorExit])
def test_an_error_leaves_what_was_there(tmp_path, error):
    path = tmp_path / "out.csv"
    path.write_text("before")
    with pytest.raises(error), atomic_file(path) as stream:
        stream.write(b"x" * 100_000)
        raise error
    assert path.read_text() == "before"
    assert left_in(tmp_path) == ["out.csv"]


def test_a_replaced_file_keeps_its_mode(tmp_path):
    path = tmp_path / "out.csv"
    path.write_text("before")
    path.chmod(0o640)
    with atomic_file(path) as stream:
        stream.write(b"after")
    assert path.read_text() == "after"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_link_stays_a_link(tmp_path):
    target = tmp_path / "target.csv"
    target.write_text("before")
    link = tmp_path / "link.csv"
    link.symlink_to(target)
    with atomic_file(link) as stream:
        stream.write(b"after")
    assert link.is_symlink()
    assert target.read_text() == "after"


def test_a_device_is_written_not_replaced():
    with atomic_file(Path(os.devnull)) as stream:
        stream.write(b"x")
    assert stat.S_ISCHR(os.stat(os.devnull).st_mode)


def test_a_missing_folder_is_refused_before_the_work(tmp_path):
    with pytest.raises(OutputError, match="D501"), atomic_file(tmp_path / "no" / "out.csv"):
        pytest.fail("the block must not run")


def test_a_folder_is_refused(tmp_path):
    with pytest.raises(OutputError, match="it is a folder"), atomic_file(tmp_path):
        pytest.fail("the block must not run")


def test_a_file_as_folder_is_refused(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="D501"), atomic_file(tmp_path / "file" / "out.csv"):
        pytest.fail("the block must not run")


@pytest.mark.skipif(ROOT, reason="root may write anywhere")
def test_a_protected_folder_or_file_is_refused(tmp_path):
    path = tmp_path / "out.csv"
    path.write_text("before")
    path.chmod(0o400)
    with pytest.raises(OutputError, match="write-protected"), atomic_file(path):
        pytest.fail("the block must not run")
    path.unlink()
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(OutputError, match="D501"), atomic_file(path):
            pytest.fail("the block must not run")
    finally:
        tmp_path.chmod(0o700)


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no device that is always full")
def test_a_full_disk_is_our_error():
    with pytest.raises(OutputError, match="D502"), atomic_file(Path("/dev/full")) as stream:
        stream.write(b"x" * 100_000)
        stream.flush()
