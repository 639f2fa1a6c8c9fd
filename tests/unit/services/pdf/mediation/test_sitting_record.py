"""F-06 人民调解记录."""

from dataclasses import replace
from pathlib import Path

from desk.services.pdf.mediation import sitting_record
from tests.case_papers import SITTING
from tests.form_checks import check, check_long, check_odd_values, words


def test_every_label_and_value_is_on_paper(tmp_path: Path) -> None:
    check("f06", sitting_record.draw, SITTING, tmp_path)


def test_rare_empty_missing_and_local() -> None:
    check_odd_values("f06", sitting_record.draw, SITTING, "place")


def test_long_text_flows_over_pages() -> None:
    check_long(sitting_record.draw, SITTING, "talk")


def test_the_words_on_a_failure_are_only_those_of_a_failure() -> None:
    """F-06: reason and other ways are conditional on failure (MED-08)."""
    good = replace(SITTING, result="达成协议", fail_reason="", remedies_told=None)
    text = words(sitting_record.draw(good))
    assert "调解不成原因" not in text
    assert "■达成协议" in text
    failed = words(sitting_record.draw(SITTING))
    assert "已告知仲裁、行政、司法等其他途径：■是" in failed
    unasked = replace(SITTING, remedies_told=False)
    assert "其他途径：□是■否" in words(sitting_record.draw(unasked))


def test_the_four_moves_are_headings() -> None:
    text = words(sitting_record.draw(SITTING))
    places = [text.index(move) for move in ("谈纠纷", "找话题", "置梯子", "达协议")]
    assert places == sorted(places)
