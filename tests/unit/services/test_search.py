"""Search from anywhere: groups, marks, rights, recent ones, and plans that need no sort (tech.md §4)."""

from typing import Any

import pytest
from sqlalchemy import select

from desk.models.person import Person
from desk.models.store import Store
from desk.models.visit import Visit
from desk.services import search as search_module
from desk.services import search_consultations, search_deputies, search_index
from desk.services.search import Group, Search
from tests import factories
from tests.fakes import FakeClock
from tests.models.plans import plan
from tests.unit.services.visit_stage import Stage

WORDS = {
    "name": "欧阳某喆",
    "phone": "13800006621",
    "address": "示例社区 2 幢 301",
    "subject": "小区雨后积水",
    "statement": "一下雨楼门口就积二十来公分水，老人出不了门，窨井盖也堵了。",
}


def search_of(stage: Stage) -> Search:
    return Search(stage.store, stage.session)


def shown(groups: tuple[Group, ...]) -> dict[str, list[str]]:
    """Return titles by group, the marked parts in brackets."""
    return {group.label: [_bracketed(hit.title, hit.marked) for hit in group.hits] for group in groups}


def _bracketed(title: str, marked: tuple[tuple[int, int], ...]) -> str:
    for start, length in reversed(marked):
        title = f"{title[:start]}[{title[start : start + length]}]{title[start + length :]}"
    return title


@pytest.mark.parametrize(
    ("typed", "people", "visits"),
    [
        ("欧", "[欧]阳某喆", "[欧]阳某喆 · 小区雨后积水"),
        ("阳某", "欧[阳某]喆", "欧[阳某]喆 · 小区雨后积水"),
        ("oym", "[欧阳某]喆", "[欧阳某]喆 · 小区雨后积水"),
        ("ouyang", "[欧阳]某喆", "[欧阳]某喆 · 小区雨后积水"),
        ("6621", "欧阳某喆", "欧阳某喆 · 小区雨后积水"),
        ("621", "欧阳某喆", "欧阳某喆 · 小区雨后积水"),
        ("积水", None, "欧阳某喆 · 小区雨后[积水]"),
        ("窨井", None, "欧阳某喆 · …，老人出不了门，[窨井]盖也堵了。"),
        ("oyang 积水", None, None),
        ("oy 积水", None, "[欧阳]某喆 · 小区雨后[积水]"),
        ("", None, None),
        ("，", None, None),
    ],
)
def test_people_and_visits(stage: Stage, typed: str, people: str | None, visits: str | None) -> None:
    stage.finished(**WORDS)
    expected = {"来访人": people, "来访": visits}
    assert shown(search_of(stage).find(typed)) == {
        label: [title] for label, title in expected.items() if title
    }


def test_a_hit_is_masked_and_opens(stage: Stage) -> None:
    visit_id = stage.finished(**WORDS)
    person, visit = (group.hits[0] for group in search_of(stage).find("欧阳"))
    assert person.subtitle == "138****6621 · 示例社区***"
    assert (visit.noun, visit.record_id) == ("visit", visit_id)
    assert visit.subtitle.endswith(stage.visits.get(visit_id).number)


def test_numbers_have_a_group_of_their_own(stage: Stage) -> None:
    done = stage.visits.get(stage.finished(**WORDS))
    assert shown(search_of(stage).find(done.number)) == {"编号": [f"[{done.number}]"]}
    assert shown(search_of(stage).find(done.number[-4:].lower()))["编号"] == [
        f"{done.number[:-4]}[{done.number[-4:]}]"
    ]
    spoken = search_of(stage).find(done.spoken)
    assert [hit.title.replace(" ", "") for hit in spoken[-1].hits] == [done.spoken]


def test_the_number_of_what_came_of_it(stage: Stage) -> None:
    visit_id = stage.finished(**WORDS, outcome="proposed", level="village", answer_text="")
    number = stage.visits.get(visit_id).linked_number
    group = search_of(stage).find(number)[0]
    assert (group.label, group.hits[0].title, group.hits[0].record_id) == ("编号", number, visit_id)


