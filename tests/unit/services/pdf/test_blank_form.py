"""Blank F-50 forms with reserved numbers (product.md, Paper and back)."""

from dataclasses import replace

from desk.rules import labels
from desk.services.pdf import blank_form, render
from desk.services.pdf.blank_form import BlankForm
from tests.paper_samples import outside, texts

FORM = BlankForm(
    station="示例镇人大代表联络站",
    phone="0000-1234567",
    numbers=(("LF2026-A0401", "4071 8826 3"), ("LF2026-A0402", "5071 8826 8")),
    categories=tuple(f"类别{number}名" for number in range(20)),
    notice="仅为办理所反映事项使用；不收费。",
    consents=("同意电话回访", "同意承办单位联系我"),
)


def test_each_page_has_its_own_number() -> None:
    pages = texts(blank_form.draw(FORM))
    assert [number in page for (number, _spoken), page in zip(FORM.numbers, pages, strict=True)] == [True] * 2
    assert FORM.numbers[0][0] not in pages[1]


def test_the_form_asks_what_f50_asks() -> None:
    page = texts(blank_form.draw(FORM))[0]
    for label in (
        "接待时间",
        "地点",
        "来访人",
        "电话",
        "性别/年龄段",
        "住址或网格",
        "同行人数",
        "来访形式",
        "接待代表",
    ):
        assert label in page
    for label in ("反映问题", "诉求", "代表意见", "类别", "处理", "级别", "来访人签名", "登记人", "特别情况"):
        assert label in page
    assert all(category in page for category in FORM.categories)


def test_what_is_ticked_is_what_the_desk_offers() -> None:
    page = texts(blank_form.draw(FORM))[0]
    offered = (
        labels.VISIT_KIND,
        labels.OUTCOME,
        labels.LEVEL,
        labels.SAFETY,
        labels.OWN_VOTER,
        labels.AGE_BAND,
    )
    words = {word for each in offered for code, word in each.items() if code not in ("message", "")}
    for word in (*words, "强制报告", "涉法涉诉", *FORM.consents):
        assert word.replace(" ", "") in page, word


def test_many_categories_stay_in_their_cell() -> None:
    pdf = blank_form.draw(replace(FORM, categories=tuple(f"很长的类别名称{n}" for n in range(40))))
    assert outside(pdf) == []
    assert render.page_count(pdf) == 2
