"""F-02 人民调解受理登记表 (domain.md 3.5)."""

from dataclasses import replace
from pathlib import Path

from desk.services.pdf.mediation import registration
from tests.case_papers import REGISTRATION
from tests.form_checks import check, check_long, check_odd_values, words
from tests.paper_samples import texts


def test_every_label_and_value_is_on_paper(tmp_path: Path) -> None:
    check("f02", registration.draw, REGISTRATION, tmp_path)


def test_rare_empty_missing_and_local() -> None:
    check_odd_values("f02", registration.draw, REGISTRATION, "remark")


def test_long_text_flows_over_pages() -> None:
    check_long(registration.draw, REGISTRATION, "summary", label="纠纷简要情况", pages=2)


def test_the_two_sources_are_offered_and_one_is_marked() -> None:
    """F-02: 案件来源 ①当事人申请 ②调委会主动调解."""
    text = words(registration.draw(replace(REGISTRATION, source="调委会主动调解")))
    assert "□当事人申请■调委会主动调解" in text


def test_the_signatures_stay_together_however_long_the_summary_is() -> None:
    for count in range(0, 900, 45):
        pages = texts(registration.draw(replace(REGISTRATION, summary="双方争执。" * count)))
        signing = [page for page in pages if "当事人（签名）" in page]
        assert len(signing) == 1
        assert "登记人（签名）" in signing[0]
        assert "盖章处" in signing[0]
