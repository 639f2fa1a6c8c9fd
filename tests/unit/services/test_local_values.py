"""Fields a county added: shown with their labels, kept by form and key, under the record's own rights."""

from datetime import date

import pytest

from desk.errors import AccessProblem, InputProblem
from desk.models.local_value import LocalValue
from desk.models.party import Agent, Party
from desk.models.store import Store
from desk.rules.profile import Profile, Row, overlay
from desk.services.local_values import LocalEntry, LocalValues
from desk.services.overtaken import Overtaken
from desk.services.profiles import Profiles
from desk.services.session import Session, User
from tests import factories
from tests.fakes import FakeClock
from tests.stores import KEY

DAY = date(2026, 1, 1)
ROWS = (
    Row("form.f02.grid", ("所在网格", "summary"), "list", DAY, "本地设定"),
    Row("form.f01.police", ("辖区派出所",), "list", DAY, "本地设定"),
    Row("form.f03.sign", ("签收人",), "list", DAY, "本地设定"),
    Row("form.f04.proof", ("关系证明",), "list", DAY, "本地设定"),
    Row("form.f40.window", ("窗口号",), "list", DAY, "本地设定"),
)
GRID = ("f02", "grid")


@pytest.fixture(autouse=True)
def county(monkeypatch: pytest.MonkeyPatch, fake_clock: FakeClock) -> None:
    """Lay a county's fields over the shipped profile."""
    plain = Profiles.current
    monkeypatch.setattr(Profiles, "current", lambda self: overlay(plain(self), Profile("县", "1", ROWS)))


@pytest.fixture
def case_id(store: Store) -> str:
    """A case in the store."""
    with store.write("u1") as rows:
        case = factories.mediation()
        rows.add(case)
        return str(case.record_id)


def service(store: Store, role: str = "mediator") -> LocalValues:
    session = Session(User("u1", "钱某某", frozenset({role})), KEY)
    return LocalValues(store, session, Profiles(store, session))


def test_fields_are_shown_empty_and_then_filled(store: Store, case_id: str) -> None:
    values = service(store)
    assert values.of("mediation", case_id) == (
        LocalEntry("f01", "police", "辖区派出所", ""),
        LocalEntry("f02", "grid", "所在网格", ""),
    )
    done = values.save("mediation", case_id, {GRID: " 第三网格 "})
    assert done.changed == {"local_value", "mediation"}
    assert values.of("mediation", case_id)[1].value == "第三网格"
    values.save("mediation", case_id, {GRID: "第四网格"})
    assert [entry.value for entry in values.of("mediation", case_id)] == ["", "第四网格"]


def test_a_field_changed_elsewhere_is_not_written_over(store: Store, case_id: str) -> None:
    values = service(store)
    values.save("mediation", case_id, {GRID: "第三网格"}, {GRID: ""})
    with pytest.raises(Overtaken) as told:
        values.save("mediation", case_id, {GRID: "第四网格"}, {GRID: ""})
    assert [(each.mine, each.theirs) for each in told.value.fields] == [("第四网格", "第三网格")]
    assert values.save("mediation", case_id, {GRID: "第三网格"}, {GRID: ""}).value[1].value == "第三网格"
    values.save("mediation", case_id, {GRID: "第四网格"}, {GRID: "第三网格"})
    assert values.of("mediation", case_id)[1].value == "第四网格"


def test_an_unknown_or_endless_field_is_refused(store: Store, case_id: str) -> None:
    with pytest.raises(InputProblem, match="没有这个本地栏目"):
        service(store).save("mediation", case_id, {("f40", "window"): "三号"})
    with pytest.raises(InputProblem, match="所在网格"):
        service(store).save("mediation", case_id, {GRID: "字" * 501})


def test_who_may_not_read_the_case_may_not_read_its_fields(store: Store, case_id: str) -> None:
    service(store).save("mediation", case_id, {GRID: "第三网格"})
    for role in ("lawyer", "deputy"):
        with pytest.raises(AccessProblem):
            service(store, role).of("mediation", case_id)
    for role in ("lawyer", "deputy", "clerk"):
        for values in ({}, {GRID: "别的"}):
            with pytest.raises(AccessProblem):
                service(store, role).save("mediation", case_id, values)
    with pytest.raises(InputProblem):
        service(store).of("mediation", "nothing")


def test_each_party_and_each_agent_has_its_own(store: Store, case_id: str) -> None:
    """F-03, F-04: papers of one person; what was kept once a case counts until they have their own."""
    with store.write("u1") as rows:
        first, second = (Party(mediation_id=case_id, name=name, n=1) for name in ("钱某", "冯某"))
        rows.add_all([first, second])
        agent = Agent(mediation_id=case_id, party_id=first.record_id, name="周某某")
        rows.add(agent)
        rows.add(LocalValue(noun="mediation", target_id=case_id, form="f03", key="sign", value="老值"))
        ids = (first.record_id, second.record_id, agent.record_id)
    values = service(store)
    assert values.of("party", ids[0]) == (LocalEntry("f03", "sign", "签收人", "老值"),)
    assert values.of("agent", ids[2]) == (LocalEntry("f04", "proof", "关系证明", ""),)
    done = values.save("party", ids[0], {("f03", "sign"): "钱某本人"})
    assert done.changed == {"local_value", "mediation"}
    values.save("agent", ids[2], {("f04", "proof"): "户口簿"})
    told = [values.of("party", each)[0].value for each in ids[:2]]
    assert told == ["钱某本人", "老值"]
    values.save("party", ids[1], {("f03", "sign"): ""})
    assert values.of("party", ids[1])[0].value == ""
    assert values.of("agent", ids[2])[0].value == "户口簿"
    assert "f03" not in {each.form for each in values.of("mediation", case_id)}
    with pytest.raises(AccessProblem):
        service(store, "lawyer").of("party", ids[0])
    with pytest.raises(InputProblem, match="可能已经去掉"):
        values.of("party", "nothing")
