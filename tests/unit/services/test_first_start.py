"""The first start: a whole station, or nothing at all."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from desk import clock, errors
from desk.models.device import Device
from desk.models.local import SettingValue
from desk.models.station import Station
from desk.models.store import Store
from desk.models.user import User
from desk.rules import local_rules
from desk.services import first_start, opening, slots, staging
from desk.services.keybox import Keybox
from desk.services.login import FirstStart, Login
from desk.services.opening import Opened
from desk.services.profile import load_default
from tests import secret_service
from tests.sign_on import PASSWORD, SETUP, Clocks, MemorySecrets, chain, cheap_login


def test_the_first_start_makes_station_device_user_and_chain(
    opened: Opened, login: Login, data_folder: Path
) -> None:
    with opened.store.read() as rows:
        station = rows.scalars(select(Station)).one()
        device = rows.scalars(select(Device)).one()
        user = rows.scalars(select(User)).one()
    assert opened.store.scope_id == f"S:{station.record_id}"
    assert (station.name, station.code, station.level) == ("示例镇人大代表联络站", "330106-004", "town")
    assert (device.record_id, device.letter, len(device.key_id)) == (opened.store.device_id, "A", 8)
    assert (user.name, user.initials, user.roles) == ("周某某", "zmm", "clerk,head")
    assert opened.session.user.name == "周某某"
    assert len(opened.recovery_code) == 39
    assert chain(opened) == [("first_start", "", True), ("unlock", "password", True)]
    assert sorted(path.name for path in data_folder.iterdir() if "-" not in path.name) == [
        "desk.db",
        "slots.json",
        "slots.lock",
    ]
    state = login.state()
    assert state.kind == "sign_on"
    assert state.station_name == "示例镇人大代表联络站"
    assert [(each.name, each.role_label) for each in state.users] == [("周某某", "站长")]


def test_nothing_secret_and_nothing_personal_lies_beside_the_store(opened: Opened, data_folder: Path) -> None:
    text = slots.path(data_folder).read_text(encoding="utf-8")
    for hidden in (PASSWORD, SETUP.pin, opened.recovery_code, opened.session.key.hex()):
        assert hidden not in text
    assert (data_folder / "desk.db").read_bytes()[:15] != b"SQLite format 3"


def test_the_wizard_is_told_each_step(login: Login) -> None:
    told: list[str] = []
    login.first_start(SETUP, told.append).store.close()
    assert len(told) == len(set(told)) == 4


def test_the_backup_folder_is_kept_as_a_setting(login: Login, tmp_path: Path) -> None:
    opened = login.first_start(replace(SETUP, backup_folder=str(tmp_path), pin=""))
    with opened.store.read() as rows:
        kept = rows.get_one(SettingValue, "backup_folder").value
    opened.store.close()
    assert kept == str(tmp_path)
    assert not opened.pins.has(opened.session.user.id)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("user_name", " "),
        ("station_name", "　"),
        ("password", "12345678"),
        ("password", "短"),
        ("pin", "111111"),
    ],
)
def test_sec_01_what_cannot_be_used_is_named(login: Login, field: str, value: str, data_folder: Path) -> None:
    values = {name: getattr(SETUP, name) for name in SETUP.__dataclass_fields__} | {field: value}
    with pytest.raises(errors.InputProblem) as caught:
        login.first_start(FirstStart(**values))
    assert caught.value.field == field
    assert not data_folder.exists()


def test_a_second_first_start_is_refused(opened: Opened, login: Login) -> None:
    with pytest.raises(errors.StoreProblem, match="已有数据文件"):
        login.first_start(SETUP)


# -- a first start that is cut off


class _Killed(BaseException):
    """The plug is pulled: nothing cleans up."""


def _cut_off(login: Login, owner: object, name: str, *, after: bool = False) -> None:
    real = getattr(owner, name)

    def killed(*arguments: object, **named: object) -> object:
        if after:
            real(*arguments, **named)
        raise _Killed

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(owner, name, killed)
        patch.setattr(staging, "discard", lambda *_arguments: None)
        with pytest.raises(_Killed):
            login.first_start(SETUP)


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize(
    ("owner", "name"),
    [
        (Keybox, "begin"),
        (Store, "create"),
        (first_start, "_first_records"),
        (Keybox, "put_password"),
        (Keybox, "put_recovery"),
        (staging, "move_in"),
        (opening, "admitted"),
    ],
)
def test_a_kill_at_any_step_leaves_nothing_or_a_whole_station(
    login: Login, secrets: MemorySecrets, owner: object, name: str, after: bool
) -> None:
    _cut_off(login, owner, name, after=after)
    state = login.state()
    if state.kind == "first_start":
        assert secrets.kept == {}
        opened = login.first_start(SETUP)
    else:
        opened = login.sign_on(state.users[0].id, PASSWORD)
        assert opened.recovery_pending
    assert not staging.folder_of(opened.store.folder).exists()
    assert opened.session.user.name == "周某某"
    opened.store.close()


def test_a_kill_between_the_two_moves_is_finished(login: Login, data_folder: Path) -> None:
    _cut_off(login, staging, "move_in")
    (staging.folder_of(data_folder) / "desk.db").replace(data_folder / "desk.db")
    login.sign_on(login.state().users[0].id, PASSWORD).store.close()


def test_a_data_folder_that_cannot_be_made_is_said(
    tmp_path: Path, secrets: MemorySecrets, clocks: Clocks
) -> None:
    (tmp_path / "a file").write_text("")
    with pytest.raises(errors.StoreProblem, match="建不了"):
        cheap_login(tmp_path / "a file" / "desk", secrets).first_start(SETUP)


def test_a_full_disk_at_the_first_start_leaves_nothing(
    login: Login, data_folder: Path, secrets: MemorySecrets, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_arguments: object) -> None:
        raise errors.StoreProblem("保存失败：磁盘已满")

    monkeypatch.setattr(Keybox, "put_recovery", full)
    with pytest.raises(errors.StoreProblem, match="磁盘已满"):
        login.first_start(SETUP)
    assert list(data_folder.iterdir()) == []
    assert secrets.kept == {}
    monkeypatch.undo()


_KILLED_AT = """
import os, sys
from pathlib import Path
from desk.services.login import Login
from tests.sign_on import CHEAP, SETUP

