"""F-08 人民调解口头协议登记表 (MED-10, MED-13)."""

from dataclasses import replace
from pathlib import Path

from desk.services.pdf.mediation import oral_agreement
from tests.case_papers import AGREEMENT, APPLICANT, RESPONDENT
from tests.form_checks import check, check_long, check_odd_values, words
from tests.paper_samples import texts


def test_every_label_and_value_is_on_paper(tmp_path: Path) -> None:
    check(
        "f08", oral_agreement.draw, AGREEMENT, tmp_path, unprinted=frozenset({"recorder", "responsibilities"})
    )


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
    paper = replace(AGREEMENT, parties=(plain, RESPONDENT), terms=AGREEMENT.terms[1:], performance_text="")
    assert len(texts(oral_agreement.draw(paper))) == 1
