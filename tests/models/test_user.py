import json

from sqlalchemy import select

from desk.models.outbox import Outbox
from desk.models.store import Store
from desk.models.user import User
from tests import factories


def test_roles_change_by_elements(store: Store) -> None:
    """Class E: an op adds and removes, so that two additions never fight (sync.md 2.7)."""
    user = factories.user(roles="clerk,head")
    with store.write("u1") as session:
        session.add(user)
    with store.write("u1") as session:
        session.get_one(User, user.record_id).roles = "clerk,lawyer"
    with store.read() as session:
        last = session.scalars(select(Outbox.body).order_by(Outbox.position.desc()).limit(1)).one()
    assert json.loads(last)["set"] == {"roles": {"add": ["lawyer"], "remove": ["head"]}}
