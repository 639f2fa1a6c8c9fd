"""§3.8: the sums hold on a thousand generated cases; 以案定补 adds up."""

import io
from dataclasses import replace
from datetime import date
from fractions import Fraction

import openpyxl
import pytest

from desk.errors import AccessProblem, InputProblem
from desk.models.store import Store
from desk.services.committee_values import MediatorForm
from desk.services.mediation.forms import (
    ArchiveForm,
    CaseMediatorForm,
    EndForm,
    SweepForm,
    TermForm,
)
from desk.services.mediation.ledgers import LedgerAsk
from desk.services.profile import load_default
from desk.services.seed import case_run
from desk.services.seed.case_run import CasePlan
from tests.fakes import FakeClock
from tests.unit.services.mediation.case_stage import TODAY, CaseStage
from tests.unit.services.mediation.case_stage import room as build_room

YEAR = (date(2026, 1, 1), date(2026, 12, 31))


def simple(room: CaseStage, **changes: object) -> str:
    """Settle and perform a small case on the spot; return its id."""
    terms = (TermForm(text="赔偿", ower="冯某", payee="钱某", amount="300", way="cash"),)
    agreement = replace(room.agreement(), form="oral", mode="immediate", terms=terms)
    case = room.form(**changes)
    return room.services.cases.settle(room.small(case=case, agreement=agreement, performed=True)).value.id


def test_sums_of_a_thousand_generated_cases(store: Store, fake_clock: FakeClock) -> None:
    room = build_room(store)
    case_run.fill(store, room.session.user.id, load_default(), CasePlan(1000, 7, date(2026, 11, 22)))
    folded = room.services.statistics.period(date(2023, 1, 1), date(2026, 12, 31)).figures
    assert folded.cases + folded.not_accepted == 1000
    for sums in (folded.types, folded.parent_types, folded.sources, folded.source_groups, folded.committees):
        assert sum(sums.values()) == folded.cases
    assert sum(folded.results.values()) == folded.cases
    assert sum(folded.forms.values()) == folded.results["success"]
    assert sum(folded.performance.values()) == folded.results["success"]
    assert folded.fen > 0
    # What is pending or went elsewhere is left out of the rate.
    ended = folded.results["success"] + folded.results["failed"]
    assert folded.success_rate == Fraction(folded.results["success"], ended)
    years = [
        room.services.statistics.period(date(year, 1, 1), date(year, 12, 31)).figures
        for year in (2023, 2024, 2025, 2026)
    ]
    assert sum(each.cases for each in years) == folded.cases
    assert sum(each.fen for each in years) == folded.fen
    kinds = [
        room.services.statistics.period(date(2023, 1, 1), date(2026, 12, 31), committee.id).figures.cases
        for committee in room.committees.list()
    ]
    assert sum(kinds) == folded.cases
    content = room.services.ledgers.workbook(
        LedgerAsk("case_statistics", date(2023, 1, 1), date(2026, 12, 31))
    )
    printed = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    lines = [[value for value in row if value is not None] for row in printed.iter_rows(values_only=True)]
    rows = [line for line in lines if line[1:2] and line[1] in ("件", "人", "次", "万元")]
    assert all(sum(line[2:-1]) == pytest.approx(line[-1]) for line in rows)
    whole = {str(line[0]): line[-1] for line in rows}
    committees = lines[lines.index(["各调委会"]) + 2 :]
    assert committees[len(room.committees.list())][0:2] == ["合计", folded.cases]
    assert sum(line[1] for line in committees[: len(room.committees.list())]) == folded.cases
    assert whole["调解案件总数"] == folded.cases
    assert whole["调解成功"] == whole["口头协议"] + whole["书面协议"]


def test_each_figure_of_a_few_cases(room: CaseStage) -> None:
    simple(room)
    room.agreed(difficulty="hard", parties=(*room.parties(), replace(room.parties()[1], name="李某")))
    failed = room.mediating(source="initiative", applied_on=None)
    room.services.endings.terminate(failed, EndForm(cause="no_agreement", remedies_told=True))
    room.services.endings.prevent(room.accepted(dispute_type="traffic"), ("petition",), 9)
    room.registered()
    room.services.sweeps.save(SweepForm(room.committee_id, TODAY, "仁和社区", found=2, prevented=1))
    shown = {(line.group, line.code): line.text for line in room.services.statistics.period(*YEAR).lines}
    expected = {
        ("total", "cases"): "4 件",
        ("total", "people"): "9 人",
        ("total", "success"): "2 件",
        ("total", "failed"): "1 件",
        ("total", "pending"): "1 件",
        ("total", "success_rate"): "66.7%　2/3",
        ("total", "hard"): "1 件",
        ("total", "fen"): "0.29 万元",
        ("total", "not_accepted"): "1 件",
        ("committee", "town"): "4 件",
        ("source", "initiative"): "1 件",
        ("type", "traffic"): "1 件",
        ("form", "oral"): "1 件",
        ("form", "written"): "1 件",
        ("performance", "performed"): "1 件",
        ("kept", "petition"): "1 件 9 人",
        ("sweep", "found"): "2",
    }
    assert {key: shown[key] for key in expected} == expected


