"""F-03 当事人权利义务告知书."""

from pathlib import Path

from desk.services.pdf.mediation import rights_notice
from tests.case_papers import RIGHTS_NOTICE
from tests.form_checks import check, check_odd_values, words


def test_every_label_and_value_is_on_paper(tmp_path: Path) -> None:
    check("f03", rights_notice.draw, RIGHTS_NOTICE, tmp_path)


def test_rare_empty_missing_and_local() -> None:
    check_odd_values("f03", rights_notice.draw, RIGHTS_NOTICE, "told_by")


def test_the_fixed_words_hold_what_the_law_gives() -> None:
    """MED-01 free, 05 rights, 06 duties, 08 and 19 other ways, 14 binding, 15 suit, 16 confirmation."""
    text = words(rights_notice.draw(RIGHTS_NOTICE))
    for said in (
        "不收取任何费用",
        "选择或者接受人民调解员",
        "接受调解、拒绝调解，或者要求终止调解",
        "公开进行或者不公开进行",
        "自愿达成调解协议",
        "如实陈述纠纷事实",
        "遵守调解现场秩序，尊重人民调解员",
        "尊重对方当事人行使权利",
        "依法通过仲裁、行政、司法等途径维护自己的权利",
        "不因调解而阻止你方",
        "具有法律约束力",
        "督促履行",
        "一方可以向人民法院起诉",
        "生效之日起三十日内共同向人民法院申请司法确认",
        "申请强制执行",
        "变更原协议或者达成新的协议",
    ):
        assert said in text, said
    assert "■书面" in text
