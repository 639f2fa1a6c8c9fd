"""A case that is changed elsewhere while it is open here: shown anew, kept, or asked about."""

from dataclasses import replace
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from desk.services.mediation.forms import CaseForm, PartyForm, TermForm
from desk.ui.window import MainWindow
from tests.ui.pages import mediation_stage as stage
from tests.ui.pages.mediation_room import desk, room
from tests.ui.pages.mediation_stage import opened, tab
from tests.ui.pages.test_mediation_case import paint

__all__ = ["desk", "room"]

OTHER = PartyForm(side="respondent", name="赵某某", address="示例路 8 号 502 室")


def elsewhere(desk: MainWindow, room: stage.CaseStage, case_id: str, **changes: Any) -> CaseForm:
    """Let the other desk change a case, and a round bring it here."""
    base = room.services.cases.form(case_id)
    room.services.cases.save(case_id, replace(base, **changes), base)
    desk._context.live.announce(frozenset({"mediation", "party"}))
    return room.services.cases.form(case_id)


def test_a_clean_case_in_view_shows_what_was_changed_elsewhere(
    desk: MainWindow, room: stage.CaseStage
) -> None:
    case_id = room.registered()
    case = opened(desk, case_id)
    part = tab(case, "accept")
    people = tab(case, "people")
    elsewhere(
        desk, room, case_id, title="渗水纠纷", parties=(*room.services.cases.form(case_id).parties, OTHER)
    )
    assert part.fields.fields["title"].read() == "渗水纠纷"
    assert [each.value().name for each in people.blocks()] == ["钱某", "冯某", "赵某某"]
    assert case.view.overtaken.words() == ""
    # A case out of view is asked for again when it comes back.
    desk.show_page("mediation", "list")
    elsewhere(desk, room, case_id, title="漏水纠纷")
    opened(desk, case_id)
    assert part.fields.fields["title"].read() == "漏水纠纷"


def test_what_is_typed_stays_and_both_are_saved_together(desk: MainWindow, room: stage.CaseStage) -> None:
    """The party another desk added is not voided, its words are not written over."""
    case_id = room.registered()
    case = opened(desk, case_id)
    people = tab(case, "people")
    people.blocks()[0].fields.fields["address"].widget.setText("示例路 10 号")
    paint(tab(case, "accept"), remark="请快办")
    elsewhere(
        desk, room, case_id, title="渗水纠纷", parties=(*room.services.cases.form(case_id).parties, OTHER)
    )
    assert people.blocks()[0].value().address == "示例路 10 号"
    assert "刚才在别处改过" in case.view.overtaken.words()
    case.view.overtaken.close_button.click()
    assert case.view.overtaken.words() == ""
    case.writes.save_all()
    form = room.services.cases.form(case_id)
    assert [each.name for each in form.parties] == ["钱某", "冯某", "赵某某"]
    assert (form.parties[0].address, form.title, form.remark) == ("示例路 10 号", "渗水纠纷", "请快办")
    assert not case.dirty
    assert [each.value().name for each in people.blocks()] == ["钱某", "冯某", "赵某某"]


@pytest.mark.parametrize("yields", [False, True])
def test_what_both_changed_is_asked_about_and_nothing_typed_is_lost(
    desk: MainWindow, room: stage.CaseStage, yields: bool
) -> None:
    case_id = room.registered()
    case = opened(desk, case_id)
    part, people = tab(case, "accept"), tab(case, "people")
    paint(part, title="漏水纠纷", remark="请快办")
    people.blocks()[1].fields.fields["address"].widget.setText("示例路 10 号")
    one, two = room.services.cases.form(case_id).parties
    elsewhere(desk, room, case_id, title="渗水纠纷", parties=(one, replace(two, address="示例路 9 号")))
    case.writes.save_all()
    bar = case.view.overtaken
    told = stage.words(bar)
    assert "名称：您填的是“漏水纠纷”，现在是“渗水纠纷”" in told
    assert "当事人“冯某” 住址：您填的是“示例路 10 号”，现在是“示例路 9 号”" in told
    assert stage.said(desk, "fail", "warn") == []
    assert (case.dirty, part.fields.fields["remark"].read()) == (True, "请快办")
    for buttons in list(bar.choices.values()):
        buttons[1 if yields else 0].click()
    assert bar.isHidden()
    assert part.fields.fields["title"].read() == ("渗水纠纷" if yields else "漏水纠纷")
    assert case.dirty
    case.writes.save_all()
    form = room.services.cases.form(case_id)
    wanted = ("渗水纠纷", "示例路 9 号") if yields else ("漏水纠纷", "示例路 10 号")
    assert (form.title, form.parties[1].address, form.remark) == (*wanted, "请快办")
    assert not case.dirty


