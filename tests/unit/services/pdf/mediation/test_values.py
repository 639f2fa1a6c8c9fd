"""What the papers of a mediation derive; nothing of it is stored."""

from dataclasses import replace
from datetime import date

import pytest

from desk.services.pdf.mediation.values import Term
from tests.case_papers import AGREEMENT, APPLICANT


@pytest.mark.parametrize(
    ("birth", "age", "shown"),
    [
        (date(1980, 3, 5), 46, "1980年3月5日（46岁）"),
        (date(1980, 3, 5), None, "1980年3月5日"),
        (None, 46, "46岁"),
        (None, None, ""),
    ],
)
def test_age_and_birth_are_shown_as_far_as_known(birth: date | None, age: int | None, shown: str) -> None:
    assert replace(APPLICANT, birth_date=birth, age=age).birth_text == shown


def test_an_identity_type_without_a_number_is_nothing() -> None:
    assert replace(APPLICANT, id_no="").id_text == ""


@pytest.mark.parametrize(
    ("term", "line"),
    [
        (Term("双方互不再追究。"), "双方互不再追究。"),
        (
            Term("修好", "冯某", way="自行", due_on=date(2026, 12, 1)),
            "修好（履行人：冯某；方式：自行；期限：2026年12月1日前（含当日））。",
        ),
        (
            Term("赔偿修复费", "冯某", "钱某", 260_050),
            "赔偿修复费（履行人：冯某；接受人：钱某；金额：2,600.50元（大写：贰仟陆佰元零伍角））。",
        ),
    ],
)
def test_a_term_is_one_sentence(term: Term, line: str) -> None:
    assert term.line == line


def test_the_sum_is_that_of_the_terms() -> None:
    assert AGREEMENT.amount == 260_000
    assert replace(AGREEMENT, terms=(Term("道歉"),)).amount is None
    assert AGREEMENT.copies == 3


def test_due_days_are_listed_with_their_sums() -> None:
    assert AGREEMENT.performance_due == (
        "第1项于2026年11月30日前（含当日）；"
        "第2项于2026年12月10日前（含当日） 2,600.00元（大写：贰仟陆佰元整）"
    )
