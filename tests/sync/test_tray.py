"""Conflicts from their making to their end: two real stores, the real hub on PostgreSQL, the page itself."""

import random
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desk.models import plain
from desk.models.matter import Matter
from desk.services.session import Session
from desk.services.sync import cursor
from desk.services.tray.tray import ConflictTray
from desk.ui.pages.settings.conflicts import ConflictsSection
from tests import factories
from tests.stores import SCOPE
from tests.sync import test_two_stores as two_stores
from tests.sync.test_two_stores import HEAD, Pc
from tests.ui import stage

line, pcs = two_stores.line, two_stores.pcs

FIRST, SECOND = "路灯坏了。已经报修。", "路灯坏了。老人摔倒了。"
THIRD = "路灯坏了，已经报修，有老人摔倒。"
HEADS = (
    "SELECT record_id, void, void_reason, subject, statement, state, field_op FROM matter ORDER BY record_id"
)
QUESTIONS = "SELECT conflict_id, mine, theirs, state, closed_by, before FROM conflict ORDER BY conflict_id"


def tray(pc: Pc) -> ConflictTray:
    return ConflictTray(pc.store, Session(HEAD, bytes(32)))


def page(qtbot: QtBot, pc: Pc) -> ConflictsSection:
    services: Any = SimpleNamespace(tray=tray(pc))
    made = ConflictsSection(replace(stage.context(), services=services))
    qtbot.addWidget(made)
    made.show()
    made.load()
    return made


def press(section: ConflictsSection, *names: str) -> None:
    for name in names:
        buttons = section.findChildren(QPushButton)
        (button,) = (each for each in buttons if each.text() == name and each.isVisibleTo(section))
        button.click()


def begin(pcs: tuple[Pc, Pc]) -> str:
    """Let both hold a visit with its matter."""
    visit = factories.visit(number="LF2026-A0288")
    matter = factories.matter(visit_id=visit.record_id, statement="路灯坏了。")
    with pcs[0].store.write("u1") as rows:
        rows.add_all([visit, matter])
    rest(pcs)
    return str(matter.record_id)


def change(pc: Pc, record_id: str, **values: Any) -> None:
    with pc.store.write("u1") as rows:
        row = rows.get_one(Matter, record_id)
        for name, value in values.items():
            setattr(row, name, value)


def rest(pcs: tuple[Pc, Pc]) -> None:
    """Let both come to rest; each round leaves a sound store."""
    for each in (*pcs, *pcs):
        each.go()


def equal(pcs: tuple[Pc, Pc]) -> None:
    """Both ends hold the same records, conflicts and digest, and nothing waits."""
    first, second = pcs
    for words in (HEADS, QUESTIONS):
        assert first.ask(words) == second.ask(words)
    marks = []
    for each in pcs:
        assert each.ask("SELECT count(*) FROM outbox") == [(0,)]
        with each.store.read() as rows:
            marks.append(cursor.read(rows, SCOPE).digest)
    assert marks[0] == marks[1]


@pytest.mark.parametrize(
    ("presses", "kept"),
    [
        (("保留现在的", "就这样定"), FIRST),
        (("改用没用上的", "就这样定"), SECOND),
        (("两份都留", "就这样定"), None),
        (("另写一份", "看结果", "就这样定"), THIRD),
    ],
    ids=["theirs", "mine", "both", "third"],
)
@pytest.mark.parametrize("where", [0, 1], ids=["winner", "loser"])
@pytest.mark.usefixtures("fake_clock")
def test_each_way_through_the_page_ends_the_same_on_both(
    presses: tuple[str, ...],
    kept: str | None,
    where: int,
    pcs: tuple[Pc, Pc],
    qtbot: QtBot,
) -> None:
    matter = begin(pcs)
    change(pcs[0], matter, statement=FIRST)
    change(pcs[1], matter, statement=SECOND, subject="路灯和老人")
    rest(pcs)
    for each in pcs:
        assert tray(each).marks().count == 1
    section = page(qtbot, pcs[where])
    section.card.text.set_text(THIRD)
    for name in presses:
        press(section, name)
        if name == "另写一份":
            section.card.text.set_text(THIRD)
    assert pcs[where].rounds.state().conflicts == 0
    rest(pcs)
    equal(pcs)
    (stands,) = (row[4] for row in pcs[0].ask(HEADS))
    if kept is None:
        assert FIRST in stands
        assert SECOND in stands
    else:
        assert stands == kept
    for each in pcs:
        looked = tray(each).look()
        assert looked.questions == ()
        (past,) = looked.closed
        assert (past.theirs.text, past.mine.text, past.chosen, past.sent) == (FIRST, SECOND, stands, True)
        assert tray(each).marks().records == frozenset()
        assert each.rounds.state().light == "synced"


