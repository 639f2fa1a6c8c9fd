"""What ends in the digits typed is told apart from what has them elsewhere, in every group of a search alike.

Some records here have the four digits in the middle of one code and the last three of them at the end of
another: the index takes them for one that ends so.
"""

from dataclasses import replace

import pytest

from desk.models.matter import Matter
from desk.models.store import Store
from desk.models.visit import Visit
from desk.services import search_ends, search_index
from desk.services.mediation.forms import AgentForm
from desk.services.search import Search
from tests.fakes import FakeClock
from tests.unit.services.consultation import advice_stage
from tests.unit.services.consultation.advice_stage import OTHER
from tests.unit.services.mediation.case_stage import room as build_room
from tests.unit.services.visit_stage import Stage

MIDDLE = "13866210000"
SEEMS = "13900000621"
ENDS = "13900006621"


def found(search: Search, typed: str = "6621", limit: int = 20) -> dict[str, list[str]]:
    """Return the ids of the hits by group."""
    return {group.label: [hit.record_id for hit in group.hits] for group in search.find(typed, limit)}


def _numbered(stage: Stage, number: str, spoken: str, phone: str = "") -> str:
    """Finish a visit under other numbers than those it would have."""
    visit_id = stage.finished(phone=phone)
    with stage.store.write_confirmed() as rows:
        visit = rows.get_one(Visit, visit_id)
        visit.number, visit.spoken = number, spoken
        matter = rows.query(Matter).filter_by(visit_id=visit_id).one()
        search_index.index_visit(rows, visit, matter)
    return visit_id


def test_numbers_of_visits(stage: Stage, fake_clock: FakeClock) -> None:
    ends = _numbered(stage, "LF2026-A6621", "100000000")
    fake_clock.forward(minutes=5)
    spoken = _numbered(stage, "LF6621-A0002", "100006621")
    fake_clock.forward(minutes=5)
    seems = _numbered(stage, "LF6621-A0003", "100000621")
    search = Search(stage.store, stage.session)
    assert found(search) == {"编号": [spoken, ends], "其他编号": [seems]}
    # Of two numbers the one that ends so is shown.
    assert search.find("6621")[0].hits[0].title.replace(" ", "") == "100006621"


def test_what_came_of_a_visit(stage: Stage) -> None:
    visit_id = stage.finished(outcome="proposed", level="village", answer_text="", phone="")
    number = stage.visits.get(visit_id).linked_number
    for typed in (number[-4:], number[-5:], number):
        assert found(Search(stage.store, stage.session), typed)["编号"] == [visit_id]


def test_visits_that_only_seem_to_take_nobodys_place(stage: Stage, fake_clock: FakeClock) -> None:
    ends = stage.finished(phone=ENDS)
    for n in range(3):
        fake_clock.forward(minutes=5)
        stage.finished(name=f"王某{'甲乙丙'[n]}", phone=MIDDLE, statement="门牌 12621 前积水，老人出不了门。")
    assert found(Search(stage.store, stage.session), limit=2)["来访"] == [ends]


def test_a_number_kept_as_it_was_typed_ends_in_its_own_end(stage: Stage) -> None:
    """None that is known: it is stored with its blanks (`visit_input.clean_phone`)."""
    mobile = stage.finished(phone="13891234567")
    abroad = stage.finished(phone="+852 9123 4567")
    for typed in ("4567", "91234567"):
        assert found(Search(stage.store, stage.session), typed)["来访"] == [abroad, mobile]


def test_what_only_seems_to_is_given_up_not_what_truly_ends_so(
    stage: Stage, fake_clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of thousands that only seem to, few are looked at; all that end so are, as far as there is room."""
    monkeypatch.setattr(search_ends, "MOST", 2)

    def add(phone: str, statement: str = "路灯不亮") -> str:
        fake_clock.forward(minutes=5)
        return stage.finished(phone=phone, statement=statement)

    given_up = add(ENDS)
    seem = [add(MIDDLE, "门牌 12621 前积水")]
    ends = [add(ENDS), add(ENDS), add(ENDS)]
    seem.append(add(MIDDLE, "门牌 12621 前积水"))
    search = Search(stage.store, stage.session)
    assert found(search)["来访"] == ends[::-1]
    assert sorted(found(search)["其他来访"]) == sorted([given_up, *seem])


def test_numbers_that_only_seem_to_are_given_up(
    stage: Stage, fake_clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_ends, "MOST", 2)
    numbered = []
    for number, spoken in (
        ("LF2026-A6621", "100000000"),
        ("LF6621-A0003", "100000621"),
        ("LF2026-B6621", "100000001"),
        ("LF2026-C6621", "100000002"),
        ("LF6621-A0004", "100001621"),
    ):
        fake_clock.forward(minutes=5)
        numbered.append(_numbered(stage, number, spoken))
    groups = found(Search(stage.store, stage.session))
    assert groups["编号"] == [numbered[3], numbered[2]]
    assert sorted(groups["其他编号"]) == sorted([numbered[0], numbered[1], numbered[4]])


def test_cases(store: Store, fake_clock: FakeClock) -> None:
    room = build_room(store)
    first, second = room.parties()
    agent = AgentForm(name="孙某", relation="亲属", phone=ENDS)
    ends = room.registered(parties=(replace(first, phone=ENDS), second))
    agents = room.registered(parties=(replace(first, phone=MIDDLE, agents=(agent,)), second))
    seems = room.registered(parties=(replace(first, phone=MIDDLE), replace(second, phone=SEEMS)))
    groups = found(Search(room.store, room.session))
    assert sorted(groups["矛盾调解"]) == sorted([ends, agents])
    assert groups["其他矛盾调解"] == [seems]
    number = room.services.cases.get(ends).number
    assert found(Search(room.store, room.session), number[-5:])["矛盾调解"] == [ends]


def test_consultations(store: Store, fake_clock: FakeClock) -> None:
    advice = advice_stage.build(store)
    ends = advice.checked(phone=ENDS).id
    fake_clock.forward(minutes=5)
    others = advice.checked(phone=MIDDLE, opponents=(replace(OTHER, phone=ENDS),)).id
    fake_clock.forward(minutes=5)
    seems = advice.checked(phone=MIDDLE, opponents=(replace(OTHER, phone=SEEMS),)).id
    groups = found(Search(advice.store, advice.session))
    assert groups["法律咨询"] == [others, ends]
    assert groups["其他法律咨询"] == [seems]
