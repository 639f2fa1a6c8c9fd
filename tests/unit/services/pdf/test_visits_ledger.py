"""接待选民登记簿 on A4 landscape: derived row numbers, totals, page numbers."""

from dataclasses import replace

import pytest
from hypothesis import given, settings

from desk.errors import PaperProblem
from desk.rules.labels import RATING, REPLY_WAY, VISIT_KIND
from desk.services.pdf import page, render, visits_ledger
from desk.services.pdf.page import Sheet
from desk.services.pdf.visits_ledger import LedgerRow, VisitsLedger
from tests.paper_samples import MISSING, MIXED, RARE, outside, texts

ROW = LedgerRow(
    number="LF2026-A0001",
    at_text="11-23 10:30",
    name="陈**",
    headcount=2,
    kind="来站",
    subject="小区雨后积水，下水道不通",
    category="城乡建设",
    receivers="王某某、李某",
    outcome="拟交办",
    reply_text="11-24 电话",
    rating="满意",
)
LEDGER = VisitsLedger(
    title="接待选民登记簿",
    station="示例镇人大代表联络站",
    period_text="2026 年 11 月 1 日 至 2026 年 11 月 30 日",
    printed_text="打印于 2026 年 11 月 30 日",
    batches=60,
    people=120,
    rows=tuple(replace(ROW, number=f"LF2026-A{number:04}") for number in range(1, 61)),
)


def test_rows_are_numbered_here_and_counted_in_batches_and_people() -> None:
    """product.md, Numbers: 序号 is derived when the ledger is printed."""
    pdf = visits_ledger.draw(LEDGER)
    pages = texts(pdf)
    assert len(pages) > 1
    assert all(f"第{number}页共{len(pages)}页" in page for number, page in enumerate(pages, 1))
    assert all("反映事项" in page for page in pages)
    assert "60LF2026-A0060" in pages[-1]
    assert "合计60批次120人次" in pages[-1]
    assert "合计" not in "".join(pages[:-1])
    assert [picture.width > picture.height for picture in render.pages(pdf, 20)] == [True] * len(pages)
    assert outside(pdf) == []


def test_an_empty_period_is_a_page_with_zeros() -> None:
    pages = texts(visits_ledger.draw(replace(LEDGER, rows=(), batches=0, people=0)))
    assert len(pages) == 1
    assert "合计0批次0人次" in pages[0]


def test_long_and_rare_words_stay_in_their_cells() -> None:
    row = replace(ROW, name=RARE, subject="很长的事由。" * 60, receivers="王某某、" * 30)
    pdf = visits_ledger.draw(replace(LEDGER, rows=(row,) * 12))
    assert outside(pdf) == []
    assert texts(pdf)[0].count(RARE) >= 5


@pytest.mark.parametrize("kind", VISIT_KIND.values())
def test_an_ordinary_row_is_one_line_high(kind: str) -> None:
    """The words of the choices are not broken: 基本满意, 11-24 电话."""
    sheet = Sheet(page.A4_LANDSCAPE, "接待选民登记簿")
    short = visits_ledger._lay(sheet, replace(ROW, number="A", at_text="", reply_text="", receivers=""), 1)
    for rating, way in zip(RATING.values(), REPLY_WAY.values(), strict=False):
        row = replace(ROW, kind=kind, rating=rating, reply_text=f"11-24 {way}", name="不愿透露")
        assert visits_ledger._lay(sheet, row, 1000).height == short.height


def test_a_missing_glyph_names_its_column() -> None:
    with pytest.raises(PaperProblem, match="反映事项"):
        visits_ledger.draw(replace(LEDGER, rows=(replace(ROW, subject=MISSING),)))


@settings(max_examples=20, deadline=None)
@given(MIXED, MIXED)
def test_any_words_are_drawn_inside_the_page_or_refused(name: str, words: str) -> None:
    row = replace(ROW, name=name, subject=words, category=name, receivers=words, reply_text=name)
    try:
        pdf = visits_ledger.draw(replace(LEDGER, title=words, station=name, rows=(row, row)))
    except PaperProblem as problem:
        assert "U+" in problem.sentence  # noqa: PT017 - either outcome is right, any other error is not
        return
    assert outside(pdf) == []
