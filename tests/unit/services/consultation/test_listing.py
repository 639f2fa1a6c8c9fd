"""The list: newest first, keyset pages, chips, filters, and rights (FL-12); its plan needs no sort."""

from dataclasses import replace
from datetime import timedelta

from desk import clock
from desk.services.consultation import access, listing
from desk.services.consultation.forms import OpponentForm
from desk.services.consultation.values import ConsultationFilter
from tests import factories
from tests.fakes import FakeClock
from tests.models.plans import plan
from tests.unit.services.consultation.advice_stage import AdviceStage


def numbers(advice: AdviceStage, **narrow: object) -> list[str]:
    found = advice.desk.consultations.page(ConsultationFilter(**narrow))  # type: ignore[arg-type]
    return [row.number[-4:] for row in found.rows]


def several(advice: AdviceStage, fake_clock: FakeClock) -> None:
    """A finished one, one under way, one referred, a day apart each."""
    advice.finished()
    fake_clock.forward(days=1)
    advice.checked(name="孙某某", phone="13900000111", topics=("labour",), question="拖欠工资怎么办？")
    fake_clock.forward(days=1)
    desk = advice.desk.consultations
    made = desk.register(advice.form(name="李某某", phone="", topics=("criminal",))).value
    desk.refer(made.id, replace(desk.form(made.id), disposition="hotline", referred_to="12348"))


def test_newest_first_page_by_page(advice: AdviceStage, fake_clock: FakeClock) -> None:
    several(advice, fake_clock)
    page = advice.desk.consultations.page(limit=2)
    assert [row.number[-4:] for row in page.rows] == ["0003", "0002"]
    rest = advice.desk.consultations.page(after=page.next_key, limit=2)
    assert ([row.number[-4:] for row in rest.rows], rest.next_key) == (["0001"], None)


def test_chips_and_filters(advice: AdviceStage, fake_clock: FakeClock) -> None:
    several(advice, fake_clock)
    counts = {each.label: each.count for each in advice.desk.consultations.counts()}
    assert counts == {"办理中": 1, "已约期": 0, "已结束": 1, "已转出": 1}
    assert numbers(advice, group="open") == ["0002"]
    assert numbers(advice, category="civil") == ["0002", "0001"]
    assert numbers(advice, disposition="hotline") == ["0003"]
    assert numbers(advice, text="工资") == ["0002"]
    assert numbers(advice, text="0173") == ["0003", "0002", "0001"]
    assert numbers(advice, adviser_id=advice.second_id) == []
    today = clock.today()
    assert numbers(advice, day_from=today, day_to=today) == ["0003"]
    assert numbers(advice, day_to=today - timedelta(days=2)) == ["0001"]


def test_fl12_a_clerk_lists_only_what_they_wrote_and_is_not_ended(advice: AdviceStage) -> None:
    advice.checked()
    clerk = advice.by("clerk")
    clerk.desk.consultations.register(clerk.form(name="李某某"))
    assert [row.name for row in clerk.desk.consultations.page().rows] == ["李某某"]
    assert sum(each.count for each in clerk.desk.consultations.counts()) == 1
    assert len(advice.desk.consultations.page().rows) == 2


def test_a_hit_is_said_in_the_list(advice: AdviceStage) -> None:
    advice.finished()
    advice.checked(name="冯某某", phone="13900000173", opponents=(OpponentForm("钱某某"),))
    labels = {row.state_label for row in advice.desk.consultations.page().rows}
    assert labels == {"请换人解答", "已结束"}


def test_no_page_is_sorted(advice: AdviceStage) -> None:
    with advice.store.write("u") as rows:
        rows.add_all(factories.consultation(consulted_at=clock.now()) for _ in range(3))
    with advice.store.read() as rows:
        query = listing.page_query(
            rows, access.reader_of(advice.session), ConsultationFilter(), f"{clock.now().isoformat()}|x"
        )
    steps = plan(advice.store, query.limit(50))
    assert "ix_consultation_list" in str(steps)
    assert "TEMP B-TREE" not in str(steps)
