"""移送函: the letter that hands a case on (§3.6)."""

from pathlib import Path

from desk.services.pdf.mediation import referral_letter
from tests.case_papers import REFERRAL
from tests.form_checks import check, check_odd_values, words


def test_every_label_and_value_is_on_paper(tmp_path: Path) -> None:
    check("f12_referral", referral_letter.draw, REFERRAL, tmp_path)


def test_rare_empty_missing_and_local() -> None:
    check_odd_values("f12_referral", referral_letter.draw, REFERRAL, "case_title")


def test_it_says_to_whom_whose_case_and_why() -> None:
    found = words(referral_letter.draw(REFERRAL))
    for part in (
        *("移送函", "示例县公安局示例派出所：", "钱某、冯某之间的楼上漏水损害赔偿纠纷", "可能构成治安案件"),
        *("现移送你单位依法处理", "2026年12月3日"),
    ):
        assert part in found, part
    # Names only: how to reach them is in no letter.
    assert "139" not in found
