"""Tickets and the messages of enrolling."""

from dataclasses import replace

import pytest

from desk.wire.codecs import WireError
from desk.wire.enrolling import Enrol, Enrolled, Ticket

KEY = bytes(range(32))
ASK = Enrol("7K2M", "d1", KEY, "S:1")
ANSWER = Enrolled("station", "示例县", "示例站", KEY)


@pytest.mark.parametrize("pin", ["", "AAAA-BBBB"])
def test_a_ticket_is_what_a_scanner_types(pin: str) -> None:
    ticket = Ticket("https://hub.example", "7K2M-AAAA", pin)
    assert Ticket.read(f"  {ticket.to_text()}\n") == ticket
    assert Ticket.read(ticket.to_text().replace("JDT1", "ＪＤＴ１")) == ticket


@pytest.mark.parametrize("typed", ["", "7K2M-AAAA", "JDT1", "JDT1 https://hub.example", "JDT2 a b"])
def test_what_is_no_ticket(typed: str) -> None:
    assert Ticket.read(typed) is None


def test_the_messages_read_back() -> None:
    assert Enrol.decode(ASK.encode()) == ASK
    for answer in (ANSWER, replace(ANSWER, scope="S:1")):
        assert Enrolled.decode(answer.encode()) == answer


def test_an_older_hub_says_no_scope() -> None:
    assert Enrolled.decode(ANSWER.encode().replace(b',"scope":""', b"")) == ANSWER


@pytest.mark.parametrize("key", ["", "zz", "00" * 31, "00" * 33])
def test_a_key_is_a_key(key: str) -> None:
    with pytest.raises(WireError):
        Enrol.decode(ASK.encode().replace(KEY.hex().encode(), key.encode()))
