"""What the desk asks while somebody waits: as few statements for many visits as for few, each by an index.

No clock is read here: plans and counts tell whether a list stays quick; make bench measures.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from desk.models import plain
from desk.models.person import Person
from desk.models.store import Store
from desk.services import receipts
from desk.services.people import People
from desk.services.profile import load_default
from desk.services.search import Search
from desk.services.seed import run
from desk.services.seed.run import Plan
from desk.services.today import TodayDesk
from desk.services.visit_values import VisitFilter
from tests.stores import KEY, SCOPE
from tests.unit.services.visit_stage import Stage, build

UNTIL = date(2026, 2, 27)
SIZES = (150, 600)
# A whole walk of these would be felt; the small tables of a station may be walked.
LARGE = "visit|matter|person|receiver|rating|reply|print_job|receipt|consent|search_hit"
WALK = re.compile(rf"SCAN (?:{LARGE})\b(?!.*USING)")


def _page(stage: Stage) -> object:
    return stage.visits.page()


def _second_page(stage: Stage) -> object:
    return stage.visits.page(after=stage.visits.page(limit=20).next_key, limit=20)


def _of_a_day(stage: Stage) -> object:
    return stage.visits.page(VisitFilter(day_from=UNTIL, day_to=UNTIL))


def _today(stage: Stage) -> object:
    return TodayDesk(stage.store, stage.session, stage.profiles).get()


def _find(stage: Stage) -> object:
    return Search(stage.store, stage.session).find("王")


def _match(stage: Stage) -> object:
    name, phone = _known(stage)
    return People(stage.store, stage.session).match(name, phone, "")


@cache
def _known(stage: Stage) -> tuple[str, str]:
    with stage.store.read() as rows:
        person = rows.scalars(select(Person).where(Person.phone.startswith("154")).limit(1)).one()
    return person.name, person.phone


VERBS: dict[str, Callable[[Stage], object]] = {
    "first page": _page,
    "second page": _second_page,
    "page of a day": _of_a_day,
    "today": _today,
    "search": _find,
    "match": _match,
}


@pytest.fixture(scope="module")
def stages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Stage]]:
    """Two stations, one with four times the visits of the other."""
    made = [_stage(tmp_path_factory.mktemp("plans") / str(size), size) for size in SIZES]
    yield made
    for stage in made:
        stage.store.close()


def _stage(folder: Path, visits: int) -> Stage:
    stage = build(Store.create(folder, KEY, scope_id=SCOPE), "clerk", "head")
    with stage.store.write("u1") as rows:
        receipts.ensure_key(rows)
    run.fill(stage.store, stage.session.user.id, load_default(), Plan(visits, 1, UNTIL))
    return stage


@contextmanager
def _noted(store: Store) -> Iterator[list[tuple[str, Any]]]:
    """Note every statement, those that go past SQLAlchemy too."""
    made: list[tuple[str, Any]] = []

    def note(_c: object, _cursor: object, words: str, values: Any, _context: object, _many: bool) -> None:
        made.append((words, values))

    ask, each = plain.ask, plain.each

    def all_of(rows: Session, words: str, values: Any = ()) -> list[tuple[Any, ...]]:
        made.append((words, values))
        return ask(rows, words, values)

    def one_by_one(rows: Session, words: str, values: Any = ()) -> Iterator[tuple[Any, ...]]:
        made.append((words, values))
        return each(rows, words, values)

    event.listen(store._connections._engine, "before_cursor_execute", note)
    plain.ask, plain.each = all_of, one_by_one
    try:
        yield made
    finally:
        plain.ask, plain.each = ask, each
        event.remove(store._connections._engine, "before_cursor_execute", note)


@pytest.mark.parametrize("verb", VERBS)
def test_the_statements_do_not_grow_with_the_visits(stages: list[Stage], verb: str) -> None:
    counts = []
    for stage in stages:
        VERBS[verb](stage)
        with _noted(stage.store) as made:
            VERBS[verb](stage)
        counts.append(Counter(words for words, _values in made))
    few, many = counts
    # What is found in one store only has a statement of its own there; none is made once for each row.
    assert many
    assert {words: times for words, times in many.items() if times > max(few[words], 1)} == {}


@pytest.mark.parametrize("verb", VERBS)
def test_no_large_table_is_walked(stages: list[Stage], verb: str) -> None:
    stage = stages[-1]
    VERBS[verb](stage)
    with _noted(stage.store) as made:
        VERBS[verb](stage)
    connection = stage.store.connect()
    for words, values in made:
        if words.startswith("SELECT"):
            steps = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {words}", values)]
            assert not [step for step in steps if WALK.search(step)], (words, steps)
    connection.close()
