"""Every row is its shadow with its pending ops; any change beside them shows (issue A §3)."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from desk.models.store import Store
from desk.models.user import User
from desk.models.visit import Visit
from desk.services import audit, verify
from tests import factories

NAMES = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
ROLES = st.sets(st.sampled_from(["clerk", "deputy", "head", "lawyer"])).map(
    lambda roles: ",".join(sorted(roles))
)
STEP = st.tuples(
    st.sampled_from(["new", "seed", "change", "roles", "void"]), st.integers(0, 99), NAMES, ROLES
)


def _step(session: Session, kind: str, which: int, name: str, roles: str) -> None:
    visits = session.query(Visit).filter(Visit.void.is_(False)).order_by(Visit.record_id).all()
    if kind in {"new", "seed"}:
        session.add_all([factories.visit(name_told=name), factories.user(roles=roles)])
    elif visits and kind == "change":
        visit = visits[which % len(visits)]
        visit.name_told, visit.headcount, visit.anonymous = name, which, not visit.anonymous
        visit.state = "finished" if visit.state == "received" else "received"
    elif visits and kind == "void":
        visits[which % len(visits)].tombstone(name.strip() or "误录")
    else:
        for user in session.query(User):
            user.roles = roles


def _plain(store: Store, statement: str) -> None:
    with store.write_local() as session:
        session.connection().exec_driver_sql(statement)


@given(st.lists(STEP, max_size=12))
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_whatever_is_done_through_the_session_verifies(
    store: Store, steps: list[tuple[str, int, str, str]]
) -> None:
    for kind, which, name, roles in steps:
        with store.write_confirmed() if kind == "seed" else store.write("u1") as session:
            _step(session, kind, which, name, roles)
    report = verify.run(store)
    assert report.ok, report.lines


def _station_with_a_morning(store: Store) -> None:
    with store.write("u1") as session:
        session.add_all([factories.visit(record_id="v1"), factories.matter(record_id="m1")])
        audit.append(session, "finish", user_id="u1")
    with store.write("u1") as session:
        session.get_one(Visit, "v1").state = "finished"
    with store.write_confirmed() as session:
        session.add(factories.person(record_id="p1"))


def test_a_sound_store_says_so_line_by_line(store: Store) -> None:
    _station_with_a_morning(store)
    report = verify.run(store)
    assert report.ok
    assert report.lines == (
        *("加密：正常", "文件完整：正常", "操作记录链：正常", "发件箱：正常", "逐条核对：正常", "附件：正常"),
        *("来访 1 批，群众 1 人，操作记录 1 条，待发送改动 4 条", "附件文件 0 个"),
    )


def test_what_is_void_counts_as_little_as_in_the_lists(store: Store) -> None:
    _station_with_a_morning(store)
    with store.write("u1") as session:
        session.get_one(Visit, "v1").tombstone("记错了")
    assert "来访 0 批，群众 1 人" in verify.run(store).lines[6]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("UPDATE visit SET name_told = '张某某'", "visit v1：name_told 与改动记录不符"),
        ("UPDATE visit SET anonymous = 7", "anonymous"),
        ("UPDATE visit SET version = 3", "version"),
        ("UPDATE visit SET field_op = '{}'", "field_op"),
        ("UPDATE visit SET extra = '{\"a\":1}'", "extra"),
        ("DELETE FROM matter", "matter m1：有改动记录，但没有这一条"),
        ("DELETE FROM shadow_head", "person p1：没有来历"),
        ("DELETE FROM outbox WHERE seq = 2", "编号有缺口"),
        ("DELETE FROM outbox WHERE seq = 4", "编号有缺口"),
        ("UPDATE outbox SET body = CAST(replace(body, 'finished', 'received') AS BLOB)", "内容读不出来"),
        ("UPDATE outbox SET body = x'00'", "内容读不出来"),
        ("UPDATE outbox SET body = CAST(body AS TEXT)", "内容读不出来"),
        ("UPDATE outbox SET op_id = 'x' WHERE seq = 1", "内容读不出来"),
        ('UPDATE shadow_head SET fields = \'{"name": "张某某"}\'', "person p1："),
        ("INSERT INTO visit (record_id) VALUES ('v9')", "visit v9：没有来历"),
        ("UPDATE visit SET scope_id = 'S:2'", "visit v1：站点归属"),
        ("UPDATE audit SET user_id = 'u2'", "第 1 条被改动"),
        ("UPDATE audit SET action = x'00'", "第 1 条被改动"),
        ("UPDATE audit SET n = NULL", "第 0 条之后缺失"),
        ("DELETE FROM audit", "有改动记录，但没有这一条"),
    ],
)
def test_any_change_beside_the_session_shows(store: Store, change: str, said: str) -> None:
    _station_with_a_morning(store)
    _plain(store, change)
    report = verify.run(store)
    assert not report.ok
    assert said in "\n".join(report.lines)


_ACCEPTED = (
    "INSERT INTO revision_log (scope_id, version, ord, op_id, noun, record_id, incarnation, seq, body,"
    " result) SELECT 'S', {n}, 0, 'o{n}', 'visit', 'v1', incarnation, {n}, x'00', '{{}}' FROM meta"
)


def _said_of_numbers(store: Store) -> list[str]:
    connection = store.connect()
    try:
        return list(verify.holes(connection))
    finally:
        connection.close()


def test_numbers_of_a_twin_are_no_hole(store: Store) -> None:
    """What a clone, or this PC before it was set back to a backup, wrote under the same incarnation."""
    _station_with_a_morning(store)
    for n in (5, 7):
        _plain(store, _ACCEPTED.format(n=n))
    assert not _said_of_numbers(store)
    _plain(store, "DELETE FROM outbox WHERE seq = 4")
    assert _said_of_numbers(store) == ["待发送的改动编号有缺口：1–3 只有 3 条"]


def test_what_came_as_heads_above_an_op_in_custody_is_no_hole(store: Store) -> None:
    """A snapshot brings no numbers of what was accepted; below the first op that waits they say nothing."""
    _station_with_a_morning(store)
    _plain(store, "INSERT INTO cursor (scope_id, version, tail) VALUES ('S', 3, 3)")
    _plain(store, "UPDATE outbox SET held = 1 WHERE seq = 1")
    _plain(store, "DELETE FROM outbox WHERE seq = 2")
    assert not _said_of_numbers(store)
    _plain(store, "DELETE FROM outbox WHERE seq = 4")
    assert _said_of_numbers(store) == ["待发送的改动编号有缺口：3–3 只有 1 条"]


def test_a_changed_page_shows(store: Store) -> None:
    with store.write("u1") as session:
        session.add_all(factories.matter(statement="经过" * 2000) for _ in range(20))
    connection = store.connect()
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    body = bytearray(store.path.read_bytes())
    body[-2000] ^= 1
    store.path.write_bytes(body)
    report = verify.run(store)
    body[-2000] ^= 1
    store.path.write_bytes(body)
    assert "文件完整：有问题" in report.lines
    assert "请从最近一次备份恢复" in report.lines[-1]


def test_a_long_list_is_cut(store: Store) -> None:
    with store.write_confirmed() as session:
        session.add_all(factories.visit() for _ in range(30))
    _plain(store, "UPDATE visit SET number = 'x'")
    assert "  ……还有更多" in verify.run(store).lines
