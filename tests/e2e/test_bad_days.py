"""Bad input and bad days as somebody at the desk meets them (issue A §8). The floors below have their own."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from desk.app import House
from desk.rules.passwords import wait_text
from desk.services.login import Login
from desk.ui.context import Context
from desk.ui.pages.deputies.page import DeputiesPage
from desk.ui.pages.login.page import LoginPage
from desk.ui.pages.paper.page import PaperPage
from desk.ui.pages.visits.case import Case
from desk.ui.window import MainWindow
from tests import secret_service
from tests.e2e import station, window
from tests.e2e.station import ROOT, FileSecrets, Station
from tests.fakes import FakeClock, FakeTasks, RecordingNotices
from tests.models.full_disk import may_mount
from tests.sign_on import Clocks
from tests.ui.pages.hands import commit, field, fill, full


@pytest.fixture
def secrets(tmp_path: Path) -> FileSecrets:
    return FileSecrets(tmp_path / "secrets")


@pytest.fixture
def here(data_folder: Path, secrets: FileSecrets, fake_clock: FakeClock) -> Iterator[Station]:
    made = station.make(data_folder, secrets)
    yield made
    made.opened.store.close()


@pytest.fixture
def notices() -> RecordingNotices:
    return RecordingNotices(yes=False)


@pytest.fixture
def context(here: Station, notices: RecordingNotices) -> Context:
    return window.context_of(here, notices)


@pytest.fixture
def desk(context: Context, qtbot: QtBot) -> Iterator[MainWindow]:
    made = window.open_window(context)
    qtbot.addWidget(made)
    yield made
    made.close()


@pytest.fixture
def case(desk: MainWindow) -> Case:
    return window.new_case(desk)


class TestSigningOn:
    @pytest.fixture
    def closed(self, data_folder: Path, secrets: FileSecrets) -> Login:
        station.make(data_folder, secrets).opened.store.close()
        return station.login(data_folder, secrets)

    @pytest.fixture
    def page(self, closed: Login, qtbot: QtBot) -> LoginPage:
        made = LoginPage(lambda: closed, FakeTasks(), lambda _name: ())
        qtbot.addWidget(made)
        made.show_state(closed.state())
        return made

    def enter(self, page: LoginPage, password: str) -> str:
        page.sign_on.hold.stop()
        page.sign_on._on_waited()
        page.sign_on._password.setText(password)
        page.sign_on.enter.click()
        return page.sign_on.line.text()

    def test_sec_02_a_wrong_password_waits_longer_and_longer(
        self, clocks: Clocks, page: LoginPage, qtbot: QtBot
    ) -> None:
        said = [self.enter(page, "不是这个密码") for _n in range(5)]
        assert all("不对" in each for each in said)
        assert wait_text(300) in said[-1]
        assert not page.sign_on.enter.isEnabled()
        assert "再试" in self.enter(page, station.PASSWORD), "during the wait the right one is refused too"
        clocks.both(301)
        assert wait_text(600) in self.enter(page, "不是这个密码")
        clocks.both(601)
        with qtbot.waitSignal(page.opened) as entered:
            self.enter(page, station.PASSWORD)
        entered.args[0].store.close()
        page.sign_on.hold.stop()

    def test_a_swapped_store_is_told(self, page: LoginPage, data_folder: Path, tmp_path: Path) -> None:
        other = station.make(tmp_path / "other", FileSecrets(tmp_path / "others"))
        other.opened.store.close()
        shutil.copy(tmp_path / "other" / "desk.db", data_folder / "desk.db")
        said = self.enter(page, station.PASSWORD)
        assert "数据" in said
        assert "\n" in said, "there is a way out"

    def test_a_tampered_key_file_is_told_by_the_window(
        self, closed: Login, data_folder: Path, qapp: QApplication, qtbot: QtBot
    ) -> None:
        slots = data_folder / "slots.json"
        slots.write_bytes(slots.read_bytes().replace(b'"', b"'", 3))
        house = House(qapp, data_folder)
        assert house.open()
        entrance = house.entrance
        assert entrance is not None
        qtbot.waitUntil(lambda: any("密钥" in each.text() for each in entrance.door.findChildren(QLabel)))
        house.close()
        qapp.setQuitOnLastWindowClosed(True)


LOST_KEYRING = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
import keyring
from desk.ui.pages.login.page import LoginPage
from desk.ui.pages.login.recover import Recover
from tests.e2e import station
from tests.fakes import FakeTasks

app = QApplication([])
folder, lose = Path(sys.argv[1]), sys.argv[2]
made = station.make(folder)
visit_id, code = station.receive(made), made.opened.recovery_code
made.opened.store.close()
(item,) = [each for each in keyring.get_keyring().get_preferred_collection().get_all_items()
           if each.get_attributes().get("application") == "Python keyring library"]
if lose == "lost":
    item.delete()
else:
    item.set_secret(item.get_secret()[::-1])

def page():
    login = station.login(folder)
    shown = LoginPage(lambda: login, FakeTasks(), lambda _name: ())
    shown.show_state(login.state())
    got = []
    shown.opened.connect(got.append)
    return shown, got

refused, got = page()
refused.sign_on._password.setText(station.PASSWORD)
refused.sign_on.enter.click()
assert not got and "恢复码" in refused.sign_on.line.text(), refused.sign_on.line.text()
refused.sign_on.recovery_wanted.emit()
recover = refused.findChild(Recover)
recover._code.setText(code)
for each in (recover._first, recover._again):
    each.setText("brand-new-words-of-may-5")
recover.enter.click()
assert len(got) == 1, recover.line.text()
got[0].store.close()
again, got = page()
again.sign_on._password.setText("brand-new-words-of-may-5")
again.sign_on.enter.click()
assert len(got) == 1, again.sign_on.line.text()
from desk.services import kit
services = kit.build(got[0], station.login(folder))
assert services.visits.get(visit_id).number
assert services.verify.run().ok
got[0].store.close()
print("all back")
"""


