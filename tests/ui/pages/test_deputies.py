"""代表值班 on a real store: the list, duty, and the import of the real rosters as a clerk does it."""

from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desk.models.store import Store
from desk.services.deputies import Deputies
from desk.services.duty import Duties
from desk.services.pins import Pins
from desk.services.roster.imports import RosterImports
from desk.services.search import Search
from desk.services.session import Session, User
from desk.ui.context import Context
from desk.ui.live import Live
from desk.ui.navigator import Navigator
from desk.ui.pages.deputies.page import IMPORT, DeputiesPage
from tests.fakes import FakeClock, FakeTasks, RecordingNotices
from tests.sign_on import STEPS

REAL = Path(__file__).parents[2] / "real"
TOWN = REAL / "代表花名册-示例镇.xlsx"
COUNTY = REAL / "代表名单-县导出.csv"


@pytest.fixture
def notices() -> RecordingNotices:
    return RecordingNotices(words="通知接待", path=TOWN)


@pytest.fixture
def page(qtbot: QtBot, store: Store, fake_clock: FakeClock, notices: RecordingNotices) -> DeputiesPage:
    session = Session(User("u1", "钱某某", frozenset({"clerk"})), bytes(32))
    services = SimpleNamespace(
        deputies=Deputies(store, session),
        duty=Duties(store, session, Pins(store, STEPS)),
        roster=RosterImports(store, session),
        search=Search(store, session),
    )
    live = Live()
    context = Context(services, FakeTasks(notices, live), notices, Navigator(), live)  # type: ignore[arg-type] # four of the services
    made = DeputiesPage(context)
    for _step in made.rest():
        pass
    qtbot.addWidget(made)
    made.resize(1202, 688)
    made.show()
    made.load()
    return made


def imported(page: DeputiesPage, path: Path = TOWN) -> DeputiesPage:
    page.open_roster(path)
    page.importing.apply.click()
    return page


def shown(page: DeputiesPage) -> list[str]:
    model = page.people.table.model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def test_an_empty_list_says_what_to_do(page: DeputiesPage, notices: RecordingNotices) -> None:
    assert page.title == "代表值班"
    assert "导入花名册" in page.help_text
    assert not page.people.table.isVisible()
    page.people.import_wanted.emit()
    assert notices.said[0] == ("file", "选择代表花名册")
    assert page.importing.isVisible()


def test_the_town_is_shown_doubts_first_and_imported(page: DeputiesPage, notices: RecordingNotices) -> None:
    page.show_record(IMPORT)
    view = page.importing
    assert view.filter.value() == "doubts"
    assert view.filter.button("doubts").text() == "有疑点 13"
    assert view.filter.button("all").text() == "全部 67"
    assert view._summary.text() == "新增 67 位，更新 0 位，不变 0 位，跳过 0 位"
    assert "与第 39 行同名" in view.entry._doubts.text()
    view.apply.click()
    assert notices.said[-1] == ("info", "已导入：新增 67 位，更新 0 位，不变 0 位，跳过 0 位。可以撤销。")
    assert len(shown(page)) == 67
    assert page._counts.text() == "在任 59 位 · 已离任 8 位"


def test_a_doubtful_cell_is_marked_and_a_lost_phone_shows_as_such(page: DeputiesPage) -> None:
    page.open_roster(COUNTY)
    table = page.importing.table
    number = next(at for at in range(table.rows.rowCount()) if table.rows.row(at).entry.row.name == "许福")
    phone = next(at for at, column in enumerate(table.rows.columns) if column.title == "电话")
    column = table.rows.columns[phone]
    line = table.rows.row(number)
    assert (column.text(line), column.tone and column.tone(line)) == ("？", "amber")
    table.choose(str(line.number))
    assert "1.88399E+10" in page.importing.entry._doubts.text()


def test_importing_again_changes_nothing(page: DeputiesPage) -> None:
    imported(page).open_roster(TOWN)
    assert page.importing._summary.text() == "新增 0 位，更新 0 位，不变 67 位，跳过 0 位"
    assert not page.importing.apply.isEnabled()


def test_a_row_may_be_skipped(page: DeputiesPage) -> None:
    page.open_roster(TOWN)
    entry = page.importing.entry
    entry.choice.set_value("skip")
    entry.choice.activated.emit(entry.choice.currentIndex())
    assert "新增 66 位" in page.importing._summary.text()
    page.importing.filter.button("skip").click()
    assert page.importing.table.rows.rowCount() == 1
    page.importing.apply.click()
    assert len(shown(page)) == 66


