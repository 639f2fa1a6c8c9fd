"""The A5 receipt and its stub (F-53, XF-07; issue A, section 5)."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desk.errors import PaperProblem
from desk.services.pdf import decode, receipt, render
from desk.services.pdf.receipt_values import ReceiptPaper, ReceiptRow
from tests.paper_samples import CODE, MINORITY, MISSING, MIXED, RARE, RECEIPT, fonts, outside, texts


def test_everything_f53_and_xf07_ask_for_is_on_it() -> None:
    front, stub = texts(receipt.draw(RECEIPT))
    wanted = [RECEIPT.title, RECEIPT.station, RECEIPT.number, RECEIPT.spoken, RECEIPT.visitor]
    wanted += [RECEIPT.at_text, RECEIPT.receivers, RECEIPT.issued_text, *RECEIPT.notes]
    wanted += [part for row in RECEIPT.rows for part in (row.label, row.strong + row.text)]
    for words in wanted:
        assert "".join(words.split()) in front
    for words in ("存根", RECEIPT.number, "来访人签名", "接待代表签名", "登记人签名", RECEIPT.registrar):
        assert words in stub


@pytest.mark.parametrize("dpi", [75, 300])
def test_the_code_reads_back(dpi: int) -> None:
    assert decode.codes(receipt.draw(RECEIPT), dpi=dpi) == (decode.Found(0, CODE),)


def test_a_plain_receipt_says_number_and_phone_only() -> None:
    """product.md, Safe: not who, not why, not where; the drawer leaves them out by itself."""
    note = "请凭查询号到本站或拨 0000-1234567 询问"
    front, stub = texts(receipt.draw(replace(RECEIPT, plain=True, notes=(note,))))
    assert sorted(front) == sorted(
        "查询单查询号407188263登记号LF2026-A0312电话0000-1234567" + note.replace(" ", "")
    )
    for words in ("陈", "积水", "城建办", "王某某", "赵某"):
        assert words not in stub
    assert decode.codes(receipt.draw(replace(RECEIPT, plain=True))) == (decode.Found(0, CODE),)


@pytest.mark.parametrize("plain", [False, True])
def test_a_reprint_says_so(plain: bool) -> None:
    first = texts(receipt.draw(replace(RECEIPT, plain=plain)))
    again = texts(receipt.draw(replace(RECEIPT, plain=plain, reprint=2)))
    assert not any("补打" in page for page in first)
    assert all("补打第2次" in page for page in again[:1])


@pytest.mark.parametrize("name", [RARE, *MINORITY, "王" + "某" * 59, "N" * 60, "欧阳𬱖"])
def test_any_name_is_on_it_whole_and_on_the_page(name: str) -> None:
    """domain.md 11 and NM-02: rare, minority and 60-character names."""
    pdf = receipt.draw(replace(RECEIPT, visitor=f"{name}（3 人）"))
    assert f"{name}（3人）" in texts(pdf)[0]
    assert outside(pdf) == []


def test_a_missing_glyph_stops_the_paper_with_its_name_and_place() -> None:
    with pytest.raises(PaperProblem, match=r"来访人.*U\+3FFFD"):
        receipt.draw(replace(RECEIPT, visitor=MISSING))
    with pytest.raises(PaperProblem, match=r"事项.*U\+E000"):
        receipt.draw(replace(RECEIPT, rows=(ReceiptRow("事项", "\ue000"),)))


def test_long_words_shrink_then_end_with_an_ellipsis() -> None:
    long = tuple(ReceiptRow(row.label, "很长的答复说明。" * 60) for row in RECEIPT.rows)
    pdf = receipt.draw(replace(RECEIPT, rows=long))
    assert "…" in texts(pdf)[0]
    assert outside(pdf) == []
    assert decode.codes(pdf) == (decode.Found(0, CODE),)


def test_fonts_are_embedded_and_the_file_is_small(tmp_path: Path) -> None:
    """issue A, section 7: ≤ 60 KB with the fallback face included."""
    pdf = receipt.draw(replace(RECEIPT, visitor="王𬱖𬸣𣇉（1 人）"))
    assert len(pdf) <= 60_000
    listed = fonts(pdf, tmp_path)
    assert {name.split("+")[-1] for name, *_flags in listed} == {
        "NotoSansSC-Regular",
        "NotoSansSC-Bold",
        "HanaMinB",
    }
    assert all(flags == ["yes", "yes", "yes"] for _name, *flags in listed)


def test_it_is_one_a5_sheet_and_its_stub() -> None:
    pictures = render.pages(receipt.draw(RECEIPT), 72)
    assert [picture.size for picture in pictures] == [(596, 420), (596, 420)]


@settings(max_examples=60, deadline=None)
@given(MIXED, MIXED, MIXED, st.booleans())
def test_any_words_are_drawn_inside_the_page_or_refused(
    visitor: str, label: str, words: str, plain: bool
) -> None:
    paper: ReceiptPaper = replace(
        RECEIPT,
        visitor=visitor,
        station=words,
        receivers=visitor,
        registrar=words,
        rows=(ReceiptRow(label, words, strong=visitor), ReceiptRow("处理", visitor)),
        notes=(words, visitor),
        plain=plain,
    )
    try:
        pdf = receipt.draw(paper)
    except PaperProblem as problem:
        assert "U+" in problem.sentence  # noqa: PT017 - either outcome is right, any other error is not
        return
    assert outside(pdf) == []
    assert "\u202e" not in "".join(texts(pdf))
