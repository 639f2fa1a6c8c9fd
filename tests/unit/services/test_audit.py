"""The chain of who did what: any change shows (sync.md, fault 28)."""

import contextlib
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, text

from desk.models.audit import Audit
from desk.models.store import Store
from desk.services import audit
from desk.services.audit import AuditHead, FailedUnlock
from desk.wire.records import RECORDS
from tests.factories import MORNING
from tests.stores import KEY


def _three(store: Store) -> AuditHead:
    with store.write("u1") as session:
        audit.append(session, "unlock", user_id="u1")
    with store.write("u1") as session:
        audit.append(session, "reveal", user_id="u1", noun="visit", target_id="v1", fields="phone_told")
        return audit.append(session, "print", user_id="u1", noun="receipt", target_id="r1")


def _breaks(store: Store) -> list[str]:
    with store.read() as session:
        return list(audit.breaks(session))


def _tamper(store: Store, statement: str) -> None:
    with store.write_local() as session:
        session.execute(text(statement))


def test_entries_are_chained(store: Store) -> None:
    last = _three(store)
    with store.read() as session:
        first, second, third = session.scalars(select(Audit).order_by(Audit.n))
        assert audit.head(session) == last == AuditHead(3, third.hash)
    assert first.prev == audit.FIRST_PREV
    assert (second.prev, third.prev) == (first.hash, second.hash)
    assert first.device_id == store.device_id
    assert _breaks(store) == []


def test_an_entry_stands_or_falls_with_the_block(store: Store) -> None:
    with contextlib.suppress(ZeroDivisionError), store.write("u1") as session:
        audit.append(session, "print", user_id="u1")
        _ = 1 / 0
    with store.read() as session:
        assert audit.head(session) == AuditHead(0, audit.FIRST_PREV)


def test_a_restored_pc_branches_its_chain(store: Store, tmp_path: Path) -> None:
    """What it had sent to the hub since the backup comes back beside what it wrote afterwards."""
    _three(store)
    store.copy_to(tmp_path / "copy.db")
    with store.write("u1") as session:
        audit.append(session, "print", user_id="u1")
    folder = tmp_path / "restored"
    folder.mkdir()
    (tmp_path / "copy.db").rename(folder / "desk.db")
    restored = Store.open(folder, KEY)
    with restored.write("u1") as session:
        audit.append(session, "restore", user_id="u1")
    with store.read() as session, restored.write("u1") as other:
        last = session.scalars(select(Audit).order_by(Audit.n.desc())).first()
        assert last is not None
        names = [field.name for field in RECORDS["audit"].fields]
        other.add(Audit(**{name: getattr(last, name) for name in names}))
    assert _breaks(restored) == []
    _tamper(restored, "DELETE FROM audit WHERE n = 3")
    assert _breaks(restored)
    restored.close()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("UPDATE audit SET user_id = 'u2' WHERE n = 2", "第 2 条被改动"),
        ("UPDATE audit SET at = replace(at, '2', '3') WHERE n = 2", "第 2 条被改动"),
        ("DELETE FROM audit WHERE n = 2", "第 1 条之后缺失"),
        ("UPDATE audit SET n = 5 - n WHERE n > 1", "第 2 条被改动"),
        ("UPDATE audit SET n = n + 1 WHERE n > 1", "第 1 条之后缺失"),
    ],
)
def test_any_change_shows(store: Store, change: str, said: str) -> None:
    _three(store)
    _tamper(store, change)
    assert said in "".join(_breaks(store))


def test_a_cut_tail_shows_against_a_mark_kept_elsewhere(store: Store) -> None:
    mark = _three(store)
    with store.read() as session:
        assert audit.holds(session, mark)
    _tamper(store, "DELETE FROM audit WHERE n = 3")
    assert _breaks(store) == []
    with store.read() as session:
        assert not audit.holds(session, mark)
        assert audit.holds(session, AuditHead(0, audit.FIRST_PREV))


def test_failed_unlocks_are_folded_in_with_their_time(store: Store) -> None:
    failures = [FailedUnlock(MORNING, "u1"), FailedUnlock(MORNING + timedelta(seconds=3), "u1")]
    assert audit.fold_failures(store, failures) == 2
    with store.read() as session:
        rows = session.scalars(select(Audit).order_by(Audit.n)).all()
    assert [(row.action, row.ok, row.at) for row in rows] == [("unlock", False, each.at) for each in failures]
    assert _breaks(store) == []
