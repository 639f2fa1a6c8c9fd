"""What a visitor of the seed wants, and what became of it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from desk.rules import deadlines, local_rules
from desk.rules.profile import Profile
from desk.rules.workdays import Calendar
from desk.services.seed import words
from desk.services.seed.batch import Batch
from desk.services.seed.dice import Dice
from desk.services.seed.people import Row
from desk.services.visit_finish import CLOSED_LEVELS

_OUTCOMES = {"answered": 44, "proposed": 27, "triage": 9, "guided": 9, "mediation": 7, "consultation": 4}
_LEVELS = {"village": 55, "town": 32, "county": 12, "city": 1}
_STILL_OPEN_DAYS = 20
_RATINGS = {"satisfied": 84, "basic": 11, "unsatisfied": 2, "declined": 3}
_TELL_WHERE = "term.tell_where"
LINKED = {"proposed": "proposal", "mediation": "mediation", "consultation": "consultation"}
"""Outcomes that make a record with a number of its own."""


@dataclass(frozen=True)
class Rules:
    """What the profile says on the last day of the seed."""

    profile: Profile
    until: date

    @cached_property
    def calendar(self) -> Calendar:
        """The working days known."""
        return local_rules.calendar(self.profile, self.until)

    def tell_by(self, received_on: date) -> date:
        """Return by when the station tells where a matter went (DL-01…06)."""
        term = self.profile.term(_TELL_WHERE, received_on)
        return deadlines.due(received_on, term, self.calendar).date

    @property
    def tell_rule(self) -> str:
        """The rule such a date came from."""
        return f"{self.profile.version} {_TELL_WHERE}"


def matter(dice: Dice, rules: Rules, visit: Row, community: str) -> Row:
    """Return the fields of a visit's matter: a topic the oftener the commoner, some hundred characters."""
    topic = dice.early(words.TOPICS)
    finished: datetime = visit["finished_at"]
    accused = visit["safety"] == "accusation"
    outcome = "guided" if accused else dice.of(_OUTCOMES)
    row: Row = {
        "record_id": dice.id_at(finished),
        "visit_id": visit["record_id"],
        "subject": dice.say(topic.subjects, community),
        "statement": _statement(dice, topic, community),
        "request": "".join(dice.say(topic.requests, community) for _n in range(dice.between(1, 2))),
        "deputy_view": dice.say(words.VIEWS) if dice.happens(60) else "",
        "category": topic.category,
        "outcome": outcome,
    }
    row |= _end(dice, rules, outcome, finished)
    if outcome == "answered":
        row["answer_text"] = dice.say(words.ANSWERS)
    elif outcome == "guided":
        key = "guide.accusation" if accused else dice.one(("guide.petition", "guide.hotline"))
        row |= {"guide_to": rules.profile.text(key, rules.until), "guide_reason": "不属于本站受理范围。"}
    elif outcome == "proposed":
        level = dice.of(_LEVELS)
        row |= {"level": level, "proposed_unit": dice.one(words.UNITS), "fast_track": dice.happens(20)}
    return row


def add_replies(dice: Dice, batch: Batch, row: Row, visit: Row, by_name: str) -> None:
    """Put the answer and the ratings that go with a matter on the heap."""
    finished: datetime = visit["finished_at"]
    rated = dice.later(finished, 0, 2)
    if dice.happens(72):
        batch.add("rating", _rating(dice, "reception", row, visit, rated))
    if row["state"] != "closed":
        return
    on_the_spot = row["outcome"] in CLOSED_LEVELS
    closed: datetime = row["closed_at"]
    batch.add(
        "reply",
        {
            "record_id": dice.id_at(closed),
            "matter_id": row["record_id"],
            "replied_at": closed,
            "way": "onsite" if on_the_spot else dice.one(("phone", "phone", "visit", "wechat", "paper")),
            "text": row.get("answer_text") or row.get("guide_reason") or dice.say(words.REPLIES),
            "by_name": by_name,
        },
    )
    if dice.happens(30):
        batch.add("rating", _rating(dice, "result", row, visit, dice.later(closed, 60, 2000)))


def _statement(dice: Dice, topic: words.Topic, community: str) -> str:
    said = [dice.say(topic.sentences, community)]
    said += [each.format(**_places(dice, community)) for each in dice.some(words.PADDING, dice.between(1, 6))]
    return "".join(said)


def _places(dice: Dice, community: str) -> Row:
    return {
        "community": community,
        "building": dice.between(1, 48),
        "count": dice.between(2, 19),
        "month": dice.between(1, 12),
    }


def _end(dice: Dice, rules: Rules, outcome: str, finished: datetime) -> Row:
    """Close at once what is answered or guided, later most of the rest; the last weeks are still open."""
    if outcome in CLOSED_LEVELS:
        return {"state": "closed", "level": CLOSED_LEVELS[outcome], "closed_at": finished}
    open_now = (rules.until - finished.date()).days < _STILL_OPEN_DAYS and dice.happens(70)
    end: Row = {"tell_by": rules.tell_by(finished.date()), "tell_by_rule": rules.tell_rule}
    if open_now:
        return end | {"state": "open"}
    last = datetime.combine(rules.until, finished.timetz())
    return end | {"state": "closed", "closed_at": min(finished + timedelta(days=dice.between(1, 40)), last)}


def _rating(dice: Dice, about: str, row: Row, visit: Row, at: datetime) -> Row:
    return {
        "record_id": dice.id_at(at),
        "about": about,
        "visit_id": visit["record_id"],
        "matter_id": row["record_id"],
        "value": dice.of(_RATINGS),
        "asked_at": at,
        "rated_at": at,
    }
