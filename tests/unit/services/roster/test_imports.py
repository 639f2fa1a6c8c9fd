"""An import into a real store: once, again, corrected, taken back."""

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import func, select

from desk.errors import AccessProblem, InputProblem
from desk.models.base import alive
from desk.models.deputy import Deputy, Mandate
from desk.models.outbox import Outbox
from desk.models.store import Store
from desk.services.deputies import Deputies
from desk.services.roster.imports import RosterImports
from desk.services.roster.plan_values import NEW, SKIP, ImportDone, ImportPlan
from desk.services.session import Session, User
from tests import factories

REAL = Path(__file__).parents[3] / "real"
TOWN = REAL / "代表花名册-示例镇.xlsx"
COUNTY = REAL / "代表名单-县导出.csv"
STREET = REAL / "联系表-街道.xls"


def session(role: str = "clerk") -> Session:
    return Session(User("u1", "钱某某", frozenset({role})), bytes(32))


@pytest.fixture
def imports(store: Store) -> RosterImports:
    return RosterImports(store, session())


def plan(imports: RosterImports, path: Path) -> ImportPlan:
    return imports.plan(imports.understand(path))


def bring_in(imports: RosterImports, path: Path) -> ImportDone:
    return imports.apply(plan(imports, path)).value


def count(store: Store, table: type[Deputy] | type[Mandate]) -> int:
    with store.read() as rows:
        return len(rows.scalars(alive(table)).all())


def csv(folder: Path, *lines: str) -> Path:
    path = folder / "名单.csv"
    path.write_text("\n".join(("姓名,级别,选区,职务,手机,备注", *lines)), "utf-8")
    return path


def test_the_town_comes_in_once_and_again_and_nobody_is_doubled(store: Store, imports: RosterImports) -> None:
    first = bring_in(imports, TOWN)
    assert (first.new, first.changed, first.same, first.skipped) == (67, 0, 0, 0)
    again = plan(imports, TOWN)
    assert (len(again.new), len(again.changed), len(again.same), len(again.doubtful)) == (0, 0, 67, 0)
    assert bring_in(imports, TOWN).same == 67
    assert count(store, Deputy) == 67


@pytest.mark.parametrize(("path", "people"), [(COUNTY, 216), (STREET, 38)])
def test_the_others_too(store: Store, imports: RosterImports, path: Path, people: int) -> None:
    assert bring_in(imports, path).new == people
    assert len(plan(imports, path).same) == people
    assert count(store, Deputy) == people


def test_all_three_one_after_the_other(store: Store, imports: RosterImports) -> None:
    """Namesakes of another roster with another phone and constituency stay separate and doubtful."""
    bring_in(imports, TOWN)
    doubtful = [entry.row.name for path in (COUNTY, STREET) for entry in plan(imports, path).doubtful]
    assert doubtful == ["迪丽热巴·库尔班江", "巴特尔·苏和"]
    for path in (COUNTY, STREET):
        bring_in(imports, path)
    assert count(store, Deputy) == 67 + 216 + 38
    for path in (TOWN, COUNTY, STREET):
        assert not plan(imports, path).new
        assert not plan(imports, path).changed


def test_what_is_stored_of_a_deputy(store: Store, imports: RosterImports) -> None:
    """ZD-02, ZD-03, ZD-04."""
    bring_in(imports, TOWN)
    with store.read() as rows:
        (deputy,) = rows.scalars(select(Deputy).where(Deputy.name == "薛博子"))
        mandates = rows.scalars(
            select(Mandate).where(Mandate.deputy_id == deputy.record_id).order_by(Mandate.level)
        )
        held = [(m.level, m.constituency, m.electing_unit, m.state) for m in mandates]
    assert (deputy.sex, deputy.ethnicity, str(deputy.birth_date)) == ("2", "汉族", "1979-01-01")
    assert (deputy.phone, deputy.post, deputy.state) == ("13417489585", "县第二中学教师", "departed")
    assert held == [(2, "", "", "ended"), (3, "", "", "ended"), (4, "第3选区", "", "ended")]


def test_a_street_gets_no_town_mandates(store: Store, imports: RosterImports) -> None:
    """ZD-05: also when only the station says that it is a street's."""
    bring_in(imports, STREET)
    with store.read() as rows:
        assert rows.scalar(select(func.count()).where(Mandate.level == 5)) == 0
        (deputy,) = rows.scalars(select(Deputy).where(Deputy.name == "秦红娟"))
        assert deputy.consultative
        assert deputy.remark == "名册写作镇级代表；第3选区"


def test_the_station_decides_unless_the_title_names_a_town(
    store: Store, imports: RosterImports, tmp_path: Path
) -> None:
    with store.write("u1") as rows:
        rows.add(factories.station(level="street"))
    assert not any(row.consultative for row in imports.understand(TOWN).rows)
    assert imports.understand(csv(tmp_path, "王某,镇,第1选区,,,")).rows[0].consultative


def test_a_later_roster_updates_and_erases_nothing(
    store: Store, imports: RosterImports, tmp_path: Path
) -> None:
    bring_in(imports, csv(tmp_path, "王某,县,第1选区,教师,13800138000,", "李某,县,第2选区,医生,13900139000,"))
    later = plan(
        imports, csv(tmp_path, "王某,县、镇,第1选区,校长,13800138001,", "李某,县,第2选区,,1.39E+10,已调离")
    )
    assert [[(d.label, d.old, d.new) for d in entry.differences] for entry in later.changed] == [
        [("电话", "138****8000", "13800138001"), ("单位职务", "教师", "校长"), ("增加镇级", "", "第1选区")],
        [("备注", "", "已调离"), ("状态", "在任", "已离任"), ("县·状态", "在任", "已终止")],
    ]
    assert imports.apply(later).value.changed == 2
    with store.read() as rows:
        wang, li = rows.scalars(select(Deputy).order_by(Deputy.phone))
    assert (wang.name, wang.phone, wang.post) == ("王某", "13800138001", "校长")
    assert (li.phone, li.post, li.state) == ("13900139000", "医生", "departed")


