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


def test_words_that_somebody_signed_stay(room: CaseStage) -> None:
    """MED-12: a signature stands for the words it was put under; others are signed anew."""
    case_id = room.mediating()
    room.services.agreements.save(case_id, room.agreement())
    room.services.agreements.sign(case_id, "party", room.party_ids(case_id)[0])
    form = room.services.agreements.form(case_id)
    dearer = replace(form, terms=(form.terms[0], replace(form.terms[1], amount="26,000"), form.terms[2]))
    for changed in (dearer, replace(form, terms=form.terms[:2]), replace(form, breach="")):
        with pytest.raises(InputProblem) as told:
            room.services.agreements.save(case_id, changed)
        assert (told.value.field, told.value.sentence[:7]) == ("signers", "已经有人在协议")
    card = room.services.agreements.save(case_id, replace(form, recorder="吴某")).value
    assert card.agreement is not None
    assert (card.agreement.total_fen, card.agreement.recorder) == (260_000, "吴某")
    room.services.agreements.unsign(case_id, card.agreement.signatures[0].id, "改了金额")
    again = room.services.agreements.save(case_id, dearer).value.agreement
    assert again is not None
    assert again.total_fen == 2_600_000


def test_a_term_that_says_nothing_is_refused_and_stays(room: CaseStage) -> None:
    """Cleared by hand it would be blank on the paper; only its own button takes it away."""
    case_id = room.mediating()
    room.services.agreements.save(case_id, room.agreement())
    form = room.services.agreements.form(case_id)
    blank = replace(form.terms[2], text=" ")
    with pytest.raises(InputProblem, match="第 3 条没有内容") as told:
        room.services.agreements.save(case_id, replace(form, terms=(*form.terms[:2], blank)))
    assert told.value.field == "text"
    assert room.services.agreements.form(case_id).terms[2].text == "双方互不再追究"
