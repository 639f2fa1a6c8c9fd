"""What finishing makes of a matter, and what finishing again changes."""

from datetime import date

import pytest
from sqlalchemy import select

from desk.models.matter import Matter
from desk.models.proposal import Proposal
from desk.models.reply import Reply
from tests.fakes import FakeClock
from tests.unit.services.visit_stage import Stage


def test_guidance_is_told_on_the_spot(stage: Stage) -> None:
    """XF-06: outside the remit → tell whom to go to; the notice is the reply."""
    stage.finished(outcome="guided", guide_to="信访部门", guide_reason="不属本站受理范围")
    with stage.store.read() as rows:
        reply = rows.scalars(select(Reply)).one()
    assert (reply.way, reply.text) == ("onsite", "引导到信访部门：不属本站受理范围")


def test_a_reopened_matter_has_its_clock_again(stage: Stage) -> None:
    visit_id = stage.finished()
    assert stage.visits.get(visit_id).tell_by is None
    assert stage.visits.reopen(visit_id, "答复写错了").value.tell_by == date(2026, 11, 26)


def test_a_changed_answer_is_a_new_fact(stage: Stage, fake_clock: FakeClock) -> None:
    visit_id = stage.finished()
    stage.visits.reopen(visit_id, "答复写错了")
    fake_clock.forward(minutes=1)
    stage.visits.finish(visit_id, stage.form(answer_text="已联系供水公司。"))
    with stage.store.read() as rows:
        assert len(rows.scalars(select(Reply)).all()) == 2


def test_the_same_outcome_keeps_its_number(stage: Stage) -> None:
    visit_id = stage.finished(outcome="proposed", level="town", unit="镇城建办")
    stage.visits.reopen(visit_id, "单位写错了")
    shown = stage.visits.finish(
        visit_id, stage.form(outcome="proposed", level="county", unit="县水利局")
    ).value
    assert shown.linked_number == "NB2026-A0001"
    with stage.store.read() as rows:
        proposal = rows.scalars(select(Proposal)).one()
    assert (proposal.level, proposal.unit) == ("county", "县水利局")


@pytest.mark.parametrize("outcome", ["triage", "mediation", "consultation", "answered"])
def test_a_unit_stays_only_with_a_proposal(stage: Stage, outcome: str) -> None:
    stage.finished(outcome=outcome, unit="镇城建办", fast_track=True, level="town")
    with stage.store.read() as rows:
        matter = rows.scalars(select(Matter)).one()
    assert (matter.proposed_unit, matter.fast_track) == ("", False)
