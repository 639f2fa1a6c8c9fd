"""Who sits at the desk in the tests of consultations, and forms that may be finished."""

from dataclasses import dataclass, replace
from typing import Any

from desk.models.store import Store
from desk.services.consultation import bundle
from desk.services.consultation.bundle import ConsultationServices
from desk.services.consultation.forms import CitationForm, ConsultationForm, OpponentForm
from desk.services.consultation.values import Consultation
from desk.services.session import Session, User
from tests import factories
from tests.stores import KEY
from tests.unit.services import visit_stage
from tests.unit.services.visit_stage import Stage

OTHER = OpponentForm(name="冯某某", phone="13900000173")
FULL = ConsultationForm(
    name="钱某某",
    phone="13900000172",
    topics=("neighbour", "tort"),
    opponents=(OTHER,),
    question="楼上漏水把家里泡了，对方只肯赔一半，能不能要求全部赔偿？",
    procedures=("none",),
    citations=(CitationForm("civil_code", article="1165"),),
    disposition="answered",
    disclaimer_ack=True,
    notice_told=True,
)
"""Form F-40 filled in, but for the adviser and the answer that opens after the check."""


@dataclass(frozen=True)
class AdviceStage:
    """One user's services; `lawyer_id` and `second_id` advise, `head_id` judges, `clerk_id` registers."""

    store: Store
    visits: Stage
    session: Session
    desk: ConsultationServices
    lawyer_id: str
    second_id: str
    head_id: str
    clerk_id: str

    def by(self, role: str) -> "AdviceStage":
        """Return the same station with lawyer, second lawyer, head, clerk, deputy or mediator at the desk."""
        ids = {
            "lawyer": self.lawyer_id,
            "second": self.second_id,
            "head": self.head_id,
            "clerk": self.clerk_id,
        }
        held = "lawyer" if role == "second" else role
        return _services(self, User(ids.get(role, "someone"), role, frozenset({held})))

    def form(self, **changes: Any) -> ConsultationForm:
        """Return a filled form with the lawyer as adviser."""
        return replace(FULL, **({"adviser_id": self.lawyer_id} | changes))

    def checked(self, **changes: Any) -> Consultation:
        """Register and check a consultation; return its card."""
        form = self.form(**changes)
        made = self.desk.consultations.register(form).value
        return self.desk.consultations.check(made.id, form).value

    def finished(self, **changes: Any) -> Consultation:
        """Take a consultation to its end; return its card."""
        card = self.checked(**changes)
        form = replace(self.desk.consultations.form(card.id), answer="可以要求全部赔偿，先保留证据。")
        return self.desk.consultations.finish(card.id, form).value


def build(store: Store) -> AdviceStage:
    """Set the station up with a lawyer at the desk."""
    stage = visit_stage.build(store)
    lawyer = factories.user(name="张某", initials="z", roles="lawyer", licence_no="1330120201000001")
    second = factories.user(name="孙某", initials="s", roles="lawyer", licence_no="1330120201000002")
    head = factories.user(name="周某", initials="zm", roles="head")
    clerk = factories.user(name="吴某", initials="wm", roles="clerk")
    with store.write_confirmed() as rows:
        rows.add_all([lawyer, second, head, clerk])
        ids = [row.record_id for row in (lawyer, second, head, clerk)]
    half = AdviceStage(store, stage, stage.session, _desk(stage, stage.session), *ids)
    return half.by("lawyer")


def _services(stage: AdviceStage, user: User) -> AdviceStage:
    visits = stage.visits.as_user(user.id, user.name, *user.roles)
    session = Session(user, KEY)
    return replace(stage, visits=visits, session=session, desk=_desk(visits, session))


def _desk(stage: Stage, session: Session) -> ConsultationServices:
    return bundle.build(stage.store, session, stage.profiles, stage.numbers)
