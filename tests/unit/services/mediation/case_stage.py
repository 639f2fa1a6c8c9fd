"""A mediation room at work for tests: a real store, a committee with two mediators, and the services."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from desk import clock
from desk.models.store import Store
from desk.services.committees import Committees
from desk.services.mediation.case_desk import CaseDesk
from desk.services.mediation.forms import (
    AgreementForm,
    CaseForm,
    CaseMediatorForm,
    PartyForm,
    PresenceForm,
    SittingForm,
    SmallCaseForm,
    TermForm,
)
from desk.services.mediation.mediations import Mediations, mediations
from desk.services.numbers import Numbers
from desk.services.profiles import Profiles
from desk.services.session import Session, User
from desk.services.visits import Visits
from tests import case_factories, factories
from tests.stores import KEY
from tests.unit.services.visit_stage import Stage, build

TODAY = date(2026, 11, 23)


@dataclass(frozen=True)
class CaseStage:
    """The services as one user has them, and the ids the tests speak of."""

    base: Stage
    session: Session
    profiles: Profiles
    numbers: Numbers
    services: Mediations
    committees: Committees
    committee_id: str
    mediator_id: str
    other_mediator_id: str

    @property
    def store(self) -> Store:
        """The store all services share."""
        return self.base.store

    @property
    def visits(self) -> Visits:
        """The reception desk, with the clerk of `visit_stage` at it."""
        return self.base.visits

    def as_user(self, *roles: str, user_id: str = "someone", name: str = "孙某某") -> "CaseStage":
        """Return the same room with somebody else at the desk."""
        user = User(user_id, name, frozenset(roles))
        ids = (self.committee_id, self.mediator_id, self.other_mediator_id)
        return _services(self.base, user, *ids)

    def parties(self) -> tuple[PartyForm, PartyForm]:
        """Return one on each side."""
        return (
            PartyForm(
                side="applicant",
                name="钱某",
                phone="13900000172",
                address="示例路 8 号 302 室",
                id_no="11010519491231002X",
            ),
            PartyForm(side="respondent", name="冯某", phone="13900000173", address="示例路 8 号 402 室"),
        )

    def form(self, **changes: Any) -> CaseForm:
        """Return a case that a committee may accept."""
        usual: dict[str, Any] = {
            "title": "楼上漏水赔偿纠纷",
            "committee_id": self.committee_id,
            "dispute_type": "neighbour",
            "summary": "楼上水管破裂渗漏，卧室天花板和衣柜受损，双方对赔偿数额有争议。",
            "claims": ("赔偿天花板修复费用",),
            "informed_ack": True,
            "applied_on": TODAY,
            "competence": "arose_here",
            "parties": self.parties(),
            "mediators": (CaseMediatorForm(mediator_id=self.mediator_id),),
        }
        return CaseForm(**(usual | changes))

    def agreement(self, **changes: Any) -> AgreementForm:
        """Return an agreement with a payment, an act and a mere word."""
        usual: dict[str, Any] = {
            "form": "written",
            "facts": "9 月 18 日被申请人家水管破裂渗漏。",
            "issues": "赔偿数额。",
            "responsibilities": "冯某未及时检修，承担修复与赔偿责任。",
            "mode": "fixed_date",
            "breach": "逾期不付的，按日支付万分之五的违约金。",
            "recorder": "周某",
            "reached_on": TODAY,
            "terms": (
                TermForm(text="修复自家水管", ower="冯某", way="own_act", due_on=date(2026, 11, 30)),
                TermForm(
                    text="赔偿天花板修复费",
                    ower="冯某",
                    payee="钱某",
                    amount="2,600",
                    way="transfer",
                    due_on=date(2026, 12, 10),
                ),
                TermForm(text="双方互不再追究", ower="双方"),
            ),
        }
        return AgreementForm(**(usual | changes))

    def small(self, **changes: Any) -> SmallCaseForm:
        """Return the small oral case of one page (F-08)."""
        usual: dict[str, Any] = {
            "case": self.form(),
            "agreement": replace(self.agreement(), form="oral"),
            "agreed": True,
            "told": True,
        }
        return SmallCaseForm(**(usual | changes))

    def registered(self, **changes: Any) -> str:
        """Register a case; return its id."""
        return self.services.cases.register(self.form(**changes)).value.id

    def accepted(self, **changes: Any) -> str:
        """Register and accept a case; return its id."""
        case_id = self.registered(**changes)
        self.services.steps.accept(case_id)
        return case_id

    def party_ids(self, case_id: str) -> tuple[str, ...]:
        """Return the ids of the parties, applicants first."""
        return tuple(party.id for party in self.services.cases.get(case_id).parties)

    def willing(self, **changes: Any) -> str:
        """Accept a case whose parties agreed to mediate and were told their rights; return its id."""
        case_id = self.accepted(**changes)
        for party_id in self.party_ids(case_id):
            self.services.steps.answer(case_id, party_id, True)
            self.services.steps.tell(case_id, party_id, "oral")
        return case_id

    def sitting(self, case_id: str, **changes: Any) -> SittingForm:
        """Return the record of a sitting that lacks nothing."""
        parties = [
            PresenceForm(party.name, "party", party.id) for party in self.services.cases.get(case_id).parties
        ]
        usual: dict[str, Any] = {
            "held_at": clock.now(),
            "place": "示例镇调解室",
            "openness": "closed",
            "subject": "楼上漏水赔偿",
            "informed": True,
            "avoidance": "none",
            "talk": "双方各自陈述了经过。",
            "verification": "到现场看过，天花板有水渍。",
            "result": "continue",
            "recorder": "周某",
            "present": (*parties, PresenceForm("王某某", "mediator", self.mediator_id)),
        }
        return SittingForm(**(usual | changes))

    def mediating(self, **changes: Any) -> str:
        """Hold the first sitting of a willing case; return its id."""
        case_id = self.willing(**changes)
        self.services.proceedings.save_sitting(case_id, self.sitting(case_id))
        return case_id

    def signed(self, case_id: str) -> None:
        """Put every signature and the seal on the agreement of a case."""
        for party_id in self.party_ids(case_id):
            self.services.agreements.sign(case_id, "party", party_id)
        for role in ("mediator", "recorder", "seal"):
            self.services.agreements.sign(case_id, role)

    def agreed(self, **changes: Any) -> str:
        """Bring a case to a written agreement in force; return its id."""
        case_id = self.mediating(**changes)
        self.services.agreements.save(case_id, self.agreement())
        self.signed(case_id)
        self.services.agreements.agree(case_id)
        return case_id

    def term_ids(self, case_id: str) -> list[str]:
        """Return the ids of what is owed."""
        agreement = self.services.cases.get(case_id).agreement
        assert agreement is not None
        return [term.id for term in agreement.terms if term.kind != "declaration"]


def room(store: Store, *roles: str) -> CaseStage:
    """Set the room up: a mediator (or whoever has `roles`) signed on, a committee this PC numbers."""
    base = build(store)
    with store.write_confirmed() as rows:
        committee = case_factories.committee(number_device=store.device_id, number_year=2026, number_from=27)
        first = case_factories.mediator(committee_id=committee.record_id, name="王某某", kind="engaged")
        second = case_factories.mediator(committee_id=committee.record_id, name="周某", kind="member")
        user = factories.user(name="王某某", roles="mediator")
        rows.add_all([committee, first, second, user])
        ids = (committee.record_id, first.record_id, second.record_id)
        who = User(user.record_id, user.name, frozenset(roles or {"mediator"}))
    return _services(base, who, *ids)


def _services(base: Stage, user: User, *ids: str) -> CaseStage:
    session = Session(user, KEY)
    profiles = Profiles(base.store, session)
    numbers = Numbers(base.store, session, profiles)
    desk = CaseDesk(base.store, session, profiles, numbers)
    committees = Committees(base.store, session, profiles)
    return CaseStage(base, session, profiles, numbers, mediations(desk), committees, *ids)
