"""A new key, asked for by who holds it."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.wire import signing
from desk.wire.codecs import WireError
from desk.wire.rotating import Rotate, Rotated

KEY = bytes(range(32))


@given(device=st.text("0123456789abcdef-", min_size=1, max_size=64), key=st.binary(min_size=32, max_size=32))
def test_what_is_asked_comes_back_and_is_proved(device: str, key: bytes) -> None:
    ask = Rotate.to(device, key)
    read = Rotate.decode(ask.encode())
    assert read == ask
    assert read.is_proved
    assert read.public_key == signing.public_of(key)


def test_nobody_brings_a_key_they_do_not_hold() -> None:
    ask = Rotate.to("d1", KEY)
    other = Rotate.to("d1", KEY[::-1])
    for forged in (
        replace(ask, device="d2"),
        replace(ask, public_key=other.public_key),
        replace(ask, proof=other.proof),
        replace(ask, proof=b""),
    ):
        assert not forged.is_proved


@pytest.mark.parametrize(
    "raw",
    [b"{}", b'{"device": "d1"}', Rotate.to("d1", KEY).encode().replace(b'"proof":"', b'"proof":"zz')],
)
def test_what_is_no_message_is_refused(raw: bytes) -> None:
    with pytest.raises(WireError):
        Rotate.decode(raw)


def test_the_answer_names_the_device() -> None:
    assert Rotated.decode(Rotated("d1").encode()) == Rotated("d1")
