"""本地栏目 on a page: shown only where the county added some, and saved when a line is left."""

import json
from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desk.models.store import Store
from desk.rules.profile import Profile, Row, overlay
from desk.services.overtaken import Overtaken, Overtaking
from desk.services.profiles import Profiles
from desk.ui.local_fields import LocalFields
from tests.fakes import FakeClock, SlowTasks
from tests.ui.pages import mediation_stage as stage

ROWS = (
    Row("form.f02.grid", ("所在网格", "summary"), "list", date(2026, 1, 1), "本地设定"),
    Row("form.f01.police", ("辖区派出所",), "list", date(2026, 1, 1), "本地设定"),
)


@pytest.fixture
def room(store: Store, fake_clock: FakeClock) -> stage.CaseStage:
    return stage.store_room(store)


@pytest.fixture
def fields(room: stage.CaseStage, qtbot: QtBot) -> Iterator[LocalFields]:
    made = LocalFields("mediation")
    qtbot.addWidget(made)
    made.settle_in(stage.context_of(room))
    yield made
    made.hide()


@pytest.fixture
def county(monkeypatch: pytest.MonkeyPatch, fake_clock: FakeClock) -> None:
    """Lay a county's fields over the shipped profile."""
    plain = Profiles.current
    monkeypatch.setattr(Profiles, "current", lambda self: overlay(plain(self), Profile("县", "1", ROWS)))


def test_a_county_without_any_sees_nothing(fields: LocalFields, room: stage.CaseStage) -> None:
    fields.show_record(room.registered())
    assert fields.isHidden()


@pytest.mark.usefixtures("county")
def test_what_is_typed_is_in_the_record_once_the_line_is_left(
    fields: LocalFields, room: stage.CaseStage, qtbot: QtBot
) -> None:
    case_id = room.registered()
    fields.show_record(case_id)
    assert not fields.isHidden()
    field = fields.field("f02", "grid")
    assert field.accessibleName() == "所在网格（F-02）"
    qtbot.keyClicks(field, "3")
    field.editingFinished.emit()
    local = stage.context_of(room).services.local_values
    assert [each.value for each in local.of("mediation", case_id) if each.key == "grid"] == ["3"]


@pytest.mark.usefixtures("county")
def test_half_a_word_survives_a_look_elsewhere(fields: LocalFields, room: stage.CaseStage) -> None:
    first, second = room.registered(), room.registered(title="围墙纠纷")
    fields.show_record(first)
    fields.field("f01", "police").setText("示例")
    fields.show_record(second)
    assert fields.field("f01", "police").value() == ""
    fields.show_record(first)
    assert fields.field("f01", "police").value() == "示例"


@pytest.mark.usefixtures("county")
def test_half_a_line_survives_in_the_draft(room: stage.CaseStage, qtbot: QtBot) -> None:
    """A kill -9 before the line is left: what `typed` said is shown again and saved when it is left."""
    case_id = room.registered()
    before = LocalFields("mediation")
    qtbot.addWidget(before)
    before.settle_in(stage.context_of(room))
    before.show_record(case_id)
    with qtbot.waitSignal(before.touched):
        qtbot.keyClicks(before.field("f02", "grid"), "3")
    kept = before.typed()
    before._rows = {}  # killed: nothing is saved on the way out
    after = LocalFields("mediation")
    qtbot.addWidget(after)
    after.settle_in(stage.context_of(room))
    after.show_record(case_id)
    after.restore(kept)
    assert after.field("f02", "grid").value() == "3"
    after.field("f02", "grid").editingFinished.emit()
    assert after.typed() == ""
    local = stage.context_of(room).services.local_values
    assert [each.value for each in local.of("mediation", case_id) if each.key == "grid"] == ["3"]
    after.hide()


