"""Guarantee 22: what we send never reaches our own machines, and never waits for long."""

import socket
import ssl
import time
from collections.abc import Iterator, Sequence
from ipaddress import ip_address
from pathlib import Path

import pytest
import trustme

from support.outgoing.attempts import NotSent
from support.outgoing.outbound import Outbound
from support.outgoing.public_addresses import by_dns, is_allowed, networks
from support.refusals import UrlRefused
from support.settings import Settings
from tests.support.receivers import Receiver, receiving, speaking

LOOPBACK = networks("127.0.0.0/8")
NOT_PUBLIC = [
    "127.0.0.1", "127.8.8.8", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
    "192.0.0.8", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255",
    "::1", "::", "fe80::1", "fe80::1%lo", "fc00::1", "fd00:ec2::254", "ff02::1", "fec0::1", "2001:db8::1", "100::1",
    "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1",
    "2002:7f00:1::", "2002:a9fe:a9fe::1", "2001:0:7f00:1::", "64:ff9b::7f00:1", "64:ff9b::10.0.0.1", "64:ff9b:1::1",
]


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as found:
        yield found


def kind_of(outbound: Outbound, url: str) -> str:
    with pytest.raises(NotSent) as refused:
        outbound.post(url, b"{}", {})
    return refused.value.kind


class Changing:
    """A name server that answers anew each time it is asked."""

    def __init__(self, *answers: Sequence[str]) -> None:
        self.answers, self.asked = answers, 0

    def __call__(self, host: str, port: int) -> Sequence[str]:
        self.asked += 1
        return self.answers[min(self.asked, len(self.answers)) - 1]


