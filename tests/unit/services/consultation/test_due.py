"""What is due of consultations, in 今日 too: appointments, letters, open answers; no words (FL-10, 12)."""

from dataclasses import replace
from datetime import timedelta

from desk import clock
from desk.services.consultation import access, due
from desk.services.consultation.forms import OpponentForm
from desk.services.today import TodayDesk
from tests.fakes import FakeClock
from tests.unit.services.consultation.advice_stage import AdviceStage


def items(advice: AdviceStage) -> list[tuple[str, str]]:
    with advice.store.read() as rows:
        found = due.due_items(
            rows, access.reader_of(advice.session), advice.visits.profiles.current(), clock.today()
        )
    return [(item.word, item.text) for item in found]


def test_an_appointment_of_today_or_tomorrow(advice: AdviceStage, fake_clock: FakeClock) -> None:
    card = advice.checked()
    desk = advice.desk.consultations
    at = clock.now() + timedelta(days=2, hours=1)
    desk.appoint(card.id, replace(desk.form(card.id), appointment_at=at))
    assert items(advice) == []
    fake_clock.forward(days=1)
    assert items(advice) == [("约定 11-25 10:00", "法律咨询 ZX2026-A0001 钱某某")]
    fake_clock.forward(days=2)
    assert items(advice)[0][0] == "约期已过"


def test_fl10_letters_and_messages_have_their_day(advice: AdviceStage, fake_clock: FakeClock) -> None:
    advice.desk.consultations.register(advice.form(channel="letter"))
    advice.desk.consultations.register(advice.form(channel="network", name="李某某"))
    words = [word for word, _text in items(advice)]
    assert words == ["截至 11 月 24 日 09:00", "截至 12 月 2 日（含当日）"]
    fake_clock.forward(days=2)
    assert items(advice)[0][0] == "逾期未答"


def test_a_hit_waits_for_another_adviser_and_a_question_for_its_answer(
    advice: AdviceStage, fake_clock: FakeClock
) -> None:
    advice.finished()
    advice.checked(name="冯某某", phone="13900000173", opponents=(OpponentForm("钱某某"),))
    advice.checked(name="李某某", phone="")
    assert [word for word, _text in items(advice)] == ["请换人解答"]
    fake_clock.forward(days=1)
    assert sorted(word for word, _text in items(advice)) == ["待解答", "请换人解答"]
    # Neither has a day: they run out no earlier than a term of yesterday.
    with advice.store.read() as rows:
        reader, profile = access.reader_of(advice.session), advice.visits.profiles.current()
        assert {each.due for each in due.due_items(rows, reader, profile, clock.today())} == {None}


def test_today_tells_a_lawyer_without_visits_and_a_clerk_of_their_own(
    advice: AdviceStage, fake_clock: FakeClock
) -> None:
    clerk = advice.by("clerk")
    clerk.desk.consultations.register(clerk.form())
    advice.desk.consultations.register(advice.form(name="李某某"))
    fake_clock.forward(days=1)

    def shown(stage: AdviceStage) -> list[str]:
        today = TodayDesk(stage.store, stage.session, stage.visits.profiles).get()
        return [item.text for item in today.due if item.noun == "consultation"]

    assert len(shown(advice)) == 2
    assert shown(clerk) == ["法律咨询 ZX2026-A0001 钱某某"]
    assert shown(advice.by("mediator")) == []


def test_the_badge_counts_what_is_under_way(advice: AdviceStage) -> None:
    advice.finished()
    advice.checked(name="李某某", phone="")
    with advice.store.read() as rows:
        assert due.badge(rows, access.reader_of(advice.session)) == 1


def test_what_has_a_day_is_never_crowded_out(advice: AdviceStage, fake_clock: FakeClock) -> None:
    """FL-10: however many wait without a day, letters and appointments are all told."""
    for _n in range(25):
        advice.desk.consultations.register(advice.form())
    fake_clock.forward(days=1)
    card = advice.checked(name="李某某")
    desk = advice.desk.consultations
    at = clock.now() + timedelta(hours=3)
    desk.appoint(card.id, replace(desk.form(card.id), appointment_at=at))
    for _n in range(25):
        advice.desk.consultations.register(advice.form(channel="letter", name="王某某"))
    words = [word for word, _text in items(advice)]
    assert sum(word.startswith("约定") for word in words) == 1
    assert sum(word.startswith("截至") for word in words) == 25
