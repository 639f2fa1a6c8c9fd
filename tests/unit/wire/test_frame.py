"""zstd, and bombs of it."""

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from desk.wire import frame
from desk.wire.codecs import WireError


@given(st.binary(max_size=5000))
def test_a_message_comes_back(raw: bytes) -> None:
    assert frame.unpack(frame.pack(raw)) == raw


def test_a_bomb_is_stopped_early() -> None:
    """sync.md 3, fault 27."""
    bomb = zstandard.ZstdCompressor(level=19).compress(bytes(64 << 20))
    assert len(bomb) < 10_000
    with pytest.raises(WireError, match="too many"):
        frame.unpack(bomb)


def test_a_window_beyond_reason_is_refused() -> None:
    parameters = zstandard.ZstdCompressionParameters(window_log=27)
    packed = zstandard.ZstdCompressor(compression_params=parameters).compressobj()
    body = packed.compress(b"x" * 1000) + packed.flush()
    with pytest.raises(WireError, match="not zstd"):
        frame.unpack(body)


def test_too_many_bytes_on_the_way() -> None:
    with pytest.raises(WireError, match="too many"):
        frame.unpack(bytes(frame.MOST_PACKED + 1))


@pytest.mark.parametrize("most", [0, 1, 500])
def test_the_cap_is_exact(most: int) -> None:
    assert frame.unpack(frame.pack(bytes(most)), most) == bytes(most)
    with pytest.raises(WireError):
        frame.unpack(frame.pack(bytes(most + 1)), most)


def test_every_cut_and_every_tail_is_refused() -> None:
    packed = frame.pack("调解协议".encode() * 50)
    for length in range(len(packed)):
        with pytest.raises(WireError):
            frame.unpack(packed[:length])
    for tail in (b"x", packed, bytes(500)):
        with pytest.raises(WireError):
            frame.unpack(packed + tail)