class TestAddresses:
    @pytest.mark.parametrize("address", NOT_PUBLIC)
    def test_that_are_not_public_are_refused(self, address: str) -> None:
        assert not is_allowed(ip_address(address), ())

    @pytest.mark.parametrize("address", ["93.184.215.14", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::8.8.8.8", "2002:808:808::1"])
    def test_that_are_public_are_fine(self, address: str) -> None:
        assert is_allowed(ip_address(address), ())

    def test_of_networks_that_the_operator_names_are_fine_however_they_are_written(self) -> None:
        allowed = networks(" 10.1.0.0/16, fd00::/8 ,")
        assert is_allowed(ip_address("10.1.2.3"), allowed)
        assert is_allowed(ip_address("::ffff:10.1.2.3"), allowed)
        assert is_allowed(ip_address("fd12::1"), allowed)
        assert not is_allowed(ip_address("10.2.0.1"), allowed)

    @pytest.mark.parametrize("text", ["10.0.0.1/8", "10.0.0.0/33", "localhost"])
    def test_in_networks_that_are_none_are_refused_at_the_start(self, text: str) -> None:
        with pytest.raises(ValueError, match="WEBHOOK_NETWORKS|webhook_networks"):
            Settings(webhook_networks=text, _env_file=None)


class TestPost:
    @pytest.mark.parametrize("host", [
        "127.0.0.1", "[::1]", "169.254.169.254", "10.0.0.1", "0.0.0.0", "localhost", "LOCALHOST", "localhost.",
        "2130706433", "0x7f000001", "0177.0.0.1", "127.1", "0", "[::ffff:127.0.0.1]", "[::]",
    ])
    def test_to_our_own_machine_is_refused_however_it_is_written(self, receiver: Receiver, host: str) -> None:
        assert kind_of(Outbound(https_only=False), f"http://{host}:{receiver.port}/") in ("address_refused", "name_unknown")
        assert receiver.got == []

    def test_arrives_in_a_network_that_the_operator_names(self, receiver: Receiver) -> None:
        outbound = Outbound(https_only=False, allowed=LOOPBACK)
        assert outbound.post(receiver.url, b'{"a":1}', {"Rapport-Event-Id": "e1"}) == 204
        (got,) = receiver.got
        assert (got.path, got.body, got.headers["Rapport-Event-Id"]) == ("/hooks", b'{"a":1}', "e1")

    def test_follows_the_settings(self, receiver: Receiver) -> None:
        outbound = Outbound.of(Settings(webhook_networks="127.0.0.1/32", _env_file=None))
        assert outbound.post(receiver.url, b"{}", {}) == 204
        assert kind_of(Outbound.of(Settings(_env_file=None)), receiver.url) == "address_refused"

    def test_keeps_the_name_and_goes_to_the_address_that_was_checked(self, receiver: Receiver) -> None:
        names = Changing(["127.0.0.1"], ["10.0.0.1"])
        outbound = Outbound(https_only=False, allowed=LOOPBACK, resolve=names)
        assert outbound.post(f"http://shop.example:{receiver.port}/x", b"{}", {}) == 204
        assert names.asked == 1
        assert receiver.got[0].headers["Host"] == f"shop.example:{receiver.port}"

    def test_is_refused_if_any_of_the_addresses_is_not_allowed(self, receiver: Receiver) -> None:
        for answer in (["93.184.215.14", "127.0.0.1"], ["127.0.0.1", "93.184.215.14"], []):
            outbound = Outbound(https_only=False, resolve=Changing(answer))
            assert kind_of(outbound, f"http://shop.example:{receiver.port}/") == "address_refused"
        assert receiver.got == []

    def test_is_refused_when_a_name_that_was_fine_leads_inside_the_next_time(self, receiver: Receiver) -> None:
        outbound = Outbound(https_only=False, resolve=Changing(["93.184.215.14"], ["127.0.0.1"]))
        url = f"http://shop.example:{receiver.port}/"
        outbound.check(url)
        assert kind_of(outbound, url) == "address_refused"
        assert receiver.got == []

    def test_tries_the_next_address_when_one_does_not_answer(self, receiver: Receiver) -> None:
        outbound = Outbound(https_only=False, allowed=LOOPBACK, resolve=Changing(["127.0.0.9", "127.0.0.1"]))
        assert outbound.post(f"http://shop.example:{receiver.port}/", b"{}", {}) == 204

    def test_follows_no_redirect(self, receiver: Receiver) -> None:
        with receiving() as inside:
            for status in (301, 302, 303, 307, 308):
                receiver.answer, receiver.location = lambda _, status=status: status, inside.url
                assert Outbound(https_only=False, allowed=LOOPBACK).post(receiver.url, b"{}", {}) == status
            assert inside.got == []

    def test_uses_no_proxy_and_no_password_of_the_environment(
        self, receiver: Receiver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (tmp_path / "netrc").write_text("machine 127.0.0.1 login me password secret\n")
        monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
        with receiving() as proxy:
            for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
                monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")
            assert Outbound(https_only=False, allowed=LOOPBACK).post(receiver.url, b"{}", {}) == 204
            assert proxy.got == []
        assert "Authorization" not in receiver.got[0].headers

    def test_without_tls_is_refused_where_it_is_demanded(self, receiver: Receiver) -> None:
        assert kind_of(Outbound(https_only=True, allowed=LOOPBACK), receiver.url) == "address_refused"
        assert receiver.got == []

    def test_to_a_name_that_is_none_says_so(self) -> None:
        for host in ("nothing.invalid", "a" * 64 + ".example", "xn--\u00fc.example"):
            assert kind_of(Outbound(https_only=False), f"http://{host}/") in ("name_unknown", "no_connection")

    def test_to_a_port_where_nobody_listens_says_so(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as closed:
            port = closed.getsockname()[1]
        assert kind_of(Outbound(https_only=False, allowed=LOOPBACK), f"http://127.0.0.1:{port}/") == "no_connection"


class TestTime:
    outbound = Outbound(https_only=False, allowed=LOOPBACK, seconds=0.5)

    def took(self, url: str) -> float:
        began = time.monotonic()
        assert kind_of(self.outbound, url) == "timed_out"
        return time.monotonic() - began

    def test_is_over_for_one_that_never_answers(self) -> None:
        with speaking(lambda line: time.sleep(3)) as port:
            assert self.took(f"http://127.0.0.1:{port}/") < 2

    def test_is_over_for_one_that_sends_its_headers_letter_by_letter(self) -> None:
        def drip(line: socket.socket) -> None:
            line.sendall(b"HTTP/1.1 200 OK\r\nX-Slow: ")
            while True:
                line.sendall(b"a")
                time.sleep(0.02)

        with speaking(drip) as port:
            assert self.took(f"http://127.0.0.1:{port}/") < 2

    def test_is_over_for_one_that_never_ends_its_greeting(self) -> None:
        with speaking(lambda line: time.sleep(3)) as port:
            assert self.took(f"https://127.0.0.1:{port}/") < 2

    def test_is_over_for_a_body_that_never_ends_and_the_status_counts(self, receiver: Receiver) -> None:
        receiver.drips = True
        began = time.monotonic()
        assert self.outbound.post(receiver.url, b"{}", {}) == 204
        assert time.monotonic() - began < 2

    def test_is_over_before_anything_is_sent_when_the_name_server_is_slow(self, receiver: Receiver) -> None:
        def slow(host: str, port: int) -> Sequence[str]:
            time.sleep(0.7)
            return ["127.0.0.1"]

        outbound = Outbound(https_only=False, allowed=LOOPBACK, seconds=0.5, resolve=slow)
        assert kind_of(outbound, f"http://shop.example:{receiver.port}/") == "timed_out"
        assert receiver.got == []

    def test_no_more_than_64_kib_of_an_answer_are_read(self) -> None:
        taken = []

        def flood(line: socket.socket) -> None:
            line.recv(4096)
            line.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
            try:
                while True:
                    taken.append(line.send(b"x" * 65536))
            except OSError:
                taken.append(0)

        with speaking(flood) as port:
            assert Outbound(https_only=False, allowed=LOOPBACK).post(f"http://127.0.0.1:{port}/", b"{}", {}) == 200
            until = time.monotonic() + 5
            while not taken or taken[-1]:
                assert time.monotonic() < until
                time.sleep(0.01)
        assert sum(taken) < 20 * 1024 * 1024  # what fits into the buffers of both sides


class TestTls:
    @pytest.fixture
    def secure(self, tmp_path: Path) -> Iterator[tuple[Receiver, str]]:
        """A receiver as shop.example, and the file of the authority that vouches for it."""
        authority = trustme.CA()
        authority.cert_pem.write_to_path(str(tmp_path / "authority.pem"))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert("shop.example").configure_cert(context)
        with receiving(context) as receiver:
            yield receiver, str(tmp_path / "authority.pem")

    def test_asks_for_the_name_and_checks_it(self, secure: tuple[Receiver, str]) -> None:
        receiver, trusted = secure
        outbound = Outbound(True, LOOPBACK, trusted, Changing(["127.0.0.1"]))
        assert outbound.post(f"https://shop.example:{receiver.port}/hooks", b"{}", {}) == 204
        assert kind_of(outbound, f"https://another.example:{receiver.port}/hooks") == "tls_failed"
        assert len(receiver.got) == 1

    def test_refuses_a_certificate_that_nobody_vouches_for(self, secure: tuple[Receiver, str]) -> None:
        receiver, _ = secure
        outbound = Outbound(True, LOOPBACK, resolve=Changing(["127.0.0.1"]))
        assert kind_of(outbound, f"https://shop.example:{receiver.port}/hooks") == "tls_failed"
        assert receiver.got == []


class TestCheck:
    public = Changing(["93.184.215.14"])

    @pytest.mark.parametrize("url", ["https://shop.example/hooks", "https://shop.example:8443/h?key=1", "http://shop.example/"])
    def test_lets_an_address_of_the_shops_through(self, url: str) -> None:
        Outbound(https_only=False, resolve=self.public).check(url)

    @pytest.mark.parametrize("url", [
        "", "shop.example", "ftp://shop.example/", "file:///etc/passwd", "https://", "https:///hooks", "javascript:alert(1)",
        "https://me:secret@shop.example/", "https://me@shop.example/", "https://shop.example/#part",
        "https://shop.example/a b", "https://shop.example/\n", "https://shop.example:99999/", "https://[::1/",
        "https://shop.example/" + "x" * 2000,
    ])
    def test_refuses_what_is_no_such_address(self, url: str) -> None:
        with pytest.raises(UrlRefused):
            Outbound(https_only=False, resolve=self.public).check(url)

    @pytest.mark.parametrize("url", ["http://localhost/", "http://127.0.0.1:9/", "https://[::1]/", "http://2130706433/"])
    def test_refuses_what_leads_to_our_own_machine(self, url: str) -> None:
        with pytest.raises(UrlRefused):
            Outbound(https_only=False).check(url)

    def test_refuses_plain_http_in_production(self) -> None:
        with pytest.raises(UrlRefused):
            Outbound(https_only=True, resolve=self.public).check("http://shop.example/")

    def test_lets_a_name_through_that_has_no_address_yet(self) -> None:
        def none(host: str, port: int) -> Sequence[str]:
            raise OSError("unknown")

        Outbound(https_only=True, resolve=none).check("https://soon.example/hooks")


def test_a_name_that_cannot_be_one_has_no_address() -> None:
    with pytest.raises(OSError, match="host name"):
        by_dns("a" * 64 + ".example", 80)
