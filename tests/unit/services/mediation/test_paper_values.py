"""A case's card as the values of its papers: clear where the form asks, starred where it stays inside."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from desk import clock
from desk.rules.mediation_labels import LITIGATION
from desk.services.mediation import closing_values, paper_values
from desk.services.mediation.agreement_values import AgreementView
from desk.services.mediation.forms import AgentForm, FollowUpForm, PartyForm, PresenceForm
from desk.services.mediation.values import CaseCard
from desk.services.pdf.mediation.values import Authorisation
from tests.unit.services.mediation.case_stage import CaseStage


@pytest.fixture
def card(room: CaseStage) -> CaseCard:
    """Give an agreed case in clear."""
    return room.services.cases.for_paper(room.agreed())


@pytest.fixture
def agreed(card: CaseCard) -> AgreementView:
    """Give its agreement."""
    assert card.agreement is not None
    return card.agreement


def test_clear_and_masked_blocks(card: CaseCard) -> None:
    clear = paper_values.party_block(card.parties[0], None)
    masked = paper_values.party_block(card.parties[0], None, masked=True)
    assert (clear.phone, clear.id_no) == ("13900000172", "11010519491231002X")
    assert (masked.phone, masked.id_no) == ("139****0172", "110105********002X")
    assert paper_values.party_block(card.parties[1], None, masked=True).id_no == ""
    assert (clear.side, clear.kind, clear.kind_text) == ("申请人", "person", "自然人")


def test_birth_and_sex_of_the_number_are_printed(card: CaseCard, agreed: AgreementView) -> None:
    """F-01 and F-07 have them although nobody typed them (GB 11643)."""
    applicant = paper_values.application(card).applicants[0]
    party = paper_values.agreement(card, agreed).parties[0]
    for block in (applicant, party):
        assert (block.sex, block.birth_date) == ("女", date(1949, 12, 31))


def test_inner_papers_are_masked_and_court_papers_are_clear(card: CaseCard, agreed: AgreementView) -> None:
    """§8 internal; SQ-03 asks the court's paper for identity, address and phone."""
    assert paper_values.registration(card).parties[0].id_no == "110105********002X"
    assert closing_values.closing_report(card).parties[0].phone == "139****0172"
    court = paper_values.confirmation_application(card, agreed)
    assert court.parties[0].id_no == "11010519491231002X"
    assert [party.side for party in court.parties] == ["申请人甲", "申请人乙"]


def test_the_agreement_keeps_sums_days_and_copies(card: CaseCard, agreed: AgreementView) -> None:
    paper = paper_values.agreement(card, agreed)
    assert paper.amount == 260_000
    assert paper.copies == 3
    assert paper.effective_on == agreed.effective_on
    assert paper.terms[1].due_on == date(2026, 12, 10)
    assert paper.performance_mode == "定期履行"


def test_a_sitting_names_who_was_there(card: CaseCard) -> None:
    record = paper_values.sitting_record(card, card.sittings[0])
    assert record.party_names == ("钱某", "冯某")
    assert record.mediators == ("王某某",)
    assert record.remedies_told is None
    failed = replace(card.sittings[0], result="failed", fail_reason="差距大", remedies_told=True)
    assert paper_values.sitting_record(card, failed).remedies_told is True


def test_a_sitting_shows_whom_an_agent_stood_for(room: CaseStage) -> None:
    """F-06, 当事人（到场全部）: who sent an agent was heard too, and the record says by whom."""
    first, second = room.parties()
    agent = AgentForm(name="吴某", powers=("attend_sign",), letter_on=date(2026, 11, 20))
    case_id = room.willing(parties=(first, replace(second, agents=(agent,))))
    sent = room.services.cases.get(case_id).parties[1].agents[0]
    form = room.sitting(case_id)
    present = (form.present[0], PresenceForm("吴某", "agent", sent.id), form.present[2])
    card = room.services.proceedings.save_sitting(case_id, replace(form, present=present)).value
    record = paper_values.sitting_record(card, card.sittings[0])
    assert record.party_names == ("钱某", "冯某（由委托代理人吴某到场）")


