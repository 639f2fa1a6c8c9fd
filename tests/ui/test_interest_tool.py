"""回避关系 as a thing of its own: what a mediator or adviser declares, keeps and takes back (FL-11)."""

import pytest
from pytestqt.qtbot import QtBot

from desk.models.store import Store
from desk.ui.interest_tool import InterestTool
from tests.fakes import FakeClock, RecordingNotices
from tests.ui.pages.consultation_stage import context_of
from tests.unit.services.consultation import advice_stage


@pytest.fixture
def tool(store: Store, fake_clock: FakeClock, qtbot: QtBot) -> InterestTool:
    context = context_of(advice_stage.build(store), RecordingNotices())
    made = InterestTool(context)
    qtbot.addWidget(made)
    made.load()
    return made


def test_what_is_declared_is_listed(tool: InterestTool) -> None:
    tool.name.setText("冯某某")
    tool.relation.setText("姐夫")
    tool.take.click()
    assert tool.name.value() == ""
    assert not tool._empty.isVisibleTo(tool)


def test_without_a_name_nothing_is_declared(tool: InterestTool) -> None:
    tool.relation.setText("姐夫")
    tool.take.click()
    assert tool.relation.value() == "姐夫"
    assert tool._empty.isVisibleTo(tool)
