"""Writing the agreement: sums are read, what is in force stays."""

from dataclasses import replace

import pytest

from desk.errors import InputProblem
from tests.unit.services.mediation.case_stage import CaseStage


@pytest.mark.parametrize(
    ("amount", "sentence"),
    [
        ("2600.125", "第 2 条：金额最多写到分（两位小数）。"),
        ("123456789012", "第 2 条：金额太大：元的部分最多 10 位。"),
        ("两千六", "第 2 条：“两千六”不是能识别的金额。"),
    ],
)
def test_bad_amounts_are_refused_by_clause(room: CaseStage, amount: str, sentence: str) -> None:
    first, second, third = room.agreement().terms
    agreement = replace(room.agreement(), form="oral", terms=(first, replace(second, amount=amount), third))
    with pytest.raises(InputProblem) as told:
        room.services.cases.settle(room.small(agreement=agreement))
    assert (told.value.sentence, told.value.field) == (sentence, "amount")


def test_the_kind_of_a_term_follows_from_what_is_filled_in(room: CaseStage) -> None:
    card = room.services.cases.settle(room.small()).value
    assert card.agreement is not None
    assert [term.kind for term in card.agreement.terms] == ["act", "money", "declaration"]
    assert (card.agreement.copies, card.agreement.total_text) == (3, "2,600.00 元（贰仟陆佰元整）")
