"""The conflict check and the list of consultations over 200,000 people, encrypted."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from random import Random

import pytest

from desk.models.store import Store
from desk.rules.conflict_check import Quarrel, Side, keys
from desk.services import conflicts
from desk.services.consultation import access, listing
from desk.services.consultation.values import ConsultationFilter
from desk.services.profile import load_default
from tests.bench.figures import Figure, Figures, Times, timed
from tests.fakes import MORNING
from tests.stores import KEY, SCOPE

pytestmark = [pytest.mark.bench, pytest.mark.timeout(1800)]

PEOPLE = 200_000
_LIMIT_MS = 30.0
_LIST_MS = 30.0
_ADVISERS = 6
_FAMILY = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰"
_CASE = (
    "INSERT INTO consultation (record_id, scope_id, version, void, void_reason, field_op, extra, number,"
    " state, consulted_at, name_told, phone_told, id_no_told, uscc_told, adviser_id, answer, matter_id,"
    " question, no_opponent, registrar_id, conflict, topic)"
    " VALUES (?, '', 0, 0, '', '{}', '{}', ?, 'finished', ?, ?, ?, '', '', ?, '已解答', '', '楼上漏水', 0,"
    " '', 'clear', 'tort')"
)
_OTHER = (
    "INSERT INTO opponent (record_id, scope_id, version, void, void_reason, field_op, extra, consultation_id,"
    " kind, name, id_no, uscc, phone) VALUES (?, '', 0, 0, '', '{}', '{}', ?, 'natural_person', ?, '', '', ?)"
)
_FILED = "INSERT INTO conflict_key (key, noun, record_id, case_id, side) VALUES (?, 'consultation', ?, ?, ?)"


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Give a store in which 200,000 people consulted or stood against somebody; namesakes are common."""
    store = Store.create(tmp_path_factory.mktemp("crowd") / "store", KEY, scope_id=SCOPE)
    _fill(store)
    yield store
    store.close()


def _fill(store: Store) -> None:
    dice = Random(7)
    connection = store.connect()
    cases, others, filed = [], [], []
    for n in range(PEOPLE // 2):
        sides = [_person(dice, n * 2 + at) for at in range(2)]
        at = (MORNING - timedelta(minutes=n)).isoformat(timespec="milliseconds")
        case_id, other_id = f"c{n}", f"o{n}"
        cases.append((case_id, f"ZX{n}", at, sides[0].name, sides[0].phone, f"a{n % _ADVISERS}"))
        others.append((other_id, case_id, sides[1].name, sides[1].phone))
        for side, record_id, where in ((sides[0], case_id, "ours"), (sides[1], other_id, "theirs")):
            filed += [(key, record_id, case_id, where) for key in keys(side)]
    connection.execute("BEGIN")
    for statement, rows in ((_CASE, cases), (_OTHER, others), (_FILED, filed)):
        connection.executemany(statement, rows)
    connection.commit()
    connection.execute("ANALYZE")
    connection.close()


def _person(dice: Random, n: int) -> Side:
    name = dice.choice(_FAMILY) + dice.choice(_GIVEN) + dice.choice(_GIVEN)
    return Side(name, phone=f"139{n:08}")


def test_conflict_check(crowded: Store, figures: Figures) -> None:
    profile, today = load_default(), date(2026, 11, 23)
    dice = Random(11)
    ours: list[float] = []
    floor: list[float] = []
    connection = crowded.connect()
    for n in range(200):
        quarrel = Quarrel((_person(dice, dice.randrange(PEOPLE)),), (_person(dice, dice.randrange(PEOPLE)),))
        question = conflicts.Question(quarrel, f"a{n % _ADVISERS}", "new")
        marks = [key for side in (*quarrel.ours, *quarrel.theirs) for key in keys(side)]
        bare = f"SELECT case_id FROM conflict_key WHERE key IN ({','.join('?' * len(marks))})"
        floor.append(timed(lambda bare=bare, marks=marks: connection.execute(bare, marks).fetchall()))

        def check(question: conflicts.Question = question) -> None:
            with crowded.read() as rows:
                conflicts.check(rows, question, profile, today)

        ours.append(timed(check))
    connection.close()
    mine, raw = Times(ours[20:]), Times(floor[20:])
    figures.add(
        Figure(
            "conflict check, 200,000 people",
            str(mine),
            f"bare look-up of the keys: {raw}",
            f"{mine.p95 / raw.p95:.1f} × (p95)",
            "p95 ≤ 30 ms",
            mine.p95 <= _LIMIT_MS,
        )
    )


def test_consultations_list(crowded: Store, figures: Figures) -> None:
    reader = access.Reader("u", sees_all=True, sees_names=True, judges=True)
    ours: list[float] = []
    after: str | None = None
    for _page in range(100):

        def page(after: str | None = after) -> str | None:
            with crowded.read() as rows:
                found = listing.page(rows, reader, ConsultationFilter(), (after, 50))
            return found.next_key

        ours.append(timed(page))
        after = page()
    connection = crowded.connect()
    order = "ORDER BY consulted_at DESC, record_id DESC LIMIT 51"
    bare = f"SELECT record_id FROM consultation WHERE void = 0 {order}"
    floor = Times([timed(lambda: connection.execute(bare).fetchall()) for _time in range(40)])
    connection.close()
    mine = Times(ours[5:])
    assert datetime.fromisoformat(str(after).partition("|")[0]) < MORNING
    figures.add(
        Figure(
            "consultations list, page by page, 100,000 of them",
            str(mine),
            f"bare ids of the first page: {floor}",
            f"{mine.p95 / floor.p95:.1f} × (p95)",
            "p95 ≤ 30 ms",
            mine.p95 <= _LIST_MS,
        )
    )
