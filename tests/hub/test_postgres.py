"""What only a real database can show: writers beside each other, and rows it will not take."""

import threading

import psycopg
import pytest

from desk.hub import checking, sync
from desk.hub.ledger import Asked, RowRefused
from desk.hub.postgres import PostgresLedger, open_pool
from desk.wire.messages import Push, Pushed
from tests.hub.hub_ops import SCOPE, op, push
from tests.hub.ledger_checks import page, tell


def test_one_op_sent_by_two_at_once_is_one_revision(database: str) -> None:
    with open_pool(database, 4) as pool:
        ledger = PostgresLedger(pool)
        scope = ledger.scope(SCOPE)
        assert scope is not None
        verdicts: list[str] = []

        def send() -> None:
            answered = sync.push(ledger, push(op("o1"), epoch=scope.epoch))
            assert isinstance(answered, Pushed)
            verdicts.append(answered.answers[0].verdict)

        threads = [threading.Thread(target=send) for _n in range(4)]
        for each in threads:
            each.start()
        for each in threads:
            each.join()
        assert sorted(verdicts) == ["applied", "duplicate", "duplicate", "duplicate"]
        assert len(page(ledger, 0).revisions) == 1


def test_a_row_the_database_refuses_stops_only_its_record(database: str) -> None:
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute("ALTER TABLE head ADD CHECK (record_id <> 'r2')")
    with open_pool(database, 2) as pool:
        ledger = PostgresLedger(pool)
        answers = tell(ledger, op("o1"), op("o2", rec="r2"), op("o3", rec="r3"))
        assert [(each.verdict, each.code) for each in answers] == [
            ("applied", ""),
            ("quarantined", "refused_by_store"),
            ("applied", ""),
        ]
        assert [each.op.op for each in page(ledger, 0).revisions] == ["o1", "o3"]


def test_custody_knows_who_handed_it_in(database: str) -> None:
    with open_pool(database, 2) as pool:
        (answer,) = tell(PostgresLedger(pool), op("o1", device="d2", set={"subject": 7}))
        assert answer.verdict == "quarantined"
    with psycopg.connect(database) as connection:
        found = connection.execute("SELECT op_id, device_id FROM quarantine").fetchall()
    assert found == [("o1", "d1")]


def test_a_refused_batch_leaves_its_turn_usable(database: str) -> None:
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute("ALTER TABLE head ADD CHECK (record_id <> 'r1')")
    with open_pool(database, 2) as pool:
        ledger = PostgresLedger(pool)
        with ledger.turn(SCOPE) as turn:
            message = push(op("o1"))
            view, _answers = sync.decided(turn, message, checking.read_all(message))
            with pytest.raises(RowRefused):
                sync.write(turn, view)
            assert turn.stands(Asked(ops=["o1"])).seen == {}


def _write_and_fail(ledger: PostgresLedger, message: Push) -> None:
    with ledger.turn(SCOPE) as turn:
        view, _answers = sync.decided(turn, message, checking.read_all(message))
        sync.write(turn, view)
        raise ZeroDivisionError


def test_an_error_in_the_middle_leaves_nothing(database: str) -> None:
    with open_pool(database, 2) as pool:
        ledger = PostgresLedger(pool)
        message = push(op("o1"))
        with pytest.raises(ZeroDivisionError):
            _write_and_fail(ledger, message)
        assert page(ledger, 0).revisions == ()


def test_what_is_asked_for_is_found_however_it_is_spelled(database: str) -> None:
    with open_pool(database, 2) as pool:
        ledger = PostgresLedger(pool)
        odd = ['a"b', "a\\b", "NULL", "{a,b}", "", "a\nb"]
        made = [op(f"o{n}", type="visit", rec=f"v{n}", set={"number": each}) for n, each in enumerate(odd)]
        tell(ledger, *made)
        with ledger.turn(SCOPE) as turn:
            numbers = [("visit", "number", each) for each in (*odd, "a\0b")]
            stands = turn.stands(Asked(ops=["o0", "o1", "o9"], bases=['a"', "o2", "\0"], numbers=numbers))
        assert {value: holder for (_noun, _name, value), holder in stands.numbers.items()} == {
            each: (f"v{n}", f"o{n}") for n, each in enumerate(odd) if each
        }
        assert (set(stands.seen), stands.known) == ({"o0", "o1"}, {"o2"})


def test_a_base_with_a_nul_is_known_to_nobody(database: str) -> None:
    with open_pool(database, 2) as pool:
        late = op("o1", "patch", set={"subject": "树"}, base={"subject": "a\0b"})
        (answer,) = tell(PostgresLedger(pool), late)
        assert (answer.verdict, answer.code) == ("deferred", "unknown_base")


def test_no_scope_is_taken_out_under_its_records(database: str) -> None:
    """Rows of records do not ask for it one by one; the history of its epochs does."""
    with open_pool(database, 2) as pool:
        tell(PostgresLedger(pool), op("o1"))
    with psycopg.connect(database) as connection, pytest.raises(psycopg.IntegrityError):
        connection.execute("DELETE FROM scope WHERE scope_id = %s", (SCOPE,))


def test_a_number_the_column_cannot_hold_stops_only_its_record(database: str) -> None:
    with open_pool(database, 2) as pool:
        ledger = PostgresLedger(pool)
        answers = tell(ledger, op("o1"), op("o2", rec="r2", schema=2**40), op("o3", rec="r3"))
        assert [(each.verdict, each.code) for each in answers] == [
            ("applied", ""),
            ("quarantined", "refused_by_store"),
            ("applied", ""),
        ]