@pytest.mark.parametrize("code", LITIGATION)
def test_a_follow_up_says_whether_they_sued(room: CaseStage, code: str) -> None:
    """F-09: what is stored is what the paper words."""
    case_id = room.agreed()
    form = FollowUpForm(
        party_id=room.party_ids(case_id)[0],
        visited_at=clock.now(),
        mode="phone",
        performance="partly",
        satisfaction="basic",
        litigation=code,
    )
    card = room.services.aftercare.follow_up(case_id, form).value
    assert paper_values.follow_up_record(card, card.follow_ups[0]).litigation == LITIGATION[code]
    with pytest.raises(ValueError, match="litigation"):
        room.services.aftercare.follow_up(case_id, replace(form, litigation="maybe"))


def test_the_court_of_the_committee_stands_on_the_application(card: CaseCard, agreed: AgreementView) -> None:
    """F-10 names a court before anybody applied; the committee's own is in its record."""
    assert paper_values.confirmation_application(card, agreed).court == "示例县人民法院"


def test_agents_and_bodies(room: CaseStage) -> None:
    powers = ("attend_sign", "other")
    agent = AgentForm(name="吴某", relation="丈夫", powers=powers, letter_on=date(2026, 11, 20))
    first, second = room.parties()
    body = PartyForm(
        side="respondent",
        kind="legal_person",
        name="某某物业公司",
        phone="0000-7654321",
        address="建设路 1 号",
        legal_rep="郑某",
    )
    case_id = room.registered(parties=(replace(first, agents=(agent,)), body))
    card = room.services.cases.for_paper(case_id)
    letter = paper_values.authorisation(card, card.parties[0], card.parties[0].agents[0])
    assert letter.scope == ("代为参加调解并签署笔录",)
    assert letter.principal.agent == ""
    assert paper_values.party_block(card.parties[0], None).agent == "吴某"
    assert paper_values.party_block(card.parties[1], None).kind == "unit"
    assert second.side == "respondent"


def test_f04_other_powers_stand_on_the_letter(room: CaseStage) -> None:
    """F-04 其他: its words come with the tick; without it none stand there, and no line is left open."""
    agent = AgentForm(name="吴某", powers=("attend_sign", "other"), powers_other=" 代为签收赔偿款 ")
    first, second = room.parties()
    case_id = room.registered(parties=(replace(first, agents=(agent,)), second))

    def letter() -> Authorisation:
        card = room.services.cases.for_paper(case_id)
        return paper_values.authorisation(card, card.parties[0], card.parties[0].agents[0])

    assert letter().scope_other == "代为签收赔偿款"
    card = room.services.cases.for_paper(case_id)
    assert paper_values.party_block(card.parties[0], None).agent_scope == (
        "代为参加调解并签署笔录；其他：代为签收赔偿款"
    )
    base = room.services.cases.form(case_id)
    kept = base.parties[0].agents[0]
    assert kept.powers_other == "代为签收赔偿款"
    first = replace(base.parties[0], agents=(replace(kept, powers=("attend_sign",)),))
    room.services.cases.save(case_id, replace(base, parties=(first, *base.parties[1:])), base)
    assert room.services.cases.form(case_id).parties[0].agents[0].powers_other == ""
    assert letter().scope_other == "无"


@pytest.mark.parametrize(
    ("source", "own", "report"),
    [("application", "当事人申请", "当事人申请"), ("initiative", "调委会主动调解", "主动调解")],
)
def test_sources_are_worded_as_each_form_wants(card: CaseCard, source: str, own: str, report: str) -> None:
    """F-02 offers two sources, F-11 five."""
    changed = replace(card, source=source)
    assert paper_values.registration(changed).source == own
    assert closing_values.closing_report(changed).source == report
    police = replace(card, source="police", source_label="公安机关委托移送")
    assert closing_values.closing_report(police).source == "公安移交"
    assert paper_values.registration(police).source == "公安机关委托移送"


