"""Lines of consultations in the search: where the match stands decides what is shown."""

from desk.models.store import Store
from desk.services import search_consultations
from desk.services.consultation import access
from tests.fakes import FakeClock
from tests.unit.services.consultation.advice_stage import AdviceStage, build


def titles(advice: AdviceStage, typed: str) -> list[str]:
    with advice.store.read() as rows:
        ids = list(search_consultations.matching(rows, typed, 5))
        lines = search_consultations.lines(rows, access.reader_of(advice.session), ids, typed)
    return [title for _id, title, _subtitle, _marks in lines]


def test_the_words_around_the_match_are_shown(store: Store, fake_clock: FakeClock) -> None:
    advice = build(store)
    number = advice.finished().number
    assert titles(advice, "赔一半")[0].startswith("钱某某 · …里泡了，对方只肯赔一半")
    assert titles(advice, "保留证据") == ["钱某某 · …要求全部赔偿，先保留证据。"]
    assert titles(advice, number) == [f"{number} · 钱某某"]


def test_a_line_of_somebody_elses_is_left_out(store: Store, fake_clock: FakeClock) -> None:
    advice = build(store)
    advice.finished()
    assert titles(advice.by("clerk"), "漏水") == []
