"""Matters of the seed are lifelike: topics skewed, words of realistic length, ends that fit their outcome."""

from collections import Counter
from datetime import date, timedelta

from desk.rules.labels import LEVEL, OUTCOME
from desk.services.profile import load_default
from desk.services.seed import matters
from desk.services.seed.batch import Batch
from desk.services.seed.dice import Dice
from desk.services.seed.matters import Rules
from desk.services.seed.people import Row
from tests.factories import MORNING

RULES = Rules(load_default(), date(2026, 11, 20))


def made(count: int, **visit: object) -> list[Row]:
    dice = Dice(5)
    facts = {"record_id": "v1", "finished_at": MORNING, "safety": "none"} | visit
    return [matters.matter(dice, RULES, facts, "柳溪社区") for _n in range(count)]


def test_topics_and_outcomes_are_skewed_and_words_long_enough() -> None:
    rows = made(1000)
    topics = Counter(row["category"] for row in rows)
    assert topics["urban/排水"] > 4 * min(topics.values())
    assert {row["outcome"] for row in rows} == set(OUTCOME)
    lengths = sorted(len(row["statement"]) for row in rows)
    assert lengths[0] > 30
    assert 80 < lengths[500] < 200
    assert not any("{" in row["statement"] + row["subject"] + row["request"] for row in rows)


def test_an_end_fits_its_outcome() -> None:
    """product.md, Words: answered and guided matters are closed at once; open ones have a clock (DL-01)."""
    for row in made(300):
        assert row.get("level", "") in {*LEVEL, ""}
        if row["outcome"] in {"answered", "guided"}:
            assert (row["state"], row["closed_at"]) == ("closed", MORNING)
            assert "tell_by" not in row
        else:
            assert row["tell_by"] > MORNING.date()
            assert row["closed_at"] > MORNING


def test_matters_of_the_last_days_are_mostly_open() -> None:
    last = MORNING.replace(year=2026, month=11, day=19)
    states = Counter(row["state"] for row in made(300, finished_at=last) if "tell_by" in row)
    assert states["open"] > states["closed"] > 0
    closed = [row["closed_at"] for row in made(300, finished_at=last) if row["state"] == "closed"]
    assert max(closed) <= last + timedelta(days=1)


def test_accusations_are_guided_to_the_discipline_bodies() -> None:
    assert {(row["outcome"], row["guide_to"]) for row in made(20, safety="accusation")} == {
        ("guided", "纪检监察机关（举报电话 12388）")
    }


def test_what_is_closed_was_answered() -> None:
    dice, batch = Dice(5), Batch()
    rows = made(200)
    for row in rows:
        matters.add_replies(dice, batch, row, {"record_id": "v1", "finished_at": MORNING}, "李某某")
    assert {row["matter_id"] for row in batch.rows["reply"]} == {row["record_id"] for row in rows}
    assert all(row["text"] for row in batch.rows["reply"])
    assert Counter(row["about"] for row in batch.rows["rating"])["reception"] > 120
