"""The records of a case read back as they were typed."""

from datetime import timedelta

from desk import clock
from desk.models.mediation import Mediation
from desk.models.sitting import Inquiry, Sitting
from desk.services.mediation import record_forms, sheet
from desk.services.mediation.forms import InquiryForm
from desk.services.visit_rows import Act
from tests.unit.services.mediation.case_stage import CaseStage


def act_of(room: CaseStage, rows: object) -> Act:
    return room.services.cases._desk.looking(rows)  # type: ignore[arg-type]  # the block the desk opens


def test_a_sitting_comes_back_as_it_was_typed(room: CaseStage) -> None:
    case_id = room.mediating()
    form = room.sitting(case_id, next_at=clock.now() + timedelta(days=3))
    sitting_id = room.services.proceedings.save_sitting(case_id, form).value.sittings[-1].id
    with room.store.read() as rows:
        case = sheet.load(rows, rows.get_one(Mediation, case_id))
        row = next(each for each in case.of(Sitting) if each.record_id == sitting_id)
        assert record_forms.sitting(act_of(room, rows), case, row) == form


def test_an_inquiry_comes_back_as_it_was_typed(room: CaseStage) -> None:
    case_id = room.accepted()
    form = InquiryForm(
        held_at=clock.now(),
        place="示例路 8 号",
        subject="漏水",
        respondent="冯某",
        investigators=("周某", "孙某"),
        text="问：何时漏的？",
    )
    room.services.proceedings.save_inquiry(case_id, form)
    with room.store.read() as rows:
        case = sheet.load(rows, rows.get_one(Mediation, case_id))
        (row,) = case.of(Inquiry)
        assert record_forms.inquiry(act_of(room, rows), case, row) == form
