"""F-07 人民调解协议书 (MED-11, MED-12)."""

from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from desk.rules.numerals import amount_words
from desk.services.pdf.mediation import agreement
from desk.services.pdf.mediation.values import Term
from tests.case_papers import AGREEMENT, APPLICANT, RESPONDENT, UNIT
from tests.form_checks import check, check_long, check_odd_values, words
from tests.paper_samples import texts


def test_every_label_and_value_is_on_paper(tmp_path: Path) -> None:
    check("f07", agreement.draw, AGREEMENT, tmp_path, unprinted=frozenset({"recorder", "dispute_type"}))


def test_rare_empty_missing_and_local() -> None:
    check_odd_values("f07", agreement.draw, AGREEMENT, "issues")


def test_long_text_flows_over_pages() -> None:
    check_long(agreement.draw, AGREEMENT, "facts")


def test_the_number_of_copies_is_the_parties_and_one() -> None:
    """MED-12."""
    assert "本协议一式3份" in words(agreement.draw(AGREEMENT))
    three = replace(AGREEMENT, parties=(APPLICANT, RESPONDENT, UNIT))
    assert "本协议一式4份" in words(agreement.draw(three))


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, 10**12 - 1), min_size=1, max_size=4))
def test_figures_and_han_words_always_agree(sums: list[int]) -> None:
    terms = tuple(Term("支付款项", "冯某", "钱某", fen) for fen in sums)
    paper = replace(AGREEMENT, terms=terms)
    text = words(agreement.draw(paper))
    for fen in [*sums, sum(sums)]:
        assert f"{fen // 100:,}.{fen % 100:02}元（大写：{amount_words(fen)}）" in text
    assert paper.amount == sum(sums)


def test_an_agreement_without_money_has_no_sum() -> None:
    assert "涉及金额" not in words(agreement.draw(replace(AGREEMENT, terms=(Term("赔礼道歉"),))))


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 1500), st.integers(2, 14))
def test_the_signature_block_is_never_broken_and_never_alone(length: int, parties: int) -> None:
    """DOC-11: on one page, with words of the agreement above it, and every page says 第x页 共y页."""
    people = tuple(replace(APPLICANT, name=f"钱某{number}", agent="") for number in range(parties))
    pages = texts(agreement.draw(replace(AGREEMENT, parties=people, facts="事" * length)))
    signing = [page for page in pages if "盖章处" in page]
    assert len(signing) == 1
    before, _label, after = signing[0].partition("当事人（签名、盖章或者按指印）：")
    assert before
    assert all(person.name in after for person in people)
    assert "记录人（签名）" in after
    assert after.endswith(f"2026年11月12日第{len(pages)}页共{len(pages)}页")
    assert all(page.endswith(f"第{number}页共{len(pages)}页") for number, page in enumerate(pages, 1))