steps = int(sys.argv[2])

def step(_sentence):
    global steps
    steps -= 1
    if steps < 0:
        os._exit(9)

Login(Path(sys.argv[1]), cost=CHEAP).first_start(SETUP, step)
"""


@pytest.mark.parametrize("step", [0, 1, 2, 3])
def test_a_process_that_is_gone_at_a_step_leaves_nothing_or_a_whole_station(
    tmp_path: Path, step: int, clocks: Clocks
) -> None:
    folder = tmp_path / "desk"
    command = [sys.executable, "-c", _KILLED_AT, str(folder), str(step)]
    done = subprocess.run(command, cwd=secret_service.ROOT, timeout=300, check=False)
    assert done.returncode == 9
    login = cheap_login(folder, MemorySecrets(works=False))
    state = login.state()
    assert state.kind == ("sign_on" if step == 3 else "first_start")
    opened = login.sign_on(state.users[0].id, PASSWORD) if state.users else login.first_start(SETUP)
    opened.store.close()


@pytest.mark.parametrize(("changed", "version"), [(False, "2026 年版"), (True, "2026 年 11 月 23 日版")])
def test_the_notice_is_named_by_its_own_words(
    login: Login, changed: bool, version: str
) -> None:  # PI-03: the version told is stored
    shipped = local_rules.notice_text(
        load_default(), clock.today(), station=SETUP.station_name, phone=SETUP.phone
    )
    opened = login.first_start(
        replace(SETUP, notice_text=shipped + ("另：本站有便民药箱。" if changed else ""))
    )
    with opened.store.read() as rows:
        assert rows.scalars(select(Station.notice_version)).one() == version
    opened.store.close()
