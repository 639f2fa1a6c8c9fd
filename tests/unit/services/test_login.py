"""From the first start to the lock: who gets in, and who is told why not."""

import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from desk import errors
from desk.models.user import User
from desk.rules.profile import Profile, Row, overlay
from desk.services import profile as profiles
from desk.services import slots
from desk.services.login import Login
from desk.services.opening import Opened
from tests import secret_service
from tests.sign_on import PASSWORD, SETUP, Clocks, MemorySecrets, chain, cheap_login, close


def test_before_anything_the_wizard_comes(login: Login, data_folder: Path) -> None:
    state = login.state()
    assert (state.kind, state.users, state.keyring_note) == ("first_start", (), "")
    assert not data_folder.exists()


def test_without_a_keyring_the_wizard_says_what_that_means(data_folder: Path) -> None:
    note = cheap_login(data_folder, MemorySecrets(works=False)).state().keyring_note
    assert "密码" in note
    assert "密钥环" in note


def test_signing_on(opened: Opened, login: Login) -> None:
    user_id = close(login, opened)
    again = login.sign_on(user_id, PASSWORD)
    assert again.session.user == opened.session.user
    assert again.recovery_code == ""
    assert again.recovery_pending
    again.store.close()


# -- bad days


def test_a_slot_file_gone_is_no_first_start(opened: Opened, login: Login, data_folder: Path) -> None:
    opened.store.close()
    slots.path(data_folder).unlink()
    with pytest.raises(errors.StoreProblem, match="不见了"):
        login.state()
    with pytest.raises(errors.StoreProblem, match="已有数据文件"):
        login.first_start(SETUP)


def test_a_lost_keyring_is_brought_back_by_the_recovery_code(
    opened: Opened, login: Login, secrets: MemorySecrets
) -> None:
    user_id = close(login, opened)
    secrets.kept.clear()
    with pytest.raises(errors.KeyringProblem, match="设备密钥") as caught:
        login.sign_on(user_id, PASSWORD)
    assert "恢复码" in caught.value.way_out
    again = login.recover(opened.recovery_code.lower().replace("-", " "), user_id, "换了一个密码99")
    assert again.session.user == opened.session.user
    assert chain(again)[-1] == ("unlock", "recovery", True)
    again.store.close()
    login.sign_on(user_id, "换了一个密码99").store.close()
    with pytest.raises(errors.AccessProblem):
        login.sign_on(user_id, PASSWORD)


def test_a_recovery_with_a_weak_password_is_not_even_tried(opened: Opened, login: Login) -> None:
    user_id = close(login, opened)
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
    assert chain(opened)[-1] == ("unlock", "pin", True)


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
        with pytest.raises(errors.AccessProblem, match=f"PIN 不对，还可以试 {left} 次"):
            login.unlock_pin(opened.session, "908172")
    with pytest.raises(errors.AccessProblem, match="请输入密码"):
        login.unlock_pin(opened.session, "908172")
    with pytest.raises(errors.AccessProblem, match="请输入密码"):
        login.unlock_pin(opened.session, SETUP.pin)
    assert chain(opened)[-5:] == [("unlock", "pin", False)] * 5
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


def test_the_profile_in_force_sets_time_lockout_and_posts(
    opened: Opened, login: Login, clocks: Clocks
) -> None:
    day = date(2026, 1, 1)
    rows = (
        Row("lock.pin_return", 1, "minute", day, "本地设定"),
        Row("lockout.5", 60, "second", day, "本地设定"),
        Row("dengbao.enabled", True, "", day, "本地设定"),
    )
    login.follow(overlay(profiles.load_default(), Profile("县", "1", rows)), opened.session)
    assert not opened.session.may("write", "user")
    opened.session.lock()
    assert login.pin_is_enough(opened.session)
    clocks.both(61)
    assert not login.pin_is_enough(opened.session)
    for _time in range(4):
        with pytest.raises(errors.AccessProblem):
            login.unlock(opened.session, opened.session.user.id, "wrong")
    with pytest.raises(errors.AccessProblem, match="请等 1 分钟再试") as caught:
        login.unlock(opened.session, opened.session.user.id, "wrong")
    assert caught.value.wait_s == 60


def test_the_sign_on_window_comes_without_the_stores_machinery(
    opened: Opened, login: Login, data_folder: Path
) -> None:
    close(login, opened)
    script = (
        "import sys; from pathlib import Path; from desk.services.login import Login;"
        f"Login(Path({str(data_folder)!r})).state();"
        "print([name for name in ('sqlalchemy', 'keyring', 'zxcvbn', 'pypinyin') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=300, check=True
    )
    assert done.stdout.strip() == "[]"


# -- a real Secret Service

_SCENE = """
from pathlib import Path
from desk import errors
from desk.services.login import Login
from tests.sign_on import CHEAP, PASSWORD, SETUP

login = Login(Path({folder!r}), cost=CHEAP)
state = login.state()
try:
    if state.users:
        opened = login.{verb}
    else:
        opened = login.first_start(SETUP)
    opened.store.close()
    print(opened.recovery_code or opened.session.user.name, *opened.notes)
except errors.KeyringProblem as problem:
    print(problem.way_out)
"""


def test_a_real_keyring_that_is_lost_is_brought_back_by_the_recovery_code(tmp_path: Path) -> None:
    def play(verb: str) -> str:
        script = _SCENE.format(folder=str(tmp_path / "desk"), verb=verb)
        return secret_service.run(tmp_path, script).strip()

    code = play("state()")
    assert play("sign_on(state.users[0].id, PASSWORD)") == "周某某"
    shutil.rmtree(tmp_path / "home")
    assert "恢复码" in play("sign_on(state.users[0].id, PASSWORD)")
    assert play(f"recover({code!r}, state.users[0].id, '新的密码二零二七')") == "周某某"
    assert play("sign_on(state.users[0].id, '新的密码二零二七')") == "周某某"
