"""Users: unique, least right, never nobody left, all of it in the chain (SEC-01, SEC-04, SEC-05, SEC-11)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from desk import errors
from desk.models.audit import Audit
from desk.models.outbox import Outbox
from desk.models.user import User
from desk.rules.profile import Profile, Row, overlay
from desk.services import entry_codes
from desk.services import profile as profiles
from desk.services.login import Login
from desk.services.opening import Opened
from desk.services.users import Users
from tests.sign_on import PASSWORD, SETUP, Clocks, MemorySecrets, cheap_login

NEW = "又一个好密码2027"


@dataclass
class Desk:
    """A station with 周某某 as head and clerk signed on."""

    login: Login
    opened: Opened
    users: Users

    @property
    def me(self) -> str:
        return self.opened.session.user.id

    def actions(self) -> list[tuple[str, str, str]]:
        with self.opened.store.read() as rows:
            found = rows.scalars(select(Audit).order_by(Audit.n))
            return [(entry.action, entry.fields, entry.target_id) for entry in found]

    def as_user(self, name: str, code: str) -> Opened:
        """Let an invited user redeem the code in place of whoever is signed on."""
        self.opened.store.close()
        self.opened = self.login.redeem(name, code, NEW)
        self.users = _users(self.login, self.opened)
        return self.opened


def _users(login: Login, opened: Opened, profile: Profile | None = None) -> Users:
    current = profile or profiles.load_default()
    return Users(opened.store, opened.session, login.box, opened.pins, lambda: current)


@pytest.fixture
def desk(data_folder: Path, clocks: Clocks) -> Iterator[Desk]:
    """Set the station up."""
    login = cheap_login(data_folder, MemorySecrets())
    opened = login.first_start(SETUP)
    made = Desk(login, opened, _users(login, opened))
    yield made
    made.opened.store.close()


def test_the_head_invites_and_the_invited_signs_on_once_with_the_code(desk: Desk) -> None:
    done = desk.users.invite(" 吴某 ", ["lawyer"], licence_no="1330120261234567")
    assert done.changed == {"user"}
    assert len(done.value.code) == 19
    row = next(row for row in desk.users.list() if row.id == done.value.user_id)
    assert (row.name, row.roles_text, row.invited, row.has_slot, row.disabled) == (
        "吴某",
        "律师",
        True,
        False,
        False,
    )
    assert desk.actions()[-1] == ("user_add", "name,roles", row.id)
    assert [user.name for user in desk.login.state().users] == ["周某某"]
    opened = desk.as_user("吴某", done.value.code)
    assert opened.session.user.roles == {"lawyer"}
    assert [user.name for user in desk.login.state().users] == ["周某某", "吴某"]
    with pytest.raises(errors.AccessProblem, match="没有发给"):
        desk.login.redeem("吴某", done.value.code, NEW)


def test_sec_01_a_namesake_is_refused_even_of_somebody_disabled(desk: Desk) -> None:
    other = desk.users.invite("吴某", ["clerk"]).value
    desk.users.disable(other.user_id)
    for name in ("吴　某", "吴某"):
        with pytest.raises(errors.InputProblem, match="已有叫") as caught:
            desk.users.invite(name, ["clerk"])
        assert caught.value.field == "name"


@pytest.mark.parametrize("roles", [[], ["boss"], ["county"], ["clerk", "web"]])
def test_only_roles_of_a_desk_can_be_given(desk: Desk, roles: list[str]) -> None:
    with pytest.raises(errors.InputProblem, match="角色"):
        desk.users.invite("吴某", roles)


def test_an_unusable_name_is_refused(desk: Desk) -> None:
    with pytest.raises(errors.InputProblem):
        desk.users.invite("", ["clerk"])


def test_sec_11_two_posts_need_a_written_reason(desk: Desk) -> None:
    with pytest.raises(errors.InputProblem, match="不同的人") as caught:
        desk.users.invite("吴某", ["sysadmin", "audadmin"])
    assert caught.value.field == "posts_reason"
    desk.users.invite("吴某", ["sysadmin", "audadmin"], posts_reason="站里只有两个人")
    assert desk.actions()[-1][1] == "name,roles,posts"


def test_sec_04_only_who_may_change_users_does(desk: Desk) -> None:
    code = desk.users.invite("吴某", ["clerk"]).value.code
    head = desk.me
    desk.as_user("吴某", code)
    with pytest.raises(errors.AccessProblem):
        desk.users.invite("郑某", ["clerk"])
    for refused in (desk.users.disable, desk.users.invite_again):
        with pytest.raises(errors.AccessProblem):
            refused(head)
    with pytest.raises(errors.AccessProblem):
        desk.users.set_roles(desk.me, ["head"])
    with pytest.raises(errors.AccessProblem):
        desk.users.set_pin(head, "908172")
    with pytest.raises(errors.AccessProblem):
        desk.users.new_recovery_code(NEW)
    with pytest.raises(errors.AccessProblem):
        desk.users.recovery_kept()
    assert desk.users.set_pin(desk.me, "908172").value is None


def test_sec_04_a_disabled_user_loses_slot_and_pin_and_comes_back_by_a_new_code(desk: Desk) -> None:
    invite = desk.users.invite("吴某", ["clerk"]).value
    desk.users.set_pin(invite.user_id, "908172")
    desk.users.disable(invite.user_id)
    assert not desk.opened.pins.has(invite.user_id)
    assert [(row.name, row.disabled, row.invited) for row in desk.users.list()][-1] == ("吴某", True, False)
    with pytest.raises(errors.AccessProblem, match="没有发给"):
        desk.login.redeem("吴某", invite.code, NEW)
    again = desk.users.invite_again(invite.user_id).value
    assert desk.as_user("吴某", again.code).session.user.id == invite.user_id


def test_a_forgotten_password_is_replaced_by_a_new_code(desk: Desk) -> None:
    invite = desk.users.invite("吴某", ["head"]).value
    head = desk.me
    desk.as_user("吴某", invite.code)
    code = desk.users.invite_again(head).value.code
    with pytest.raises(errors.AccessProblem, match="没有该用户的登录密码"):
        desk.login.sign_on(head, PASSWORD)
    assert desk.as_user("周某某", code).session.user.id == head


def test_nobody_is_invited_out_of_their_own_password(desk: Desk) -> None:
    with pytest.raises(errors.InputProblem, match="自己"):
        desk.users.invite_again(desk.me)


def test_the_last_head_stays(desk: Desk) -> None:
    with pytest.raises(errors.InputProblem, match="不能停用自己"):
        desk.users.disable(desk.me)
    with pytest.raises(errors.InputProblem, match="最后一位"):
        desk.users.set_roles(desk.me, ["clerk"])
    second = desk.users.invite("吴某", ["head"]).value
    desk.users.set_roles(desk.me, ["clerk"])
    with pytest.raises(errors.InputProblem, match="最后一位"):
        desk.users.disable(second.user_id)


def test_sec_11_with_split_posts_being_head_is_not_enough(desk: Desk) -> None:
    desk.opened.session.split_admins = True
    with pytest.raises(errors.AccessProblem):
        desk.users.invite("吴某", ["clerk"])


def test_sec_11_with_split_posts_the_last_security_administrator_stays(desk: Desk) -> None:
    code = desk.users.invite("吴某", ["secadmin"]).value.code
    desk.as_user("吴某", code).session.split_admins = True
    with pytest.raises(errors.InputProblem, match="最后一位"):
        desk.users.set_roles(desk.me, ["clerk"])


def test_new_roles_hold_from_the_next_sign_on(desk: Desk) -> None:
    desk.users.set_roles(desk.me, ["head"])
    assert desk.actions()[-1] == ("user_change", "roles", desk.me)
    me = desk.me
    desk.opened.store.close()
    desk.opened = desk.login.sign_on(me, PASSWORD)
    assert desk.opened.session.user.roles == {"head"}


def test_changing_the_password(desk: Desk) -> None:
    me = desk.me
    with pytest.raises(errors.AccessProblem, match="密码不对"):
        desk.users.change_password("not mine", NEW)
    for weak in ("短", "password", PASSWORD):
        with pytest.raises(errors.InputProblem):
            desk.users.change_password(PASSWORD, weak)
    desk.users.change_password(PASSWORD, NEW)
    assert desk.actions()[-1] == ("password_change", "", me)
    desk.opened.store.close()
    with pytest.raises(errors.AccessProblem):
        desk.login.sign_on(me, PASSWORD)
    desk.opened = desk.login.sign_on(me, NEW)


def test_sec_01_an_old_password_is_to_be_changed_before_anything_else(desk: Desk, clocks: Clocks) -> None:
    """Only with 等保: the age of a password is off without it."""
    session = desk.opened.session
    clocks.forward(days=91)
    desk.login.follow(profiles.load_default(), session)
    assert session.may("read", "visit")
    strict = Row("dengbao.enabled", True, "", date(2026, 1, 1), "本地设定")
    profile = overlay(profiles.load_default(), Profile("县", "1", (strict,)))
    desk.login.follow(profile, session)
    assert not session.may("read", "visit")
    with pytest.raises(errors.AccessProblem, match="密码用得太久") as caught:
        session.require("read", "visit")
    assert "改密码" in caught.value.way_out
    session.lock()
    desk.login.unlock(session, desk.me, PASSWORD)
    assert not session.may("read", "visit")
    users = _users(desk.login, desk.opened, profile)
    with pytest.raises(errors.InputProblem, match="至少 3 种"):
        users.change_password(PASSWORD, "abcdefgh12xyz")
    users.change_password(PASSWORD, "Abc甲乙丙12345")
    assert session.may("read", "visit")


def test_a_changed_pin_works_at_the_next_lock(desk: Desk) -> None:
    desk.users.set_pin(desk.me, "908172")
    desk.opened.session.lock()
    with pytest.raises(errors.AccessProblem):
        desk.login.unlock_pin(desk.opened.session, SETUP.pin)
    desk.login.unlock_pin(desk.opened.session, "908172")
    assert ("pin_set", "", desk.me) in desk.actions()


def test_a_new_recovery_code_makes_the_old_sheet_worthless(desk: Desk) -> None:
    with pytest.raises(errors.AccessProblem, match="密码不对"):
        desk.users.new_recovery_code("not mine")
    new = desk.users.new_recovery_code(PASSWORD).value
    assert desk.login.box.file().recovery_pending
    desk.users.recovery_kept()
    assert not desk.login.box.file().recovery_pending
    assert [action for action, _fields, _target in desk.actions()][-2:] == ["recovery_new", "recovery_kept"]
    me, old = desk.me, desk.opened.recovery_code
    desk.opened.store.close()
    with pytest.raises(errors.AccessProblem, match="恢复码不对"):
        desk.login.recover(old, me, NEW)
    desk.opened = desk.login.recover(new, me, NEW)


def test_after_a_lost_keyring_the_recovered_head_invites_the_others_again(
    desk: Desk, data_folder: Path
) -> None:
    invite = desk.users.invite("吴某", ["clerk"]).value
    head, code = desk.me, desk.opened.recovery_code
    desk.as_user("吴某", invite.code)
    desk.opened.store.close()
    fresh = cheap_login(data_folder, MemorySecrets())
    desk.login, desk.opened = fresh, fresh.recover(code, head, NEW)
    desk.users = _users(fresh, desk.opened)
    with pytest.raises(errors.KeyringProblem, match="设备密钥"):
        fresh.sign_on(invite.user_id, NEW)
    again = desk.users.invite_again(invite.user_id).value
    assert desk.as_user("吴某", again.code).session.user.id == invite.user_id


def test_a_locked_desk_changes_no_users(desk: Desk) -> None:
    desk.opened.session.lock()
    with pytest.raises(errors.AccessProblem, match="已锁定"):
        desk.users.invite("吴某", ["clerk"])


def test_no_code_and_no_password_in_a_repr(desk: Desk) -> None:
    invite = desk.users.invite("吴某", ["clerk"]).value
    assert invite.code not in repr(invite)
    assert PASSWORD not in repr(SETUP)


def test_every_user_left_an_op_for_the_hub(desk: Desk) -> None:
    desk.users.invite("吴某", ["clerk"])
    with desk.opened.store.read() as rows:
        made = set(rows.scalars(select(Outbox.record_id).where(Outbox.noun == "user")))
        assert made == set(rows.scalars(select(User.record_id)))


def test_a_code_for_another_pc_leaves_this_one_as_it_is(desk: Desk) -> None:
    """Also for the head at the desk, who needs one as much as anybody."""
    before = desk.login.box.file()
    made = desk.users.invite_elsewhere(desk.me)
    assert made.changed == {"user"}
    assert desk.login.box.file() == before
    assert desk.actions()[-1] == ("user_invite", "entry_code", desk.me)
    with desk.opened.store.read() as rows:
        assert entry_codes.find(rows, "周某某", made.value.code.replace("-", "")).user.record_id == desk.me


def test_a_code_for_another_pc_is_the_heads_to_give(desk: Desk) -> None:
    clerk = desk.users.invite("钱某某", ["clerk"]).value
    other = desk.users.invite("孙某某", ["lawyer"]).value.user_id
    desk.users.disable(other)
    with pytest.raises(errors.InputProblem):
        desk.users.invite_elsewhere(other)
    desk.as_user("钱某某", clerk.code)
    with pytest.raises(errors.AccessProblem):
        desk.users.invite_elsewhere(desk.me)


def test_sec_11_two_posts_in_one_hand_are_a_choice_unless_the_rules_forbid_it(desk: Desk) -> None:
    posts = ["secadmin", "audadmin"]
    with pytest.raises(errors.InputProblem, match="不同的人"):
        desk.users.invite("吴某", posts)
    invited = desk.users.invite("吴某", posts, posts_reason="人手不够").value
    assert desk.actions()[-1] == ("user_add", "name,roles,posts", invited.user_id)
    assert desk.users.shared_posts(posts) == frozenset(posts)
    assert desk.users.shared_posts(["head", "secadmin"]) == frozenset()
    strict = Row("dengbao.split_admins", True, "", date(2026, 1, 1), "本地设定")
    users = _users(desk.login, desk.opened, overlay(profiles.load_default(), Profile("县", "1", (strict,))))
    with pytest.raises(errors.InputProblem, match="不同的人") as refused:
        users.set_roles(invited.user_id, posts, posts_reason="人手不够")
    assert "不许一人兼任" in refused.value.way_out
    with pytest.raises(errors.InputProblem, match="不同的人") as early:
        users.shared_posts(posts)
    assert early.value.way_out == refused.value.way_out
    users.set_roles(invited.user_id, ["audadmin"])
