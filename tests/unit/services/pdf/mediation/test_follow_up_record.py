"""F-09 人民调解回访记录."""

from dataclasses import replace
from pathlib import Path

from desk.services.pdf.mediation import follow_up_record
from tests.case_papers import FOLLOW_UP
from tests.form_checks import check, check_long, check_odd_values, words


def test_every_label_and_value_is_on_paper(tmp_path: Path) -> None:
    check("f09", follow_up_record.draw, FOLLOW_UP, tmp_path)


def test_rare_empty_missing_and_local() -> None:
    check_odd_values("f09", follow_up_record.draw, FOLLOW_UP, "subject")


def test_long_text_flows_over_pages() -> None:
    check_long(follow_up_record.draw, FOLLOW_UP, "measures", label="采取措施", pages=2)


def test_unknown_risk_marks_neither_box() -> None:
    assert "□有□无" in words(follow_up_record.draw(replace(FOLLOW_UP, relapse_risk=None)))
    assert "■有□无" in words(follow_up_record.draw(replace(FOLLOW_UP, relapse_risk=True)))
