"""The life of a visit under any order of verbs: states hold, numbers never repeat, the store stays sound."""

import shutil
import tempfile
from collections import Counter
from contextlib import suppress
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, initialize, invariant, rule
from sqlalchemy import select

from desk import clock
from desk.errors import InputProblem
from desk.models.consultation import Consultation
from desk.models.matter import Matter
from desk.models.mediation import Mediation
from desk.models.proposal import Proposal
from desk.models.receipt import Receipt
from desk.models.store import Store
from desk.models.visit import Visit
from desk.rules import labels
from desk.services import verify
from tests.fakes import FakeClock
from tests.stores import KEY, SCOPE
from tests.unit.services.visit_stage import Stage, build

NEXT = {
    "wait": {"waiting"},
    "open": {"received"},
    "receive": {"received"},
    "finish": {"finished"},
    "reopen": {"received"},
}


class VisitLife(RuleBasedStateMachine):
    """Plays verbs on a real store; a verb either works as the table says or refuses and changes nothing."""

    visits = Bundle("visits")

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.clock = FakeClock()
        self.clock.install()
        self.store = Store.create(self.folder / "store", KEY, scope_id=SCOPE)
        self.stage: Stage = build(self.store, "head")
        self.numbers: dict[str, str] = {}

    @rule(target=visits, waits=st.booleans(), outcome=st.sampled_from(sorted(labels.OUTCOME)))
    def come(self, waits: bool, outcome: str) -> str:
        form = self.stage.form(outcome=outcome, level="town", guide_to="信访部门", guide_reason="不属本站")
        shown = (self.stage.visits.wait if waits else self.stage.visits.open)(form).value
        assert shown.state == ("waiting" if waits else "received")
        return shown.id

    @rule(visit_id=visits, verb=st.sampled_from(["receive", "finish", "reopen", "save", "rate", "reply"]))
    def act(self, visit_id: str, verb: str) -> None:
        before = self.stage.visits.get(visit_id)
        try:
            after = self._do(visit_id, verb)
        except InputProblem:
            assert self.stage.visits.get(visit_id) == before
            return
        assert after.state in NEXT.get(verb, {before.state})
        if before.number:
            assert (after.number, after.spoken) == (before.number, before.spoken)

    @rule(visit_id=visits, minutes=st.integers(0, 90))
    def tick(self, visit_id: str, minutes: int) -> None:
        self.clock.forward(minutes=minutes)
        with suppress(InputProblem):
            self.stage.visits.mark(visit_id, "smile_tea", True)

    @rule(visit_id=consumes(visits))
    def void(self, visit_id: str) -> None:
        self.stage.visits.void(visit_id, "试验")

    @rule()
    def reserve(self) -> None:
        self.stage.pads.reserve(1)

    @invariant()
    def numbers_are_given_once_and_kept(self) -> None:
        with self.store.read() as rows:
            given = Counter(number for number in rows.scalars(select(Visit.number)) if number)
            for table in (Proposal, Mediation, Consultation):
                given.update(rows.scalars(select(table.number)))
            given.update(pad.number for pad in self.stage.pads.open())
            spoken = Counter(code for code in rows.scalars(select(Visit.spoken)) if code)
        assert all(count == 1 for count in (*given.values(), *spoken.values()))

    @invariant()
    def what_is_finished_is_whole(self) -> None:
        with self.store.read() as rows:
            for visit in rows.scalars(select(Visit).where(Visit.void.is_(False))):
                matter = rows.scalars(select(Matter).where(Matter.visit_id == visit.record_id)).one()
                has_receipt = rows.scalars(
                    select(Receipt.number).where(Receipt.visit_id == visit.record_id)
                ).all()
                assert has_receipt == ([visit.number] if visit.number else [])
                assert (visit.finished_at is not None) == (visit.state == "finished")
                closed = visit.state == "finished" and matter.outcome in {"answered", "guided"}
                assert matter.state == ("closed" if closed else "open")
                assert (matter.tell_by is None) == (closed or visit.state == "waiting" or not visit.number)

    def teardown(self) -> None:
        if hasattr(self, "store"):
            report = verify.run(self.store)
            self.store.close()
            clock.set_source(None)
            shutil.rmtree(self.folder)
            assert report.ok, report.lines

    def _do(self, visit_id: str, verb: str):  # type: ignore[no-untyped-def]  # one of several verbs
        visits = self.stage.visits
        if verb == "receive":
            return visits.receive(visit_id).value
        if verb == "reopen":
            return visits.reopen(visit_id, "更正").value
        if verb == "rate":
            return visits.rate(visit_id, "basic").value
        if verb == "reply":
            return visits.reply(visits.get(visit_id).matter_id, "phone", "已办。").value
        return getattr(visits, verb)(visit_id, visits.form(visit_id)).value


TestVisitLife = VisitLife.TestCase
TestVisitLife.settings = settings(max_examples=12, stateful_step_count=14, deadline=None)