def test_a_party_is_as_old_as_on_the_day_of_the_paper(card: CaseCard, agreed: AgreementView) -> None:
    """§3.5 年龄: printed again two years later, the papers say what they said."""
    born = date(1990, 11, 22)
    party = replace(card.parties[0], birth_date=born, age=38)
    inquiry = replace(card.sittings[0], held_at=datetime.fromisoformat("2026-11-21T09:00:00+08:00"))
    aged = replace(
        card, parties=(party, card.parties[1]), applied_on=date(2026, 11, 21), accepted_on=date(2026, 11, 22)
    )
    assert paper_values.application(aged).applicants[0].age == 35
    assert paper_values.registration(aged).parties[0].age == 36
    assert paper_values.sitting_record(aged, inquiry).parties_present[0].age == 35
    reached = replace(agreed, reached_on=date(2026, 11, 22))
    assert paper_values.agreement(aged, reached).parties[0].age == 36
    # Without a day of its own a paper is of today.
    assert paper_values.application(replace(aged, applied_on=None)).applicants[0].age == 38


def test_sq02_no_paper_is_addressed_to_no_court(card: CaseCard, agreed: AgreementView) -> None:
    """Where nobody named the court, the line is left to the hand and says so."""
    unknown = replace(card, confirmation=replace(card.confirmation, court=""))
    assert paper_values.confirmation_application(unknown, agreed).court == "________人民法院"
    assert paper_values.committee_proof(unknown, agreed).court == "________人民法院"


def test_med27_of_many_those_they_chose_sign(room: CaseStage) -> None:
    """MED-12: the paper asks for the signatures that the record waits for, of each side's representatives."""
    first, second = room.parties()
    many = [
        PartyForm(side="applicant", name=f"王某{n}", address="示例路 9 号", representative=n < 2)
        for n in range(9)
    ]
    case_id = room.mediating(parties=(first, *many, second))
    room.services.agreements.save(case_id, room.agreement())
    card = room.services.cases.for_paper(case_id)
    assert card.agreement is not None
    asked = [place.name for place in card.agreement.signatures if place.role == "party"]
    assert asked == ["王某0", "王某1", "冯某"]
    paper = paper_values.agreement(card, card.agreement)
    assert list(paper.party_names) == asked
    assert (len(paper.parties), paper.copies) == (11, 12)
    assert list(paper_values.registration(card).party_names) == asked
    assert list(paper_values.application(card).applicant_names) == asked[:2]
    # Before the court all of them apply together (MED-16).
    assert len(paper_values.confirmation_application(card, card.agreement).party_names) == 11


def test_pi05_a_guardian_signs_for_who_cannot_alone(room: CaseStage) -> None:
    first, second = room.parties()
    child = replace(second, birth_date=date(2012, 5, 1), guardian="冯某某", guardian_relation="父亲")
    card = room.services.cases.for_paper(room.agreed(parties=(first, child)))
    assert card.agreement is not None
    paper = paper_values.agreement(card, card.agreement)
    assert paper.party_names == ("钱某", "冯某（监护人冯某某）")
    assert paper.parties[1].guardian == "冯某某（父亲）"


def test_pi05_a_guardian_left_with_an_adult_is_not_asked_to_sign(room: CaseStage) -> None:
    """As when 未成年人 was ticked at the wrong party: the name stays in the record, unseen."""
    first, second = room.parties()
    grown = replace(second, birth_date=date(1980, 5, 1), guardian="冯某某")
    card = room.services.cases.for_paper(room.agreed(parties=(first, grown)))
    assert card.agreement is not None
    paper = paper_values.agreement(card, card.agreement)
    assert (paper.party_names, paper.parties[1].guardian) == (("钱某", "冯某"), "")
    ticked = replace(card.parties[1], birth_date=None, minor=True)
    assert paper_values.party_block(ticked, card.agreement.reached_on).ward_of == "冯某某"


def test_who_did_not_help_leaves_no_line_open_above_the_signatures(card: CaseCard) -> None:
    """F-06 参加人."""
    assert paper_values.sitting_record(card, card.sittings[0]).invitees == ("无",)
