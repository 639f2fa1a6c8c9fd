"""Reading and writing the shadow by heaps."""

from desk.models.store import Store
from desk.services.sync import heads, shadow
from desk.wire.heads import Head
from tests import factories
from tests.stores import SCOPE


def test_heads_come_back_as_they_were_put(store: Store) -> None:
    head = Head(3, {"name": "王𬱖某", "headcount": 2, "litigation": True}, {"*": "o1"})
    with store.write_confirmed() as rows:
        shadow.put(rows, SCOPE, {("person", "p1"): head, ("visit", "v1"): Head(1)})
        shadow.put(rows, SCOPE, {("visit", "v1"): None})
        asked = [("person", "p1"), ("visit", "v1"), ("visit", "v2")]
        assert shadow.heads(rows, asked) == {asked[0]: head, asked[1]: None, asked[2]: None}


def test_ops_come_in_the_order_they_lie(store: Store) -> None:
    person = factories.person()
    with store.write("u1") as rows:
        rows.add(person)
        rows.flush()
        person.phone = "13800000002"
    key = ("person", person.record_id)
    with store.read() as rows:
        found = shadow.pending(rows, {key, ("person", "nobody")})
    assert [each.read().kind for each in found[key]] == ["insert", "patch"]
    assert set(found) == {key}


def test_ids_of_nothing_asks_nothing(store: Store) -> None:
    with store.read() as rows:
        assert shadow.ids(rows, "no question at all", ()) == set()
        assert shadow.ids(rows, "SELECT value FROM json_each(?)", ["a", "b"]) == {"a", "b"}


def test_records_are_sorted_by_noun() -> None:
    assert shadow.by_noun([("a", "1"), ("b", "2"), ("a", "3")]) == {"a": ["1", "3"], "b": ["2"]}


def test_the_digest_of_everything_is_that_of_its_parts(store: Store) -> None:
    changes = [(("person", f"p{n}"), None, Head(n, {"name": f"赵{n}"}, {"*": "o"})) for n in range(1, 4)]
    with store.write_confirmed() as rows:
        shadow.put(rows, SCOPE, {key: after for key, _before, after in changes})
        assert shadow.digest(rows, SCOPE) == heads.digests(changes, "")