def test_the_end_of_a_phone_or_number_comes_before_its_middle(stage: Stage, fake_clock: FakeClock) -> None:
    """Issue A, search: phone or receipt tail; newest first only among those that end so."""
    ends = stage.finished(**WORDS)
    with stage.store.write_confirmed() as rows:
        rows.add(factories.deputy(name="孙某某", phone="13866219999"))
    for n in range(3):
        fake_clock.forward(minutes=5)
        stage.finished(**WORDS | {"name": f"王某{'甲乙丙'[n]}", "phone": f"138662100{n}1"})
    found = search_of(stage).find("6621")
    assert shown(found) == {
        "来访人": ["欧阳某喆"],
        "来访": ["欧阳某喆 · 小区雨后积水"],
        "其他来访人": ["王某丙", "王某乙", "王某甲"],
        "其他代表": ["孙某某"],
        "其他来访": [f"王某{each} · 小区雨后积水" for each in "丙乙甲"],
    }
    assert found[1].hits[0].record_id == ends
    assert "其他来访人" not in shown(search_of(stage).find("6621", limit=2))
    # Nothing ends so: then nothing is other.
    assert list(shown(search_of(stage).find("8662"))) == ["来访人", "代表", "来访"]


def test_the_end_of_a_receipt_leads_over_the_middle_of_phones(stage: Stage, fake_clock: FakeClock) -> None:
    done = stage.visits.get(stage.finished(**WORDS | {"phone": ""}))
    for n in range(12):
        fake_clock.forward(minutes=1)
        stage.finished(**WORDS | {"name": f"王某{n}", "phone": f"138{done.number[-4:]}66{n:02}"})
    for typed in (done.number[-4:], done.number[-5:].lower()):
        found = search_of(stage).find(typed)
        labels = [group.label for group in found]
        assert found[labels.index("编号")].hits[0].record_id == done.id
        assert not any(label.startswith("其他") for label in labels[: labels.index("编号")])
    spoken = {group.label: group.hits for group in search_of(stage).find(done.spoken[-4:])}
    assert spoken["编号"][0].record_id == done.id


def test_newest_first_and_shared_out(stage: Stage, fake_clock: FakeClock) -> None:
    ids = []
    for _n in range(6):
        fake_clock.forward(minutes=5)
        ids.append(stage.finished(**WORDS))
    found = search_of(stage).find("欧阳")
    assert [hit.record_id for hit in found[1].hits] == ids[::-1]
    assert [len(group.hits) for group in search_of(stage).find("欧阳", limit=4)] == [2, 2]
    assert [len(group.hits) for group in search_of(stage).find("积水", limit=4)] == [4]


def test_words_of_a_safe_visit_reach_receiver_and_head_only(stage: Stage) -> None:
    """product.md, Recognised: not in search, cards or counts."""
    stage.finished(**WORDS, safety="confidential")
    head = stage.as_user("h1", "周某某", "head")
    other = stage.as_user("u9", "吴某某", "clerk")
    for typed in ("欧阳", "oy", "6621", "积水", "窨井"):
        assert search_of(other).find(typed) == ()
        assert search_of(stage).find(typed) == ()
        assert "来访" in shown(search_of(head).find(typed))
    with stage.store.write_confirmed() as rows:
        rows.add(factories.user(record_id="d1", roles="deputy", deputy_id=stage.deputy_id))
    receiver = stage.as_user("d1", "李某某", "deputy")
    assert "来访" in shown(search_of(receiver).find("积水"))


def test_a_role_without_visits_finds_people_only(stage: Stage) -> None:
    stage.finished(**WORDS)
    assert set(shown(search_of(stage.as_user("m1", "吴某某", "mediator")).find("欧阳"))) == {"来访人"}
    assert search_of(stage.as_user("s1", "吴某某", "sysadmin")).find("赵某") == ()
    assert search_of(stage.as_user("s1", "吴某某", "sysadmin")).find("欧阳") == ()


def test_nothing_is_found_while_locked(stage: Stage) -> None:
    stage.finished(**WORDS)
    stage.session.lock()
    assert search_of(stage).find("欧阳") == ()
    assert search_of(stage).recent() == ()


def test_a_void_visit_is_not_found(stage: Stage) -> None:
    visit_id = stage.finished(**WORDS)
    stage.visits.void(visit_id, "登记错了")
    assert set(shown(search_of(stage).find("欧阳"))) == {"来访人"}


def test_saved_words_are_found_and_old_ones_not(stage: Stage) -> None:
    form = stage.form(**WORDS)
    visit_id = stage.visits.open(form).value.id
    stage.visits.save(visit_id, stage.form(**WORDS | {"subject": "路灯不亮"}))
    assert "来访" in shown(search_of(stage).find("路灯"))
    assert "小区雨后" not in str(search_of(stage).find("欧阳"))


