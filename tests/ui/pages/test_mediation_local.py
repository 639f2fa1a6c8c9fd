"""A county's own fields on the tabs of a case: beside the record they are printed for, kept in its draft."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox
from pytestqt.qtbot import QtBot

from desk.models.local_value import LocalValue
from desk.models.store import Store
from desk.rules.profile import Profile, Row, overlay
from desk.services.mediation.forms import AgentForm
from desk.services.profiles import Profiles
from desk.ui.navigator import NEW
from desk.ui.pages.mediation.local_lines import LocalLines
from desk.ui.pages.mediation.small_case import SmallCase
from desk.ui.window import MainWindow
from tests.fakes import FakeClock
from tests.ui.pages import mediation_stage as stage
from tests.ui.pages.mediation_room import desk
from tests.ui.pages.test_mediation_case import opened, paint, tab

__all__ = ["desk"]

DAY = date(2026, 1, 1)
ROWS = (
    Row("form.f06.room", ("调解室编号",), "list", DAY, "本地设定"),
    Row("form.f01.police", ("辖区派出所",), "list", DAY, "本地设定"),
    Row("form.f03.sign", ("签收人",), "list", DAY, "本地设定"),
    Row("form.f04.proof", ("关系证明",), "list", DAY, "本地设定"),
    Row("form.f09.with_whom", ("同去的人",), "list", DAY, "本地设定"),
    Row("form.f07.grid", ("所在网格",), "list", DAY, "本地设定"),
    Row("form.f08.house", ("所在楼栋",), "list", DAY, "本地设定"),
)


@pytest.fixture
def room(store: Store, fake_clock: FakeClock, monkeypatch: pytest.MonkeyPatch) -> stage.CaseStage:
    """Give a room whose county added two fields."""
    plain = Profiles.current
    monkeypatch.setattr(Profiles, "current", lambda self: overlay(plain(self), Profile("县", "1", ROWS)))
    return stage.store_room(store)


def lines(part: object) -> LocalLines:
    (found,) = part.findChildren(LocalLines)  # type: ignore[attr-defined]  # tabs are widgets
    assert isinstance(found, LocalLines)
    return found


def test_the_field_of_a_record_stands_on_its_form_and_is_saved_with_it(
    desk: MainWindow, room: stage.CaseStage
) -> None:
    case_id = room.mediating()
    case = opened(desk, case_id)
    part = tab(case, "sittings")
    part.begin("")
    paint(part, place="示例镇调解室", openness="closed", informed=True, avoidance="none", recorder="周某")
    paint(part, talk="双方各自陈述。", verification="到现场看过。", result="continue")
    field = lines(part).field("f06", "room")
    assert field.accessibleName() == "调解室编号（F-06）"
    field.setText("二号室")
    part.finish()
    first, second = room.services.cases.get(case_id).sittings
    assert first.local == ()
    assert [each.value for each in second.local] == ["二号室"]
    assert not lines(tab(case, "inquiries")).isVisible()


def test_a_line_half_typed_comes_back_after_a_kill(
    desk: MainWindow, room: stage.CaseStage, qtbot: QtBot
) -> None:
    case = opened(desk, room.mediating())
    part = tab(case, "sittings")
    part.begin("")
    lines(part).field("f06", "room").setText("写到一半")
    own = tab(case, "accept").local.field("f01", "police")
    own.setFocus()
    qtbot.keyClicks(own, "abc")
    case.keeper.save()
    again = stage.open_window(stage.context_of(room), qtbot)
    page = stage.page_of(again)
    ((key, _words),) = page.cases.tabs()
    page._show(key)
    back = stage.shown_case(again)
    assert lines(tab(back, "sittings")).field("f06", "room").value() == "写到一半"
    assert tab(back, "accept").local.field("f01", "police").value() == "abc"
    again.close()


def small(desk: MainWindow, room: stage.CaseStage) -> SmallCase:
    """Open the one page with all that it needs."""
    desk.show_page("mediation", NEW)
    made = stage.shown_small(desk)
    for _step in made.view.filling(room.small()):
        pass
    return made


def test_the_one_page_has_the_fields_of_the_form_it_is_printed_on(
    desk: MainWindow, room: stage.CaseStage
) -> None:
    page = small(desk, room)
    field = lines(page.view).field("f08", "house")
    assert ("f07", "grid") not in lines(page.view)._rows
    field.setText("三号楼")
    assert "三号楼" in dict(page._draft().fields)["small"]
    page.settle()
    case = stage.shown_case(desk)
    agreed = room.services.cases.get(case.case_id).agreement
    assert agreed is not None
    assert [(each.key, each.value) for each in agreed.local] == [("house", "三号楼")]


def test_who_wants_it_in_writing_is_led_from_the_one_page_to_the_tabs(
    desk: MainWindow, room: stage.CaseStage
) -> None:
    """MED-10: the tick stops the oral agreement with a sentence, and all goes over by the longer way."""
    page = small(desk, room)
    tick = page.view.fields.fields["written_asked"].widget
    assert isinstance(tick, QCheckBox)
    tick.setChecked(True)
    lines(page.view).field("f08", "house").setText("三号楼")
    page.settle()
    assert stage.shown_small(desk) is page
    assert "按程序分步办" in page.view._ask.text()
    assert page.view._ask.isVisible()
    page.view.full.click()
    part = tab(stage.shown_case(desk), "agreement")
    assert (part.kind.value(), part.now().written_asked) == ("written", True)
    assert part.now().terms[0].text == "修复自家水管"
    assert lines(part).field("f08", "house").value() == "三号楼"


def test_each_party_and_agent_has_fields_of_its_own(
    desk: MainWindow, room: stage.CaseStage, qtbot: QtBot
) -> None:
    """F-03, F-04: saved when the line is left, in the draft until then."""
    first, second = room.parties()
    case_id = room.registered(parties=(replace(first, agents=(AgentForm(name="周某某"),)), second))
    case = opened(desk, case_id)
    part = tab(case, "people")
    ids = room.party_ids(case_id)
    agent_id = room.services.cases.get(case_id).parties[0].agents[0].id
    one, two = (block.locals for block in part.blocks())
    assert one.card("agent", agent_id).isVisible()
    assert [("agent", agent_id) in each._cards for each in (one, two)] == [True, False]
    field = one.card("party", ids[0]).field("f03", "sign")
    qtbot.keyClicks(field, "abc")
    field.editingFinished.emit()
    half = two.card("party", ids[1]).field("f03", "sign")
    qtbot.keyClicks(half, "xyz")
    values = desk._context.services.local_values
    assert [values.of("party", each)[0].value for each in ids] == ["abc", ""]
    case.keeper.save()
    again = stage.open_window(stage.context_of(room), qtbot)
    page = stage.page_of(again)
    ((key, _words),) = page.cases.tabs()
    page._show(key)
    back = tab(stage.shown_case(again), "people").blocks()
    assert back[0].locals.card("party", ids[0]).field("f03", "sign").value() == "abc"
    assert back[1].locals.card("party", ids[1]).field("f03", "sign").value() == "xyz"
    again.close()


def test_a_follow_up_has_its_fields_on_its_form(desk: MainWindow, room: stage.CaseStage) -> None:
    case_id = room.agreed()
    card = tab(opened(desk, case_id), "after").follow_up
    card.begin()
    paint(card, performance="performed", satisfaction="satisfied")
    lines(card).field("f09", "with_whom").setText("网格员吴某")
    card.finish()
    (visit,) = room.services.cases.get(case_id).follow_ups
    with room.store.read() as rows:
        kept = rows.query(LocalValue).one()
    assert (kept.noun, kept.target_id, kept.value) == ("follow_up", visit.id, "网格员吴某")
    assert not card.is_open()


@pytest.mark.parametrize("whose", ["case", "party"])
def test_words_that_clash_stay_in_the_draft_when_the_case_is_saved(
    desk: MainWindow, room: stage.CaseStage, qtbot: QtBot, whose: str
) -> None:
    case_id = room.registered()
    case = opened(desk, case_id)
    local, place, noun, record_id = tab(case, "accept").local, ("f01", "police"), "mediation", case_id
    if whose == "party":
        noun, record_id, place = "party", room.party_ids(case_id)[0], ("f03", "sign")
        local = tab(case, "people").blocks()[0].locals.card(noun, record_id)
    field = local.field(*place)
    qtbot.keyClicks(field, "abc")
    desk._context.services.local_values.save(noun, record_id, {place: "xyz"})
    field.editingFinished.emit()
    assert "刚才在别处改成了“xyz”" in field.accessibleDescription()
    case.writes.save_all()
    case.reader.load()
    case.stop()
    (draft,) = desk._context.services.drafts.load_all("mediation")
    assert any("abc" in text for text in dict(draft.fields).values())
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert not case.dirty
    case.writes.save_all()
    assert desk._context.services.drafts.load_all("mediation") == ()
