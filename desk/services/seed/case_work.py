"""What is done in one seeded case, row by row: parties, sittings, agreement, terms, follow-ups."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final

from desk.rules import mediation_states
from desk.services.seed import disputes, people
from desk.services.seed.batch import Batch
from desk.services.seed.dice import Dice
from desk.services.seed.people import Row

NOT_ACCEPTED: Final = frozenset({*mediation_states.OPEN_TO_REGISTRAR, "rejected"})
"""States a case reaches without a committee's acceptance."""
RUNNING: Final = frozenset(mediation_states.TAKEN)
"""States in which the mediation goes on."""
FAILED: Final = frozenset({"terminated", "refused", "referred_out"})
"""States that end an accepted case without an agreement."""

_GRADES: Final = {"excellent": 30, "qualified": 64, "unqualified": 6}
_RESULT: Final = {"terminated": "failed", "mediating": "continue"}
_SAT: Final = frozenset({"mediating", "terminated"})


@dataclass
class CaseWork:
    """What is done in one case, row by row."""

    dice: Dice
    until: date
    batch: Batch
    case: Row
    dispute: disputes.Dispute
    at: datetime
    last: str
    people: list[Row] = field(default_factory=list)

    def parties(self, first: Row | None) -> None:
        """Put the parties and claims on the heap; those of accepted cases agreed and were told."""
        dice, willing = self.dice, self.last not in NOT_ACCEPTED | {"refused", "accepted"}
        sides = (
            ["applicant", "respondent"] + ["respondent"] * (dice.happens(9)) + ["applicant"] * dice.happens(6)
        )
        for n, side in enumerate(sides, start=1):
            person = first if n == 1 and first else people.person(dice, "")
            party: Row = {
                "record_id": dice.id_at(self.at),
                "mediation_id": self.case["record_id"],
                "side": side,
                "n": n,
                "kind": "natural_person",
                "person_id": person.get("record_id", ""),
                "name": person["name"],
                "sex": person.get("sex", "0"),
                "phone": person.get("phone", ""),
                "address": person.get("address", ""),
                "id_no": person.get("id_no", ""),
                "id_type": "resident_id" if person.get("id_no") else "",
                "birth_date": person.get("birth_date"),
            }
            if willing:
                party |= {"agreed_on": self.at.date(), "told_on": self.at.date(), "told_way": "oral"}
            elif self.last == "refused" and side == "respondent":
                party["refused_on"] = self.at.date()
            self.people.append(party)
            self.batch.add("party", party)
            place = ("mediation", str(party["record_id"]), str(self.case["record_id"]), side)
            self.batch.compare(place, party)
        self.case["headcount"] = len(self.people)
        self._row("claim", {"n": 1, "text": dice.one(self.dispute.claims)})

    def mediators(self, known: list[Row]) -> None:
        """Put one or two of the committee's mediators on the case."""
        for mediator in self.dice.some(known, 1 + self.dice.happens(20)):
            fields = {"mediator_id": mediator["record_id"], "name": mediator["name"], "role": "mediator"}
            self._row("case_mediator", fields | {"chosen_by": "appointed"})

    def end(self, *, archived: bool) -> None:
        """Put on the heap what leads to the state the case is in, and its archive."""
        dice, case = self.dice, self.case
        day = case.get("accepted_on") or self.at.date()
        if self.last in {"investigating"} or (not case["small"] and dice.happens(20)):
            self._inquiry(day)
        if self.last in _SAT or not (case["small"] or self.last in NOT_ACCEPTED | FAILED | RUNNING):
            day = self._sittings(day)
        if self.last in FAILED | {"rejected"}:
            self._failed(day)
        elif self.last not in NOT_ACCEPTED | RUNNING:
            day = self._agreed(day)
        if archived:
            filed = self._by(day, 3, 40)
            case |= {"archived_from": self.last, "archived_on": filed, "filed_on": filed, "keeping": "long"}
            case["first_archived_on"] = filed
            case |= {"filed_by": "周某某", "checked_by": "钱某某", "referred_back_on": filed}
            if dice.happens(90):
                case |= {"grade": dice.of(_GRADES), "graded_on": filed, "graded_by": "周某某"}

    def _inquiry(self, day: date) -> None:
        dice = self.dice
        fields: Row = {
            "n": 1,
            "held_at": datetime.combine(day, self.at.timetz()),
            "place": "纠纷现场",
            "subject": self.case["title"],
            "respondent": self.people[-1]["name"],
            "investigators": "周某某、钱某某",
            "recorder": "钱某某",
            "text": f"问：经过怎样？答：{dice.say(self.dispute.facts)}",
        }
        self._row("inquiry", fields)

    def _sittings(self, day: date) -> date:
        dice = self.dice
        count = dice.between(1, 3)
        for n in range(1, count + 1):
            day = self._by(day, 0, 6)
            last = n == count
            result = _RESULT.get(self.last, "agreed")
            sitting: Row = {
                "n": n,
                "held_at": datetime.combine(day, self.at.timetz()),
                "place": "调解室",
                "openness": "closed",
                "subject": self.case["title"],
                "informed": True,
                "avoidance": "none",
                "talk": dice.one(disputes.TALKS),
                "verification": dice.one(disputes.CHECKS),
                "result": result if last else "continue",
                "fail_reason": dice.one(disputes.END_REASONS) if last and result == "failed" else "",
                "remedies_told": last and result == "failed",
                "recorder": "钱某某",
            }
            self._row("sitting", sitting)
        return day

    def _failed(self, day: date) -> None:
        dice, case = self.dice, self.case
        if self.last == "rejected":
            case |= {"rejected_on": day, "reject_reason": dice.one(disputes.REJECTIONS)}
            return
        case |= {"ended_on": day, "remedies_told_on": day, "end_reason": dice.one(disputes.END_REASONS)}
        if self.last == "terminated":
            case["end_cause"] = dice.one(("no_agreement", "no_agreement", "refused"))
        elif self.last == "refused":
            case |= {"refused_on": day, "refused_by": self.people[1]["name"]}
        else:
            case["referred_to"] = "示例派出所"

    def _agreed(self, day: date) -> date:
        """Put the agreement with terms, signatures and what followed on the heap; return its last day."""
        dice, case = self.dice, self.case
        oral = case["small"] or self.last == "agreed_oral"
        agreement = self._row(
            "agreement",
            {
                "form": "oral" if oral else "written",
                "facts": case["summary"],
                "issues": "数额和期限。",
                "responsibilities": "" if oral else "双方确认各自的责任。",
                "performance_mode": "fixed_date",
                "breach": dice.one(disputes.BREACH),
                "reached_on": day,
                "copies": len(self.people) + 1,
                "recorder": "钱某某",
                "state": "in_force",
            },
        )
        last = self._terms(str(agreement["record_id"]), day)
        if not oral:
            signers = [("party", each["record_id"], each["name"]) for each in self.people]
            places = [*signers, ("mediator", "", ""), ("recorder", "", "钱某某"), ("seal", "", "")]
            for role, signer_id, name in places:
                signed: Row = {"paper": "F-07", "target_id": agreement["record_id"], "role": role}
                signed |= {"signer_id": signer_id, "name": name, "signed_on": day, "way": "signature"}
                self._row("signature", signed)
        if self.last == "followed_up":
            last = self._follow_up(agreement["record_id"], last)
        if not oral and dice.happens(8) and self.last in {"performed", "followed_up"}:
            asked: Row = {"agreement_id": agreement["record_id"], "court": "示例区人民法院"}
            asked |= {"applied_on": day, "applied_way": "written"}
            decided = {"state": "confirmed_valid", "decided_on": self._by(day, 5, 25)}
            self._row("confirmation", asked | decided)
        if dice.happens(3):
            case |= {"prevented": dice.one(("criminal", "petition")), "prevented_people": dice.between(2, 20)}
        return last

    def _terms(self, agreement_id: str, day: date) -> date:
        dice, last = self.dice, day
        for n in range(1, dice.between(1, 3) + 1):
            words = dice.one(self.dispute.terms)
            money = words.endswith("元")
            due = self._ahead(day, 3, 60)
            term: Row = {
                "agreement_id": agreement_id,
                "n": n,
                "kind": "money" if money else "act",
                "text": words.removesuffix("元"),
                "ower_id": self.people[1]["record_id"],
                "ower": self.people[1]["name"],
                "payee": self.people[0]["name"] if money else "",
                "amount": dice.between(*self.dispute.money) * 100 if money else 0,
                "way": "transfer" if money else "own_act",
                "due_on": due,
                "state": "open",
            }
            done = self.last in {"performed", "followed_up"} or (self.last == "partly" and n == 1)
            if done:
                on = min(due, self.until)
                term |= {"state": "performed", "performed_on": on, "performed_amount": term["amount"]}
                last = max(last, on)
            self._row("agreement_term", term)
        return last

    def _follow_up(self, agreement_id: object, day: date) -> date:
        on = self._by(day, 5, 20)
        visited: Row = {
            "agreement_id": agreement_id,
            "party_id": self.people[0]["record_id"],
            "party_name": self.people[0]["name"],
            "visited_at": datetime.combine(on, self.at.timetz()),
            "mode": self.dice.one(("phone", "phone", "visit")),
            "subject": self.case["title"],
            "performance": "performed",
            "satisfaction": self.dice.one(("satisfied", "satisfied", "basic")),
            "visitor": "周某某",
        }
        self._row("follow_up", visited)
        return on

    def _row(self, noun: str, fields: Row) -> Row:
        row = {"record_id": self.dice.id_at(self.at), "mediation_id": self.case["record_id"]} | fields
        self.batch.add(noun, row)
        return row

    def _by(self, day: date, low: int, high: int) -> date:
        """Return a day some days on, not after the last of the seed."""
        return min(self._ahead(day, low, high), self.until)

    def _ahead(self, day: date, low: int, high: int) -> date:
        return day + timedelta(days=self.dice.between(low, high))