@pytest.mark.parametrize("lose", ["lost", "changed"])
def test_a_lost_or_changed_keyring_and_the_recovery_code_brings_everything_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lose: str
) -> None:
    script = LOST_KEYRING.replace("sys.argv[1]", repr(str(tmp_path / "desk"))).replace(
        "sys.argv[2]", repr(lose)
    )
    assert secret_service.run(tmp_path, script).strip() == "all back"


def test_a_full_disk_keeps_what_was_typed_and_goes_on(tmp_path: Path) -> None:
    """Fault 10: a sentence, nothing lost, no half file, and it goes on by itself once there is room."""
    mount = may_mount()
    program = [sys.executable, "-m", "tests.e2e.full_desk", str(tmp_path), "tmpfs" if mount else "rlimit"]
    command = ["unshare", "--map-root-user", "--mount", *program] if mount else program
    env = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    said = "保存失败：磁盘已满" if mount else "保存失败：磁盘读写出错"
    told = "又能保存了，刚才写的都在。" if mount else said
    assert found["typing"] == {"said": [said], "kept": True, "on disk": mount, "told": told}
    assert found["sound"]
    if mount:
        assert found["saving"] == {"said": [said], "half": [], "saved": True}


class TestTheClock:
    @pytest.mark.parametrize("wrong", ["1970-01-01T08:00:00+08:00", "2027-11-23T09:00:00+08:00"])
    def test_no_number_before_it_is_confirmed(
        self, case: Case, here: Station, notices: RecordingNotices, fake_clock: FakeClock, wrong: str
    ) -> None:
        station.receive(here)
        fake_clock.set(wrong)
        fill(case, name="陈某某", subject="小区雨后积水")
        case.view.head.open.click()
        assert "时间" in notices.said[-1][1]
        assert notices.said[-1][0] == "ask"
        assert case.visit_id == ""
        assert case.view.values().name == "陈某某"
        fake_clock.set("2026-11-23T09:30:00+08:00")
        case.view.head.open.click()
        assert case.verbs.visit is not None
        assert case.verbs.visit.number == "LF2026-A0002"

    def test_next_year_is_taken_once_confirmed(
        self, case: Case, notices: RecordingNotices, fake_clock: FakeClock
    ) -> None:
        fake_clock.set("2027-11-23T09:00:00+08:00")
        notices.yes = True
        fill(case, name="陈某某", subject="小区雨后积水")
        case.view.head.open.click()
        assert case.verbs.visit is not None
        assert case.verbs.visit.number.startswith("LF2027-A0001")


