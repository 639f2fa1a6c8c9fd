"""Every form against domain.md §3.5 and §6, field by field, on the finished paper; long values too."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pytest

from desk.rules import consultation_codes, dispute_codes, mediation_labels
from desk.services.pdf.consultation import sheet
from desk.services.pdf.forms import layout_file
from desk.services.pdf.forms.form import blanks
from desk.services.pdf.mediation import (
    agreement,
    application,
    authorisation,
    back_cover,
    closing_report,
    committee_proof,
    confirmation_application,
    contents,
    cover,
    dossier_note,
    end_notice,
    follow_up_record,
    inquiry_record,
    oral_agreement,
    referral_letter,
    registration,
    rights_notice,
    sitting_record,
)
from tests import case_papers as papers
from tests.form_checks import words
from tests.paper_samples import MINORITY, RARE, outside, texts

PERSON = (
    *("当事人类型", "性别", "民族", "年龄/出生日期", "职业或职务", "联系方式", "单位或住址"),
    *("身份证件类型/号码", "委托代理人"),
)
PERSON_LINES = ("姓名", "性别", "民族", "年龄/出生日期", "职业或职务", "联系方式", "单位或住址")
DRAWN: Mapping[str, tuple[Callable[..., bytes], Any]] = {
    "f01": (application.draw, papers.APPLICATION),
    "f02": (registration.draw, papers.REGISTRATION),
    "f03": (rights_notice.draw, papers.RIGHTS_NOTICE),
    "f04": (authorisation.draw, papers.AUTHORISATION),
    "f05": (inquiry_record.draw, papers.INQUIRY),
    "f06": (sitting_record.draw, papers.SITTING),
    "f07": (agreement.draw, papers.AGREEMENT),
    "f08": (oral_agreement.draw, papers.AGREEMENT),
    "f09": (follow_up_record.draw, papers.FOLLOW_UP),
    "f10": (confirmation_application.draw, papers.CONFIRMATION),
    "f10_proof": (committee_proof.draw, papers.PROOF),
    "f11": (closing_report.draw, papers.CLOSING),
    "f12": (end_notice.draw, papers.END_NOTICE),
    "f12_referral": (referral_letter.draw, papers.REFERRAL),
    "f13": (cover.draw, papers.COVER),
    "f13_contents": (contents.draw, papers.CONTENTS),
    "f13_note": (dossier_note.draw, papers.NOTE),
    "f13_back": (back_cover.draw, papers.BACK),
    "f40": (sheet.draw, papers.CONSULTATION),
}
FIELDS: Mapping[str, tuple[str, ...]] = {
    "f01": (
        *("申请人", "被申请人", *PERSON, "纠纷简要情况", "当事人申请事项", "1.", "2.", "3."),
        *("有关规定告知我", "自愿申请", "签名、盖章或者按指印", "2026年11月3日", "口头陈述"),
    ),
    "f02": (
        *("受理日期", "人民调解委员会", "申请人", "被申请人", *PERSON, "纠纷类型", "案件来源"),
        *("当事人申请", "调委会主动调解", "纠纷简要情况", "当事人（签名）", "登记人（签名）"),
        *("人民调解委员会（印章）", "盖章处", "备注"),
    ),
    "f03": (
        *("不收取任何费用", "选择或者接受人民调解员", "接受调解、拒绝调解，或者要求终止调解"),
        *("公开进行或者不公开进行", "自主表达意愿", "如实陈述", "遵守调解现场秩序", "尊重对方当事人"),
        *("仲裁、行政、司法等途径", "具有法律约束力", "督促履行", "三十日内共同向人民法院申请司法确认"),
        *("强制执行", "告知人", "告知时间", "告知方式", "口头", "书面", "当事人（签名、盖章或者按指印）"),
    ),
    "f04": (
        *("委托人", "受委托人", "与委托人关系", "代为申请、终止调解", "代为收集、提供证据"),
        *("代为选择调解员", "代为承认、变更、放弃请求", "代为参加调解并签署笔录", "代为领取文书"),
        *("其他授权", "委托人（签名、盖章或者按指印）", "受委托人（签名）", "2026年11月4日"),
    ),
    "f05": (
        *("时间", "地点", "调查人", "记录人", "被调查人", "调查事由", "记录（问/答）"),
        *("被调查人（签名、盖章或者按指印）", "调查人（签名）", "记录人（签名）"),
    ),
    "f06": (
        *("时间", "地点", "事由", "当事人（到场全部）", *PERSON_LINES, "参加人", "人民调解员", "记录人"),
        *("已告知权利义务、调解原则和人员身份", "当事人陈述", "谈纠纷", "找话题", "置梯子", "达协议"),
        *("事实核实", "调解结果", "调解不成原因", "已告知仲裁、行政、司法等其他途径", "公开", "不公开"),
        *("当事人（签名、盖章或者按指印）", "人民调解员（签名）", "记录人（签名）", "盖章处"),
    ),
    "f07": (
        *("编号", "当事人基本情况", *PERSON_LINES, "纠纷主要事实", "争议事项", "各方当事人的责任"),
        *("协议内容", "履行方式", "即时履行", "分期履行", "定期履行", "其他", "履行期限", "涉及金额"),
        *("2,600.00元（大写：贰仟陆佰元整）", "一式3份", "当事人（签名、盖章或者按指印）"),
        *("人民调解员（签名）", "记录人（签名）", "盖章处", "2026年11月12日", "生效"),
    ),
    "f08": (
        *("编号", "申请人", "被申请人", *PERSON, "纠纷主要事实", "争议事项", "协议内容", "履行方式"),
        *("履行期限", "达成日期", "人民调解员（签名）", "记录人（签名）", "调委会（印章）", "涉及金额"),
    ),
    "f09": (
        *("当事人（受访者）", "调解协议编号", "回访事由（纠纷名称）", "回访情况", "履行情况", "满意程度"),
        *("是否起诉及结果", "有无反复激化迹象", "采取措施", "回访方式", "回访时间", "回访人（签名）"),
    ),
    "f10": (
        *("申请人甲", "申请人乙", "统一社会信用代码", "法定代表人（负责人）", "人民调解协议有效"),
        *("2026年11月12日", "事实与理由", "示例县人民法院", "自愿达成", "没有恶意串通", "附件清单"),
        *("申请人（签名、盖章或者按指印）", "2026年11月20日", "三十日内共同提出"),
    ),
    "f10_proof": (
        *(
            "编号",
            "示例县人民法院",
            "楼上漏水损害赔偿纠纷",
            "依法受理并主持调解",
            "人民调解员",
            "调解的时间和地点",
        ),
        *("自愿达成调解协议", "特此证明", "盖章处", "人民调解员（签名）", "2026年11月20日"),
    ),
    "f11": (
        *("卷号", "填表时间", "承办单位", "承办人", "受案时间", "结案时间", "当事人", "姓名", "地址", "电话"),
        *("案件来源", "当事人申请", "主动调解", "公安移交", "法院委托", "政府指定", "纠纷简要事实"),
        *("调解结果",),
    ),
    "f12": (
        *("钱某、冯某", "2026年11月3日", "终止原因", *dispute_codes.END_CAUSE.values()),
        *("其他合法途径", "人民调解员", "人民调解员（签名）", "盖章处", "2026年12月3日"),
    ),
    "f12_referral": (
        *(
            "编号",
            "示例县公安局示例派出所",
            "钱某、冯某",
            "移送原因",
            "纠纷简要情况",
            "人民调解员",
            "人民调解员（签名）",
        ),
        *("盖章处", "2026年12月3日"),
    ),
    "f13": (
        *("人民调解委员会", "卷名", "卷号", "人民调解员", "调解日期（起—至）", "立卷人", "立卷日期"),
        *("保管期限", "备注"),
    ),
    "f13_contents": ("序号", "文书名称", "页号", "备注"),
    "f13_note": ("材料缺漏说明", "页数", "立卷人", "检查人", "日期"),
    "f13_back": ("封底", "人民调解委员会", "盖章处"),
    "f40": (
        *("编号", "日期时间", "咨询方式", "来访", "电话", "信函", "网络", "咨询人", "性别", "年龄"),
        *("联系方式", "住址", "人员类别", *consultation_codes.PERSON_CLASS.values(), "对方当事人"),
        *("利益冲突检查", "无", "有", "未查", "咨询类别", "咨询事项", "已走程序", "诉讼", "仲裁", "复议"),
        *("信访", "可能届满的期限", "解答意见", "法律依据", "处理", "当场解答", "约期", "引导申请法援"),
        *("转人民调解", "转信访", "转仲裁诉讼", "解答人", "执业证号", "已告知不构成法律意见", "满意度"),
        *("咨询人（签名）",),
    ),
}
CHOICES: tuple[tuple[str, str, Mapping[str, str]], ...] = (
    ("f03", "way", mediation_labels.TOLD_WAY),
    ("f06", "openness", mediation_labels.OPENNESS),
    ("f06", "result", mediation_labels.SESSION_RESULT),
    ("f07", "performance_mode", mediation_labels.PERFORMANCE_MODE),
    ("f08", "performance_mode", mediation_labels.PERFORMANCE_MODE),
    ("f09", "performance", dispute_codes.PERFORMANCE),
    ("f09", "satisfaction", mediation_labels.SATISFACTION),
    ("f09", "mode", mediation_labels.FOLLOW_UP_MODE),
    ("f12", "cause", dispute_codes.END_CAUSE),
    ("f40", "person_class", consultation_codes.PERSON_CLASS),
    ("f40", "procedures", consultation_codes.PROCEDURE),
    ("f40", "disposition", consultation_codes.DISPOSITION),
)
LONG = "".join(
    f"第{number}句：9月{number % 30 + 1}日水管破裂，损失{number},600.50元，多次协商未果。"
    for number in range(1, 90)
)[:2000]
WORDY = {
    **dict.fromkeys(("f01", "f02", "f11"), "summary"),
    **dict.fromkeys(("f07", "f08", "f10"), "facts"),
    "f05": "qa_text",
    "f06": "talk",
    "f09": "measures",
    "f12": "reason",
    "f13_note": "note",
    "f40": "question",
}
NAMES = (RARE[:4], *MINORITY, "喆堃䶮", "王某某", "李某", "示例县某某物业服务有限公司和平路第二分公司（筹）")


def _parties(side: str = "申请人") -> tuple[Any, ...]:
    return tuple(replace(papers.APPLICANT, side=side, name=name, agent="") for name in NAMES)


def test_every_layout_is_compared() -> None:
    shipped = {file.stem for file in (layout_file.paths.resources() / "forms").glob("*.toml")}
    assert set(DRAWN) == set(FIELDS) == shipped


@pytest.mark.parametrize("form", sorted(DRAWN))
def test_no_field_of_the_form_is_missing(form: str) -> None:
    draw, paper = DRAWN[form]
    found = words(draw(paper))
    assert [label for label in FIELDS[form] if label not in found] == []


@pytest.mark.parametrize(("form", "key", "table"), CHOICES)
def test_every_choice_the_desk_knows_has_its_box(form: str, key: str, table: Mapping[str, str]) -> None:
    cells = [cell for row in layout_file.shipped(form).rows for cell in row.cells if cell.key == key]
    assert [set(cell.options) for cell in cells] == [set(table.values())]


@pytest.mark.parametrize("form", sorted(DRAWN))
def test_a_whole_paper_leaves_no_required_field_to_the_pen(form: str) -> None:
    assert blanks(form, DRAWN[form][1]) == ()


def test_what_is_left_to_the_pen_is_named_with_whose_it_is() -> None:
    bare = replace(papers.APPLICANT, phone="", address="")
    paper = replace(papers.APPLICATION, applicants=(bare,), claims=(), is_oral=False)
    assert blanks("f01", paper) == ("钱某的联系方式", "钱某的单位或住址", "当事人申请事项")
    unit = replace(papers.UNIT, legal_rep="", name="")
    assert blanks("f07", replace(papers.AGREEMENT, parties=(unit,))) == ("名称", "法定代表人（负责人）")
    assert blanks("f06", replace(papers.SITTING, informed=None, openness="")) == (
        "方式",
        "已告知权利义务、调解原则和人员身份",
    )
    # No is an answer.
    assert blanks("f06", replace(papers.SITTING, informed=False)) == ()


@pytest.mark.parametrize("form", sorted(WORDY))
def test_two_thousand_characters_are_printed_whole(form: str) -> None:
    draw, paper = DRAWN[form]
    pdf = draw(replace(paper, **{WORDY[form]: LONG}))
    found = words(pdf)
    assert all(f"第{number}句" in found for number in range(1, LONG.count("句")))
    assert outside(pdf) == []
    # A sum stands on one line.
    assert not any(line.endswith(",") for line in _lines(pdf))


@pytest.mark.parametrize("form", ["f01", "f02", "f06", "f07", "f08", "f10", "f11"])
def test_ten_parties_with_names_of_any_kind(form: str) -> None:
    draw, paper = DRAWN[form]
    key = {"f01": "applicants", "f06": "parties_present"}.get(form, "parties")
    pdf = draw(replace(paper, **{key: _parties()}))
    found = words(pdf)
    assert all(found.count(name) >= 1 for name in NAMES)
    assert outside(pdf) == []
    if form != "f11":
        for page in texts(pdf):
            # Name, phone and address of one party stand on one page.
            assert page.count("13900000172") == page.count("1980年3月5日")


def _lines(pdf: bytes) -> list[str]:
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        return [
            line.rstrip() for page in document for line in page.get_textpage().get_text_range().split("\n")
        ]
    finally:
        document.close()
