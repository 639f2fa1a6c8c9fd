"""The papers of a case from a real store: by rights, what is due in one go, and the bound dossier."""

from dataclasses import replace

import pytest

from desk import clock
from desk.errors import AccessProblem, InputProblem, PaperProblem
from desk.models.base import alive
from desk.models.committee import Committee
from desk.models.local_value import LocalValue
from desk.models.store import Store
from desk.rules.dossier import ROW, WHOLE
from desk.rules.profile import Profile, Row, overlay
from desk.services.mediation.forms import (
    AgentForm,
    ConfirmationForm,
    EndForm,
    FollowUpForm,
    InquiryForm,
)
from desk.services.mediation.values import DossierRow
from tests.paper_samples import MISSING, texts
from tests.scan_samples import picture, scanned_pdf
from tests.unit.services.mediation.case_stage import TODAY, CaseStage
from tests.unit.services.mediation.paper_room import PaperRoom


def test_a_registered_case_has_its_application(papers: PaperRoom) -> None:
    case_id = papers.room.registered()
    assert papers.keys(case_id) == ["F-01"]
    paper = papers.papers.make(case_id, papers.key(case_id, "F-01"))
    text = "".join(texts(paper.pdf))
    assert (paper.kind, paper.record_id, paper.pages) == ("f01", case_id, len(texts(paper.pdf)))
    # SQ-03: what proves who asks stands in clear.
    assert "11010519491231002X" in text
    assert "13900000172" in text


def test_an_accepted_case_has_a_notice_for_each_party_and_a_masked_register_sheet(papers: PaperRoom) -> None:
    case_id = papers.room.accepted()
    assert papers.keys(case_id) == ["F-01", "F-02", "F-03", "F-03"]
    register = "".join(texts(papers.papers.make(case_id, papers.key(case_id, "F-02")).pdf))
    assert "110105********002X" in register
    assert "139****0172" in register
    assert "11010519491231002X" not in register
    notices = [row for row in papers.papers.papers(case_id) if row.form == "F-03"]
    assert [row.label for row in notices] == ["当事人权利义务告知书（钱某）", "当事人权利义务告知书（冯某）"]


def test_what_a_paper_leaves_to_the_pen_is_said_before_it_is_printed(papers: PaperRoom) -> None:
    """§3.5: phone and address are asked on every paper, though nobody is turned away without them."""
    first, second = papers.room.parties()
    case_id = papers.room.accepted(parties=(first, replace(second, phone="", address="")), claims=())
    note = papers.papers.make(case_id, papers.key(case_id, "F-01")).note
    assert "还空着、要用笔填的：冯某的联系方式、冯某的单位或住址、当事人申请事项" in note
    assert "当事人申请事项" in papers.papers.due(case_id).note


def test_what_is_due_comes_in_one_pdf_and_is_not_due_again_once_printed(papers: PaperRoom) -> None:
    case_id = papers.room.agreed()
    before = papers.due(case_id)
    assert {"F-01", "F-02", "F-03", "F-06", "F-07"} <= set(before)
    bundle = papers.papers.due(case_id)
    text = texts(bundle.pdf)
    # MED-12: two parties and the committee, three copies of the agreement.
    assert sum("人民调解协议书" in page for page in text) >= 3
    assert len(bundle.parts) == len(before)
    job_id = papers.print(bundle)
    assert papers.due(case_id) == []
    with pytest.raises(InputProblem, match="没有要打印"):
        papers.papers.due(case_id)
    assert all(row.printed == 1 for row in papers.papers.papers(case_id) if row.form in before)
    papers.print_jobs.voided(job_id, "卡纸")
    assert papers.due(case_id) == before


def test_a_paper_printed_alone_is_taken_off_the_list(papers: PaperRoom) -> None:
    case_id = papers.room.accepted()
    first = papers.papers.make(case_id, papers.key(case_id, "F-03"))
    papers.print(first)
    assert papers.due(case_id) == ["F-01", "F-02", "F-03"]
    assert papers.papers.make(case_id, papers.key(case_id, "F-03")).reprint == 1