def test_the_columns_may_be_corrected(page: DeputiesPage) -> None:
    page.open_roster(TOWN)
    columns = page.importing.columns
    assert "工作单位及职务（单位职务）" in columns._found.text()
    columns.toggle.click()
    post = columns.choice(7)
    assert post.isVisible()
    post.set_value("ignored")
    post.activated.emit(post.currentIndex())
    assert "不导入 序号、学历、政治面貌、工作单位及职务" in columns._found.text()
    assert page.importing.table.rows.row(0).entry.row.post == ""


def test_a_file_without_a_column_of_names_opens_the_choices(page: DeputiesPage, tmp_path: Path) -> None:
    path = tmp_path / "名单.csv"
    path.write_text("甲,乙\n王某,县\n", "utf-8")
    page.open_roster(path)
    assert page.importing.columns.choice(0).isVisible()
    assert not page.importing.apply.isEnabled()
    first = page.importing.columns.choice(0)
    first.set_value("name")
    first.activated.emit(first.currentIndex())
    assert page.importing.table.rows.rowCount() == 2


def test_a_bad_file_is_told_and_the_list_comes_back(
    page: DeputiesPage, notices: RecordingNotices, tmp_path: Path
) -> None:
    path = tmp_path / "空.xlsx"
    path.write_bytes(b"")
    page.open_roster(path)
    assert notices.said[-1] == ("fail", "这个文件里没有内容。")
    assert not page.importing.isVisible()


