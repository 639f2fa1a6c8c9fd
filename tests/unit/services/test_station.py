"""The station and the letter of this PC."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from desk.errors import AccessProblem, InputProblem, StoreProblem
from desk.models.audit import Audit
from desk.models.store import Store
from desk.services.overtaken import Overtaken
from desk.services.session import Session, User
from desk.services.station import Stations
from tests.fakes import FakeClock
from tests.stores import KEY
from tests.unit.services.visit_stage import Stage


def stations(stage: Stage, role: str = "head") -> Stations:
    return Stations(stage.store, Session(User("u9", "周某某", frozenset({role})), KEY))


def test_it_tells_who_we_are(stage: Stage) -> None:
    station = stations(stage).get()
    assert (station.name, station.device_letter) == ("示例街道人大代表联络站", "A")


def test_the_head_changes_it_and_it_is_written_down(stage: Stage) -> None:
    service = stations(stage)
    done = service.update(replace(service.get(), phone="0571-11111111", device_letter="Z"))
    assert done.changed == {"station"}
    assert (done.value.phone, done.value.device_letter) == ("0571-11111111", "A")
    with stage.store.read() as rows:
        entry = rows.scalars(select(Audit).where(Audit.action == "setting_change")).one()
    assert entry.fields == "phone"
    assert service.update(service.get()).changed == frozenset()


def test_what_another_desk_changed_stays_or_is_asked_about(stage: Stage) -> None:
    service = stations(stage)
    base = service.get()
    service.update(replace(base, phone="0571-11111111", notice_text="新的告知。"), base=base)
    done = service.update(replace(base, address="示例路 1 号"), base=base).value
    assert (done.phone, done.address, done.notice_text) == ("0571-11111111", "示例路 1 号", "新的告知。")
    assert done.notice_version == "2026 年 11 月 23 日版"
    with pytest.raises(Overtaken):
        service.update(replace(base, phone="0571-22222222"), base=base)


def test_a_new_notice_text_gets_a_new_version(stage: Stage) -> None:
    """PI-03: store notice version and time."""
    service = stations(stage)
    done = service.update(replace(service.get(), notice_text="新的告知。"))
    assert done.value.notice_version == "2026 年 11 月 23 日版"
    kept = service.update(replace(done.value, notice_text="更新的告知。", notice_version="第三版"))
    assert kept.value.notice_version == "第三版"


def test_a_clerk_may_not_and_a_name_is_needed(stage: Stage) -> None:
    with pytest.raises(AccessProblem):
        stations(stage, "clerk").update(stations(stage).get())
    with pytest.raises(InputProblem):
        stations(stage).update(replace(stations(stage).get(), name=" "))


def test_a_store_without_a_station_says_so(store: Store, fake_clock: FakeClock) -> None:
    with pytest.raises(StoreProblem, match="还没有站点资料"):
        Stations(store, Session(User("u1", "钱某某", frozenset({"head"})), KEY)).get()
