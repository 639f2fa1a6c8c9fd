"""Deputies of the seed have mandates and come on duty."""

from datetime import timedelta

from desk.services.seed import deputies
from desk.services.seed.dice import Dice
from tests.factories import MORNING


def test_who_left_receives_nobody() -> None:
    roster = deputies.roster(Dice(1), MORNING)
    departed = {row["record_id"] for row in roster.rows["deputy"] if row["state"] == "departed"}
    assert len(roster.rows["deputy"]) == deputies.HOW_MANY
    assert departed
    assert not departed & {deputy.id for deputy in roster.deputies}


def test_levels_are_those_of_the_mandates() -> None:
    roster = deputies.roster(Dice(1), MORNING)
    words = {"镇": 5, "县": 4, "市": 3}
    for deputy in roster.deputies:
        mandates = [row["level"] for row in roster.rows["mandate"] if row["deputy_id"] == deputy.id]
        assert [words[word] for word in deputy.levels_text.split("、")] == mandates


def test_a_duty_names_its_deputy() -> None:
    deputy = deputies.SeededDeputy("d1", "李某某", "镇")
    row = deputies.duty(Dice(1), deputy, MORNING, MORNING + timedelta(hours=7))
    assert (row["deputy_id"], row["name_told"], row["started_at"]) == ("d1", "李某某", MORNING)
