"""What both desks changed while a form was open: asked about, answered either way, the same on both."""

from types import SimpleNamespace
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from desk.services.deputies import Deputies
from desk.services.deputy_form import DeputyForm, MandateForm
from desk.services.session import Session
from desk.ui.context import Context
from desk.ui.live import Live
from desk.ui.navigator import Navigator
from desk.ui.pages.deputies.person_form import PersonForm
from tests.fakes import FakeTasks, RecordingNotices
from tests.sync import test_two_stores as two_stores
from tests.sync.test_two_stores import HEAD, Pc

line, pcs = two_stores.line, two_stores.pcs
NEW = DeputyForm(name="赵某某", phone="13900139000", mandates=(MandateForm(5, "第3选区"),))


def deputies(pc: Pc) -> Deputies:
    return Deputies(pc.store, Session(HEAD, bytes(32)))


def form_on(pc: Pc, deputy_id: str, qtbot: QtBot) -> PersonForm:
    """Open the form of a deputy at one desk."""
    live, notices = Live(), RecordingNotices()
    services: Any = SimpleNamespace(deputies=deputies(pc))
    made = PersonForm(Context(services, FakeTasks(notices, live), notices, Navigator(), live))
    qtbot.addWidget(made)
    made.show()
    made.correct(deputy_id, deputies(pc).form(deputy_id))
    return made


@pytest.mark.parametrize("yields", [False, True])
def test_what_both_desks_changed_is_asked_and_ends_the_same_on_both(
    pcs: tuple[Pc, Pc], qtbot: QtBot, yields: bool
) -> None:
    first, second = pcs
    deputy_id = deputies(first).add(NEW).value.row.id
    first.go()
    second.go()
    page = form_on(second, deputy_id, qtbot)
    page.fields["post"].setText("医生")
    page.fields["remark"].setText("周三在家")
    base = deputies(first).form(deputy_id)
    theirs = DeputyForm(**{**vars(base), "post": "教师", "alias": "老赵", "phone": "13900139111"})
    deputies(first).edit(deputy_id, theirs, base)
    first.go()
    second.go()
    page.save.click()
    assert list(page.overtaken.choices) == [("post",)]
    assert deputies(second).form(deputy_id).post == "教师"
    page.overtaken.choices[("post",)][1 if yields else 0].click()
    page.save.click()
    assert page.overtaken.isHidden()
    for pc in (second, first, second):
        pc.go()
    told = [deputies(pc).form(deputy_id) for pc in pcs]
    assert told[0] == told[1]
    assert (told[0].post, told[0].remark, told[0].alias, told[0].phone) == (
        *("教师" if yields else "医生", "周三在家", "老赵"),
        "139****9111",
    )
    for pc in pcs:
        assert pc.ask("SELECT count(*) FROM conflict") == [(0,)]
