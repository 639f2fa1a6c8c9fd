"""From the key to the desk: who is let in, what goes into the chain, what is noticed."""

from pathlib import Path

import pytest

from desk import errors
from desk.models import plain
from desk.models.user import User
from desk.services import slots
from desk.services.keybox import Holder
from desk.services.login import Login
from desk.services.opening import Opened
from desk.services.sync import refolding, shadow
from desk.wire.heads import Head
from desk.wire.records import SCHEMA
from tests import factories
from tests.sign_on import PASSWORD, SETUP, MemorySecrets, chain, cheap_login, close


def test_sec_05_failed_sign_ons_stand_in_the_chain_at_the_next_unlock(
    opened: Opened, login: Login, data_folder: Path
) -> None:
    user_id = close(login, opened)
    for _time in range(2):
        with pytest.raises(errors.AccessProblem, match="密码不对"):
            login.sign_on(user_id, "something else")
    again = login.sign_on(user_id, PASSWORD)
    assert chain(again)[-3:] == [("unlock", "", False), ("unlock", "", False), ("unlock", "password", True)]
    again.store.close()
    file = slots.load(data_folder)
    assert file is not None
    assert file.journal == ()


def test_sec_04_a_disabled_user_cannot_sign_on_and_loses_the_slot(opened: Opened, login: Login) -> None:
    user_id = opened.session.user.id
    with opened.store.write(user_id) as rows:
        rows.get_one(User, user_id).disabled = True
    close(login, opened)
    with pytest.raises(errors.AccessProblem, match="已停用"):
        login.sign_on(user_id, PASSWORD)
    assert login.state().users == ()


def test_sec_04_a_user_of_another_station_cannot_sign_on_and_loses_the_slot(
    opened: Opened, login: Login
) -> None:
    """A desk of the county holds the users of all its stations."""
    stranger = factories.user(name="孙某某", scope_id="S:east")
    with opened.store.write(opened.session.user.id) as rows:
        rows.add(stranger)
    login.box.put_password(opened.session.key, Holder(stranger.record_id, "孙某某", "值班员"), PASSWORD)
    own = opened.session.user.id
    opened.store.close()
    with pytest.raises(errors.AccessProblem, match="别的站点"):
        login.sign_on(stranger.record_id, PASSWORD)
    assert [user.id for user in login.state().users] == [own]


def test_a_record_of_a_newer_desk_that_does_not_fit_keeps_nobody_out(opened: Opened, login: Login) -> None:
    """A stolen PC may write anything into a field that is known only after the upgrade."""
    bad = Head(1, {"consulted_at": "gestern"}, {"*": "f1"})
    with opened.store.write_confirmed() as rows:
        shadow.put(rows, "S:own", {("consultation", "c1"): bad})
        plain.write(rows, "UPDATE meta SET folded = NULL")
    again = login.sign_on(close(login, opened), PASSWORD)
    assert again.notes == ()
    with again.store.read() as rows:
        assert plain.ask(rows, "SELECT folded FROM meta")[0][0] == SCHEMA
        assert plain.ask(rows, "SELECT consulted_at FROM consultation") == [(None,)]
    again.store.close()


def test_what_cannot_be_caught_up_with_keeps_nobody_out(
    opened: Opened, login: Login, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody thought of it when the checks were written; the next sign-on tries again."""

    def breaks(_store: object) -> None:
        raise TypeError("of a newer desk")

    monkeypatch.setattr(refolding, "catch_up", breaks)
    user_id = close(login, opened)
    for _time in range(2):
        again = login.sign_on(user_id, PASSWORD)
        assert any("还没有读进来" in note for note in again.notes)
        again.store.close()


def test_an_older_copy_of_the_store_is_noticed(opened: Opened, login: Login, data_folder: Path) -> None:
    user_id = close(login, opened)
    older = (data_folder / "desk.db").read_bytes()
    second = login.sign_on(user_id, PASSWORD)
    assert second.notes == ()
    second.store.close()
    (data_folder / "desk.db").write_bytes(older)
    third = login.sign_on(user_id, PASSWORD)
    third.store.close()
    assert "比上次登录时旧" in third.notes[0]


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
