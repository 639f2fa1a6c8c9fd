"""The completeness list of the dossier (§3.6)."""

from dataclasses import replace

from desk.services.mediation.forms import AgentForm, EndForm
from tests.unit.services.mediation.case_stage import TODAY, CaseStage
from tests.unit.services.mediation.paper_room import PaperRoom


def _present(room: CaseStage, case_id: str) -> set[str]:
    return {row.key for row in room.services.cases.get(case_id).dossier.rows if row.present}


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


def test_one_agent_of_two_parties_needs_a_letter_of_each(papers: PaperRoom) -> None:
    """§3.6 授权委托书: the letter of one party proves nothing for the other."""
    room = papers.room
    first, second = room.parties()
    given = AgentForm(name="吴某", powers=("attend_sign",), letter_on=TODAY)
    third = replace(first, name="孙某", id_no="", agents=(replace(given, letter_on=None),))
    case_id = room.accepted(parties=(replace(first, agents=(given,)), third, second))
    found = [row for row in room.services.cases.get(case_id).dossier.rows if row.key == "authority"]
    names = ["授权委托书（吴某，代理钱某）", "授权委托书（吴某，代理孙某）"]
    assert [(row.label, row.present) for row in found] == [(names[0], True), (names[1], False)]
    agents = [agent.id for party in room.services.cases.get(case_id).parties for agent in party.agents]
    assert [row.party_id for row in found] == agents
    assert [row.label for row in papers.papers.papers(case_id) if row.form == "F-04"] == names


def test_the_closing_report_is_there_as_soon_as_the_bound_dossier_holds_it(papers: PaperRoom) -> None:
    """F-11 is drawn from the record of a case that is over: it waits for no filer and no keeping term."""
    room = papers.room
    case_id = room.agreed()
    assert "F-11" not in papers.keys(case_id)
    assert "closing_report" not in _present(room, case_id)
    for term_id in room.term_ids(case_id):
        room.services.agreements.term_done(case_id, term_id)
    assert "closing_report" not in _present(room, case_id)
    room.services.aftercare.conclude(case_id)
    assert "F-11" in papers.keys(case_id)
    assert "closing_report" in _present(room, case_id)


def test_a_case_referred_on_before_its_acceptance_has_no_closing_report(papers: PaperRoom) -> None:
    room = papers.room
    case_id = room.registered()
    room.services.endings.refer_out(case_id, EndForm(referred_to="示例县人民法院", reason="不归调委会管"))
    assert "F-11" not in papers.keys(case_id)
    assert "closing_report" not in _present(room, case_id)
