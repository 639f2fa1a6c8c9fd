"""From the first start to the lock: who gets in, and who is told why not."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from desk import errors
from desk.models.audit import Audit
from desk.models.device import Device
from desk.models.local import SettingValue
from desk.models.station import Station
from desk.models.store import Store
from desk.models.user import User
from desk.services import audit, first_start, opening, slots, staging
from desk.services.keybox import Keybox
from desk.services.login import FirstStart, Login
from desk.services.opening import Opened
from tests.sign_on import PASSWORD, SETUP, Clocks, MemorySecrets, cheap_login


@pytest.fixture
def secrets() -> MemorySecrets:
    """A keyring of memory."""
    return MemorySecrets()


@pytest.fixture
def login(data_folder: Path, secrets: MemorySecrets, clocks: Clocks) -> Login:
    """The door of a data folder in which nothing was made yet."""
    return cheap_login(data_folder, secrets)


@pytest.fixture
def opened(login: Login) -> Iterator[Opened]:
    """A station just set up; its store is closed afterwards."""
    made = login.first_start(SETUP)
    yield made
    made.store.close()


def _reopened(login: Login, opened: Opened) -> str:
    opened.store.close()
    return login.state().users[0].id


def _chain(opened: Opened) -> list[tuple[str, str, bool]]:
    with opened.store.read() as rows:
        assert not list(audit.breaks(rows))
        return [
            (entry.action, entry.fields, entry.ok) for entry in rows.scalars(select(Audit).order_by(Audit.n))
        ]


def test_before_anything_the_wizard_comes(login: Login, data_folder: Path) -> None:
    state = login.state()
    assert (state.kind, state.users, state.keyring_note) == ("first_start", (), "")
    assert not data_folder.exists()


def test_without_a_keyring_the_wizard_says_what_that_means(data_folder: Path) -> None:
    note = cheap_login(data_folder, MemorySecrets(works=False)).state().keyring_note
    assert "密码" in note
    assert "密钥环" in note


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
    assert _chain(opened) == [("first_start", "", True), ("unlock", "password", True)]
    assert sorted(path.name for path in data_folder.iterdir() if "-" not in path.name) == [
        "desk.db",
        "slots.json",
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


def test_signing_on(opened: Opened, login: Login) -> None:
    user_id = _reopened(login, opened)
    again = login.sign_on(user_id, PASSWORD)
    assert again.session.user == opened.session.user
    assert again.recovery_code == ""
    assert again.recovery_pending
    again.store.close()


def test_sec_05_failed_sign_ons_stand_in_the_chain_at_the_next_unlock(
    opened: Opened, login: Login, data_folder: Path
) -> None:
    user_id = _reopened(login, opened)
    for _time in range(2):
        with pytest.raises(errors.AccessProblem, match="密码不对"):
            login.sign_on(user_id, "something else")
    again = login.sign_on(user_id, PASSWORD)
    assert _chain(again)[-3:] == [("unlock", "", False), ("unlock", "", False), ("unlock", "password", True)]
    again.store.close()
    file = slots.load(data_folder)
    assert file is not None
    assert file.journal == ()


def test_sec_04_a_disabled_user_cannot_sign_on_and_loses_the_slot(opened: Opened, login: Login) -> None:
    user_id = opened.session.user.id
    with opened.store.write(user_id) as rows:
        rows.get_one(User, user_id).disabled = True
    _reopened(login, opened)
    with pytest.raises(errors.AccessProblem, match="已停用"):
        login.sign_on(user_id, PASSWORD)
    assert login.state().users == ()


# -- bad days


def test_a_slot_file_gone_is_no_first_start(opened: Opened, login: Login, data_folder: Path) -> None:
    opened.store.close()
    slots.path(data_folder).unlink()
    with pytest.raises(errors.StoreProblem, match="不见了"):
        login.state()
    with pytest.raises(errors.StoreProblem, match="已有数据文件"):
        login.first_start(SETUP)


def test_the_slot_file_of_another_store_does_not_open_this_one(
    opened: Opened, login: Login, data_folder: Path, tmp_path: Path, secrets: MemorySecrets
) -> None:
    opened.store.close()
    other = cheap_login(tmp_path / "other", secrets)
    stranger = other.first_start(SETUP)
    stranger.store.close()
    slots.path(data_folder).write_bytes(slots.path(tmp_path / "other").read_bytes())
    with pytest.raises(errors.StoreProblem, match="密钥不符"):
        login.sign_on(stranger.session.user.id, PASSWORD)


def test_an_older_copy_of_the_store_is_noticed(opened: Opened, login: Login, data_folder: Path) -> None:
    user_id = _reopened(login, opened)
    older = (data_folder / "desk.db").read_bytes()
    second = login.sign_on(user_id, PASSWORD)
    assert second.notes == ()
    second.store.close()
    (data_folder / "desk.db").write_bytes(older)
    third = login.sign_on(user_id, PASSWORD)
    third.store.close()
    assert "比上次登录时旧" in third.notes[0]


def test_a_lost_keyring_is_brought_back_by_the_recovery_code(
    opened: Opened, login: Login, secrets: MemorySecrets
) -> None:
    user_id = _reopened(login, opened)
    secrets.kept.clear()
    with pytest.raises(errors.KeyringProblem, match="设备密钥") as caught:
        login.sign_on(user_id, PASSWORD)
    assert "恢复码" in caught.value.way_out
    again = login.recover(opened.recovery_code.lower().replace("-", " "), user_id, "换了一个密码99")
    assert again.session.user == opened.session.user
    assert _chain(again)[-1] == ("unlock", "recovery", True)
    again.store.close()
    login.sign_on(user_id, "换了一个密码99").store.close()
    with pytest.raises(errors.AccessProblem):
        login.sign_on(user_id, PASSWORD)


def test_a_recovery_with_a_weak_password_is_not_even_tried(opened: Opened, login: Login) -> None:
    user_id = _reopened(login, opened)
    with pytest.raises(errors.InputProblem, match="8 个字符"):
        login.recover(opened.recovery_code, user_id, "短")


# -- locks


def test_lock_closes_every_right_and_the_pin_opens_again(opened: Opened, login: Login) -> None:
    session = opened.session
    session.lock()
    assert session.locked
    with pytest.raises(errors.AccessProblem, match="已锁定"):
        session.require("read", "visit")
    login.unlock_pin(session, "２７４１５９")
    session.require("read", "visit")
    assert _chain(opened)[-1] == ("unlock", "pin", True)


@pytest.mark.parametrize(("seconds", "opens"), [(1799, True), (1801, False)])
def test_the_pin_is_enough_for_thirty_minutes(
    opened: Opened, login: Login, clocks: Clocks, seconds: int, opens: bool
) -> None:
    opened.session.lock()
    clocks.both(seconds)
    if opens:
        login.unlock_pin(opened.session, SETUP.pin)
        assert not opened.session.locked
    else:
        with pytest.raises(errors.AccessProblem, match="请输入密码"):
            login.unlock_pin(opened.session, SETUP.pin)
        login.unlock(opened.session, opened.session.user.id, PASSWORD)
        assert not opened.session.locked


def test_five_wrong_pins_need_the_password(opened: Opened, login: Login) -> None:
    opened.session.lock()
    for left in (4, 3, 2, 1):
        with pytest.raises(errors.AccessProblem, match=f"还可以试 {left} 次"):
            login.unlock_pin(opened.session, "908172")
    with pytest.raises(errors.AccessProblem, match="请输入密码"):
        login.unlock_pin(opened.session, "908172")
    with pytest.raises(errors.AccessProblem, match="请输入密码"):
        login.unlock_pin(opened.session, SETUP.pin)
    assert _chain(opened)[-5:] == [("unlock", "pin", False)] * 5
    login.unlock(opened.session, opened.session.user.id, PASSWORD)
    opened.session.lock()
    login.unlock_pin(opened.session, SETUP.pin)


def test_a_wrong_password_at_the_lock_is_counted_like_any_other(opened: Opened, login: Login) -> None:
    opened.session.lock()
    for _time in range(5):
        with pytest.raises(errors.AccessProblem):
            login.unlock(opened.session, opened.session.user.id, "wrong")
    with pytest.raises(errors.AccessProblem, match="请等 5 分钟"):
        login.unlock(opened.session, opened.session.user.id, PASSWORD)


def test_sec_04_a_user_disabled_meanwhile_does_not_come_back(opened: Opened, login: Login) -> None:
    user_id = opened.session.user.id
    opened.session.lock()
    with opened.store.write(user_id) as rows:
        rows.get_one(User, user_id).disabled = True
    with pytest.raises(errors.AccessProblem, match="已停用"):
        login.unlock_pin(opened.session, SETUP.pin)
    assert opened.session.locked


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
        (Keybox, "save"),
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
