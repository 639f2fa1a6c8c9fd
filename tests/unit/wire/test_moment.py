"""The hub's signed time."""

from dataclasses import replace

import pytest

from desk.wire import signing
from desk.wire.codecs import WireError
from desk.wire.moment import Moment

SEED = bytes(range(32))
PUBLIC = signing.public_of(SEED)
TOLD = Moment("2026-11-23T09:00:00.000+08:00", "n1").signed(SEED)


def test_what_is_signed_is_by_its_signer_and_reads_back() -> None:
    assert Moment.decode(TOLD.encode()) == TOLD
    assert TOLD.is_by(PUBLIC)
    assert not TOLD.is_by(signing.public_of(bytes(32)))
    for other in (
        replace(TOLD, time="2027-11-23T09:00:00.000+08:00"),
        replace(TOLD, nonce="n2"),
        replace(TOLD, signature="zz"),
        replace(TOLD, signature=""),
    ):
        assert not other.is_by(PUBLIC)
    assert not TOLD.is_by(b"no key")


@pytest.mark.parametrize("nonce", ["", "a b", "\n", "中", "n" * 81])
def test_a_nonce_is_letters_and_digits(nonce: str) -> None:
    with pytest.raises(WireError):
        Moment.decode(replace(TOLD, nonce=nonce).encode())
