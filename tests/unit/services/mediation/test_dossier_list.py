"""The completeness list of the dossier (§3.6)."""

from dataclasses import replace

from tests.unit.services.mediation.case_stage import CaseStage


def test_the_light_set_of_a_small_case(room: CaseStage) -> None:
    """The mandatory papers follow the outcome: cover and back cover wait for keeping term and filer."""
    card = room.services.cases.settle(room.small()).value
    assert card.dossier.summary == "必须 2 / 5 · 缺 3"
    assert [row.label for row in card.dossier.missing] == ["卷宗封面", "卷内目录", "封底"]
    there = [row.key for row in card.dossier.rows if row.present]
    assert there == ["registration", "rights_notice", "agreement"]


def test_an_open_case_does_not_count_nothing_out_of_nothing(room: CaseStage) -> None:
    case_id = room.accepted()
    assert room.services.cases.get(case_id).dossier.summary == "必须的文书随结果定"


def test_a_missing_identity_paper_is_named_by_party(room: CaseStage) -> None:
    case = room.form(difficulty="ordinary")
    card = room.services.cases.register(case).value
    rows = {(row.key, row.party_id): row for row in card.dossier.rows}
    respondent = next(party for party in card.parties if party.name == "冯某")
    assert rows["identity", respondent.id].label == "当事人身份证明（冯某）"


def test_namesakes_on_both_sides_have_a_row_and_a_scan_each(room: CaseStage) -> None:
    """The same name on both sides: each proves who he is, and the rows say which is which."""
    first, second = room.parties()
    case = room.form(difficulty="ordinary", parties=(first, replace(second, name=first.name)))
    card = room.services.cases.register(case).value
    rows = {row.party_id: row.label for row in card.dossier.rows if row.key == "identity"}
    assert rows == {party.id: f"当事人身份证明（{party.side_label}{party.name}）" for party in card.parties}
    assert len(rows) == 2
