"""What a visit's matter is told of the case that came of it."""

from sqlalchemy import select

from desk import clock
from desk.models.matter import Matter
from desk.models.reply import Reply
from desk.models.store import Store
from desk.services import matter_replies
from desk.services.profile import load_default
from desk.services.session import User
from desk.services.visit_rows import Act
from tests import factories
from tests.fakes import FakeClock


def test_told_once_closed_and_opened_again(store: Store, fake_clock: FakeClock) -> None:
    with store.write_confirmed() as rows:
        matter = factories.matter(outcome="mediation", state="open")
        rows.add(matter)
    user = User("u1", "周某某", frozenset())
    with store.write("u1") as rows:
        act = Act(rows, user, clock.now(), load_default())
        row = rows.get_one(Matter, matter.record_id)
        for close in (False, True):
            touched = matter_replies.tell(act, row, "双方达成协议。", by="周某某", close=close)
            assert touched == {"matter", "reply", "visit"}
            rows.flush()
        assert [reply.text for reply in rows.scalars(select(Reply))] == ["双方达成协议。"]
        assert (row.state, row.closed_at) == ("closed", act.at)
        assert matter_replies.open_again(row) == {"matter", "visit"}
        assert (row.state, row.closed_at) == ("open", None)
        assert matter_replies.open_again(row) == frozenset()


def test_without_a_visit_there_is_nobody_to_tell(store: Store, fake_clock: FakeClock) -> None:
    with store.write("u1") as rows:
        act = Act(rows, User("u1", "周某某", frozenset()), clock.now(), load_default())
        assert matter_replies.tell(act, None, "双方达成协议。", by="周某某", close=True) == frozenset()
        assert rows.scalars(select(Reply)).all() == []
    assert matter_replies.open_again(None) == frozenset()
