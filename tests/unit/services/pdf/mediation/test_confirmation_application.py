"""F-10 司法确认申请书 (SQ-03)."""

from dataclasses import replace
from pathlib import Path

from desk.services.pdf.mediation import confirmation_application
from tests.case_papers import APPLICANT, CONFIRMATION, RESPONDENT
from tests.form_checks import check, check_long, check_odd_values, words
from tests.paper_samples import texts


def test_every_label_and_value_is_on_paper(tmp_path: Path) -> None:
    check("f10", confirmation_application.draw, CONFIRMATION, tmp_path)


def test_rare_empty_missing_and_local() -> None:
    check_odd_values("f10", confirmation_application.draw, CONFIRMATION, "facts")


def test_long_text_flows_over_pages() -> None:
    check_long(confirmation_application.draw, CONFIRMATION, "facts", pages=2)


def test_persons_and_bodies_have_their_own_rows() -> None:
    """F-10: person–person and person–unit differ."""
    both = words(confirmation_application.draw(replace(CONFIRMATION, parties=(APPLICANT, RESPONDENT))))
    assert "法定代表人" not in both
    assert both.count("身份证件类型/号码") == 2
    unit = words(confirmation_application.draw(CONFIRMATION))
    assert "法定代表人（负责人）：郑某某" in unit
    assert unit.count("身份证件类型/号码") == 1


def test_both_sides_sign_the_same_page() -> None:
    """MED-16: they apply together."""
    last = texts(confirmation_application.draw(CONFIRMATION))[-1]
    assert "钱某" in last
    assert "示例县某某物业服务有限公司" in last
