"""Visits of the seed, each with everything a finished visit leaves behind."""

import hashlib
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from desk.models.matter import Matter
from desk.models.person import Person
from desk.models.visit import Visit
from desk.rules import receipts
from desk.rules.numbers import SPOKEN_RANDOM, Number, NumberPattern, new_spoken
from desk.services import conflicts, search_index
from desk.services.seed import consultations, matters, people, words
from desk.services.seed.batch import Batch
from desk.services.seed.cases import Room
from desk.services.seed.deputies import SeededDeputy
from desk.services.seed.dice import Dice
from desk.services.seed.matters import LINKED, Rules
from desk.services.seed.people import Row

_KINDS = {
    "station": 70,
    "phone": 12,
    "wechat": 6,
    "outreach": 5,
    "appointment": 4,
    "message": 2,
    "deputy_day": 1,
}
_SAFE = {"confidential": 60, "domestic_violence": 20, "accusation": 20}
_SAFE_PERCENT = 2
_ANONYMOUS_PERCENT = 2
_NEW_PERSON_PERCENT = 40
_GROUP_PERCENT = 4


@dataclass(frozen=True)
class Desk:
    """Who writes the visits down: this PC's letter and signing key, the registrar, the rules."""

    letter: str
    key_id: str
    signing_key: Ed25519PrivateKey
    registrar_id: str
    rules: Rules


