import socket

import pytest

from detente.errors import ReadingError
from detente.reading.addresses import is_public, resolve


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "1.1.1.1", "2606:4700:4700::1111", "::ffff:8.8.8.8"]
)
def test_public(address):
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "127.8.8.8", "10.0.0.1", "172.16.5.4", "192.168.1.1", "169.254.169.254",
     "100.64.0.1", "0.0.0.0", "224.0.0.1", "240.0.0.1", "255.255.255.255", "192.0.2.1",
     "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1", "2001:db8::1",
     "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a00:1", "2002:7f00:1::",
     "2001:0:4136:e378:8000:63bf:3fff:fdd2", "not an address"],
)  # fmt: skip
def test_not_public(address):
    assert not is_public(address)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "0x7f000001", "::1"])
def test_every_spelling_of_this_machine_is_refused(host):
    with pytest.raises(ReadingError) as caught:
        resolve(host, 80, url=f"http://{host}/", allow_private=False)
    assert caught.value.code in ("D320", "D322")
    assert host in caught.value.problem


def test_allow_private_lets_it_through():
    assert resolve("127.0.0.1", 80, url="u", allow_private=True) == ["127.0.0.1"]


def test_one_private_address_among_public_ones_is_enough(monkeypatch):
    answers = [
        (socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, 80)) for ip in ("8.8.8.8", "10.0.0.1")
    ]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: answers)
    with pytest.raises(ReadingError) as caught:
        resolve("rebind.example", 80, url="http://rebind.example/", allow_private=False)
    assert caught.value.code == "D320"
    assert "10.0.0.1" in caught.value.problem


def test_unknown_host(monkeypatch):
    def fail(*args, **kwargs):
        raise socket.gaierror("Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    with pytest.raises(ReadingError) as caught:
        resolve("nowhere.example", 80, url="http://nowhere.example/", allow_private=False)
    assert caught.value.code == "D322"
