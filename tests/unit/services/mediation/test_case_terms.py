"""What a case is called and found by."""

from dataclasses import replace

from tests.unit.services.mediation.case_stage import CaseStage


def test_a_title_is_made_of_the_parties_and_the_type(room: CaseStage) -> None:
    card = room.services.cases.register(room.form(title="")).value
    assert card.title == "钱某与冯某邻里纠纷"


def test_many_on_one_side_are_counted(room: CaseStage) -> None:
    first, second = room.parties()
    many = tuple(replace(first, name=f"钱{n}某") for n in "一二三四")
    room.registered(parties=(*many, second))
    row = room.services.cases.page().rows[0]
    assert row.parties_text == "钱一某、钱二某等 4 人 / 冯某"
