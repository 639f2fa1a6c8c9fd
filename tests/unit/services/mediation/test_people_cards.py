"""The people of a case as shown: flags, guardians, doubts."""

from dataclasses import replace
from datetime import date

import pytest

from desk.errors import InputProblem
from tests.unit.services.mediation.case_stage import CaseStage


def test_a_minor_is_flagged_and_needs_a_guardian(room: CaseStage) -> None:
    """PI-05: under 14 the guardian must agree."""
    first, second = room.parties()
    child = replace(first, id_no="", birth_date=date(2015, 5, 1), name="钱小某")
    card = room.services.cases.register(room.form(parties=(child, second))).value
    assert card.parties[0].flags == ("未成年人", "不满 14 周岁，须监护人同意")
    with pytest.raises(InputProblem) as told:
        room.services.cases.settle(room.small(case=room.form(parties=(child, second))))
    assert "钱小某未成年，请登记监护人。" in told.value.sentence


def test_eleven_on_one_side_choose_representatives(room: CaseStage) -> None:
    """MED-27: five or fewer speak for the many."""
    first, second = room.parties()
    many = tuple(replace(first, name=f"钱{n}某", id_no="") for n in "一二三四五六七八九十百")
    with pytest.raises(InputProblem) as told:
        room.services.cases.settle(room.small(case=room.form(parties=(*many, second))))
    assert "申请人有 11 人，请推选不超过 5 名代表参加调解。" in told.value.sentence
    chosen = (replace(many[0], representative=True), *many[1:], second)
    card = room.services.cases.settle(room.small(case=room.form(parties=chosen))).value
    assert card.parties[0].flags == ("推选的代表",)
    assert card.agreement is not None
    assert card.agreement.copies == 13


def test_same_name_on_both_sides_is_a_doubt_not_a_refusal(room: CaseStage) -> None:
    first, second = room.parties()
    card = room.services.cases.register(room.form(parties=(first, replace(second, name="钱某")))).value
    assert card.doubts == ("双方都有“钱某”，请核对是不是同名的两个人。",)
