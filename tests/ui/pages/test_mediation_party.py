"""A party of a dispute as it is typed: what its identity number tells is shown at once."""

from datetime import date
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from desk.models.store import Store
from desk.services.mediation.forms import PartyForm
from desk.ui.pages.mediation.party_block import PartyBlock
from desk.ui.pages.mediation.party_line import PartyLine
from tests.fakes import FakeClock
from tests.ui.pages import mediation_stage as stage

WOMAN, BOY = "11010519491231002X", "110105201503070013"


@pytest.fixture
def room(store: Store, fake_clock: FakeClock) -> stage.CaseStage:
    return stage.store_room(store)


@pytest.fixture(params=[PartyLine, PartyBlock])
def line(room: stage.CaseStage, qtbot: QtBot, request: pytest.FixtureRequest) -> PartyLine:
    """Give the line of the one page and that of the tab 当事人, with all its fields open."""
    made = request.param(PartyForm(side="applicant", name="王某某"), room.services.cases.frame())
    qtbot.addWidget(made)
    made.more.setChecked(True)
    return made


def typed(line: PartyLine, name: str, text: str) -> None:
    widget: Any = line.fields.fields[name].widget
    widget.setText(text)


def born(line: PartyLine) -> tuple[date | None, str]:
    form = line.value()
    return form.birth_date, form.sex


def test_a_number_fills_birth_and_sex(line: PartyLine) -> None:
    typed(line, "id_no", WOMAN[:17])
    assert born(line) == (None, "0")
    typed(line, "id_no", WOMAN)
    assert born(line) == (date(1949, 12, 31), "2")
    typed(line, "id_no", BOY)
    assert born(line) == (date(2015, 3, 7), "1")


def test_what_was_typed_stays(line: PartyLine) -> None:
    typed(line, "birth_date", "1950-01-01")
    line.fields.fields["sex"].paint("1")
    typed(line, "id_no", WOMAN)
    assert born(line) == (date(1950, 1, 1), "1")


def test_a_half_typed_day_stays(line: PartyLine) -> None:
    typed(line, "birth_date", "1950-13")
    typed(line, "id_no", WOMAN)
    assert born(line) == (None, "2")
    assert dict(line.fields.unreadable())["birth_date"]


def test_a_wrong_number_or_a_passport_fills_nothing(line: PartyLine) -> None:
    typed(line, "id_no", WOMAN[:17] + "1")
    assert born(line) == (None, "0")
    line.fields.fields["id_type"].paint("passport")
    typed(line, "id_no", WOMAN)
    assert born(line) == (None, "0")