def test_terms_and_a_sitting_are_saved_beside_those_of_another_desk(
    desk: MainWindow, room: stage.CaseStage
) -> None:
    case_id = room.mediating()
    agreements = room.services.agreements
    agreements.save(case_id, room.agreement())
    case = opened(desk, case_id)
    part = tab(case, "agreement")
    paint(part, issues="赔多少。")
    base = agreements.form(case_id)
    agreements.save(case_id, replace(base, terms=(*base.terms, TermForm(text="打扫干净", ower="冯某"))), base)
    sittings = tab(case, "sittings")
    sitting = room.services.cases.get(case_id).sittings[0]
    sittings._open(sitting.id)
    paint(sittings, topics="赔偿")
    form = sittings.form_of(sitting)
    room.services.proceedings.save_sitting(case_id, replace(form, talk="又谈了一轮。"), sitting.id, form)
    case.writes.save_all()
    assert [each.text for each in agreements.form(case_id).terms][-1] == "打扫干净"
    assert agreements.form(case_id).issues == "赔多少。"
    kept = room.services.cases.get(case_id).sittings[0]
    assert (kept.talk, kept.topics) == ("又谈了一轮。", "赔偿")
    assert not case.dirty


def test_an_agreement_put_back_elsewhere_is_shown_as_it_was(desk: MainWindow, room: stage.CaseStage) -> None:
    case_id = room.mediating()
    agreements = room.services.agreements
    agreements.save(case_id, room.agreement())
    case = opened(desk, case_id)
    part = tab(case, "agreement")
    before = agreements.form(case_id)
    paint(part, issues="赔多少。")
    case.writes.save_all()
    base = agreements.form(case_id)
    agreements.save(case_id, replace(base, issues=before.issues), base)
    desk._context.live.announce(frozenset({"mediation", "agreement"}))
    assert part.fields.fields["issues"].read() == before.issues


def clashing(desk: MainWindow, room: stage.CaseStage, case_id: str) -> Any:
    """Type in a sitting and in the agreement what another desk says otherwise, and save."""
    agreements = room.services.agreements
    agreements.save(case_id, room.agreement())
    case = opened(desk, case_id)
    paint(tab(case, "agreement"), issues="赔多少。")
    base = agreements.form(case_id)
    agreements.save(case_id, replace(base, issues="赔不赔。"), base)
    sittings = tab(case, "sittings")
    sitting = room.services.cases.get(case_id).sittings[0]
    sittings._open(sitting.id)
    paint(sittings, talk="谈了一轮。")
    form = sittings.form_of(sitting)
    room.services.proceedings.save_sitting(case_id, replace(form, talk="又谈了一轮。"), sitting.id, form)
    case.writes.save_all()
    return case


def test_two_tabs_are_asked_about_one_after_the_other(desk: MainWindow, room: stage.CaseStage) -> None:
    case_id = room.mediating()
    case = clashing(desk, room, case_id)
    bar = case.view.overtaken
    asked = []
    while bar.choices:
        ((path, buttons),) = bar.choices.items()
        asked.append(path)
        buttons[0].click()
    assert sorted(asked) == [("issues",), ("talk",)]
    case.writes.save_all()
    assert room.services.agreements.form(case_id).issues == "赔多少。"
    assert room.services.cases.get(case_id).sittings[0].talk == "谈了一轮。"
    assert not case.dirty


