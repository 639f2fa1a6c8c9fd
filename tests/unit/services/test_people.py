"""Recognised: matches before a person is made twice, the returning visitor, similar matters (issue A §4)."""

from datetime import date

import pytest
from sqlalchemy import select

from desk.errors import AccessProblem
from desk.models.person import Person
from desk.services.people import People
from tests.fakes import FakeClock
from tests.unit.services.visit_stage import Stage


def people(stage: Stage) -> People:
    return People(stage.store, stage.session)


def person_of(stage: Stage, name: str) -> str:
    with stage.store.read() as rows:
        return rows.scalars(select(Person.record_id).where(Person.name == name)).one()


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ({"name": "李梅兰"}, "姓名相同"),
        ({"name": "lml"}, "首字母 lml"),
        ({"name": "LiMei"}, "首字母 limei"),
        ({"phone": "6621"}, "电话尾号 6621 相同"),
        ({"phone": "138-0000-6621"}, "电话尾号 6621 相同"),
        ({"id_no": "11010519491231002x"}, "身份证号相同"),
        ({"name": "李梅兰", "id_no": "11010519491231002X"}, "身份证号相同"),
    ],
)
def test_somebody_known_is_offered(stage: Stage, asked: dict[str, str], why: str) -> None:
    stage.finished(name="李梅兰", id_no="11010519491231002X", address="示例社区 2 幢", grid="东街", sex="2")
    (found,) = people(stage).match(**asked)
    assert (found.name, found.phone_masked, found.address) == ("李梅兰", "138****6621", "示例社区 2 幢")
    assert (found.grid, found.sex) == ("东街", "2")
    assert (found.why, found.last_visit) == (why, date(2026, 11, 23))


def test_sec_10_of_a_date_of_birth_only_the_age_band_of_a_day_is_told(stage: Stage) -> None:
    stage.finished(name="李梅兰", id_no="11010519491231002X")
    (found,) = people(stage).match("李梅兰")
    assert date(1949, 12, 31) not in vars(found).values()
    told = [people(stage).age_band(found.person_id, date(2009, 12, day)) for day in (30, 31)]
    assert told == ["36_59", "60_up"]
    stage.finished(name="赵某", phone="13900001234")
    (unknown,) = people(stage).match("赵某")
    assert people(stage).age_band(unknown.person_id, date(2026, 1, 1)) == ""
    assert people(stage).age_band("nobody", date(2026, 1, 1)) == ""


@pytest.mark.parametrize("asked", [{}, {"name": "张"}, {"phone": "66"}, {"name": "x"}, {"name": "王梅兰"}])
def test_nobody_is_offered_for_too_little(stage: Stage, asked: dict[str, str]) -> None:
    stage.finished(name="李梅兰")
    assert people(stage).match(**asked) == ()


def test_a_namesake_stays_separate(stage: Stage) -> None:
    stage.finished(name="李梅兰")
    stage.finished(name="李梅兰", phone="13900001234")
    assert len(people(stage).match("李梅兰")) == 2


def test_choosing_a_match_makes_no_second_person(stage: Stage, fake_clock: FakeClock) -> None:
    stage.visits.rate(stage.finished(name="李梅兰", subject="路灯不亮"), "satisfied")
    person_id = person_of(stage, "李梅兰")
    fake_clock.forward(days=1)
    stage.finished(name="李梅兰", subject="垃圾清运", person_id=person_id, phone="13900001234")
    card = people(stage).history(person_id)
    assert card.times == 2
    assert [(past.day, past.subject, past.rating_label) for past in card.visits] == [
        (date(2026, 11, 24), "垃圾清运", ""),
        (date(2026, 11, 23), "路灯不亮", "满意"),
    ]
    (found,) = people(stage).match(phone="1234")
    assert found.person_id == person_id


def test_a_merged_person_is_one(stage: Stage) -> None:
    stage.finished(name="李梅兰")
    stage.finished(name="李梅蘭")
    one, other = person_of(stage, "李梅兰"), person_of(stage, "李梅蘭")
    with stage.store.write("u1") as rows:
        rows.get_one(Person, other).merged_into = one
    assert [match.person_id for match in people(stage).match("李梅蘭")] == [one]
    assert people(stage).history(other).times == 2


def test_nobody_has_no_history(stage: Stage) -> None:
    assert people(stage).history("nobody").times == 0


def test_similar_matters_and_what_became_of_them(stage: Stage, fake_clock: FakeClock) -> None:
    stage.finished(subject="一号楼雨后积水")
    fake_clock.forward(days=3)
    stage.finished(subject="三组水渠积水倒灌", outcome="triage")
    stage.finished(subject="路灯不亮")
    stage.finished(subject="楼上漏水到楼下积水", outcome="mediation")
    found = people(stage).similar("雨后积水")
    assert found[0].subject == "一号楼雨后积水"
    assert found[0].result == "当场答复：已联系物业，三天内清理。"
    assert "路灯不亮" not in [each.subject for each in found]
    results = {each.subject: each.result for each in people(stage).similar("积水")}
    assert results["三组水渠积水倒灌"] == "待研判，办理中"
    assert results["楼上漏水到楼下积水"] == "转调解"


@pytest.mark.parametrize("subject", ["", "水", "。。"])
def test_nothing_is_similar_to_next_to_nothing(stage: Stage, subject: str) -> None:
    stage.finished()
    assert people(stage).similar(subject) == ()


def test_rights(stage: Stage) -> None:
    other = stage.as_user("u6", "郑某", "sysadmin")
    with pytest.raises(AccessProblem):
        people(other).match("李梅兰")


def test_a_mediator_knows_people_but_neither_their_visits_nor_safe_visitors(stage: Stage) -> None:
    stage.finished(name="李梅兰")
    stage.finished(name="钱某某", phone="13800000077", safety="confidential")
    mediator = people(stage.as_user("u9", "周某", "mediator"))
    (found,) = mediator.match("李梅兰")
    assert (found.phone_masked, found.last_visit) == ("138****6621", None)
    assert mediator.match("钱某某") == ()