@pytest.mark.usefixtures("county")
def test_a_field_changed_elsewhere_is_written_over_only_by_who_was_told(
    fields: LocalFields, room: stage.CaseStage, qtbot: QtBot
) -> None:
    case_id, place = room.registered(), ("f02", "grid")
    local = stage.context_of(room).services.local_values

    def stands() -> str:
        (found,) = (each.value for each in local.of("mediation", case_id) if each.key == "grid")
        return str(found)

    fields.show()
    fields.show_record(case_id)
    field = fields.field(*place)
    qtbot.keyClicks(field, "3")
    local.save("mediation", case_id, {place: "5"}, {place: ""})
    fields.show_record(case_id)  # a round told that something was changed
    assert field.value() == "3"
    field.editingFinished.emit()
    assert stands() == "5"
    assert "刚才在别处改成了“5”" in field.accessibleDescription()
    # Looked away from, it is not written either; the draft has it.
    fields.hide()
    fields.show()
    assert stands() == "5"
    assert "3" in fields.typed()
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert stands() == "3"
    assert field.accessibleDescription() == ""


def slow(room: stage.CaseStage, qtbot: QtBot) -> tuple[LocalFields, SlowTasks]:
    """Return fields in view whose answers may be held back."""
    context = stage.context_of(room, tasks=SlowTasks)
    made = LocalFields("mediation")
    qtbot.addWidget(made)
    made.settle_in(context)
    made.show()
    assert isinstance(context.tasks, SlowTasks)
    return made, context.tasks


@pytest.mark.usefixtures("county")
@pytest.mark.parametrize("told", [False, True], ids=["typed", "typed and told of the other value"])
def test_a_draft_shown_again_is_not_written_over_another_value(
    room: stage.CaseStage, qtbot: QtBot, *, told: bool
) -> None:
    """A lock or a new start answers no question: the words know what they were typed over."""
    case_id, place = room.registered(), ("f02", "grid")
    local = stage.context_of(room).services.local_values
    before, _tasks = slow(room, qtbot)
    before.show_record(case_id)
    qtbot.keyClicks(before.field(*place), "3")
    local.save("mediation", case_id, {place: "5"}, {place: ""})
    if told:
        before.save()
        assert "5" in before.field(*place).accessibleDescription()
    kept = before.typed()
    before._rows = {}  # killed: nothing is saved on the way out
    after, _tasks = slow(room, qtbot)
    after.show_record(case_id)
    after.restore(kept)
    field = after.field(*place)
    assert field.value() == "3"
    field.editingFinished.emit()
    assert "刚才在别处改成了“5”" in field.accessibleDescription()
    assert {each.value for each in local.of("mediation", case_id) if each.key == "grid"} == {"5"}
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert {each.value for each in local.of("mediation", case_id) if each.key == "grid"} == {"3"}


@pytest.mark.usefixtures("county")
def test_half_words_belong_to_their_record(room: stage.CaseStage, qtbot: QtBot) -> None:
    """In the draft also before the fields are there, and never in those of another record or of a new one."""
    first, second = room.registered(), room.registered(title="围墙纠纷")
    kept = json.dumps({"f02.grid": ["3", ""]})
    fields, tasks = slow(room, qtbot)
    tasks.hold("read")
    fields.show_record(first)
    fields.restore(kept)
    assert json.loads(fields.typed()) == json.loads(kept)
    fields.show_record("")
    assert fields.typed() == ""
    tasks.let_go()
    assert fields.isHidden()
    assert fields.typed() == ""
    fields.show_record(second)
    assert fields.field("f02", "grid").value() == ""


@pytest.mark.usefixtures("county")
def test_a_draft_of_before_has_words_only(room: stage.CaseStage, qtbot: QtBot) -> None:
    case_id = room.registered()
    fields, _tasks = slow(room, qtbot)
    fields.show_record(case_id)
    fields.restore(json.dumps({"f02.grid": "3"}))
    assert fields.field("f02", "grid").value() == "3"
    fields.save()
    assert fields.typed() == ""


@pytest.mark.usefixtures("county")
@pytest.mark.parametrize("then", ["ab", ""], ids=["typed on", "cleared again"])
def test_a_save_beside_one_on_its_way_does_not_take_its_words_for_anothers(
    room: stage.CaseStage, qtbot: QtBot, then: str
) -> None:
    case_id, place = room.registered(), ("f02", "grid")
    local = stage.context_of(room).services.local_values
    fields, tasks = slow(room, qtbot)
    fields.show_record(case_id)
    field = fields.field(*place)
    tasks.hold("write")
    qtbot.keyClicks(field, "a")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    fields.save()
    assert len(tasks.held) == 1  # what is on its way is not sent twice
    field.clear()
    qtbot.keyClicks(field, then)
    fields.save()
    tasks.let_go()
    assert field.accessibleDescription() == ""
    assert {each.value for each in local.of("mediation", case_id) if each.key == "grid"} == {then}
    assert (field.value(), fields.typed()) == (then, "")