def test_keys_import_and_go_back(page: DeputiesPage, qtbot: QtBot) -> None:
    page.open_roster(TOWN)
    qtbot.keyClick(page.importing.table, Qt.Key.Key_Escape)
    assert not page.importing.isVisible()
    page.open_roster(TOWN)
    qtbot.keyClick(page.importing.table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert len(shown(page)) == 67


def test_an_import_is_taken_back(page: DeputiesPage, notices: RecordingNotices) -> None:
    assert not page.undo.isVisible()
    imported(page)
    assert page.undo.isVisible()
    page.undo.click()
    assert notices.said[-1] == ("info", "已撤销上次导入。")
    assert shown(page) == []
    assert not page.undo.isVisible()


def test_the_clerk_vouches_and_duty_ends(page: DeputiesPage) -> None:
    imported(page)
    page.people.person.vouch.click()
    assert page.people.person._state.text() == "已在岗"
    assert not page.people.person.vouch.isVisible()
    (line,) = page.people.duty._people
    button = line.findChild(type(page.undo))
    assert button is not None
    button.click()
    assert page.people.duty._nobody.isVisible()


def test_a_wrong_pin_is_told(page: DeputiesPage, notices: RecordingNotices) -> None:
    imported(page)
    person = page.people.person
    person.pin.setText("274913")
    person.by_pin.click()
    assert notices.said[-1] == ("fail", "这台电脑上还没有设 PIN")
    assert person.pin.text() == ""


def test_a_deputy_sets_a_pin_and_comes_with_it(page: DeputiesPage, notices: RecordingNotices) -> None:
    imported(page)
    person = page.people.person
    person.pin.setText("111111")
    person.set_pin.click()
    assert notices.said[-1][0] == "fail"
    person.pin.setText("274913")
    person.set_pin.click()
    assert notices.said[-1] == ("info", "PIN 已设好，下次可以用它上岗。")
    person.pin.setText("274913")
    person.by_pin.click()
    assert person._state.text() == "已在岗"


def test_the_phone_is_shown_for_a_reason(page: DeputiesPage) -> None:
    imported(page)
    deputy = next(row for row in page.context.services.deputies.list() if row.name == "郑勇欣")
    page.show_record(deputy.id)
    assert page.people.person._phone.text() == "134****9115"
    page.people.person.reveal.click()
    assert page.people.person._phone.text() == "13407289115"


def test_who_left_cannot_come_on_duty(page: DeputiesPage) -> None:
    imported(page)
    gone = next(row for row in page.context.services.deputies.list() if row.state == "departed")
    page.show_record(gone.id)
    assert not page.people.person.vouch.isVisible()
    assert "已离任" in page.people.person._state.text()


def test_somebody_new_is_written_by_hand(page: DeputiesPage, notices: RecordingNotices) -> None:
    page.add_button.click()
    form = page.people.form
    assert form.isVisible()
    assert not page.people.duty.isVisible()
    form.fields["name"].setText("赵某某")
    form.fields["phone"].setText("139 0013 9000")
    (line,) = form.mandates.lines
    assert line.place.accessibleName() == "选区"
    form.save.click()
    assert form.mandates._problem.text() == "镇级代表要写明选区。"
    line.place.setText("第3选区")
    form.mandates.more.click()
    other = form.mandates.lines[1]
    other.level.set_value("3")
    other.level.activated.emit(other.level.currentIndex())
    assert other.place.accessibleName() == "选举单位"
    other.place.setText("示例县人大")
    form.save.click()
    assert notices.said[-1] == ("info", "已保存赵某某。")
    assert not form.isVisible()
    assert shown(page) == ["赵某某"]
    assert page.people.person._phone.text() == "139****9000"


def test_a_namesake_is_asked_about_before_it_is_made(page: DeputiesPage, notices: RecordingNotices) -> None:
    imported(page)
    page.people.write_new()
    form = page.people.form
    form.fields["name"].setText("郑勇欣")
    form.mandates.lines[0].place.setText("第9选区")
    form.save.click()
    assert any(kind == "ask" and "名册里已有郑勇欣" in text for kind, text in notices.said)
    assert shown(page).count("郑勇欣") == 2


def test_the_one_in_view_is_corrected_by_keys(
    page: DeputiesPage, notices: RecordingNotices, qtbot: QtBot
) -> None:
    imported(page)
    deputy = next(row for row in page.context.services.deputies.list() if row.name == "郑勇欣")
    page.show_record(deputy.id)
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    qtbot.keyClick(page.people.table, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    form = page.people.form
    assert form.fields["phone"].text() == "134****9115"
    form.fields["name_initials"].setText("郑")
    qtbot.keyClick(form.fields["post"], Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert "英文字母" in form.rows["name_initials"]._line.text()
    form.fields["name_initials"].setText("zyx")
    form.fields["post"].setText("镇中心小学教师")
    qtbot.keyClick(form.fields["post"], Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert notices.said[-1] == ("info", "已保存郑勇欣。")
    assert "镇中心小学教师" in page.people.person._words.text()
    assert page.context.services.deputies.reveal_phone(deputy.id, "核对") == "13407289115"


def test_giving_up_asks_only_if_something_was_typed(page: DeputiesPage, notices: RecordingNotices) -> None:
    page.add_button.click()
    form = page.people.form
    form.cancel.click()
    assert not form.isVisible()
    assert notices.said == []
    page.add_button.click()
    form.fields["name"].setText("赵某某")
    form.cancel.click()
    assert notices.said[-1][0] == "ask"
    assert not form.isVisible()


def test_a_level_may_be_taken_away(page: DeputiesPage) -> None:
    page.add_button.click()
    lines = page.people.form.mandates
    lines.lines[0].drop.click()
    page.people.form.fields["name"].setText("赵某某")
    page.people.form.save.click()
    assert "至少填写一个层级" in lines._problem.text()
    page.people.form.consultative.setChecked(True)
    page.people.form.save.click()
    assert shown(page) == ["赵某某"]


def test_who_leaves_may_come_back(page: DeputiesPage, notices: RecordingNotices) -> None:
    imported(page)
    deputy = next(row for row in page.context.services.deputies.list() if row.name == "郑勇欣")
    page.show_record(deputy.id)
    person = page.people.person
    person.depart.click()
    assert "郑勇欣调离" in notices.said[-1][1]
    assert page.context.services.deputies.get(deputy.id).row.state == "departed"
    assert person.restore.isVisible()
    assert not person.depart.isVisible()
    person.restore.click()
    assert page.context.services.deputies.get(deputy.id).row.state == "active"


def test_search_opens_the_deputy_it_found(page: DeputiesPage) -> None:
    """Ctrl K, "zyx", Enter: the hit's noun leads here, and the one found is in view."""
    imported(page)
    (group,) = page.context.services.search.find("zhengyongx")
    (hit,) = group.hits
    page.context.navigator.wanted.connect(lambda _page, record_id: page.show_record(record_id))
    page.context.navigator.open(hit.noun, hit.record_id)
    assert page.people.person._words.text()
    assert page.people.table.key() == hit.record_id


def test_it_is_built_card_by_card(page: DeputiesPage) -> None:
    """The shelf builds it while keys get through; only whole it hears of changes."""
    again = DeputiesPage(page.context)
    steps = sum(1 for _step in again.rest())
    assert steps > 6
    again.load()
    assert shown(again) == shown(page)
    again.deleteLater()
