"""The write block of a verb."""

from dataclasses import replace

import pytest

from desk.errors import AccessProblem, InputProblem
from desk.services.mediation.forms import ArchiveForm, ReportForm, TermForm
from tests.unit.services.mediation.case_stage import CaseStage


def test_nothing_is_written_when_a_verb_fails(room: CaseStage) -> None:
    case_id = room.registered()
    form = room.services.cases.form(case_id)
    with pytest.raises(InputProblem):
        room.services.cases.save(
            case_id,
            replace(
                form, title="改了", risk_flags=("criminal",), reports=(ReportForm("criminal", "education"),)
            ),
        )
    assert room.services.cases.get(case_id).title == "楼上漏水赔偿纠纷"


def test_a_locked_desk_answers_nobody(room: CaseStage) -> None:
    case_id = room.registered()
    room.session.lock()
    with pytest.raises(AccessProblem):
        room.services.cases.get(case_id)
    with pytest.raises(AccessProblem):
        room.services.cases.register(room.form())


def test_an_archived_case_is_closed_to_every_change(room: CaseStage) -> None:
    """Only reopening with a reason, and the grade, touch a filed dossier."""
    terms = (TermForm(text="当面道歉", ower="冯某", way="own_act"),)
    agreement = replace(room.agreement(), form="oral", mode="immediate", terms=terms)
    case_id = room.services.cases.settle(room.small(agreement=agreement, performed=True)).value.id
    room.services.endings.archive(case_id, ArchiveForm(keeping="long"))
    for change in (
        lambda: room.services.cases.save(case_id, room.services.cases.form(case_id)),
        lambda: room.services.endings.prevent(case_id, ("criminal",), 2),
        lambda: room.services.agreements.term_open(case_id, room.term_ids(case_id)[0], "错了"),
        lambda: room.services.endings.archive(case_id, ArchiveForm(keeping="long")),
    ):
        with pytest.raises(InputProblem) as told:
            change()
        assert told.value.sentence == "本案已经归档，不能再改。"
    assert room.services.cases.get(case_id).confirmation.reasons == ("本案已经归档。",)
