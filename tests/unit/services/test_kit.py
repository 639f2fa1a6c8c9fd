"""The bundle of services, and the house's promise about what they return (house.md, table of rules)."""

import dataclasses
import inspect
import types
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

import pytest
from sqlalchemy.orm import class_mapper

from desk.errors import StoreProblem
from desk.models.base import Base
from desk.models.store import Store
from desk.models.tables import SYNCED
from desk.services import draft_stars, kit
from desk.services.login import Login
from desk.services.visit_values import VisitForm
from desk.settings import TEXT_SIZE
from tests.fakes import FakeClock
from tests.sign_on import CHEAP, SETUP, MemorySecrets

PLAIN = (type(None), str, int, bool, bytes, date, datetime, Path)
NAMES = [
    *(field.name for field in dataclasses.fields(kit.Services) if not field.name.startswith("_")),
    *kit.LATE,
]


@pytest.fixture
def services(tmp_path: Path, fake_clock: FakeClock) -> Iterator[kit.Services]:
    """The services of a station just set up, its head at the desk."""
    login = Login(tmp_path / "desk", secrets=MemorySecrets(), cost=CHEAP)
    opened = login.first_start(SETUP)
    yield kit.build(opened, login)
    opened.store.close()


def verbs(service: type) -> Iterator[tuple[str, Callable[..., Any]]]:
    for name, member in inspect.getmembers(service):
        found = member.fget if isinstance(member, property) else member
        if not name.startswith("_") and callable(found):
            yield name, found


def wrong(kind: Any) -> Iterator[Any]:
    """Yield what a service may not return: anything but plain values and frozen dataclasses, nested too."""
    origin = get_origin(kind)
    if origin is Literal or isinstance(kind, TypeVar):
        return
    if origin in (tuple, Union, types.UnionType, frozenset) or (
        isinstance(origin, type) and issubclass(origin, Mapping)
    ):
        for part in get_args(kind):
            if part is not Ellipsis:
                yield from wrong(part)
        return
    for part in get_args(kind):
        yield from wrong(part)
    bare = origin or kind
    if bare in PLAIN:
        return
    frozen = dataclasses.is_dataclass(bare) and bare.__dataclass_params__.frozen  # type: ignore[union-attr]  # just asked
    if not frozen or issubclass(bare, Base):
        yield bare


def test_what_a_service_returns_is_frozen(services: kit.Services) -> None:
    for service in (type(getattr(services, name)) for name in NAMES):
        for verb, function in verbs(service):
            found = list(wrong(get_type_hints(function)["return"]))
            assert not found, f"{service.__name__}.{verb} returns {found}"


def test_the_check_finds_a_row_and_a_list() -> None:
    from desk.models.visit import Visit

    assert list(wrong(Visit)) == [Visit]
    assert list(wrong(tuple[Visit, ...])) == [Visit]
    assert list(wrong(list[str])) == [list]


def test_the_bundle_is_frozen_and_whole(services: kit.Services) -> None:
    assert all(getattr(services, name) is not None for name in NAMES)
    with pytest.raises(dataclasses.FrozenInstanceError):
        services.visits = None  # type: ignore[misc,assignment]  # that it cannot is what is tested


def test_what_comes_late_is_built_once(services: kit.Services) -> None:
    assert not set(kit.LATE) & set(vars(services))
    services.ready(kit.LATE)
    assert set(kit.LATE) <= set(vars(services))
    assert services.case_papers._cases is services.mediation.cases


def test_a_station_just_set_up_can_receive(services: kit.Services) -> None:
    assert services.station.get().name == SETUP.station_name
    assert services.settings.get(TEXT_SIZE)
    shown = services.visits.open(VisitForm(name="王某某", subject="路灯不亮")).value
    assert services.today.get().open == (services.visits.get(shown.id),)
    assert services.search.find("路灯")[0].hits[0].record_id == shown.id
    assert services.papers.receipt(shown.id).value.pdf.startswith(b"%PDF")
    report = services.verify.run()
    assert report.ok, report.lines


def test_a_full_disk_keeps_nobody_from_signing_on(
    tmp_path: Path, fake_clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Stars in old drafts are a nicety: they are set the next time."""

    def full(_store: Store) -> int:
        raise StoreProblem("磁盘满了")

    monkeypatch.setattr(draft_stars, "star", full)
    login = Login(tmp_path / "desk", secrets=MemorySecrets(), cost=CHEAP)
    opened = login.first_start(SETUP)
    assert kit.build(opened, login).drafts.load_all() == ()
    opened.store.close()


def test_what_needs_no_store_is_done_ahead() -> None:
    kit.prepare()
    assert all(class_mapper(table, configure=False).configured for table in SYNCED.values())