def test_days_and_rights(room: CaseStage) -> None:
    with pytest.raises(InputProblem):
        room.services.statistics.period(date(2026, 2, 1), date(2026, 1, 1))
    simple(room)
    assert room.as_user("clerk").services.statistics.period(*YEAR).figures.cases == 1
    with pytest.raises(AccessProblem):
        room.as_user("lawyer").services.statistics.period(*YEAR)
    with pytest.raises(AccessProblem):
        room.as_user("clerk").services.statistics.subsidies(2026)


def test_subsidies_add_up(room: CaseStage) -> None:
    """以案定补: by difficulty and grade, rates from the profile; an ungraded dossier earns nothing yet."""
    first, second = simple(room), simple(room)
    for case_id in (first, second):
        room.services.endings.archive(case_id, ArchiveForm(keeping="long"))
    room.as_user("head").services.endings.grade(first, "excellent")
    found = room.services.statistics.subsidies(2026)
    assert [(row.grade_label, row.fen) for row in found.rows] == [("优秀", 3000), ("未评", 0)]
    assert (found.total_fen, found.total_text) == (3000, "30.00 元")
    assert [(each.mediator, each.fen) for each in found.sums] == [("王某某", 3000)]
    assert room.services.statistics.subsidies(2025).rows == ()


def test_a_dossier_without_a_title_is_called_by_its_parties(room: CaseStage) -> None:
    """Who mediated shares, who only wrote the record does not; what was taken off the case is not counted."""
    seats = (
        CaseMediatorForm(mediator_id=room.mediator_id),
        CaseMediatorForm(mediator_id=room.other_mediator_id),
        CaseMediatorForm(name="吴某", role="recorder"),
    )
    case_id = simple(room, title="", mediators=seats)
    form = room.services.cases.form(case_id)
    room.services.cases.save(case_id, replace(form, mediators=form.mediators[1:]))
    room.services.endings.archive(case_id, ArchiveForm(keeping="long"))
    (row,) = room.services.statistics.subsidies(2026, room.committee_id).rows
    assert (row.title, row.mediators_text) == ("钱某与冯某邻里纠纷", "周某")
    assert room.services.statistics.subsidies(2026, "another").rows == ()


def test_two_mediators_of_one_name_are_paid_apart(room: CaseStage) -> None:
    namesake = room.as_user("head").committees.save_mediator(
        room.committee_id, MediatorForm(name="王某某", phone="13900000188")
    )
    seats = (CaseMediatorForm(mediator_id=room.mediator_id),)
    others = (CaseMediatorForm(mediator_id=namesake.value.id),)
    for mediators in (seats, others):
        case_id = simple(room, mediators=mediators)
        room.services.endings.archive(case_id, ArchiveForm(keeping="long"))
        room.as_user("head").services.endings.grade(case_id, "excellent")
    sums = room.services.statistics.subsidies(2026).sums
    assert [(each.dossiers, each.fen) for each in sums] == [(1, 3000), (1, 3000)]
    first, second = (each.mediator for each in sums)
    assert first != second
    assert second.startswith("王某某（")
    assert "0188" in second


def test_a_dossier_filed_anew_is_paid_once(room: CaseStage, fake_clock: FakeClock) -> None:
    case_id = simple(room)
    room.services.endings.archive(case_id, ArchiveForm(keeping="long"))
    fake_clock.forward(days=60)
    room.services.endings.reopen(case_id, "补一份收条")
    assert room.services.statistics.subsidies(2026).rows == ()
    card = room.services.endings.archive(case_id, ArchiveForm(keeping="long")).value
    assert card.archived_on == date(2027, 1, 22)
    assert [row.archived_on for row in room.services.statistics.subsidies(2026).rows] == [TODAY]
    assert room.services.statistics.subsidies(2027).rows == ()
