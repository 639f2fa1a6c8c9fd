"""Mediations of the seed: registered, running, agreed, failed, archived, with all each leaves behind."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from desk.models.local import NumberCounter
from desk.rules.case_numbers import case_number, case_pattern
from desk.services import search_index
from desk.services.seed import disputes, people
from desk.services.seed.batch import Batch
from desk.services.seed.case_work import FAILED, NOT_ACCEPTED, RUNNING, CaseWork
from desk.services.seed.dice import Dice
from desk.services.seed.matters import Rules
from desk.services.seed.people import Row

_FRESH_DAYS: Final = 25
_FRESH: Final = {
    "registered": 16,
    "consent_pending": 10,
    "accepted": 14,
    "investigating": 10,
    "mediating": 25,
    "agreed_written": 13,
    "agreed_oral": 12,
}
_LATER: Final = {
    "archived": 84,
    "performed": 6,
    "followed_up": 4,
    "partly": 2,
    "not_performed": 1,
    "terminated": 2,
    "rejected": 1,
}
_BEFORE_ARCHIVE: Final = {
    "performed": 62,
    "followed_up": 24,
    "terminated": 8,
    "refused": 4,
    "referred_out": 1,
    "rejected": 1,
}
_SOURCES: Final = {
    "application": 74,
    "initiative": 14,
    "police": 6,
    "court": 3,
    "petition": 2,
    "other_organ": 1,
}


@dataclass
class Room:
    """Makes case after case for its committees; remembers which case numbers are spent."""

    rules: Rules
    dice: Dice
    device_id: str
    registrar_id: str
    begun: datetime
    spent: Counter[tuple[str, int]] = field(default_factory=Counter)
    committees: list[Row] = field(default_factory=list)
    mediators: dict[str, list[Row]] = field(default_factory=dict)

    def open(self, batch: Batch) -> None:
        """Put the committees and their mediators on the heap; once, before the first case."""
        for name, short, kind in disputes.COMMITTEES:
            committee: Row = {
                "record_id": self.dice.id_at(self.begun),
                "name": name,
                "short_name": short,
                "kind": kind,
                "court": "示例区人民法院",
                "head_name": people.name(self.dice),
                "number_device": self.device_id,
                "number_year": self.begun.year,
                "number_from": 1,
            }
            self.committees.append(committee)
            batch.add("committee", committee)
            self.mediators[str(committee["record_id"])] = [
                self._mediator(batch, committee) for _n in range(4)
            ]

    def counters(self) -> Iterator[NumberCounter]:
        """Yield the case numbers spent, so that the desk goes on from them."""
        for (committee_id, year), last in self.spent.items():
            yield NumberCounter(kind=f"case:{committee_id}", letter="", year=year, last=last)

    def case(self, batch: Batch, at: datetime, number: str, told: Row | None = None) -> str:
        """Put one case registered at that moment on the heap; return its id.

        `told` are fields of the case and of its first applicant that a visit brought along: title, summary,
        matter_id, party.
        """
        dice = self.dice
        age = (self.rules.until - at.date()).days
        state = dice.of(_FRESH if age < _FRESH_DAYS else _LATER)
        last = dice.of(_BEFORE_ARCHIVE) if state == "archived" else state
        case = self._case(at, number, told or {})
        dispute = case.pop("dispute")
        committee = dice.early(self.committees)
        small = last not in FAILED | RUNNING | NOT_ACCEPTED and dice.happens(70)
        case |= {"state": state, "committee_id": committee["record_id"], "small": small}
        case["difficulty"] = "simple" if small else "hard" if dice.happens(8) else "ordinary"
        work = CaseWork(dice, self.rules.until, batch, case, dispute, at, last)
        work.parties((told or {}).get("party"))
        if last not in NOT_ACCEPTED:
            self._accept(case, committee, at)
            work.mediators(self.mediators[str(committee["record_id"])])
        work.end(archived=state == "archived")
        batch.add("mediation", case)
        terms = search_index.case_terms(
            numbers=[number, str(case.get("case_no", ""))],
            names=[str(party["name"]) for party in work.people],
            phones=[str(party["phone"]) for party in work.people],
            id_numbers=[str(party["id_no"]) for party in work.people],
            texts=[str(case["title"]), str(case.get("case_no", "")), str(case["summary"])],
        )
        batch.find_by(at, "mediation", str(case["record_id"]), terms)
        return str(case["record_id"])

    def _mediator(self, batch: Batch, committee: Row) -> Row:
        mediator: Row = {
            "record_id": self.dice.id_at(self.begun),
            "committee_id": committee["record_id"],
            "name": people.name(self.dice),
            "kind": self.dice.one(("member", "member", "engaged")),
            "sex": self.dice.one("12"),
            "phone": people.phone(self.dice),
            "state": "active",
        }
        batch.add("mediator", mediator)
        return mediator

    def _case(self, at: datetime, number: str, told: Row) -> Row:
        dice = self.dice
        dispute = disputes.DISPUTES[0] if told else dice.early(disputes.DISPUTES)
        source = "application" if told else dice.of(_SOURCES)
        referred = source not in {"application", "initiative"}
        return {
            "record_id": dice.id_at(at),
            "number": number,
            "matter_id": told.get("matter_id", ""),
            "title": told.get("title") or dice.one(dispute.titles),
            "summary": told.get("summary") or dice.say(dispute.facts),
            "dispute_type": dispute.type,
            "dispute": dispute,
            "source": source,
            "referral_letter": "委托调解函" if referred else "",
            "applied_on": None if source == "initiative" else at.date(),
            "oral_application": dice.happens(60),
            "informed_ack": True,
            "competence": dice.one(("arose_here", "arose_here", "lives_here")),
            "registered_at": at,
            "registrar_id": self.registrar_id,
            "registrar_name": "周某某",
            "headcount": 2,
            "profile_version": self.rules.profile.version,
        }

    def _accept(self, case: Row, committee: Row, at: datetime) -> None:
        accepted = min(at.date() + timedelta(days=self.dice.between(0, 2)), self.rules.until)
        key = (str(committee["record_id"]), accepted.year)
        self.spent[key] += 1
        pattern = case_pattern(self.rules.profile.text("number.mediation_case", accepted))
        case["accepted_on"] = accepted
        case["case_no"] = case_number(pattern, str(committee["short_name"]), accepted.year, self.spent[key])
