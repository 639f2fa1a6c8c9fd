"""收起 and 取消 of a form that has a verb of its own: what was typed in it is given up only when asked."""

from typing import Any

import pytest

from desk.ui.window import MainWindow
from tests.fakes import RecordingNotices
from tests.ui.pages import mediation_stage as stage
from tests.ui.pages.mediation_stage import opened, tab
from tests.ui.pages.test_mediation_case import paint

room, desk = stage.room, stage.desk


def notices(window: MainWindow) -> RecordingNotices:
    found = window._context.notices
    assert isinstance(found, RecordingNotices)
    return found


@pytest.mark.parametrize(
    ("card", "typed"),
    [("follow_up", {"measures": "约下周再去"}), ("confirmation", {"court": "示例县人民法院"})],
)
def test_a_half_typed_card_is_folded_only_by_who_gives_it_up(
    desk: MainWindow, room: stage.CaseStage, card: str, typed: dict[str, str]
) -> None:
    case = opened(desk, room.agreed())
    part = tab(case, "after")
    made: Any = getattr(part, card)
    begin = made.begin if card == "follow_up" else made.open.click
    begin()
    assert made.is_open()
    made.cancel.click()
    assert not made.is_open(), "nothing was typed: nothing is asked"
    assert stage.said(desk, "ask") == []
    begin()
    paint(made, **typed)
    notices(desk).yes = False
    made.cancel.click()
    assert made.is_open()
    assert next(iter(typed.values())) in "".join(dict(case._draft().fields).values())
    case.keeper.save()
    notices(desk).yes = True
    made.cancel.click()
    assert not made.is_open()
    assert not case.dirty
    assert desk._context.services.drafts.load_all("mediation") == ()
    assert len(stage.said(desk, "ask")) == 2


def test_a_day_nobody_can_read_is_typed_too(desk: MainWindow, room: stage.CaseStage) -> None:
    case = opened(desk, room.agreed())
    made = tab(case, "after").confirmation
    made.open.click()
    made.fields.fields["applied_on"].widget.setText("2026-13-45")
    notices(desk).yes = False
    made.cancel.click()
    assert made.is_open()


def test_a_half_typed_end_is_given_up_only_when_asked(desk: MainWindow, room: stage.CaseStage) -> None:
    case = opened(desk, room.mediating())
    part = tab(case, "accept")
    part.begin("terminate")
    paint(part.end, reason="双方差距太大")
    notices(desk).yes = False
    part.end.cancel.click()
    assert part.end.is_open()
    notices(desk).yes = True
    part.end.cancel.click()
    assert not part.end.is_open()


def test_med08_the_ways_on_the_notice_are_chosen_and_worded_anew(
    desk: MainWindow, room: stage.CaseStage
) -> None:
    """F-12 其他合法途径: all are ticked at first; after the end they can still be worded."""
    case = opened(desk, room.mediating())
    part = tab(case, "accept")
    part.begin("terminate")
    ways = part.end.fields.fields["remedies"]
    assert ways.read() == ("arbitration", "administrative", "court")
    paint(part.end, cause="no_agreement", remedies_told=True, remedies=("administrative", "court"))
    part.end.save.click()
    end = room.services.cases.get(case.case_id).end
    assert (end.way, end.remedies, end.remedies_note) == ("terminated", ("administrative", "court"), "")
    assert not part.end.is_open()
    part.end.word.click()
    assert ways.read() == ("administrative", "court")
    assert not part.end.word.isVisibleTo(part.end)
    assert not part.end.fields.row("reason").isVisibleTo(part.end)
    paint(part.end, remedies=("court",), remedies_note="可以向示例县人民法院起诉。")
    part.end.show_card(room.services.cases.get(case.case_id))
    assert part.end.is_open(), "a look at the record takes no half-typed words"
    part.end.save.click()
    end = room.services.cases.get(case.case_id).end
    assert (end.remedies, end.remedies_note) == (("court",), "可以向示例县人民法院起诉。")
    assert part.end.word.isVisibleTo(part)
    assert not part.end.is_open()


def test_half_words_about_the_ways_stay_when_the_case_is_read_again(
    desk: MainWindow, room: stage.CaseStage
) -> None:
    """A round that brings any change shows the card anew: that is no reason to lose words."""
    case = opened(desk, room.mediating())
    part = tab(case, "accept")
    part.begin("terminate")
    paint(part.end, cause="no_agreement", remedies_told=True)
    part.end.save.click()
    part.end.word.click()
    part.end.show_card(room.services.cases.get(case.case_id))
    assert not part.end.is_open(), "nothing was typed"
    part.end.word.click()
    paint(part.end, remedies_note="可以向示例县人民法院起诉。")
    part.end.show_card(room.services.cases.get(case.case_id))
    assert part.end.is_open()
    assert part.end.fields.fields["remedies_note"].read() == "可以向示例县人民法院起诉。"
