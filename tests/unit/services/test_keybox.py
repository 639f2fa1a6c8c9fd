"""Who gets the store's key, and who has to wait (SEC-01, SEC-02)."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from desk import clock, errors
from desk.services import entry_key, keys, slots
from desk.services.keybox import Holder, Keybox, key_by_sheet, keyring_note, same_name, without_keyring
from desk.services.slot_values import SlotFile
from desk.wire import codes
from tests.sign_on import CHEAP, PASSWORD, STEPS, Clocks, MemorySecrets

KEY = bytes(range(32))
ZHOU = Holder("u-1", "周某某", "工作人员")
WU = Holder("u-2", "吴某", "站长")


@pytest.fixture
def secrets() -> MemorySecrets:
    """A keyring of memory."""
    return MemorySecrets()


@pytest.fixture
def box(tmp_path: Path, secrets: MemorySecrets, clocks: Clocks) -> Keybox:
    """A slot file in which 周某某 has a password."""
    slots.save(tmp_path, SlotFile("store-1", "示例镇"))
    made = _box(tmp_path, secrets)
    made.put_password(KEY, ZHOU, PASSWORD)
    return made


def _box(folder: Path, secrets: MemorySecrets) -> Keybox:
    return Keybox(folder, secrets, cost=CHEAP, steps=STEPS)


def _fail(box: Keybox, times: int) -> errors.AccessProblem:
    for _time in range(times):
        with pytest.raises(errors.AccessProblem) as caught:
            box.open_with_password("u-1", "wrong one")
    return caught.value


def test_the_password_opens(box: Keybox) -> None:
    assert box.open_with_password("u-1", PASSWORD) == KEY


def test_full_width_digits_are_the_same_password(box: Keybox) -> None:
    assert box.open_with_password("u-1", PASSWORD.replace("8", "８")) == KEY


def test_a_wrong_password_is_said_counted_and_written_down(box: Keybox) -> None:
    problem = _fail(box, 1)
    assert problem.sentence == "密码不对，再错 4 次要等一段时间才能再试"
    assert problem.field == "password"
    file = box.file()
    assert file.tries_of("u-1").failures == 1
    assert [(failed.user_id, failed.how) for failed in file.journal] == [("u-1", "password")]


def test_success_forgives(box: Keybox) -> None:
    _fail(box, 4)
    box.open_with_password("u-1", PASSWORD)
    assert box.file().tries == ()
    assert len(box.file().journal) == 4


def test_sec_02_the_fifth_failure_locks_even_the_right_password(box: Keybox, clocks: Clocks) -> None:
    assert _fail(box, 5).sentence == "密码不对。已连续输错 5 次，请等 5 分钟再试"
    with pytest.raises(errors.AccessProblem, match="连续输错 5 次，请等 5 分钟再试"):
        box.open_with_password("u-1", PASSWORD)
    assert len(box.file().journal) == 5
    clocks.both(299)
    with pytest.raises(errors.AccessProblem, match="请等 1 秒再试"):
        box.open_with_password("u-1", PASSWORD)
    clocks.both(1)
    assert box.open_with_password("u-1", PASSWORD) == KEY


def test_sec_02_the_wait_rises_and_survives_a_restart(
    box: Keybox, clocks: Clocks, tmp_path: Path, secrets: MemorySecrets
) -> None:
    _fail(box, 5)
    clocks.both(300)
    assert "10 分钟" in _fail(box, 1).sentence
    clocks.mono_ms = 5  # the computer was started again
    clocks.forward(seconds=200)
    with pytest.raises(errors.AccessProblem, match="请等 7 分钟再试"):
        _box(tmp_path, secrets).open_with_password("u-1", PASSWORD)


def test_a_clock_set_back_does_not_shorten_the_wait(box: Keybox, clocks: Clocks) -> None:
    _fail(box, 5)
    clocks.both(200)
    clocks.forward(days=-400)
    with pytest.raises(errors.AccessProblem, match="请等 5 分钟再试"):
        box.open_with_password("u-1", PASSWORD)
    clocks.both(300)
    assert box.open_with_password("u-1", PASSWORD) == KEY


def test_a_clock_set_forward_does_not_shorten_it_either(box: Keybox, clocks: Clocks) -> None:
    _fail(box, 5)
    clocks.forward(days=1)
    with pytest.raises(errors.AccessProblem, match="请等 5 分钟再试"):
        box.open_with_password("u-1", PASSWORD)


def test_pulling_the_plug_does_not_save_a_guess(box: Keybox, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(*_arguments: object, **_named: object) -> bytes:
        raise KeyboardInterrupt

    monkeypatch.setattr(keys, "unwrap", killed)
    with pytest.raises(KeyboardInterrupt):
        box.open_with_password("u-1", "a guess")
    assert box.file().tries_of("u-1").failures == 1


def test_a_pc_short_of_memory_is_said_and_costs_no_try(box: Keybox, monkeypatch: pytest.MonkeyPatch) -> None:
    class NoMemory:
        def __init__(self, **_cost: object) -> None:
            pass

        def derive(self, _secret: bytes) -> bytes:
            raise MemoryError

    monkeypatch.setattr(keys, "Argon2id", NoMemory)
    with pytest.raises(errors.AccessProblem, match="内存不足"):
        box.open_with_password("u-1", PASSWORD)
    monkeypatch.undo()
    assert box.file().tries == ()
    assert box.file().journal == ()


def test_one_user_locked_out_does_not_lock_the_other(box: Keybox) -> None:
    box.put_password(KEY, WU, PASSWORD)
    _fail(box, 5)
    assert box.open_with_password("u-2", PASSWORD) == KEY


def test_nobody_without_a_slot(box: Keybox) -> None:
    with pytest.raises(errors.AccessProblem, match="没有该用户"):
        box.open_with_password("u-9", PASSWORD)
    box.remove("u-1")
    with pytest.raises(errors.AccessProblem, match="没有该用户"):
        box.open_with_password("u-1", PASSWORD)


# -- the keyring


def test_a_stolen_disk_without_the_keyring_does_not_open(box: Keybox, tmp_path: Path) -> None:
    file = box.file()
    stolen = replace(file.slots[0], device_tag="")
    slots.save(tmp_path, file.with_slot(stolen))
    with pytest.raises(errors.AccessProblem, match="密码不对"):
        _box(tmp_path, MemorySecrets()).open_with_password("u-1", PASSWORD)


@pytest.mark.parametrize("secret", [None, b"x" * 32], ids=["lost", "changed"])
def test_a_lost_or_changed_keyring_names_the_recovery_code_and_costs_no_try(
    box: Keybox, secrets: MemorySecrets, secret: bytes | None
) -> None:
    secrets.kept.clear()
    if secret is not None:
        secrets.kept["store-1"] = secret
    with pytest.raises(errors.KeyringProblem, match="设备密钥") as caught:
        box.open_with_password("u-1", PASSWORD)
    assert "恢复码" in caught.value.way_out
    assert box.file().journal == ()


def test_a_keyring_that_fails_is_said_and_costs_no_try(box: Keybox, secrets: MemorySecrets) -> None:
    secrets.works = False
    with pytest.raises(errors.KeyringProblem):
        box.open_with_password("u-1", PASSWORD)
    assert box.file().tries == ()


def test_no_usable_keyring_goes_on_with_the_password_alone_and_says_so(
    tmp_path: Path, clocks: Clocks
) -> None:
    slots.save(tmp_path, SlotFile("store-1", "示例镇"))
    box = _box(tmp_path, MemorySecrets(works=False))
    box.put_password(KEY, ZHOU, PASSWORD)
    assert json.loads(slots.path(tmp_path).read_bytes())["slots"][0]["device_secret"] == "none"
    assert keyring_note(box.file()) == without_keyring()
    assert box.open_with_password("u-1", PASSWORD) == KEY


def test_with_a_keyring_there_is_nothing_to_say(box: Keybox) -> None:
    assert keyring_note(box.file()) == ""


def test_the_recovery_code_opens_without_the_keyring_and_a_new_password_binds_it_again(
    box: Keybox, secrets: MemorySecrets
) -> None:
    code = codes.new(codes.RECOVERY)
    box.put_recovery(KEY, code)
    secrets.kept.clear()
    key = box.open_with_recovery(code.lower())
    assert key == KEY
    box.put_password(key, ZHOU, "另一个密码2027")
    assert "store-1" in secrets.kept
    assert box.open_with_password("u-1", "另一个密码2027") == KEY


def test_an_old_or_wrong_recovery_code_is_refused_and_counted(box: Keybox) -> None:
    old = codes.new(codes.RECOVERY)
    box.put_recovery(KEY, old)
    box.put_recovery(KEY, codes.new(codes.RECOVERY))
    with pytest.raises(errors.AccessProblem, match="恢复码不对") as caught:
        box.open_with_recovery(old)
    assert caught.value.field == "recovery_code"
    assert box.file().tries_of("recovery").failures == 1
    assert box.file().journal[0].user_id == ""


def test_a_miscopied_recovery_code_costs_no_try(box: Keybox) -> None:
    box.put_recovery(KEY, codes.new(codes.RECOVERY))
    with pytest.raises(errors.InputProblem):
        box.open_with_recovery("7K2M")
    assert box.file().tries == ()


def test_a_backup_opens_by_the_sheet_on_another_pc(box: Keybox, tmp_path: Path) -> None:
    code = codes.new(codes.RECOVERY)
    box.put_recovery(KEY, code)
    copy = tmp_path / "backup.slots.json"
    copy.write_bytes(slots.path(tmp_path).read_bytes())
    assert key_by_sheet(copy, code) == KEY
    with pytest.raises(errors.AccessProblem, match="恢复码不对"):
        key_by_sheet(copy, codes.new(codes.RECOVERY))
    with pytest.raises(errors.StoreProblem, match="没有密钥文件"):
        key_by_sheet(tmp_path / "absent.slots.json", code)


def test_no_recovery_code_set(box: Keybox) -> None:
    with pytest.raises(errors.AccessProblem, match="没有设恢复码"):
        box.open_with_recovery(codes.new(codes.RECOVERY))


# -- the one-time code


def test_a_one_time_code_opens_for_its_name_until_it_is_replaced(box: Keybox) -> None:
    code = codes.new(codes.ONE_TIME)
    box.put_invite(KEY, WU, code)
    holder, key = box.open_invite(" 吴　某 ", code)
    assert (holder, key) == (WU, KEY)
    box.put_password(key, holder, PASSWORD)
    with pytest.raises(errors.AccessProblem, match="没有发给"):
        box.open_invite("吴某", code)


def test_an_invited_user_has_no_password_yet(box: Keybox) -> None:
    code = codes.new(codes.ONE_TIME)
    box.put_invite(KEY, WU, code)
    with pytest.raises(errors.AccessProblem, match="没有该用户的登录密码"):
        box.open_with_password("u-2", codes.clean(code, codes.ONE_TIME))


@pytest.mark.parametrize(("days", "opens"), [(6.99, True), (7, False), (-1, False)])
def test_a_one_time_code_is_good_for_seven_days_and_not_before_it_was_made(
    box: Keybox, clocks: Clocks, days: float, opens: bool
) -> None:
    code = codes.new(codes.ONE_TIME)
    box.put_invite(KEY, WU, code)
    clocks.forward(days=days)
    if opens:
        assert box.open_invite("吴某", code)[1] == KEY
    else:
        with pytest.raises(errors.AccessProblem, match="过期"):
            box.open_invite("吴某", code)


def test_the_term_of_a_one_time_code_cannot_be_stretched_in_the_file(
    box: Keybox, clocks: Clocks, tmp_path: Path
) -> None:
    code = codes.new(codes.ONE_TIME)
    box.put_invite(KEY, WU, code)
    file = box.file()
    slot = file.slots[1]
    assert slot.expires_at is not None
    slots.save(tmp_path, file.with_slot(replace(slot, expires_at=slot.expires_at.replace(year=2036))))
    with pytest.raises(errors.AccessProblem, match="一次性码不对"):
        box.open_invite("吴某", code)


# -- the code of another PC


def _entry(box: Keybox) -> str:
    """Give 吴某 a slot for a code of another PC and return it."""
    code = codes.new(codes.ONE_TIME)
    half = entry_key.open_half(WU.user_id, codes.clean(code, codes.ONE_TIME))
    box.put_entry(KEY, WU, half, clock.now() + timedelta(days=7))
    return code


def test_a_code_of_another_pc_opens_and_gives_way_to_a_password(box: Keybox) -> None:
    code = _entry(box)
    assert box.open_invite("吴某", code) == (WU, KEY)
    box.put_password(KEY, WU, PASSWORD)
    box.remove_entry(WU.user_id)
    _entry(box)
    assert box.open_with_password(WU.user_id, PASSWORD) == KEY


def test_the_slot_of_a_code_goes_when_the_code_ends(box: Keybox) -> None:
    _entry(box)
    box.remove_entry(WU.user_id)
    box.remove_entry(ZHOU.user_id)
    assert [slot.user_id for slot in box.file().slots] == [ZHOU.user_id]


def test_what_is_given_with_a_slot_cannot_be_changed(box: Keybox, tmp_path: Path) -> None:
    code = _entry(box)
    slot = box.file().slots[1]
    for given in ("", "zz", "00" * 32, entry_key.lock(slot.given)[0]):
        slots.save(tmp_path, box.file().with_slot(replace(slot, given=given)))
        with pytest.raises(errors.AccessProblem, match="一次性码不对"):
            box.open_invite("吴某", code)


# -- whose file is it


def test_a_wrap_moved_to_another_user_or_store_does_not_open(box: Keybox, tmp_path: Path) -> None:
    box.put_password(KEY, WU, "别人的密码789")
    file = box.file()
    swapped = replace(file.slots[0], wrap=file.slots[1].wrap)
    slots.save(tmp_path, file.with_slot(swapped))
    with pytest.raises(errors.AccessProblem):
        box.open_with_password("u-1", "别人的密码789")
    slots.save(tmp_path, replace(file, store_id="store-2"))
    secrets = MemorySecrets()
    secrets.kept["store-2"] = b"y" * 32
    with pytest.raises(errors.KeyringProblem):
        _box(tmp_path, secrets).open_with_password("u-1", PASSWORD)


def test_a_missing_slot_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(errors.StoreProblem, match="不见了") as caught:
        _box(tmp_path, MemorySecrets()).file()
    assert "备份" in caught.value.way_out


def test_a_sign_on_notes_name_role_and_audit_and_keeps_only_newer_entries(
    box: Keybox, clocks: Clocks
) -> None:
    _fail(box, 2)
    folded = box.file().journal
    clocks.both(1)
    _fail(box, 1)
    box.signed_on(Holder("u-1", "周某", "站长"), folded, 7, "ab")
    file = box.file()
    slot = file.slot("u-1")
    assert slot is not None
    assert (slot.name, slot.role_label) == ("周某", "站长")
    assert [failed.at for failed in file.journal] == [clocks.moment]
    assert (file.audit_n, file.audit_hash) == (7, "ab")
    assert box.open_with_password("u-1", PASSWORD) == KEY


def test_a_new_recovery_code_is_pending_until_the_sheet_is_kept(box: Keybox) -> None:
    assert not box.file().recovery_pending
    box.put_recovery(KEY, codes.new(codes.RECOVERY))
    assert box.file().recovery_pending
    box.recovery_kept()
    assert not box.file().recovery_pending


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("王某某", "王　某某", True),
        ("阿里木·买买提", "阿里木・买买提", True),
        ("Ali", "ali ", True),
        ("王某", "王某某", False),
    ],
)
def test_sec_01_names_are_compared_without_blanks_separators_and_case(
    one: str, other: str, same: bool
) -> None:
    assert same_name(one, other) is same
