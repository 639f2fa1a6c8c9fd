"""Scans of signed pages are filed to the paper they are of, at adding and in their window (§3.6)."""

from typing import Any

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desk.rules.dossier import WHOLE
from desk.services.attachments.values import Attachment
from desk.ui.pages.mediation.scans_part import ScansPart
from desk.ui.window import MainWindow
from tests.ui.pages import mediation_stage as stage
from tests.ui.pages.mediation_stage import opened, tab
from tests.unit.services.attachments import samples

room, desk = stage.room, stage.desk
pytestmark = pytest.mark.usefixtures("here")


def _scans(desk: MainWindow, case_id: str) -> tuple[Any, ScansPart]:
    part = tab(opened(desk, case_id), "dossier")
    return part, part.scans


def _kept(desk: MainWindow, case_id: str) -> list[Attachment]:
    return list(desk._context.services.attachments.list("mediation", case_id))


def _choose(part: Any, key: str) -> None:
    row = next(each for each in part.card.dossier.rows if each.key == key)
    part.list.choose(f"{row.key}:{row.label}")


def _pick(scans: ScansPart, words: str) -> None:
    scans.paper.setCurrentIndex(scans.paper.findText(words))
    scans.paper.activated.emit(scans.paper.currentIndex())


def test_where_a_row_has_several_papers_one_says_which_it_is(desk: MainWindow, room: stage.CaseStage) -> None:
    case_id = room.agreed()
    part, scans = _scans(desk, case_id)
    _choose(part, "registration")
    assert scans.paper.isVisible()
    assert [scans.paper.itemText(at) for at in range(1, scans.paper.count())] == [
        "人民调解申请书",
        "人民调解受理登记表",
        "整行（这一行的全部文书）",
    ]
    _pick(scans, "人民调解受理登记表")
    scans.scans.add([samples.photo("tiny.jpg")])
    _pick(scans, "整行（这一行的全部文书）")
    scans.scans.add([samples.photo("alpha.png")])
    filed = [(each.slot, each.party_id) for each in _kept(desk, case_id)]
    assert filed == [("registration", f"f02-{case_id}"), ("registration", WHOLE)]
    assert any("人民调解受理登记表" in each.accessibleName() for each in scans.strip._things.values())


def test_of_one_paper_there_is_nothing_to_choose(desk: MainWindow, room: stage.CaseStage) -> None:
    """Filed to the one sitting there is now, it stays its own when there is a second one."""
    case_id = room.agreed()
    part, scans = _scans(desk, case_id)
    _choose(part, "mediation_record")
    assert not scans.paper.isVisible()
    scans.scans.add([samples.photo("tiny.jpg")])
    [kept] = _kept(desk, case_id)
    assert kept.party_id == room.services.cases.get(case_id).sittings[0].id


def test_another_row_begins_with_nothing_said(desk: MainWindow, room: stage.CaseStage) -> None:
    case_id = room.agreed()
    part, scans = _scans(desk, case_id)
    _choose(part, "registration")
    _pick(scans, "人民调解申请书")
    _choose(part, "rights_notice")
    assert scans.paper.value() == ""
    scans.scans.add([samples.photo("tiny.jpg")])
    assert [(each.slot, each.party_id) for each in _kept(desk, case_id)] == [("rights_notice", "")]


def test_the_window_of_a_scan_says_which_paper_it_is_too(desk: MainWindow, room: stage.CaseStage) -> None:
    case_id = room.agreed()
    part, scans = _scans(desk, case_id)
    _choose(part, "rights_notice")
    scans.scans.add([samples.photo("tiny.jpg")])
    scans.scans.open(_kept(desk, case_id)[0].id)
    viewer = scans.scans.viewer
    assert viewer is not None
    assert viewer.paper.isVisible()
    viewer.paper.set_value(room.party_ids(case_id)[1])
    viewer.paper.activated.emit(viewer.paper.currentIndex())
    assert _kept(desk, case_id)[0].party_id == room.party_ids(case_id)[1]
    viewer.slot.set_value("evidence")
    viewer.slot.activated.emit(viewer.slot.currentIndex())
    assert [(each.slot, each.party_id) for each in _kept(desk, case_id)] == [("evidence", "")]
    assert not viewer.paper.isVisible()
    viewer.close()


