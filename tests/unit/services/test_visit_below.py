"""What lies below visits: each part by its visit, the newest counts, void rows do not."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from desk.models.matter import Matter
from desk.models.visit import Visit
from desk.services import visit_below
from desk.services.visit_below import Below
from tests import factories
from tests.unit.services.visit_stage import Stage

AT = factories.MORNING
DAY = date(2026, 12, 1)


@pytest.fixture
def below(stage: Stage) -> Below:
    with stage.store.write("u1") as rows:
        rows.add_all([factories.visit(record_id="v1", state="received"), factories.visit(record_id="v2")])
        rows.add_all(
            [
                factories.matter(
                    record_id="m1", visit_id="v1", outcome="proposed", tell_by=date(2026, 12, 1)
                ),
                factories.matter(record_id="m9", visit_id="v1", outcome="answered"),
                factories.receiver(visit_id="v1", name="王某某", levels_text="市"),
                factories.receiver(visit_id="v1", name="李某某", levels_text=""),
                factories.rating(visit_id="v1", about="reception", value="good", rated_at=AT + timedelta(1)),
                factories.rating(visit_id="v1", about="reception", value="bad", rated_at=AT),
                factories.reply(matter_id="m1", replied_at=AT + timedelta(2)),
                factories.reply(matter_id="m1", replied_at=AT),
                factories.proposal(matter_id="m1", number="JY-1"),
                factories.companion(visit_id="v1"),
                factories.companion(visit_id="v1"),
                factories.consent(visit_id="v1"),
                factories.report(visit_id="v1", kind="minor", recipient="派出所"),
                factories.print_job(target_id="v1", paper="receipt", state="printed"),
                factories.print_job(target_id="v2", paper="receipt", state="failed"),
            ]
        )
    with stage.store.write("u1") as rows:
        wrong = factories.receiver(visit_id="v2", name="赵某某")
        rows.add(wrong)
        rows.flush()
        wrong.tombstone("登记更正")
    with stage.store.read() as rows:
        visits = list(rows.scalars(select(Visit).where(Visit.record_id.in_(["v1", "v2"]))))
        return visit_below.find(rows, visits)


def test_the_first_matter_counts_and_its_day_is_one(below: Below) -> None:
    assert (below.matters["v1"].record_id, below.matters["v1"].tell_by) == ("m1", DAY)
    assert "v2" not in below.matters
    assert below.links == {"m1": "JY-1"}


def test_a_matter_in_hand_says_what_would_be_read(below: Below, stage: Stage) -> None:
    del below
    with stage.store.read() as rows:
        visit = rows.get_one(Visit, "v1")
        matter = rows.get_one(Matter, "m1")
        assert visit_below.find(rows, [visit], matter) == visit_below.find(rows, [visit])


def test_receivers_stand_in_the_order_they_were_written_and_void_ones_do_not(below: Below) -> None:
    assert below.receivers == {"v1": [("王某某", "市"), ("李某某", "")]}


def test_the_newest_rating_and_reply_count(below: Below) -> None:
    assert below.ratings == {("reception", "v1"): "good"}
    assert below.replied == {"m1": AT + timedelta(2)}


def test_of_a_visit_under_way_the_rest_is_known_too(below: Below) -> None:
    assert below.companions == {"v1": 2}
    assert below.told == {"v1"}
    assert below.reports == {"v1": ("minor", "派出所")}


def test_only_what_was_handed_over_is_printed(below: Below) -> None:
    assert below.printed == {"v1"}