@dataclass
class Reception:
    """Makes visit after visit; remembers who came before and which numbers are spent."""

    desk: Desk
    dice: Dice
    room: Room
    spent: Counter[tuple[str, int]] = field(default_factory=Counter)
    _known: list[Row] = field(default_factory=list)
    _spoken: set[str] = field(default_factory=set)

    def receive(self, batch: Batch, at: datetime, receivers: list[SeededDeputy]) -> None:
        """Put one finished visit, received at that moment, on the heap."""
        dice = self.dice
        safety = dice.of(_SAFE) if dice.happens(_SAFE_PERCENT) else "none"
        person, is_new = self._visitor(at)
        anonymous = safety == "none" and dice.happens(_ANONYMOUS_PERCENT)
        linked = not anonymous and (safety == "none" or not is_new)
        visit = self._visit(at, person, safety, anonymous=anonymous)
        if linked:
            visit["person_id"] = person["record_id"]
            if is_new:
                self._known.append(person)
                batch.add("person", person)
                found_by = search_index.person_terms(Person(**person))
                batch.find_by(at, "person", str(person["record_id"]), found_by)
        batch.add("visit", visit)
        for deputy in receivers:
            batch.add("receiver", _receiver(dice, at, visit, deputy))
        companions = self._companions(batch, visit, at)
        row = matters.matter(dice, self.desk.rules, visit, _community(person))
        batch.add("matter", row)
        if row["outcome"] in conflicts.FILED_OUTCOMES and not anonymous:
            visit_id = str(visit["record_id"])
            batch.compare(("visit", visit_id, visit_id, "ours"), person)
        number = self._linked(batch, row, visit, person)
        matters.add_replies(dice, batch, row, visit, receivers[0].name)
        self._papers(batch, visit, at)
        terms = search_index.visit_terms(Visit(**visit), Matter(**row), companions, number)
        batch.find_by(at, "visit", str(visit["record_id"]), terms)

    def _visitor(self, at: datetime) -> tuple[Row, bool]:
        if self._known and not self.dice.happens(_NEW_PERSON_PERCENT):
            return self.dice.early(self._known), False
        return people.person(self.dice, self.dice.id_at(at)), True

    def _visit(self, at: datetime, person: Row, safety: str, *, anonymous: bool) -> Row:
        dice = self.dice
        arrived = at - timedelta(minutes=dice.between(0, 25))
        finished = dice.later(at, 8, 40)
        told = {} if anonymous else _told(person)
        return told | {
            "record_id": dice.id_at(arrived),
            "number": self.number("visit", at.year),
            "spoken": self._new_spoken(),
            "kind": dice.of(_KINDS),
            "state": "finished",
            "safety": safety,
            "safe_contact": "只在工作日上午打电话，不发短信" if safety != "none" else "",
            "anonymous": anonymous,
            "sex_told": person["sex"],
            "headcount": 1,
            "own_voter": dice.one(("yes", "yes", "yes", "no", "unknown")),
            "first_or_repeat": "repeat" if dice.happens(25) else "first",
            "arrived_at": arrived,
            "received_at": at,
            "finished_at": finished,
            "entered_at": arrived,
            "registrar_id": self.desk.registrar_id,
            "smile_at": at if dice.happens(96) else None,
            "tea_at": at if dice.happens(96) else None,
            "comfort_at": finished if dice.happens(40) else None,
            "comfort_note": dice.one(words.COMFORTS) if dice.happens(6) else "",
            "profile_version": self.desk.rules.profile.version,
        }

    def number(self, kind: str, year: int) -> str:
        """Spend the next number of a kind and year."""
        self.spent[kind, year] += 1
        pattern = NumberPattern(self.desk.rules.profile.text(f"number.{kind}", self.desk.rules.until))
        return pattern.format(Number(year, self.spent[kind, year], self.desk.letter))

    def _new_spoken(self) -> str:
        while (drawn := new_spoken(self.dice.bytes(SPOKEN_RANDOM))) in self._spoken:
            pass
        self._spoken.add(drawn)
        return drawn

    def _companions(self, batch: Batch, visit: Row, at: datetime) -> list[str]:
        if not self.dice.happens(_GROUP_PERCENT):
            return []
        names = [people.name(self.dice) for _n in range(self.dice.between(1, 4))]
        visit["headcount"] = len(names) + 1 + self.dice.between(0, 6)
        for name in names:
            batch.add(
                "companion",
                {"record_id": self.dice.id_at(at), "visit_id": visit["record_id"], "name_told": name},
            )
        return names

    def _linked(self, batch: Batch, row: Row, visit: Row, person: Row) -> str:
        noun = LINKED.get(str(row["outcome"]))
        if noun is None:
            return ""
        at: datetime = visit["finished_at"]
        number = self.number(noun, at.year)
        if noun == "mediation":
            told: Row = {"matter_id": row["record_id"], "title": row["subject"], "summary": row["statement"]}
            told |= {"party": person if visit.get("person_id") else None}
            self.room.case(batch, at, number, told)
            return number
        linked: Row = {"record_id": self.dice.id_at(at), "matter_id": row["record_id"], "number": number}
        if noun == "proposal":
            linked |= {"level": row["level"], "unit": row["proposed_unit"], "fast_track": row["fast_track"]}
        else:
            linked = consultations.consultation(batch, linked, visit, row, self.desk.rules.until)
            if not visit["anonymous"]:
                batch.compare(
                    ("consultation", str(linked["record_id"]), str(linked["record_id"]), "ours"), person
                )
        batch.add(noun, linked)
        return number

    def _papers(self, batch: Batch, visit: Row, at: datetime) -> None:
        """Consent, receipt with its signed code, and its print."""
        dice, visit_id = self.dice, visit["record_id"]
        batch.add(
            "consent",
            {
                "record_id": dice.id_at(at),
                "visit_id": visit_id,
                "notice_version": "1",
                "told_at": at,
                "told_by": self.desk.registrar_id,
                "phone_ok": dice.happens(90),
                "contact_ok": dice.happens(60),
            },
        )
        receipt_id, token = dice.id_at(at), dice.bytes(receipts.TOKEN_LENGTH)
        numbers: Row = {"number": visit["number"], "spoken": visit["spoken"]}
        batch.add(
            "receipt",
            numbers
            | {
                "record_id": receipt_id,
                "visit_id": visit_id,
                "token_sha256": hashlib.sha256(token).hexdigest(),
                "key_id": self.desk.key_id,
                "issued_at": at,
                "plain": visit["safety"] != "none",
            },
        )
        batch.secrets.append((receipt_id, token, self._code(token, at)))
        if dice.happens(92):
            job: Row = {"record_id": dice.id_at(at), "paper": "receipt", "target_id": visit_id, "at": at}
            batch.add("print_job", job | {"number": visit["number"], "state": "printed", "copies": 1})

    def _code(self, token: bytes, at: datetime) -> str:
        body = receipts.ReceiptBody(bytes.fromhex(self.desk.key_id), token, at.date())
        return receipts.pack(body, self.desk.signing_key.sign(receipts.signed_part(body)))


def _told(person: Row) -> Row:
    told = {
        "name_told": "name",
        "phone_told": "phone",
        "id_no_told": "id_no",
        "address_told": "address",
        "grid_told": "grid",
    }
    return {field: person[source] for field, source in told.items() if person.get(source)}


def _receiver(dice: Dice, at: datetime, visit: Row, deputy: SeededDeputy) -> Row:
    return {
        "record_id": dice.id_at(at),
        "visit_id": visit["record_id"],
        "deputy_id": deputy.id,
        "name": deputy.name,
        "levels_text": deputy.levels_text,
    }


def _community(person: Row) -> str:
    return next((each for each in words.COMMUNITIES if each in str(person["address"])), words.COMMUNITIES[0])
