"""How a message travels: JSON under zstd, with a cap on the bytes it may unfold to."""

import zstandard

from desk.wire.codecs import WireError

ENCODING = "zstd"
"""The value of Content-Encoding."""

MOST_RAW = 8 << 20
"""Most bytes of one message unfolded: a push of 1 MiB, a page of up to 4 MiB, and room."""

MOST_PACKED = 4 << 20
"""Most bytes of one message as it travels."""

_WINDOW = 8 << 20
_LEVEL = 6
_SMALL = 128


def pack(raw: bytes) -> bytes:
    """Compress one message."""
    return zstandard.ZstdCompressor(level=_LEVEL).compress(raw)


def unpack(packed: bytes, most: int = MOST_RAW) -> bytes:
    """Unfold one message, stopping as soon as it grows beyond `most` bytes.

    Raises:
        WireError: not zstd, cut short, something behind its end, or too large.
    """
    if len(packed) > MOST_PACKED:
        raise WireError("too many bytes")
    reader = zstandard.ZstdDecompressor(max_window_size=_WINDOW).decompressobj()
    raw = bytearray()
    try:
        for start in range(0, len(packed), _SMALL):
            raw += reader.decompress(packed[start : start + _SMALL])
            if len(raw) > most:
                raise WireError("unfolds to too many bytes")
            if reader.eof and (reader.unused_data or packed[start + _SMALL :]):
                raise WireError("bytes behind the end")
            if reader.eof:
                return bytes(raw)
    except zstandard.ZstdError as error:
        raise WireError("not zstd") from error
    raise WireError("cut short")
