"""时间, told from the rows."""

from datetime import date

from tests.unit.services.mediation.case_stage import CaseStage


def test_what_happened_and_what_is_to_come(room: CaseStage) -> None:
    card = room.services.cases.settle(room.small()).value
    told = [(entry.label, entry.text) for entry in card.timeline if not entry.upcoming]
    assert told == [
        ("登记", "TJ2026-A0001"),
        ("申请", "书面申请"),
        ("征求意见", "冯某同意调解"),
        ("受理", "〔2026〕示例人调字第27号"),
        ("达成协议", "3 项约定"),
    ]
    ahead = [(entry.label, entry.day) for entry in card.timeline if entry.upcoming]
    assert ahead == [
        ("第 1 条", date(2026, 11, 30)),
        ("第 2 条", date(2026, 12, 10)),
        ("回访", date(2026, 12, 25)),
    ]


def test_sq01_sq03_of_a_written_agreement_the_last_day_to_ask_the_court_stands_ahead(room: CaseStage) -> None:
    card = room.services.cases.get(room.agreed())
    ahead = {entry.label: entry.day for entry in card.timeline if entry.upcoming}
    assert ahead["司法确认"] == date(2026, 12, 23)
