"""Finishing a visit against its own statements sent raw, one durable transaction each."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from desk.models.store import Store
from desk.services.kit import Services
from desk.services.seed import people, words
from desk.services.seed.dice import Dice
from desk.services.visit_values import VisitForm
from tests.bench import seeded
from tests.bench.figures import Figure, Figures, Times, timed
from tests.bench.statements import noted, replay

pytestmark = [pytest.mark.bench, pytest.mark.timeout(3600)]

_WARM, _COUNTED = 20, 200


def _forms(services: Services, count: int) -> Iterator[VisitForm]:
    deputy = services.deputies.list()[0]
    services.duty.start(deputy.id, vouched=True)
    dice = Dice(77)
    for n in range(count):
        person = people.person(dice, f"p{n}")
        said = [dice.say(topic.sentences) for topic in dice.some(words.TOPICS, 2)]
        said += [dice.say(words.PADDING) for _n in range(3)]
        yield VisitForm(
            name=person["name"],
            phone=person["phone"],
            address=person["address"],
            receiver_ids=(deputy.id,),
            subject="小区雨后积水",
            category="urban/排水",
            statement="".join(said),
            request="查清管网归谁管，尽快疏通。",
            deputy_view=dice.say(words.VIEWS),
            notice_told=True,
            phone_ok=True,
            outcome="proposed",
            level="town",
            unit="街道城建办",
        )


@pytest.fixture
def copies(big: Path, tmp_path: Path) -> Iterator[tuple[Path, Path]]:
    """Give the test two copies of the big store and take the gigabytes away again."""
    folders = tmp_path / "ours", tmp_path / "raw"
    for folder in folders:
        shutil.copytree(big, folder)
    yield folders
    for folder in folders:
        shutil.rmtree(folder)


def test_finish_a_visit(copies: tuple[Path, Path], figures: Figures) -> None:
    ours_folder, raw_folder = copies
    raw_store = Store.open(raw_folder, _key(raw_folder))
    connection = raw_store.connect()
    ours: list[float] = []
    floor: list[float] = []
    with seeded.at_work(ours_folder) as (opened, services), noted(opened.store) as made:
        for form in _forms(services, _WARM + _COUNTED):
            visit_id = services.visits.open(form).value.id
            replay(connection, made)
            made.clear()
            ours.append(timed(lambda i=visit_id, f=form: services.visits.finish(i, f)))
            floor.append(timed(lambda: replay(connection, made)))
            made.clear()
    connection.close()
    raw_store.close()
    mine, raw = Times(ours[_WARM:]), Times(floor[_WARM:])
    ratio = mine.half / raw.half
    met = ratio <= 2 and mine.p95 <= 20
    aim = "≤ 2 ×, p95 ≤ 20 ms"
    what = "finish a visit (all rows, ops, audit, index, one durable transaction)"
    words_ = f"the same statements by raw DBAPI: {raw}"
    figures.add(Figure(what, str(mine), words_, f"{ratio:.2f} ×", aim, met))


def _key(folder: Path) -> bytes:
    with seeded.at_work(folder) as (opened, _services):
        return opened.session.key
