"""Dates and sums of money in words, and sums read from what was typed (domain.md §12)."""

import re
from datetime import date
from decimal import Decimal

from desk.errors import InputProblem
from desk.rules.width import half_width

_HAN = "〇一二三四五六七八九"
_CAPITAL = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_SMALL_PLACES = ("", "十", "百", "千")
_TEENS = range(10, 20)  # said without 一: 十二, but 一百一十二
_GROUPS = ("", "万", "亿")
_MAX_FEN = 10**14 - 1  # twelve digits of yuan


def han_date(day: date) -> str:
    """Return the date in Han digits with 〇 U+3007, for agreements and plaques: 二〇二六年一月十日 (§12)."""
    year = "".join(_HAN[int(digit)] for digit in f"{day.year:04d}")
    return f"{year}年{han_number(day.month)}月{han_number(day.day)}日"


def official_date(day: date) -> str:
    """Return the date of an official paper, Arabic digits without leading zeros: 2026年1月5日 (DOC-07)."""
    return f"{day.year}年{day.month}月{day.day}日"


def plain_date(day: date) -> str:
    """Return the date as screens, receipts and ledgers write it: 2026 年 1 月 5 日."""
    return f"{day.year} 年 {day.month} 月 {day.day} 日"


def han_number(number: int) -> str:
    """Return 1…9999 as read aloud, for articles and terms: 十二, 一百一十, 一千零四十, 一百八十八."""
    if not 0 < number < 10_000:
        raise ValueError("only 1 to 9999 are said in Han numerals here")
    words, gap = "", False
    for place in range(3, -1, -1):
        digit = number // 10**place % 10
        if digit == 0:
            gap = bool(words)
            continue
        words += ("零" if gap else "") + _HAN[digit] + _SMALL_PLACES[place]
        gap = False
    return words.removeprefix("一") if number in _TEENS else words


def parse_han_number(text: str) -> int | None:
    """Return the number that `han_number` says with these words, or None; 〇 is read as 零."""
    total, digit = 0, 0
    for character in text.replace("零", "〇"):
        if character in _HAN:
            digit = _HAN.index(character)
        elif character in _SMALL_PLACES[1:]:
            total += (digit or 1) * 10 ** _SMALL_PLACES.index(character)
            digit = 0
        else:
            return None
    number = total + digit
    said = han_number(number) if 0 < number < 10_000 else ""
    return number if said and said == text.replace("〇", "零") else None


def amount_words(fen: int) -> str:
    """Return a sum, given in fen, in capital words: 陆仟零柒元壹角肆分 (§12, payment-rule style).

    Raises InputProblem for a negative sum and for more than twelve digits of yuan.
    """
    if fen < 0:
        raise InputProblem("金额不能是负数。", way_out="请填写大于或等于 0 的金额。", field="amount")
    if fen > _MAX_FEN:
        raise InputProblem("金额太大：元的部分最多 12 位。", way_out="请核对是否多打了数字。", field="amount")
    yuan, jiao, rest = fen // 100, fen // 10 % 10, fen % 10
    if fen % 100 == 0:
        return f"{_yuan_words(yuan) or '零'}元整"
    words = f"{_yuan_words(yuan)}元" if yuan else ""
    if yuan and (jiao == 0 or yuan % 10 == 0):
        words += "零"
    if jiao:
        words += f"{_CAPITAL[jiao]}角"
    return words + (f"{_CAPITAL[rest]}分" if rest else "")


def parse_amount(text: str) -> int:
    """Return the fen of a sum typed in yuan: "1,234.5", "￥300", "300元"; full-width digits are understood.

    Raises InputProblem for more than two decimals, more than twelve digits of yuan, or what is no sum at all.
    """
    bare = re.sub(r"\s", "", half_width(text)).removesuffix("元").lstrip("¥￥")
    if not re.fullmatch(r"[0-9]+(?:,[0-9]{3})*(?:\.[0-9]*)?", bare):
        raise InputProblem(
            f"“{text.strip()}”不是能识别的金额。",
            way_out="请只写数字，例如 1234.56，单位是元。",
            field="amount",
        )
    whole, _, decimals = bare.replace(",", "").partition(".")
    if len(decimals) > 2:
        raise InputProblem(
            "金额最多写到分（两位小数）。", way_out="请去掉多余的小数位，例如 12.35。", field="amount"
        )
    fen = int(Decimal(f"{whole}.{decimals or 0}") * 100)
    if fen > _MAX_FEN:
        raise InputProblem("金额太大：元的部分最多 12 位。", way_out="请核对是否多打了数字。", field="amount")
    return fen


def _yuan_words(yuan: int) -> str:
    words, gap = "", False
    for power in range(len(_GROUPS) - 1, -1, -1):
        group = yuan // 10_000**power % 10_000
        if group == 0:
            gap = True
            continue
        # One 零 stands for the zeros in front of a group; a group of thousands needs none (壹拾万柒仟).
        if words and (gap or group < 1000):
            words += "零"
        words += _group_words(group) + _GROUPS[power]
        gap = False
    return words


def _group_words(group: int) -> str:
    """Return 1…9999 in capital words, inner zeros once, outer zeros not at all."""
    words, gap = "", False
    for place in range(3, -1, -1):
        digit = group // 10**place % 10
        if digit == 0:
            gap = bool(words)
            continue
        words += ("零" if gap else "") + _CAPITAL[digit] + _PLACES[place]
        gap = False
    return words
