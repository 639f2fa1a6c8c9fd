"""F-08 人民调解口头协议登记表 (MED-10, MED-13)."""

from dataclasses import replace
from pathlib import Path

from desk.services.pdf.mediation import oral_agreement
from tests.case_papers import AGREEMENT, APPLICANT, RESPONDENT
from tests.form_checks import check, check_long, check_odd_values, words
from tests.paper_samples import texts


def test_every_label_and_value_is_on_paper(tmp_path: Path) -> None:
    check("f08", oral_agreement.draw, AGREEMENT, tmp_path, unprinted=frozenset({"recorder"}))


def test_what_was_written_of_the_responsibilities_is_printed() -> None:
    """F-08 is filled like F-07; where nobody wrote of them no row is left open."""
    assert "承担全部修复与赔偿责任" in words(oral_agreement.draw(AGREEMENT))
    assert "各方当事人的责任" not in words(oral_agreement.draw(replace(AGREEMENT, responsibilities="")))


def test_rare_empty_missing_and_local() -> None:
    check_odd_values("f08", oral_agreement.draw, AGREEMENT, "issues")


def test_long_text_flows_over_pages() -> None:
    check_long(oral_agreement.draw, AGREEMENT, "facts", label="纠纷主要事实", pages=2)


def test_the_parties_are_not_asked_to_sign() -> None:
    """MED-13: an oral agreement takes effect without; the mediator and the recorder sign, the seal is set."""
    text = words(oral_agreement.draw(AGREEMENT))
    assert "当事人（签名" not in text
    assert "人民调解员（签名）" in text
    assert "记录人（签名）" in text
    assert "（盖章处）" in text


def test_a_small_case_fits_one_page() -> None:
    plain = replace(APPLICANT, agent="")
    short = replace(AGREEMENT, performance_text="", responsibilities="")
    paper = replace(short, parties=(plain, RESPONDENT), terms=AGREEMENT.terms[1:])
    assert len(texts(oral_agreement.draw(paper))) == 1