@pytest.mark.usefixtures("county")
def test_of_two_on_their_way_anothers_words_are_told_once(room: stage.CaseStage, qtbot: QtBot) -> None:
    case_id, place = room.registered(), ("f02", "grid")
    local = stage.context_of(room).services.local_values
    fields, tasks = slow(room, qtbot)
    fields.show_record(case_id)
    field = fields.field(*place)
    local.save("mediation", case_id, {place: "5"})
    tasks.hold("write")
    qtbot.keyClicks(field, "a")
    fields.save()
    qtbot.keyClicks(field, "b")
    fields.save()
    tasks.let_go()
    assert "刚才在别处改成了“5”" in field.accessibleDescription()
    assert json.loads(fields.typed()) == {"f02.grid": ["ab", ""]}
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert {each.value for each in local.of("mediation", case_id) if each.key == "grid"} == {"ab"}


@pytest.mark.usefixtures("county")
def test_a_record_shown_again_before_its_words_are_saved_shows_them_then(
    room: stage.CaseStage, qtbot: QtBot
) -> None:
    """Else the field stood empty over them, and the next save took them out of the record."""
    first, second, place = room.registered(), room.registered(title="围墙纠纷"), ("f02", "grid")
    local = stage.context_of(room).services.local_values
    fields, tasks = slow(room, qtbot)
    fields.show_record(first)
    tasks.hold("write")
    qtbot.keyClicks(fields.field(*place), "a")
    fields.show_record(second)
    fields.show_record(first)
    assert fields.field(*place).value() == "a"
    assert fields.typed() != "", "they are in no record yet"
    tasks.let_go()
    assert fields.field(*place).value() == "a"
    assert fields.typed() == ""
    fields.save()
    assert {each.value for each in local.of("mediation", first) if each.key == "grid"} == {"a"}


@pytest.mark.usefixtures("county")
def test_words_typed_on_after_a_look_elsewhere_are_not_asked_about_as_anothers(
    room: stage.CaseStage, qtbot: QtBot
) -> None:
    """A slow save, another record and back: what it finds there is its own."""
    first, second, place = room.registered(), room.registered(title="围墙纠纷"), ("f02", "grid")
    local = stage.context_of(room).services.local_values
    fields, tasks = slow(room, qtbot)
    fields.show_record(first)
    tasks.hold("write")
    qtbot.keyClicks(fields.field(*place), "a")
    fields.show_record(second)
    fields.show_record(first)
    fields.field(*place).setText("ab")
    fields.save()
    tasks.let_go()
    assert fields.field(*place).accessibleDescription() == ""
    assert {each.value for each in local.of("mediation", first) if each.key == "grid"} == {"ab"}
    assert (fields.typed(), fields._on_way) == ("", {})
    assert {each.value for each in local.of("mediation", second) if each.key == "grid"} == {""}


@pytest.mark.usefixtures("county")
def test_what_clashed_is_said_also_before_the_fields_are_there_again(
    room: stage.CaseStage, qtbot: QtBot
) -> None:
    first, second, place = room.registered(), room.registered(title="围墙纠纷"), ("f02", "grid")
    fields, tasks = slow(room, qtbot)
    fields.show_record(first)
    qtbot.keyClicks(fields.field(*place), "a")
    stage.context_of(room).services.local_values.save("mediation", first, {place: "5"})
    tasks.hold("read")
    fields.show_record(second)
    refused: list[str] = []
    fields.refused.connect(refused.append)
    fields._on_problem(first, {place: "a"}, Overtaken((Overtaking(place, "所在网格", "a", "5"),), {}))
    fields.show_record(first)
    fields._on_problem(first, {place: "a"}, Overtaken((Overtaking(place, "所在网格", "a", "5"),), {}))
    assert refused == [first, first]
    tasks.let_go()
    assert fields.field(*place).value() == "5"
