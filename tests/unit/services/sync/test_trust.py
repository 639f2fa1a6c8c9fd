"""Whose certificates are believed, and what is said of one that is not."""

import ssl
from datetime import timedelta

import pytest

from desk import clock
from desk.errors import HubProblem
from desk.services.sync import trust
from tests.fakes import FakeClock

CHAIN = (b"leaf", b"authority")


def test_a_pin_names_one_certificate_of_a_chain() -> None:
    pin = trust.pin_of(b"authority")
    assert len(pin.replace("-", "")) == 20
    assert ssl.PEM_cert_to_DER_cert(trust.authority_in(CHAIN, pin)) == b"authority"
    for chain in ((), CHAIN[:1]):
        with pytest.raises(HubProblem) as told:
            trust.authority_in(chain, pin)
        assert told.value.field == "pin"


def test_without_a_county_authority_the_system_decides_in_full() -> None:
    made = trust.context("")
    assert (made.verify_mode, made.check_hostname) == (ssl.CERT_REQUIRED, True)


def wrong(code: int) -> ssl.SSLCertVerificationError:
    error = ssl.SSLCertVerificationError(1, "certificate verify failed")
    error.verify_code = code
    return error


def test_the_cause_is_found_however_deep() -> None:
    outer = OSError("outer")
    assert trust.cause_of(outer) is None
    outer.__context__ = RuntimeError()
    outer.__context__.__cause__ = wrong(9)
    found = trust.cause_of(outer)
    assert found is not None
    assert trust.is_of_time(found)


@pytest.mark.parametrize(
    ("ahead", "field", "words"),
    [
        (timedelta(days=365), "clock", "快了 365 天"),
        (timedelta(days=-3), "clock", "慢了 3 天"),
        (timedelta(hours=-2), "clock", "慢了 2 小时"),
        (timedelta(minutes=5), "certificate", "过期了或还没生效"),
        (None, "certificate", "日期核对不上"),
    ],
)
def test_a_wrong_clock_is_told_from_a_bad_certificate(
    ahead: timedelta | None, field: str, words: str, fake_clock: FakeClock
) -> None:
    theirs = None if ahead is None else clock.now() - ahead
    told = trust.refusal(wrong(10), theirs)
    assert told.field == field
    assert words in told.sentence
    assert "没有发送任何数据" in told.sentence
    assert told.way_out


def test_another_fault_is_not_the_clocks() -> None:
    assert trust.refusal(wrong(18), None).field == "certificate"
    assert not trust.is_of_time(wrong(18))