def test_the_first_key_finds_its_questions_made(stage: Stage) -> None:
    questions = (search_module._question, search_deputies._question, search_consultations._question)
    for each in questions:
        each.cache_clear()
    search_of(stage).recent()
    made = [each.cache_info().misses for each in questions]
    assert made[:2] == [2, 1]
    search_of(stage).find("欧阳")
    assert [each.cache_info().misses for each in questions] == made


def test_recent_ones_latest_first(stage: Stage, fake_clock: FakeClock) -> None:
    search = search_of(stage)
    first = stage.finished(**WORDS)
    fake_clock.forward(minutes=5)
    safe = stage.finished(**WORDS, safety="confidential")
    person_id = search.find("欧阳")[0].hits[0].record_id
    for noun, record_id in (("visit", first), ("visit", safe), ("person", person_id), ("deputy", "d1")):
        fake_clock.forward(seconds=1)
        search.opened(noun, record_id)
    assert [(hit.noun, hit.record_id) for hit in search.recent()] == [
        ("person", person_id),
        ("visit", first),
    ]
    head = search_of(stage.as_user("h1", "周某某", "head"))
    assert [hit.record_id for hit in head.recent()] == [person_id, safe, first]


def test_twenty_recent_ones_are_kept(stage: Stage, fake_clock: FakeClock) -> None:
    search = search_of(stage)
    visit_id = stage.finished(**WORDS)
    search.opened("visit", visit_id)
    for n in range(20):
        fake_clock.forward(seconds=1)
        search.opened("person", f"p{n}")
    assert search.recent() == ()


@pytest.mark.parametrize(("target", "shelf"), [(Visit, "visit"), (Person, "person"), (Visit, "number")])
def test_the_index_leads_and_nothing_is_sorted(store: Store, target: Any, shelf: Any) -> None:
    query = search_index.led_by_index(select(target.record_id).where(target.void.is_(False)), target)
    match = search_index.matching("积水", shelf)
    words = plan(store, query.params(match=match).limit(20))
    assert words.startswith("SCAN search VIRTUAL TABLE")
    assert "TEMP B-TREE" not in words
    assert words.count("SCAN") == 1


def test_a_search_is_the_same_few_statements_however_many_match(stage: Stage, fake_clock: FakeClock) -> None:
    with stage.store.read() as rows:
        # The pool gives the connection used last to whoever asks next.
        driver: Any = rows.connection().connection.driver_connection

    def statements() -> int:
        said: list[str] = []
        driver.set_trace_callback(said.append)
        search_of(stage).find("欧阳")
        driver.set_trace_callback(None)
        return sum(words.startswith("SELECT") for words in said)

    stage.finished(**WORDS)
    one = statements()
    for _n in range(8):
        fake_clock.forward(minutes=1)
        stage.finished(**WORDS)
    assert 0 < statements() == one <= 6


@pytest.mark.parametrize("typed", ["赵", "zmm", "zhaomou", "mou", "0002"])
def test_a_deputy_is_found_as_people_are(stage: Stage, typed: str) -> None:
    hit = next(group for group in search_of(stage).find(typed) if group.label == "代表").hits[-1]
    assert (hit.noun, hit.record_id, hit.title) == ("deputy", stage.other_deputy_id, "赵某某")
    assert bool(hit.marked) == (typed != "0002")


def test_a_deputy_is_found_by_constituency(stage: Stage) -> None:
    """The constituency stands in the title only where it is what matched."""
    by_place = shown(search_of(stage).find("一选区"))["代表"]
    assert by_place == ["李某某 · 第[一选区]"]
    assert shown(search_of(stage).find("李某"))["代表"] == ["[李某]某"]
    assert search_of(stage).find("李某某 第一选区")[0].hits[0].subtitle == "市、县 · 第一选区 · 示例社区书记"


def test_who_has_left_comes_last_and_is_told(stage: Stage) -> None:
    with stage.store.write_confirmed() as rows:
        rows.add(factories.deputy(name="艾某某", state="departed"))
        withdrawn = factories.deputy(name="蔡某某")
        rows.add(withdrawn)
        rows.flush()
        withdrawn.tombstone("导入撤销")
    (found,) = (group for group in search_of(stage).find("某某") if group.label == "代表")
    assert [hit.title for hit in found.hits] == ["李某某", "赵某某", "艾某某"]
    assert found.hits[-1].subtitle.endswith("已离任")


def test_an_opened_deputy_is_among_the_recent_ones(stage: Stage) -> None:
    search = search_of(stage)
    search.opened("deputy", stage.deputy_id)
    assert [(hit.noun, hit.title) for hit in search.recent()] == [("deputy", "李某某")]