def test_nothing_is_asked_about_a_record_that_is_not_in_view(desk: MainWindow, room: stage.CaseStage) -> None:
    case = clashing(desk, room, room.mediating())
    sittings, bar = tab(case, "sittings"), case.view.overtaken
    sittings._close()
    assert list(bar.choices) == [("issues",)]
    sittings.begin("")
    bar.choices[("issues",)][1].click()
    assert not bar.choices
    assert sittings.now().talk == ""
    case.writes.save_all()
    assert bar.isHidden()


def test_what_the_page_alone_cannot_show_is_no_change(desk: MainWindow, room: stage.CaseStage) -> None:
    """Saving a word of an agreement asks nothing about sums, kinds and names nobody touched."""
    case_id = room.mediating()
    agreements = room.services.agreements
    agreements.save(case_id, room.agreement())
    case = opened(desk, case_id)
    part = tab(case, "agreement")
    base = agreements.form(case_id)
    second = replace(base.terms[1], text="赔偿天花板和衣柜")
    agreements.save(case_id, replace(base, terms=(base.terms[0], second, base.terms[2])), base)
    part.terms.lines[1].fields.fields["amount"].widget.setText("2,800")
    case.writes.save_all()
    assert case.view.overtaken.isHidden()
    term = agreements.form(case_id).terms[1]
    assert (term.text, term.amount, term.kind) == ("赔偿天花板和衣柜", "2,800.00", "money")


def test_a_draft_older_than_the_record_is_laid_over_it(
    desk: MainWindow, room: stage.CaseStage, qtbot: QtBot
) -> None:
    case_id = room.registered()
    case = opened(desk, case_id)
    paint(tab(case, "accept"), remark="请快办", title="漏水纠纷")
    people = tab(case, "people")
    people.blocks()[0].fields.fields["address"].widget.setText("示例路 10 号")
    case.keeper.save()
    base = room.services.cases.form(case_id)
    room.services.cases.save(
        case_id, replace(base, title="渗水纠纷", headcount=7, parties=(*base.parties, OTHER)), base
    )
    again = stage.open_window(stage.context_of(room), qtbot)
    page = stage.page_of(again)
    ((key, _words),) = page.cases.tabs()
    page._show(key)
    back = stage.shown_case(again)
    part, people = back.view.part("accept"), back.view.part("people")
    read = {name: part.fields.fields[name].read() for name in ("remark", "title", "headcount")}
    assert read == {"remark": "请快办", "title": "漏水纠纷", "headcount": 7}
    assert [each.value().name for each in people.blocks()] == ["钱某", "冯某", "赵某某"]  # type: ignore[attr-defined]  # the tab 当事人
    assert "刚才在别处改过" in back.view.overtaken.words()
    back.writes.save_all()
    assert list(back.view.overtaken.choices) == [("title",)]
    back.view.overtaken.choices[("title",)][0].click()
    back.writes.save_all()
    form = room.services.cases.form(case_id)
    assert (form.title, form.remark, form.headcount) == ("漏水纠纷", "请快办", 7)
    assert form.parties[0].address == "示例路 10 号"
    assert [each.name for each in form.parties] == ["钱某", "冯某", "赵某某"]
    again.close()


def test_the_one_page_keeps_what_another_desk_added(desk: MainWindow, room: stage.CaseStage) -> None:
    """F-08."""
    case_id = room.registered()
    case = opened(desk, case_id)
    case.steps.take("settle")
    small = stage.shown_small(desk)
    paint(small.view, summary="楼上漏水，已经修好。")
    base = room.services.cases.form(case_id)
    room.services.cases.save(
        case_id, replace(base, summary="楼上渗水。", parties=(*base.parties, OTHER)), base
    )
    small.go_the_long_way()
    assert "纠纷简要情况：您填的是“楼上漏水，已经修好。”，现在是“楼上渗水。”" in stage.words(
        small.view.overtaken
    )
    small.view.overtaken.choices[("summary",)][0].click()
    assert [each.value().name for each in small.view.parties.lines] == ["钱某", "冯某", "赵某某"]  # type: ignore[attr-defined]  # party lines
    small.go_the_long_way()
    form = room.services.cases.form(case_id)
    assert form.summary == "楼上漏水，已经修好。"
    assert [each.name for each in form.parties] == ["钱某", "冯某", "赵某某"]
