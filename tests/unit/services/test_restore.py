"""The way back from a copy: a new writer, kill-proof, and the store before it kept (sync.md 2.6, class H)."""

import shutil
from pathlib import Path

import pytest
from sqlalchemy import func, select

from desk.errors import StoreProblem
from desk.models.audit import Audit
from desk.models.committee import Committee
from desk.models.device import Device
from desk.models.local import NumberCounter
from desk.models.meta import ROW, Meta
from desk.models.outbox import Outbox
from desk.models.store import FILE, Store
from desk.models.visit import Visit
from desk.services import aside, backup, restore, slots, verify
from desk.services.backup import Keep
from desk.services.login import Login
from desk.services.opening import Opened
from tests import case_factories, factories
from tests.fakes import FakeClock
from tests.sign_on import PASSWORD
from tests.stores import KEY

KEEP = Keep(all_days=2, days=7, weeks=4, months=12)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A second disk."""
    return tmp_path / "usb"


def _visits(store: Store) -> int:
    with store.read() as session:
        return session.scalar(select(func.count()).select_from(Visit)) or 0


def _morning(store: Store) -> None:
    with store.write("u1") as session:
        session.add_all([factories.visit(), factories.device(record_id=store.device_id, letter="A")])


def _restored(store: Store, made: Path) -> restore.Restored:
    store.close()
    return restore.restore(made, store.folder, KEY, user_id="u1")


def test_a_restored_desk_is_a_new_writer(store: Store, folder: Path) -> None:
    _morning(store)
    made = backup.run(store, folder, KEEP)
    with store.read() as session:
        old = session.get_one(Meta, ROW).incarnation
        old_ops = set(session.scalars(select(Outbox.op_id)))
    _morning_after(store)
    restored = _restored(store, made.path)
    opened = Store.open(store.folder, KEY)
    with opened.read() as session:
        meta = session.get_one(Meta, ROW)
        assert meta.incarnation != old
        ops = {op.op_id: op for op in session.scalars(select(Outbox))}
        assert old_ops <= ops.keys()
        new = [op for op_id, op in ops.items() if op_id not in old_ops]
        assert {op.incarnation for op in new} == {meta.incarnation}
        assert sorted(op.seq for op in new) == list(range(1, meta.seq + 1))
        assert session.scalars(select(Audit.action)).all() == ["restore"]
        assert session.get_one(Device, store.device_id).letter == restored.letter == "B"
    assert _visits(opened) == 1
    assert verify.run(opened).ok
    opened.close()


def _morning_after(store: Store) -> None:
    with store.write("u1") as session:
        session.add(factories.visit())


def test_the_store_before_is_kept(store: Store, folder: Path) -> None:
    _morning(store)
    made = backup.run(store, folder, KEEP)
    _morning_after(store)
    restored = _restored(store, made.path)
    assert restored.aside is not None
    (folder / "kept").mkdir()
    shutil.copyfile(restored.aside, folder / "kept" / FILE)
    before = Store.open(folder / "kept", KEY)
    assert _visits(before) == 2
    before.close()
    assert not list(store.folder.glob(".restoring*"))


def test_a_letter_is_never_given_twice(store: Store, folder: Path, fake_clock: FakeClock) -> None:
    """Class H: restoring the same old copy again must not draw a letter that was printed since."""
    _morning(store)
    made = backup.run(store, folder, KEEP)
    letters = []
    for _ in range(3):
        letters.append(_restored(store, made.path).letter)
        fake_clock.forward(minutes=1)
    assert letters == ["B", "C", "D"]


def _numbers(store: Store) -> tuple[str, dict[str, int]]:
    """Return which PC numbers the committee, and the last number of each series."""
    with store.read() as session:
        device = session.scalars(select(Committee.number_device)).one()
        return device, {row.kind: row.last for row in session.scalars(select(NumberCounter))}


def _numbered(store: Store, last: int) -> None:
    with store.write_local() as session:
        session.merge(NumberCounter(kind="case:c", letter="", year=2026, last=last))


def test_case_numbers_go_on_after_those_given_since_the_copy(store: Store, folder: Path) -> None:
    """CL-5: a case number bears no letter, and what is printed is never given again."""
    _morning(store)
    with store.write("u1") as session:
        session.add(case_factories.committee(number_device=store.device_id))
    _numbered(store, 27)
    made = backup.run(store, folder, KEEP)
    _numbered(store, 31)
    restored = _restored(store, made.path)
    assert (restored.unnumbered, restored.numbering_note) == ((), "")
    opened = Store.open(store.folder, KEY)
    assert _numbers(opened) == (opened.device_id, {"case:c": 31})
    opened.close()


def test_where_the_last_case_number_is_not_known_none_is_given(
    store: Store, folder: Path, tmp_path: Path
) -> None:
    """CL-5: on a new disk only the paper tells; the head says from which number it goes on."""
    _morning(store)
    with store.write("u1") as session:
        session.add(case_factories.committee(number_device=store.device_id, name="示例镇调委会"))
    _numbered(store, 27)
    made = backup.run(store, folder, KEEP)
    _numbered(store, 31)
    store.close()
    restored = restore.restore(made.path, tmp_path / "new disk", KEY, user_id="u1")
    assert restored.unnumbered == ("示例镇调委会",)
    assert "示例镇调委会暂不编案号" in restored.numbering_note
    opened = Store.open(tmp_path / "new disk", KEY)
    assert _numbers(opened) == ("", {"case:c": 27})
    assert verify.run(opened).ok
    opened.close()


def test_a_damaged_store_gives_way_and_is_kept(store: Store, folder: Path) -> None:
    _morning(store)
    made = backup.run(store, folder, KEEP)
    store.close()
    store.path.write_bytes(b"ruined" * 1000)
    restored = restore.restore(made.path, store.folder, KEY)
    assert restored.aside is not None
    assert restored.aside.read_bytes() == b"ruined" * 1000


def test_on_a_new_pc_the_slots_come_along(store: Store, folder: Path, tmp_path: Path) -> None:
    slots.path(store.folder).write_text("slots", encoding="utf-8")
    made = backup.run(store, folder, KEEP)
    restored = restore.restore(made.path, tmp_path / "new", KEY)
    assert restored.aside is None
    assert slots.path(tmp_path / "new").read_text(encoding="utf-8") == "slots"


def test_on_the_same_pc_the_newer_slots_stay(store: Store, folder: Path) -> None:
    slots.path(store.folder).write_text("old", encoding="utf-8")
    made = backup.run(store, folder, KEEP)
    slots.path(store.folder).write_text("new", encoding="utf-8")
    _restored(store, made.path)
    assert slots.path(store.folder).read_text(encoding="utf-8") == "new"


@pytest.mark.parametrize("key", [bytes(32), KEY])
def test_a_copy_that_does_not_open_changes_nothing(store: Store, folder: Path, key: bytes) -> None:
    _morning(store)
    made = backup.run(store, folder, KEEP)
    if key == KEY:
        body = bytearray(made.path.read_bytes())
        body[len(body) // 2] ^= 1
        made.path.write_bytes(body)
    store.close()
    with pytest.raises(StoreProblem):
        restore.restore(made.path, store.folder, key)
    again = Store.open(store.folder, KEY)
    assert _visits(again) == 1
    again.close()
    assert not list(store.folder.glob(".restoring*"))


class _PulledPlug(BaseException):
    """The power is gone: nothing of ours runs any more."""


def _pull_the_plug_at(step: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the step-th rename of a file or folder, and all after it, not happen."""
    done = iter(range(step))
    rename, replace = Path.rename, Path.replace

    def renamed(self: Path, target: Path) -> Path:
        if next(done, None) is None:
            raise _PulledPlug
        return rename(self, target)

    def replaced(self: Path, target: Path) -> Path:
        if next(done, None) is None:
            raise _PulledPlug
        return replace(self, target)

    monkeypatch.setattr(Path, "rename", renamed)
    monkeypatch.setattr(Path, "replace", replaced)


