"""Full-width letters and digits as half-width ones: what a Chinese input method leaves in a number field."""

_HALF = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}


def half_width(text: str) -> str:
    """Return the text with full-width ASCII (U+FF01…FF5E) and the ideographic space made half-width.

    Nothing else changes; this is deliberately not NFKC, which would rewrite Han characters too (NM-07).
    """
    # Numbers are mostly typed in half width already.
    return text if text.isascii() else text.translate(_HALF)