def test_a_failed_print_leaves_it_due(papers: PaperRoom) -> None:
    case_id = papers.room.accepted()
    before = papers.due(case_id)
    bundle = papers.papers.due(case_id)
    job = papers.print_jobs.queue(bundle.kind, bundle.record_id, parts=bundle.parts).value
    papers.print_jobs.failed(job.id, "打印机没有纸")
    assert papers.due(case_id) == before


def test_the_oral_case_of_one_page(papers: PaperRoom) -> None:
    case_id = papers.room.services.cases.settle(papers.room.small()).value.id
    keys = papers.keys(case_id)
    assert "F-08" in keys
    assert "F-07" not in keys
    assert "F-01" not in keys


@pytest.mark.usefixtures("here")
def test_a_dossier_holds_scans_in_the_place_of_the_papers(papers: PaperRoom) -> None:
    """§3.6: signed pages lie where the paper would; cover and contents first, back cover last."""
    case_id = papers.room.agreed()
    applicant, respondent = papers.room.party_ids(case_id)
    papers.scan(case_id, "证1.jpg", picture(1000, 630), "identity", applicant)
    papers.scan(case_id, "证2.png", picture(1000, 640, form="PNG"), "identity", respondent)
    papers.scan(case_id, "现场.jpg", picture(1200, 800), "evidence")
    papers.scan(case_id, "协议.pdf", scanned_pdf(3), "agreement")
    papers.scan(case_id, "说明.txt", "文字".encode(), "evidence")
    paper = papers.papers.dossier(case_id)
    pages = texts(paper.pdf)
    assert pages[0].startswith("人民调解卷宗")
    contents = pages[1]
    order = [
        *("人民调解申请书", "人民调解受理登记表"),
        *("当事人权利义务告知书（钱某）", "当事人权利义务告知书（冯某）"),
        *("当事人身份证明（钱某）", "当事人身份证明（冯某）"),
        *("证据材料", "人民调解记录（第1次）", "人民调解协议书", "卷宗情况说明（备考表）"),
    ]
    places = [contents.index(name) for name in order]
    assert places == sorted(places)
    assert "扫描件" in contents
    assert "封底" in pages[-1]
    # The drawn agreement gave way to its scan.
    assert not any(page.startswith("人民调解协议书") for page in pages)
    assert any("scan3" in page for page in pages)
    assert "说明.txt" in paper.note
    assert paper.kind == "dossier"


def test_a_dossier_says_what_is_missing(papers: PaperRoom) -> None:
    case_id = papers.room.agreed()
    heard: list[tuple[int, int]] = []
    paper = papers.papers.dossier(case_id, told=lambda done, of: heard.append((done, of)))
    assert "缺当事人身份证明（钱某）" in paper.note
    assert "缺当事人身份证明（钱某）" in texts(paper.pdf)[-2]
    assert heard[-1][0] == heard[-1][1]


@pytest.mark.usefixtures("here")
def test_a_scan_filed_to_one_sitting_leaves_the_others_drawn(papers: PaperRoom) -> None:
    room = papers.room
    case_id = room.mediating()
    room.services.proceedings.save_sitting(case_id, replace(room.sitting(case_id), place="示例镇二号调解室"))
    first = room.services.cases.get(case_id).sittings[0].id
    papers.scan(case_id, "记录.pdf", scanned_pdf(1), "mediation_record", first)
    contents = texts(papers.papers.dossier(case_id).pdf)[1]
    assert contents.count("人民调解记录（第1次）") == 1
    assert contents.count("人民调解记录（第2次）") == 1


