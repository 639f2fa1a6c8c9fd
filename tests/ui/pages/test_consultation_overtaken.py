"""A consultation that is changed elsewhere while it is open here: shown anew, kept, or asked about."""

from dataclasses import replace
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from desk.services.consultation.forms import OpponentForm
from desk.services.drafts import Drafts
from tests.fakes import SlowTasks
from tests.ui.pages import consultation_stage
from tests.ui.pages.consultation_stage import AdviceStage, Desk, asked, open_page, words

stage, desk = consultation_stage.stage, consultation_stage.desk


def elsewhere(desk: Desk, **changes: Any) -> None:
    """Let the other desk change the consultation, and a round bring it here."""
    consultations, made = desk.stage.desk.consultations, desk.sheet.consultation_id
    base = consultations.form(made)
    consultations.save(made, replace(base, **changes), base)
    desk.page.context.live.announce(frozenset({"consultation", "opponent"}))


def begun(desk: Desk) -> str:
    """Begin one with its number and nothing half typed."""
    asked(desk)
    desk.sheet.verbs.register()
    assert desk.sheet.consultation_id
    assert not desk.sheet.keeper.dirty
    return desk.sheet.consultation_id


def test_a_clean_sheet_shows_what_was_changed_elsewhere(desk: Desk) -> None:
    begun(desk)
    elsewhere(desk, question="押金怎么办？")
    assert desk.field("question").value() == "押金怎么办？"
    assert not desk.sheet.keeper.dirty
    assert desk.sheet.view.overtaken.words() == ""


def test_what_is_typed_stays_and_both_are_saved_together(desk: Desk) -> None:
    made = begun(desk)
    desk.fill(address="示例路 10 号")
    base = desk.stage.desk.consultations.form(made)
    elsewhere(desk, question="押金怎么办？", opponents=(*base.opponents, OpponentForm(name="吴某某")))
    assert "刚才在别处改过" in desk.sheet.view.overtaken.words()
    desk.sheet.leave()
    form = desk.stage.desk.consultations.form(made)
    assert (form.address, form.question) == ("示例路 10 号", "押金怎么办？")
    assert [each.name for each in form.opponents] == ["钱某某", "吴某某"]
    assert not desk.sheet.keeper.dirty


def test_after_a_save_the_other_desks_words_are_shown_and_kept(desk: Desk) -> None:
    made = begun(desk)
    desk.fill(question="房租怎么办？")
    desk.sheet.verbs.save()
    desk.fill(address="示例路 10 号")
    elsewhere(desk, question="押金怎么办？")
    desk.sheet.verbs.save()
    assert desk.field("question").value() == "押金怎么办？"
    assert desk.field("address").value() == "示例路 10 号"
    assert not desk.sheet.keeper.dirty
    desk.fill(question=desk.field("question").value() + "急。")
    desk.sheet.verbs.save()
    assert desk.stage.desk.consultations.form(made).question == "押金怎么办？急。"


def test_what_is_typed_while_a_save_runs_stays_and_is_asked_about(stage: AdviceStage, qtbot: QtBot) -> None:
    desk = open_page(stage, qtbot, tasks=SlowTasks)
    made, tasks = begun(desk), desk.page.context.tasks
    assert isinstance(tasks, SlowTasks)
    desk.fill(address="示例路 10 号")
    elsewhere(desk, question="押金怎么办？", licence_no="A2")
    tasks.hold("write")
    desk.sheet.verbs.save()
    desk.fill(question="再想想")
    tasks.let_go()
    assert (desk.field("question").value(), desk.field("licence_no").value()) == ("再想想", "A2")
    assert desk.sheet.keeper.dirty
    desk.sheet.verbs.save()
    assert ("question",) in desk.sheet.view.overtaken.choices
    form = desk.stage.desk.consultations.form(made)
    assert (form.address, form.question) == ("示例路 10 号", "押金怎么办？")


def test_an_opponent_with_a_telephone_can_be_taken_away_again(desk: Desk) -> None:
    made = begun(desk)
    desk.fill(opponents=(OpponentForm("钱某某", phone="13900000172"), OpponentForm("吴某某")))
    desk.sheet.verbs.save()
    desk.fill(opponents=(OpponentForm("吴某某"),))
    desk.sheet.verbs.save()
    assert [each.name for each in desk.stage.desk.consultations.form(made).opponents] == ["吴某某"]


@pytest.mark.parametrize("yields", [False, True])
def test_what_both_changed_is_asked_about(desk: Desk, yields: bool) -> None:
    made = begun(desk)
    desk.fill(question="房租怎么办？", address="示例路 10 号")
    elsewhere(desk, question="押金怎么办？")
    desk.sheet.verbs.save()
    bar = desk.sheet.view.overtaken
    assert "咨询内容：您填的是“房租怎么办？”，现在是“押金怎么办？”" in words(desk)
    assert desk.notices.said == [] or "已给号" in desk.notices.said[-1][1]
    assert desk.sheet.keeper.dirty
    bar.choices[("question",)][1 if yields else 0].click()
    desk.sheet.verbs.save()
    form = desk.stage.desk.consultations.form(made)
    assert form.question == ("押金怎么办？" if yields else "房租怎么办？")
    assert form.address == "示例路 10 号"
    assert bar.isHidden()
    assert not desk.sheet.keeper.dirty


def test_a_draft_older_than_the_record_is_laid_over_it(desk: Desk, stage: AdviceStage, qtbot: QtBot) -> None:
    made = begun(desk)
    desk.fill(address="示例路 10 号")
    desk.sheet.keeper.save()
    consultations = stage.desk.consultations
    base = consultations.form(made)
    consultations.save(made, replace(base, question="押金怎么办？"), base)
    assert Drafts(stage.store, stage.session).load_all("consultation")
    again = open_page(stage, qtbot)
    assert again.field("question").value() == "押金怎么办？"
    assert again.field("address").value() == "示例路 10 号"
    again.sheet.verbs.save()
    form = consultations.form(made)
    assert (form.question, form.address) == ("押金怎么办？", "示例路 10 号")


def test_a_sheet_left_since_is_told_in_words_and_keeps_its_draft(desk: Desk, stage: AdviceStage) -> None:
    made = begun(desk)
    desk.fill(question="房租怎么办？")
    consultations = stage.desk.consultations
    base = consultations.form(made)
    consultations.save(made, replace(base, question="押金怎么办？"), base)
    consultation_stage.fresh(desk)
    kept = [each for each in Drafts(stage.store, stage.session).load_all("consultation") if each.record_id]
    assert [dict(each.fields)["question"] for each in kept] == ["房租怎么办？"]
    assert consultations.form(made).question == "押金怎么办？"