@pytest.mark.parametrize("step", range(8))
@pytest.mark.parametrize("damaged", [False, True])
def test_a_kill_at_any_rename_leaves_the_old_or_the_new_one(
    store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch, step: int, damaged: bool
) -> None:
    """With a store that does not open the slots change too, and all of it must arrive together."""
    _morning(store)
    slots.path(store.folder).write_text("copied", encoding="utf-8")
    made = backup.run(store, folder, KEEP)
    _morning_after(store)
    store.close()
    slots.path(store.folder).write_text("present", encoding="utf-8")
    if damaged:
        store.path.write_bytes(b"ruined" * 1000)
    with monkeypatch.context() as cut:
        _pull_the_plug_at(step, cut)
        try:
            restore.restore(made.path, store.folder, KEY)
        except _PulledPlug:
            assert step < 8
    aside.settle(store.folder)
    assert not list(store.folder.glob(".restor*"))
    asides = list(store.folder.glob(f"{FILE}.aside-*"))
    if asides:
        opened = Store.open(store.folder, KEY)
        assert _visits(opened) == 1
        opened.close()
        assert damaged == (asides[0].read_bytes() == b"ruined" * 1000)
        assert slots.path(store.folder).read_text(encoding="utf-8") == ("copied" if damaged else "present")
    elif damaged:
        assert store.path.read_bytes() == b"ruined" * 1000
        assert slots.path(store.folder).read_text(encoding="utf-8") == "present"
    else:
        opened = Store.open(store.folder, KEY)
        assert _visits(opened) == 2
        opened.close()


def test_the_next_start_finishes_a_restore(opened: Opened, login: Login, folder: Path) -> None:
    made = backup.run(opened.store, folder, KEEP)
    key, me = opened.session.key, opened.session.user.id
    home = opened.store.folder
    opened.store.close()
    with pytest.MonkeyPatch.context() as cut:
        # The store is aside, the restored one not yet in its place.
        _pull_the_plug_at(2, cut)
        with pytest.raises(_PulledPlug):
            restore.restore(made.path, home, key)
    assert not (home / FILE).exists()
    assert login.state().kind == "sign_on"
    again = login.sign_on(me, PASSWORD)
    assert "可能恢复过备份" not in "".join(again.notes)
    again.store.close()


def test_no_room_for_the_copy_changes_nothing(
    store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _morning(store)
    made = backup.run(store, folder, KEEP)
    store.close()

    def full(_source: Path, _target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(shutil, "copyfile", full)
    with pytest.raises(StoreProblem, match="恢复没有完成") as caught:
        restore.restore(made.path, store.folder, KEY)
    assert "没有删除" in caught.value.way_out
    assert store.path.exists()
    assert not list(store.folder.glob(".restor*"))