@pytest.mark.parametrize("form", [f"f{number:02}" for number in range(1, 14)])
def test_a_field_the_county_added_is_printed_on_each_form(
    papers: PaperRoom, store: Store, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    number = form.replace("f", "F-")
    bring = {"F-08": _oral, "F-12": _ended}.get(number, _full)
    case_id = bring(papers.room)
    row = Row(f"form.{form}.grid", ("所在网格",), "list", TODAY, "本地设定")
    county = overlay(papers.room.profiles.current(), Profile("县", "1", (row,)))
    monkeypatch.setattr(papers.room.profiles, "current", lambda: county)
    with store.write_confirmed() as rows:
        rows.add(LocalValue(noun="mediation", target_id=case_id, form=form, key="grid", value="第三网格"))
    text = "".join(texts(papers.papers.make(case_id, papers.key(case_id, number)).pdf))
    assert text.count("所在网格") == 1
    assert text.count("第三网格") == 1
    assert "".join(texts(papers.papers.dossier(case_id).pdf)).count("第三网格") >= 1


def _oral(room: CaseStage) -> str:
    return room.services.cases.settle(room.small()).value.id


def _ended(room: CaseStage) -> str:
    case_id = room.mediating()
    room.services.endings.terminate(case_id, EndForm(cause="no_agreement", remedies_told=True))
    return case_id


def _full(room: CaseStage) -> str:
    """Bring a case with an agent and an inquiry through agreement, court and follow-up; return its id."""
    first, second = room.parties()
    agent = AgentForm(name="吴某", powers=("attend_sign",), letter_on=TODAY)
    parties = (replace(first, agents=(agent,)), replace(second, id_no="110105198001010019"))
    case_id = room.willing(parties=parties)
    inquiry = InquiryForm(
        *(clock.now(), None, "示例路 8 号", "漏水经过", "冯某"),
        investigators=("王某某", "周某"),
        recorder="周某",
        text="问：何时发现漏水？答：9 月 18 日。",
    )
    room.services.proceedings.save_inquiry(case_id, inquiry)
    room.services.proceedings.save_sitting(case_id, room.sitting(case_id))
    room.services.agreements.save(case_id, room.agreement())
    room.signed(case_id)
    room.services.agreements.agree(case_id)
    asked = ConfirmationForm(ground="committee", joint=room.party_ids(case_id))
    room.services.aftercare.apply(case_id, asked)
    for term_id in room.term_ids(case_id):
        room.services.agreements.term_done(case_id, term_id)
    room.services.aftercare.conclude(case_id)
    seen = FollowUpForm(room.party_ids(case_id)[0], clock.now(), "phone", "performed", "satisfied")
    room.services.aftercare.follow_up(case_id, seen)
    return case_id


def test_only_who_may_print_cases_gets_a_paper(papers: PaperRoom) -> None:
    case_id = papers.room.accepted()
    for role in ("clerk", "lawyer", "deputy"):
        with pytest.raises(AccessProblem):
            PaperRoom(papers.room.as_user(role)).papers.papers(case_id)


def test_a_paper_the_case_cannot_make_is_refused(papers: PaperRoom) -> None:
    case_id = papers.room.registered()
    with pytest.raises(InputProblem, match="做不出"):
        papers.papers.make(case_id, f"f07:{case_id}")


def test_a_missing_glyph_stops_the_paper(papers: PaperRoom) -> None:
    case_id = papers.room.registered(summary=f"楼上{MISSING}漏水")
    with pytest.raises(PaperProblem, match="纠纷简要情况"):
        papers.papers.make(case_id, papers.key(case_id, "F-01"))


@pytest.mark.usefixtures("here")
def test_a_scan_filed_to_nothing_hides_no_drawn_paper(papers: PaperRoom) -> None:
    """§3.6: nobody knows which of the two notices it is, so both stay."""
    case_id = papers.room.agreed()
    papers.scan(case_id, "告知书.pdf", scanned_pdf(1), "rights_notice")
    papers.scan(case_id, "申请.pdf", scanned_pdf(1), "registration")
    contents = texts(papers.papers.dossier(case_id).pdf)[1]
    for name in ("当事人权利义务告知书（钱某）", "当事人权利义务告知书（冯某）"):
        assert name in contents
    assert "人民调解申请书" in contents
    assert "人民调解受理登记表" in contents
    assert contents.count("扫描件") == 2


def _filed(papers: PaperRoom, case_id: str, label: str) -> str:
    """Return what a scan of this paper is filed to."""
    (code,) = {each.code for each in papers.papers.filings(case_id) if each.label == label}
    return code


def test_a_scan_may_be_any_paper_of_its_row_or_the_whole_row(papers: PaperRoom) -> None:
    case_id = papers.room.agreed()
    found: dict[str, list[str]] = {}
    for each in papers.papers.filings(case_id):
        found.setdefault(each.row, []).append(each.label)
    whole = "整行（这一行的全部文书）"
    assert found["registration"] == ["人民调解申请书", "人民调解受理登记表", whole]
    assert found["rights_notice"] == ["当事人权利义务告知书（钱某）", "当事人权利义务告知书（冯某）", whole]
    assert found["mediation_record"] == ["人民调解记录（第1次）"]
    assert found["confirmation"] == ["司法确认申请书", "人民调解委员会主持调解的证明", whole]
    codes = [(each.row, each.code) for each in papers.papers.filings(case_id)]
    assert len(set(codes)) == len(codes)


@pytest.mark.usefixtures("here")
def test_a_signed_scan_takes_the_place_of_its_own_paper_alone(papers: PaperRoom) -> None:
    """§3.6: F-01 and F-02 share a row and a case; the scan of one leaves the other, each in its order."""
    case_id = papers.room.agreed()
    respondent = papers.room.party_ids(case_id)[1]
    papers.scan(
        case_id, "登记表.pdf", scanned_pdf(1), "registration", _filed(papers, case_id, "人民调解受理登记表")
    )
    papers.scan(case_id, "告知.pdf", scanned_pdf(2), "rights_notice", respondent)
    pages = texts(papers.papers.dossier(case_id).pdf)
    contents = pages[1]
    for name in ("人民调解申请书", "人民调解受理登记表", "当事人权利义务告知书（冯某）"):
        assert contents.count(name) == 1
    assert contents.count("扫描件") == 2
    assert contents.index("人民调解申请书") < contents.index("人民调解受理登记表")
    assert contents.index("告知书（钱某）") < contents.index("告知书（冯某）")
    heads = [page[:12] for page in pages]
    assert sum(head.startswith("人民调解申请书") for head in heads) == 1
    assert not any(head.startswith("人民调解受理登记表") for head in heads)


@pytest.mark.usefixtures("here")
def test_a_scan_of_the_whole_row_takes_the_place_of_all_its_papers(papers: PaperRoom) -> None:
    case_id = papers.room.agreed()
    papers.scan(case_id, "申请和登记.pdf", scanned_pdf(3), "registration", WHOLE)
    pages = texts(papers.papers.dossier(case_id).pdf)
    assert "人民调解申请书" not in pages[1].replace(ROW["registration"], "")
    assert pages[1].count("扫描件") == 1
    assert not any(page.startswith(("人民调解申请书", "人民调解受理登记表")) for page in pages)


@pytest.mark.usefixtures("here")
def test_the_scan_of_an_agents_letter_is_filed_to_the_agent(
    papers: PaperRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    """§3.6 授权委托书: where the county wants a scan, the row of the agent is met by that agent's scan."""
    row = Row("dossier.scan_needed", ("authority",), "list", TODAY, "本地设定")
    county = overlay(papers.room.profiles.current(), Profile("县", "1", (row,)))
    monkeypatch.setattr(papers.room.profiles, "current", lambda: county)
    first, second = papers.room.parties()
    agent = AgentForm(name="吴某", powers=("attend_sign",), letter_on=TODAY)
    case_id = papers.room.accepted(parties=(replace(first, agents=(agent,)), second))

    def letter() -> DossierRow:
        (found,) = [
            row for row in papers.room.services.cases.get(case_id).dossier.rows if row.key == "authority"
        ]
        return found

    assert not letter().present
    papers.scan(case_id, "委托书.pdf", scanned_pdf(1), "authority", letter().party_id)
    assert letter().present
    pages = texts(papers.papers.dossier(case_id).pdf)
    assert pages[1].count("授权委托书（吴某）") == 1
    assert not any(page.startswith("授权委托书") for page in pages)


def test_sq02_a_court_nobody_named_is_said_with_the_paper(papers: PaperRoom, store: Store) -> None:
    case_id = papers.room.agreed()
    assert "法院" not in papers.papers.make(case_id, papers.key(case_id, "F-10")).note
    with store.write_confirmed() as rows:
        for committee in rows.scalars(alive(Committee)):
            committee.court = ""
    paper = papers.papers.make(case_id, papers.key(case_id, "F-10"))
    assert "设置 › 调委会" in paper.note
    assert "________人民法院" in "".join(texts(paper.pdf))
    assert "设置 › 调委会" in papers.papers.due(case_id).note


def _printed_now(papers: PaperRoom, case_id: str) -> None:
    papers.print(papers.papers.due(case_id))
    assert papers.due(case_id) == []


def test_a_record_written_anew_is_due_again(papers: PaperRoom) -> None:
    """What lies printed in the dossier must say what the record says."""
    room, case_id = papers.room, papers.room.mediating()
    _printed_now(papers, case_id)
    view = room.services.cases.get(case_id).sittings[0]
    room.services.proceedings.save_sitting(case_id, room.sitting(case_id, talk="改过的话"), view.id)
    (row,) = [row for row in papers.papers.papers(case_id) if row.due]
    assert (row.form, row.changed, row.printed) == ("F-06", True, 1)
    papers.print(papers.papers.make(case_id, row.key))
    assert papers.due(case_id) == []


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("filed", ["itself", WHOLE, ""])
def test_signed_pages_are_not_asked_for_again(papers: PaperRoom, filed: str) -> None:
    """§3.6: those of the whole row are all its papers; those filed to none the only paper of their row."""
    room, case_id = papers.room, papers.room.mediating()
    _printed_now(papers, case_id)
    view = room.services.cases.get(case_id).sittings[0]
    filed = view.id if filed == "itself" else filed
    papers.scan(case_id, "记录.pdf", scanned_pdf(1), "mediation_record", filed)
    room.services.proceedings.save_sitting(case_id, room.sitting(case_id, talk="改过的话"), view.id)
    assert papers.due(case_id) == []


def test_the_days_that_come_with_signatures_ask_for_no_other_print(papers: PaperRoom) -> None:
    """F-03 and F-07 are printed, then signed: when and how is written down afterwards."""
    room, case_id = papers.room, papers.room.mediating()
    room.services.agreements.save(case_id, room.agreement())
    _printed_now(papers, case_id)
    room.signed(case_id)
    room.services.agreements.agree(case_id)
    assert set(papers.due(case_id)) <= {"F-10"}


def test_med12_the_agreement_alone_comes_in_as_many_copies_as_are_needed(papers: PaperRoom) -> None:
    case_id = papers.room.agreed()
    paper = papers.papers.make(case_id, papers.key(case_id, "F-07"))
    assert (paper.copies, paper.note) == (3, "一式3份；还空着、要用笔填的：冯某的性别")


def test_the_print_ledger_of_a_case_has_all_its_papers(papers: PaperRoom) -> None:
    case_id = papers.room.accepted()
    papers.print(papers.papers.make(case_id, papers.key(case_id, "F-02")))
    papers.print(papers.papers.make(case_id, papers.key(case_id, "F-03")))
    assert [job.note for job in papers.papers.jobs(case_id)] == ["人民调解受理登记表", "当事人权利义务告知书"]


def test_a_case_handed_on_has_its_letter(papers: PaperRoom) -> None:
    """§3.6 移送函: there because it can be drawn, not because a name was typed."""
    room = papers.room
    case_id = room.accepted()
    rows = {row.key: row for row in room.services.cases.get(case_id).dossier.rows}
    assert "referral" not in rows or not rows["referral"].present
    room.services.endings.refer_out(case_id, EndForm(referred_to="示例派出所", reason="涉嫌犯罪"))
    rows = {row.key: row for row in room.services.cases.get(case_id).dossier.rows}
    assert rows["referral"].present
    (letter,) = [row for row in papers.papers.papers(case_id) if row.label == "移送函"]
    assert (letter.due, letter.copies) == (True, 2)
    text = "".join(texts(papers.papers.make(case_id, letter.key).pdf))
    assert "示例派出所：" in text
    assert "涉嫌犯罪" in text
    assert "移送函" in texts(papers.papers.dossier(case_id).pdf)[1]
