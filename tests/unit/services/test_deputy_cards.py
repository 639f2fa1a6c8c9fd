"""What the wall says of a deputy: public words, active mandates (F-52, ZD-02…04)."""

from typing import Any

import pytest
from sqlalchemy import select

from desk.errors import InputProblem
from desk.models.deputy import Deputy
from desk.models.station import Station
from desk.models.store import Store
from desk.services import deputy_cards
from desk.services.pdf.deputy_wall import DeputyCard
from tests import factories
from tests.paper_desk import set_up


def card(store: Store, mandates: list[dict[str, Any]], **changes: Any) -> DeputyCard:
    set_up(store)
    with store.write("u1") as rows:
        deputy: Deputy = factories.deputy(**changes)
        rows.add(deputy)
        rows.add_all([factories.mandate(deputy_id=deputy.record_id, **mandate) for mandate in mandates])
    with store.read() as rows:
        station = rows.scalars(select(Station)).one()
        return deputy_cards.card(rows, station, deputy.record_id, "")


def test_levels_and_place_come_from_active_mandates(store: Store) -> None:
    shown = card(
        store,
        [
            {"level": 5, "constituency": "第 3 选区"},
            {"level": 2, "constituency": "", "electing_unit": "某市人大"},
            {"level": 4, "constituency": "第 9 选区", "state": "ended"},
        ],
        name="李某",
        sex="2",
    )
    assert (shown.levels, shown.constituency) == ("省 · 镇人大代表", "第 3 选区")
    assert shown.name == "李某（女）"
    assert shown.post == "示例社区书记"


def test_the_electing_unit_stands_where_there_is_no_constituency(store: Store) -> None:
    """ZD-02."""
    shown = card(store, [{"level": 3, "constituency": "", "electing_unit": "示例县人大选举"}])
    assert shown.constituency == "示例县人大选举"


def test_a_street_shows_its_consultative_deputies_as_such(store: Store) -> None:
    """ZD-05."""
    assert card(store, [], consultative=True).levels == "议政代表"


def test_the_code_names_station_and_record_only(store: Store) -> None:
    shown = card(store, [{}], name="李某")
    assert shown.code.startswith("JDT1:S:330106004:")
    assert "李" not in shown.code


def test_who_left_is_not_put_on_the_wall(store: Store) -> None:
    """ZD-04."""
    with pytest.raises(InputProblem, match="已调离"):
        card(store, [{}], state="departed")


def test_the_title_is_the_stations() -> None:
    assert deputy_cards.wall_title("示例镇人大代表联络站") == "示例镇人大代表公示"
