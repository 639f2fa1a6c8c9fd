"""Cards of visits: a fixed number of queries, however many visits there are; no N+1."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session as Rows

from desk.models.visit import Visit
from desk.services import visit_cards
from desk.services.visit_safety import Reader
from tests import factories
from tests.unit.services.visit_stage import Stage

READER = Reader("u1", "", sees_safe=True, sees_names=True)


@contextmanager
def counted(rows: Rows) -> Iterator[list[str]]:
    said: list[str] = []
    driver: Any = rows.connection().connection.driver_connection
    driver.set_trace_callback(said.append)
    yield said
    driver.set_trace_callback(None)


def test_as_many_queries_for_ten_as_for_one(stage: Stage) -> None:
    for _each in range(5):
        stage.finished(outcome="proposed", level="town")
        stage.visits.open(stage.form())
    with stage.store.read() as rows:
        visits = list(rows.scalars(select(Visit)))
        finished = [visit for visit in visits if visit.state == "finished"]
        with counted(rows) as few:
            visit_cards.cards(rows, [finished[0], visits[-1]], READER)
        with counted(rows) as many:
            visit_cards.cards(rows, visits, READER)
    assert len(many) == len(few) == 2


def test_a_printed_receipt_is_seen(stage: Stage) -> None:
    visit_id = stage.visits.open(stage.form()).value.id
    assert not stage.visits.get(visit_id).receipt_printed
    with stage.store.write("u1") as rows:
        rows.add(factories.print_job(target_id=visit_id, state="printed"))
    assert stage.visits.get(visit_id).receipt_printed


def test_words_left_open_are_seen(stage: Stage) -> None:
    shown = stage.visits.open(stage.form(statement="")).value
    assert shown.incomplete
    assert not stage.visits.save(shown.id, stage.form()).value.incomplete


def test_a_veiled_card_says_number_and_state_only(stage: Stage) -> None:
    shown = stage.visits.open(stage.form()).value
    veiled = visit_cards.veiled(shown)
    assert (veiled.number, veiled.state) == (shown.number, shown.state)
    assert "积水" not in repr(veiled)
    assert "王某某" not in repr(veiled)
