"""F-05 人民调解调查记录."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from desk.services.pdf.mediation import inquiry_record
from tests.case_papers import CHINA, INQUIRY
from tests.form_checks import check, check_long, check_odd_values, words
from tests.paper_samples import texts


def test_every_label_and_value_is_on_paper(tmp_path: Path) -> None:
    check("f05", inquiry_record.draw, INQUIRY, tmp_path)


def test_rare_empty_missing_and_local() -> None:
    check_odd_values("f05", inquiry_record.draw, INQUIRY, "subject")


def test_long_text_flows_over_pages() -> None:
    check_long(inquiry_record.draw, INQUIRY, "qa_text", pages=2)


def test_every_investigator_signs() -> None:
    """MED-28: two investigators or more."""
    last = texts(inquiry_record.draw(INQUIRY))[-1]
    assert "调查人（签名）：周某" in last
    assert "王某某" in last


def test_a_talk_over_midnight_names_both_days() -> None:
    late = replace(INQUIRY, ended_at=datetime(2026, 11, 6, 0, 10, tzinfo=CHINA))
    assert "2026年11月5日15时00分至2026年11月6日0时10分" in words(inquiry_record.draw(late))