def test_a_refused_step_is_acknowledged_and_the_state_stands(pcs: tuple[Pc, Pc], qtbot: QtBot) -> None:
    matter = begin(pcs)
    change(pcs[0], matter, state="closed")
    change(pcs[1], matter, state="waiting")
    rest(pcs)
    section = page(qtbot, pcs[1])
    press(section, "知道了，按现在的状态", "就这样定")
    rest(pcs)
    equal(pcs)
    assert [row[5] for row in pcs[0].ask(HEADS)] == ["closed"]
    assert [row[3] for row in pcs[0].ask(QUESTIONS)] == ["closed"]


@pytest.mark.parametrize("presses", ["作废这条记录", "记录保持有效"])
@pytest.mark.parametrize("voids_first", [True, False])
def test_a_deletion_against_an_edit_is_decided_either_way(
    presses: str, voids_first: bool, pcs: tuple[Pc, Pc], qtbot: QtBot
) -> None:
    matter = begin(pcs)
    one, other = pcs if voids_first else pcs[::-1]
    with one.store.write("u1") as rows:
        rows.get_one(Matter, matter).tombstone("重复登记")
    change(other, matter, subject="路灯和台阶")
    rest(pcs)
    assert [(row[1], row[3]) for row in pcs[0].ask(HEADS)] == [(0, "路灯和台阶")]
    section = page(qtbot, pcs[0])
    press(section, presses, "就这样定")
    rest(pcs)
    equal(pcs)
    ((void, subject),) = ((row[1], row[3]) for row in pcs[0].ask(HEADS))
    assert (bool(void), subject) == (presses == "作废这条记录", "路灯和台阶")
    assert tray(pcs[1]).look().questions == ()


def test_two_people_decide_at_the_same_time_and_a_new_question_keeps_both(pcs: tuple[Pc, Pc]) -> None:
    matter = begin(pcs)
    change(pcs[0], matter, statement=FIRST)
    change(pcs[1], matter, statement=SECOND)
    rest(pcs)
    (asked,) = tray(pcs[0]).look().questions
    tray(pcs[0]).close(asked.id, "mine")
    tray(pcs[1]).close(asked.id, "third", THIRD)
    rest(pcs)
    (left,) = tray(pcs[0]).look().questions
    assert {left.mine.text, left.theirs.text} == {SECOND, THIRD}
    tray(pcs[1]).close(left.id, "both")
    rest(pcs)
    equal(pcs)
    assert [row[3] for row in pcs[0].ask(QUESTIONS)] == ["closed", "closed"]


@pytest.mark.parametrize("seed", range(5))
def test_every_word_is_in_view_replaced_knowingly_or_kept_in_a_conflict(
    seed: int, pcs: tuple[Pc, Pc], line: two_stores.Line
) -> None:
    """A token in every edit; decisions by all ways on both, over a line that breaks in any place."""
    dice = random.Random(seed)
    line.cut = lambda _place: dice.random() < 0.2
    matter = begin_over(pcs, line)
    said: set[str] = set()
    replaced: set[str] = set()
    for n in range(40):
        pc = dice.choice(pcs)
        done = dice.choice(["edit", "edit", "edit", "round", "round", "decide"])
        if done == "round":
            pc.go()
        elif done == "edit":
            replaced.add(stands(pc, matter))
            said.add(f"词{n}。")
            change(pc, matter, statement=f"词{n}。")
        else:
            for asked in tray(pc).look().questions[:1]:
                way = dice.choice(asked.ways)
                replaced.add(asked.theirs.text)
                said |= {f"词{n}。"} if way == "third" else set()
                tray(pc).close(asked.id, way, f"词{n}。", asked.stand)
    line.cut = lambda _place: False
    rest(pcs)
    equal(pcs)
    for each in pcs:
        kept = {value for row in each.ask(QUESTIONS) for value in row[1:3]}
        where = stands(each, matter) + "".join(kept) + "".join(replaced)
        assert {word for word in said if word not in where} == set()
    # And through the tray it comes to an end: nothing is left to decide, the same on both.
    while found := tray(pcs[0]).look().questions:
        tray(pcs[0]).close(found[0].id, dice.choice(found[0].ways[:3]))
    rest(pcs)
    equal(pcs)
    assert pcs[1].rounds.state().conflicts == 0
    assert pcs[0].ask(QUESTIONS), "a week without a conflict proves nothing"


def begin_over(pcs: tuple[Pc, Pc], line: two_stores.Line) -> str:
    cut, line.cut = line.cut, lambda _place: False
    matter = begin(pcs)
    line.cut = cut
    return matter


def stands(pc: Pc, matter: str) -> str:
    with pc.store.read() as rows:
        found: str = plain.ask(rows, "SELECT statement FROM matter WHERE record_id = ?", (matter,))[0][0]
    return found