def test_a_printer_gone_is_told_and_the_pdf_is_still_there(
    here: Station, context: Context, notices: RecordingNotices, qtbot: QtBot, tmp_path: Path
) -> None:
    class NoPrinters:
        def names(self) -> tuple[str, ...]:
            return ()

        def make(self, name: str) -> None:
            raise AssertionError(name)

    page = PaperPage(context, source=NoPrinters())  # type: ignore[arg-type]  # it is never asked to make one
    qtbot.addWidget(page)
    page.show_record(f"receipt:{station.receive(here)}")
    page.print_button.click()
    assert notices.problems[-1].sentence == "没有找到打印机。"
    assert "存为 PDF" in notices.problems[-1].way_out
    notices.path = tmp_path / "回执.pdf"
    page.save_button.click()
    assert notices.path.read_bytes().startswith(b"%PDF-")


class TestNames:
    @pytest.mark.parametrize(
        ("typed", "kept"),
        [
            ("𬱖" * 50, "𬱖" * 50),
            ("王", "王"),
            ("王\u202e某\u0007某\u200b", "王某某"),
            ("阿依古丽・买买提", "阿依古丽·买买提"),
        ],
    )
    def test_what_is_typed_is_kept_clean(
        self, case: Case, here: Station, notices: RecordingNotices, typed: str, kept: str
    ) -> None:
        commit(field(case, "name"), typed)
        fill(case, subject="小区雨后积水")
        case.view.head.open.click()
        assert notices.problems == []
        assert case.verbs.visit is not None
        assert here.services.visits.get(case.visit_id).name == kept
        paper = here.services.papers.receipt(case.visit_id, "A5").value
        assert paper.pdf.startswith(b"%PDF-")

    def test_nm_06_a_name_of_60_characters_is_told_and_stays_to_be_shortened(
        self, case: Case, notices: RecordingNotices
    ) -> None:
        commit(field(case, "name"), "𬱖" * 60)
        fill(case, subject="小区雨后积水")
        case.view.head.open.click()
        assert field(case, "name").accessibleDescription() == "姓名最多 50 个字，现在是 60 个字。"
        assert notices.problems == [], "said once, at the field"
        assert case.view.values().name == "𬱖" * 60
        assert case.visit_id == ""

    def test_a_name_of_nothing_but_control_characters_is_no_name(self, case: Case, here: Station) -> None:
        commit(field(case, "name"), "\u202e\u200b")
        fill(case, subject="小区雨后积水")
        case.view.head.open.click()
        assert case.visit_id == ""


def test_a_wrong_check_digit_is_warned_and_not_refused(
    case: Case, here: Station, notices: RecordingNotices
) -> None:
    case.view.who.open_more()
    fill(case, name="陈某某", subject="小区雨后积水", id_no="330106199003074512")
    field(case, "id_no").editingFinished.emit()  # type: ignore[attr-defined]  # a line of text
    assert "校验" in field(case, "id_no").accessibleDescription()
    fill(case, **full())
    case.verbs.finish()
    assert notices.problems == []
    assert case.verbs.visit is not None
    assert case.verbs.visit.state == "finished"
    case.rating.stop()
    assert here.services.visits.reveal(here.services.visits.page().rows[0].id, "id_no", "核对").endswith("2")


@pytest.mark.parametrize("kind", ["truncated", "empty", "password", "huge"])
def test_a_bad_roster_is_told_and_nothing_is_taken(
    context: Context, notices: RecordingNotices, qtbot: QtBot, tmp_path: Path, kind: str
) -> None:
    page = DeputiesPage(context)
    for _step in page.rest():
        pass
    qtbot.addWidget(page)
    before = len(context.services.deputies.list())
    page.open_roster(_bad_roster(tmp_path, kind))
    kinds = [each for each, _text in notices.said]
    assert kinds == ["fail"], notices.said
    assert notices.problems[-1].way_out
    assert not page.importing.isVisible()
    assert len(context.services.deputies.list()) == before


def _bad_roster(folder: Path, kind: str) -> Path:
    whole = station.ROSTER.read_bytes()
    path = folder / "名册.xlsx"
    if kind == "truncated":
        path.write_bytes(whole[: len(whole) // 2])
    elif kind == "empty":
        path.write_bytes(b"")
    elif kind == "password":
        # An encrypted workbook is an OLE file that holds no workbook stream of its own.
        path.write_bytes(
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le")
        )
    else:
        with path.open("wb") as file:
            file.write(whole)
            file.truncate(60 << 20)
    return path
