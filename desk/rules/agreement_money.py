"""Sums of an agreement: read as a clerk types them, shown in figures and Han words that cannot disagree.

A sum is a whole number of fen everywhere; both spellings are made from it and neither is ever stored.
"""

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Final

from desk.errors import InputProblem
from desk.rules.numerals import amount_words, parse_amount
from desk.rules.width import half_width

MAX_DIGITS: Final = 10
"""Digits of yuan one sum may have. Eleven digits are a mobile number that slipped into the wrong field."""

MAX_FEN: Final = 10 ** (MAX_DIGITS + 2) - 1

_TEN_THOUSANDS = re.compile(r"([0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?)万")
_WHOLE = re.compile(r"[0-9,]+")


def read_amount(text: str) -> int:
    """Return the fen of a typed sum: 2,600 · 2600.5 · １２００ · ￥300 · 300元 · 1.2万.

    1.2万 is read exactly (12,000.00); 2万6 and Han numerals are refused, because people mean different sums
    by them. Raises InputProblem (field `amount`) for that, more than two decimals, a negative sum and more
    than `MAX_DIGITS` digits of yuan.
    """
    bare = re.sub(r"\s", "", half_width(text)).lstrip("¥￥").removesuffix("整").removesuffix("元")
    if not bare:
        raise InputProblem("请填写金额。", way_out="只写数字，例如 2600，单位是元。", field="amount")
    if bare.startswith(("-", "－", "−")):
        raise InputProblem("金额不能是负数。", way_out="请填写大于 0 的金额。", field="amount")
    typed = _TEN_THOUSANDS.fullmatch(bare)
    if typed:
        exact = Decimal(typed[1].replace(",", "")) * 10_000
        bare = f"{exact.normalize():f}"
    whole = _WHOLE.match(bare)
    if whole and len(whole[0].replace(",", "").lstrip("0")) > MAX_DIGITS:
        raise InputProblem(
            f"金额太大：元的部分最多 {MAX_DIGITS} 位。",
            way_out="请核对是否多打了数字，或者把电话号码填到了金额里。",
            field="amount",
        )
    return parse_amount(bare)


def in_words(typed: str) -> tuple[str, str]:
    """Return a typed sum in Han words, and what is wrong with it; both empty for nothing."""
    if not typed:
        return "", ""
    try:
        return amount_words(read_amount(typed)), ""
    except InputProblem as problem:
        return "", problem.sentence


def figures(fen: int) -> str:
    """Return a sum in figures: 2,600.00 元."""
    return f"{fen // 100:,}.{fen % 100:02} 元"


def both(fen: int) -> str:
    """Return a sum as an agreement writes it: 2,600.00 元（贰仟陆佰元整）."""
    return f"{figures(fen)}（{amount_words(fen)}）"


def in_ten_thousands(fen: int) -> str:
    """Return a sum as statistics show it, in 万元 with four decimals cut to what is there: 0.26, 12.3456.

    Exact to the yuan; fen are rounded half up, as a sheet in 万元 has no place for them.
    """
    yuan = (fen + 50) // 100
    whole, rest = divmod(yuan, 10_000)
    decimals = f"{rest:04}".rstrip("0")
    return f"{whole}.{decimals}" if decimals else str(whole)


def total(sums: Iterable[int | None]) -> int:
    """Return the sum of all clauses that name money, in fen."""
    return sum(fen for fen in sums if fen is not None)
