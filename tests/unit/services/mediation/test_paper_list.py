"""Which papers a case can make, which are due, and which belong into its dossier."""

from dataclasses import replace

from desk.rules.confirmation import PAPERS
from desk.services.mediation import paper_list
from desk.services.mediation.values import CaseCard
from desk.services.pdf.forms.form import PLAIN
from tests.fakes import FakeClock
from tests.paper_samples import texts
from tests.unit.services.mediation.case_stage import CaseStage


def _card(room: CaseStage, case_id: str) -> CaseCard:
    return room.services.cases.for_paper(case_id)


def test_papers_grow_with_the_case(room: CaseStage) -> None:
    assert [paper.form for paper in paper_list.papers(_card(room, room.registered()))] == ["F-01"]
    agreed = [paper.form for paper in paper_list.papers(_card(room, room.agreed()))]
    assert agreed == ["F-01", "F-02", "F-03", "F-03", "F-06", "F-07", "F-10", "F-10"]


def test_keys_and_labels_tell_papers_apart(room: CaseStage) -> None:
    made = paper_list.papers(_card(room, room.agreed()))
    assert len({paper.key for paper in made}) == len(made)
    sitting = next(paper for paper in made if paper.form == "F-06")
    assert sitting.label == "人民调解记录（第1次）"
    assert (sitting.kind, sitting.row) == ("f06", "mediation_record")


def test_only_what_has_happened_is_filed(room: CaseStage) -> None:
    made = paper_list.papers(_card(room, room.accepted()))
    assert {paper.form: paper.filed for paper in made} == {"F-01": True, "F-02": True, "F-03": False}
    made = paper_list.papers(_card(room, room.agreed()))
    assert {paper.form for paper in made if not paper.filed} == {"F-10"}


def test_a_third_sitting_asks_for_its_own_record_only(room: CaseStage) -> None:
    case_id = room.mediating()
    made = paper_list.papers(_card(room, case_id))
    printed = frozenset(paper.key for paper in made)
    room.services.proceedings.save_sitting(case_id, room.sitting(case_id))
    card = _card(room, case_id)
    due = paper_list.due(card, paper_list.papers(card), printed)
    assert [paper.label for paper in due] == ["人民调解记录（第2次）"]


def test_copies_of_the_agreement(room: CaseStage) -> None:
    """MED-12."""
    card = _card(room, room.agreed())
    copies = {paper.form: paper_list.copies(card, paper) for paper in paper_list.papers(card)}
    assert copies["F-07"] == 3
    assert set(copies.values()) == {1, 3}


def test_an_ended_case_has_its_notice_report_and_covers(room: CaseStage) -> None:
    """MED-08: F-12 goes out when a mediation fails."""
    card = _card(room, room.mediating())
    ended = replace(card, state="terminated", end=replace(card.end, way="terminated"))
    made = {paper.form: paper for paper in paper_list.papers(ended)}
    assert {"F-11", "F-12", "F-13"} <= set(made)
    pages = texts(made["F-13"].draw(PLAIN))
    assert pages[0].startswith("人民调解卷宗")
    assert pages[-1].startswith("封底")


def test_cover_note_and_back_carry_the_number(room: CaseStage) -> None:
    card = _card(room, room.agreed())
    assert paper_list.cover_of(card).number == card.case_no
    assert paper_list.note_of(card, ("缺甲。",)).note == "缺甲。"
    assert paper_list.back_of(card).number == card.case_no


def test_an_agreement_replaced_stays_in_the_dossier(room: CaseStage) -> None:
    """MED-09, MED-16: what was signed once is bound with what took its place; only the new one is due."""
    case_id = room.agreed()
    printed = frozenset(paper.key for paper in paper_list.papers(_card(room, case_id)))
    room.services.endings.remediate(case_id, "对方不履行")
    room.services.agreements.save(case_id, room.agreement(breach="另行起诉。"))
    room.signed(case_id)
    room.services.agreements.agree(case_id)
    card = _card(room, case_id)
    made = paper_list.papers(card)
    both = [paper for paper in made if paper.form == "F-07"]
    assert [paper.label for paper in both] == ["人民调解协议书（已由后来的调解代替）", "人民调解协议书"]
    assert all(paper.filed for paper in both)
    assert "另行起诉" not in "".join(texts(both[0].draw(PLAIN)))
    due = [paper.label for paper in paper_list.due(card, made, printed)]
    assert due == ["人民调解协议书", "司法确认申请书", "人民调解委员会主持调解的证明"]


def test_sq03_the_proof_of_the_committee_goes_with_the_application(room: CaseStage) -> None:
    """A paper of its own behind the application: named, printable alone, asked for until it was printed."""
    card = _card(room, room.agreed())
    made = paper_list.papers(card)
    application, proof = [paper for paper in made if paper.form == "F-10"]
    assert (application.key[:4], proof.key[:10]) == ("f10:", "f10_proof:")
    assert proof.label == PAPERS["committee_proof"]
    words = "".join("".join(texts(proof.draw(PLAIN))).split())
    assert "示例县人民法院" in words
    assert "钱某、冯某之间的楼上漏水赔偿纠纷" in words
    assert "2026年11月23日（示例镇调解室）" in words
    due = [paper.key for paper in paper_list.due(card, made, frozenset({application.key}))]
    assert proof.key in due
    assert application.key not in due


def test_the_application_for_confirmation_comes_with_the_agreement(
    room: CaseStage, fake_clock: FakeClock
) -> None:
    """MED-16, SQ-01, SQ-04: while there is time, something to enforce, and no doubt about the type."""

    def due(case_id: str) -> bool:
        card = _card(room, case_id)
        found = paper_list.due(card, paper_list.papers(card), frozenset())
        return "F-10" in {paper.form for paper in found}

    case_id = room.agreed()
    assert due(case_id)
    assert not due(room.agreed(dispute_type="marriage_family"))
    assert not due(room.services.cases.settle(room.small()).value.id)
    fake_clock.forward(days=40)
    assert not due(case_id)