def test_closing_the_case_says_which_scans_were_not_added(desk: MainWindow, room: stage.CaseStage) -> None:
    case_id = room.agreed()
    case = opened(desk, case_id)
    scans = tab(case, "dossier").scans
    scans.scans._queue.busy = True  # as while a large scan is being read
    scans.scans.add([samples.photo("tiny.jpg")])
    case.stop()
    assert [said for said in stage.said(desk, "warn") if "这一页已经关上" in said] != []


def test_the_papers_that_went_out_stand_in_the_tab_and_can_be_voided(
    desk: MainWindow, room: stage.CaseStage, qtbot: QtBot
) -> None:
    case_id = room.accepted()
    papers, jobs = desk._context.services.case_papers, desk._context.services.print_jobs
    paper = papers.make(case_id, papers.papers(case_id)[0].key)
    jobs.printed(jobs.queue(paper.kind, paper.record_id, paper.number, parts=paper.parts).value.id)
    part = tab(opened(desk, case_id), "dossier")
    assert "人民调解申请书" in stage.words(part.jobs)
    (void,) = part.jobs.findChildren(QPushButton)
    void.click()
    qtbot.waitUntil(lambda: "已作废" in stage.words(part.jobs))
    assert [row.printed for row in papers.papers(case_id) if row.form == "F-01"] == [0]


def test_the_signed_pages_are_scanned_from_the_agreement(desk: MainWindow, room: stage.CaseStage) -> None:
    """The picture's 扫描签字页: one press from the signatures to where the scan is added, its row chosen."""
    case_id = room.mediating()
    room.services.agreements.save(case_id, room.agreement())
    case = opened(desk, case_id)
    scan = tab(case, "agreement").signatures.scan
    assert scan.isHidden()
    room.signed(case_id)
    case.writes.do(lambda services: services.mediation.agreements.agree(case_id))
    scan.click()
    assert case.view.current() == "dossier"
    part = case.view.part("dossier")
    assert part.list.key().startswith("agreement:")
    assert part.scans.strip.add.hasFocus()
    part.scans.scans.add([samples.photo("tiny.jpg")])
    [kept] = _kept(desk, case_id)
    card = room.services.cases.get(case_id)
    assert card.agreement is not None
    assert (kept.slot, kept.party_id) == ("agreement", card.agreement.id)


def test_what_an_archive_lacks_is_gone_to(desk: MainWindow, room: stage.CaseStage) -> None:
    """The keeping term for the covers; for an identity paper its row, with the cursor where it is added."""
    case_id = room.agreed()
    for term_id in room.term_ids(case_id):
        room.services.agreements.term_done(case_id, term_id)
    room.services.aftercare.conclude(case_id)
    case = opened(desk, case_id)
    part = tab(case, "dossier")
    case.steps.take("archive")
    assert part.fields.fields["keeping"].widget.hasFocus()
    part.fields.fields["keeping"].paint("years_10")
    part.fields.edited.emit("keeping")
    part.archive.click()
    assert case.card is not None
    assert case.card.state == "performed"
    assert part.list.key() == "identity:当事人身份证明（钱某）"
    assert part.scans.strip.add.hasFocus()


def test_one_scan_of_two_papers_is_added_to_each_row(desk: MainWindow, room: stage.CaseStage) -> None:
    """Its bytes are kept once; twice to the same paper is refused with the way out."""
    case_id = room.agreed()
    part, scans = _scans(desk, case_id)
    for row in ("agreement", "mediation_record"):
        _choose(part, row)
        scans.scans.add([samples.photo("tiny.jpg")])
    first, second = _kept(desk, case_id)
    assert (first.slot, second.slot) == ("agreement", "mediation_record")
    assert first.sha256 == second.sha256
    scans.scans.add([samples.photo("tiny.jpg")])
    (told,) = stage.said(desk, "warn")
    assert "已经添加过" in told
    assert "先选另一份文书" in told
    assert len(_kept(desk, case_id)) == 2