def test_a_namesake_is_doubtful_and_the_clerk_decides(
    store: Store, imports: RosterImports, tmp_path: Path
) -> None:
    bring_in(imports, csv(tmp_path, "王某,县,第1选区,教师,13800138000,"))
    other = csv(tmp_path, "王某,县,第7选区,医生,13900139000,")
    (entry,) = plan(imports, other).doubtful
    assert entry.default == NEW
    assert [each.words for each in entry.candidates] == ["县 第1选区 教师 138****8000"]
    imports.apply(plan(imports, other), {2: SKIP})
    assert count(store, Deputy) == 1
    imports.apply(plan(imports, other), {2: entry.candidates[0].deputy_id})
    assert count(store, Deputy) == 1
    bring_in(imports, csv(tmp_path, "王某,县,第9选区,农民,13700137000,"))
    assert count(store, Deputy) == 2


def test_one_deputy_is_not_chosen_for_two_rows(imports: RosterImports, tmp_path: Path) -> None:
    bring_in(imports, csv(tmp_path, "王某,县,第1选区,教师,13800138000,"))
    later = plan(imports, csv(tmp_path, "王某,县,第7选区,,13900139000,", "王某,县,第8选区,,13700137000,"))
    someone = later.doubtful[0].candidates[0].deputy_id
    with pytest.raises(InputProblem, match="第 3 行"):
        imports.apply(later, {2: someone, 3: someone})


def test_a_stale_plan_is_refused(store: Store, imports: RosterImports, tmp_path: Path) -> None:
    path = csv(tmp_path, "王某,县,第1选区,教师,13800138000,")
    stale = plan(imports, path)
    bring_in(imports, path)
    with pytest.raises(InputProblem, match="又有改动"):
        imports.apply(stale)
    assert count(store, Deputy) == 1


def test_an_import_is_one_transaction_with_its_ops(store: Store, imports: RosterImports) -> None:
    done = imports.apply(plan(imports, TOWN))
    assert done.changed == {"deputy", "mandate"}
    with store.read() as rows:
        bodies = [row.body for row in rows.scalars(select(Outbox))]
    assert len({body[body.index(b'"tx"') :][:45] for body in bodies}) == 1
    assert imports.apply(plan(imports, TOWN)).changed == frozenset()


def test_an_import_is_taken_back(store: Store, imports: RosterImports, tmp_path: Path) -> None:
    bring_in(imports, csv(tmp_path, "王某,县,第1选区,教师,13800138000,"))
    done = bring_in(imports, csv(tmp_path, "王某,县、镇,第1选区,校长,13800138001,", "李某,县,第2选区,,,"))
    assert (done.new, done.changed) == (1, 1)
    imports.undo(done.batch_id)
    with store.read() as rows:
        (wang,) = rows.scalars(alive(Deputy))
        (mandate,) = rows.scalars(alive(Mandate))
    assert (wang.phone, wang.post, mandate.level) == ("13800138000", "教师", 4)
    with pytest.raises(InputProblem, match="已经撤销"):
        imports.undo(done.batch_id)
    newest = imports.batches()[0]
    assert (newest.id, newest.undone, newest.new) == (done.batch_id, True, 1)


def test_what_was_changed_or_used_since_is_named_and_nothing_undone(
    store: Store, imports: RosterImports
) -> None:
    done = bring_in(imports, STREET)
    deputies = Deputies(store, session())
    first, second = deputies.list()[:2]
    deputies.edit(first.id, replace(deputies.form(first.id), post="教师"))
    with store.write("u1") as rows:
        rows.add(factories.receiver(deputy_id=second.id))
    with pytest.raises(InputProblem) as caught:
        imports.undo(done.batch_id)
    assert first.name in caught.value.sentence
    assert second.name in caught.value.sentence
    assert count(store, Deputy) == 38


def test_only_who_keeps_the_roster_may_import(store: Store, imports: RosterImports) -> None:
    done = bring_in(imports, STREET)
    deputy = RosterImports(store, session("deputy"))
    with pytest.raises(AccessProblem):
        deputy.apply(plan(imports, STREET))
    with pytest.raises(AccessProblem):
        deputy.undo(done.batch_id)


def test_a_table_without_names_or_people_is_refused(imports: RosterImports, tmp_path: Path) -> None:
    path = tmp_path / "物资.csv"
    path.write_text("品名,数量\n椅子,3\n", "utf-8")
    with pytest.raises(InputProblem, match="姓名"):
        plan(imports, path)
    with pytest.raises(InputProblem, match="没有读到代表"):
        plan(imports, csv(tmp_path))
    assert len(imports.plan(imports.understand(path, {0: "name"})).new) == 2


def test_a_name_too_long_is_never_imported(store: Store, imports: RosterImports, tmp_path: Path) -> None:
    path = csv(tmp_path, "某" * 60 + ",县,第1选区,,,", "王某,县,第1选区,,,")
    done = imports.apply(plan(imports, path), {2: NEW}).value
    assert (done.new, done.skipped) == (1, 1)
