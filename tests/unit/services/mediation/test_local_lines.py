"""A county's own fields of a sitting, an inquiry or an agreement belong to that record."""

from dataclasses import replace
from datetime import date

import pytest

from desk import clock
from desk.errors import InputProblem
from desk.models.local_value import LocalValue
from desk.models.store import Store
from desk.rules.profile import Profile, Row, overlay
from desk.services.attachments.service import Attachments
from desk.services.local_values import LocalValues
from desk.services.mediation.case_desk import CaseDesk
from desk.services.mediation.forms import FollowUpForm, LocalLine
from desk.services.mediation.papers import CasePapers
from desk.services.print_jobs import PrintJobs
from desk.services.profiles import Profiles
from desk.services.tray import owners
from tests.fakes import FakeClock
from tests.form_checks import words
from tests.unit.services.mediation.case_stage import CaseStage

DAY = date(2026, 1, 1)
ROWS = (
    Row("form.f06.room", ("调解室编号",), "list", DAY, "本地设定"),
    Row("form.f07.grid", ("所在网格", "facts"), "list", DAY, "本地设定"),
    Row("form.f03.sign", ("签收人",), "list", DAY, "本地设定"),
    Row("form.f09.with_whom", ("同去的人",), "list", DAY, "本地设定"),
)


@pytest.fixture(autouse=True)
def county(monkeypatch: pytest.MonkeyPatch, fake_clock: FakeClock) -> None:
    """Lay a county's fields over the shipped profile."""
    plain = Profiles.current
    monkeypatch.setattr(Profiles, "current", lambda self: overlay(plain(self), Profile("县", "1", ROWS)))


def papers(room: CaseStage) -> CasePapers:
    desk = CaseDesk(room.store, room.session, room.profiles, room.numbers)
    attachments = Attachments(room.store, room.session, room.profiles)
    return CasePapers(desk, room.services.cases, attachments, PrintJobs(room.store, room.session))


def line(value: str) -> tuple[LocalLine, ...]:
    return (LocalLine("f06", "room", value),)


def test_each_sitting_has_its_own_and_so_has_its_paper(room: CaseStage) -> None:
    """§3.5: two records of one case say two things."""
    case_id = room.willing()
    save = room.services.proceedings.save_sitting
    save(case_id, room.sitting(case_id, local=line("一号室")))
    card = save(case_id, room.sitting(case_id, local=line("二号室"))).value
    assert [each.local for each in card.sittings] == [line("一号室"), line("二号室")]
    first, second = [words(papers(room).make(case_id, f"f06:{each.id}").pdf) for each in card.sittings]
    assert ("一号室" in first, "二号室" in first) == (True, False)
    assert ("一号室" in second, "二号室" in second) == (False, True)
    again = save(case_id, room.sitting(case_id, local=line("三号室")), card.sittings[0].id).value
    assert [each.local for each in again.sittings] == [line("三号室"), line("二号室")]


def test_what_was_kept_once_a_case_counts_until_the_record_has_its_own(room: CaseStage, store: Store) -> None:
    """A store of before: nothing that was filled in is lost, on the page or on paper."""
    case_id = room.mediating()
    with store.write(room.session.user.id) as rows:
        rows.add(LocalValue(noun="mediation", target_id=case_id, form="f06", key="room", value="老值"))
    sitting = room.services.cases.get(case_id).sittings[0]
    assert sitting.local == line("老值")
    assert "老值" in words(papers(room).make(case_id, f"f06:{sitting.id}").pdf)
    form = room.sitting(case_id, local=line(""))
    assert room.services.proceedings.save_sitting(case_id, form, sitting.id).value.sittings[0].local == ()
    assert "老值" not in words(papers(room).make(case_id, f"f06:{sitting.id}").pdf)


def test_the_agreement_keeps_its_own(room: CaseStage, store: Store) -> None:
    case_id = room.mediating()
    grid = (LocalLine("f07", "grid", "第三网格"),)
    room.services.agreements.save(case_id, replace(room.agreement(), local=grid))
    assert room.services.agreements.form(case_id).local == grid
    agreed = room.services.cases.get(case_id).agreement
    assert agreed is not None
    assert agreed.local == grid
    assert "第三网格" in words(papers(room).make(case_id, f"f07:{agreed.id}").pdf)
    with store.read() as rows:
        kept = rows.query(LocalValue).one()
        assert (kept.noun, kept.target_id) == ("agreement", agreed.id)
        assert owners.owner_of(rows, "local_value", kept.record_id) == ("mediation", case_id)


def test_an_endless_text_is_refused_and_an_unknown_field_left_alone(room: CaseStage) -> None:
    case_id = room.willing()
    with pytest.raises(InputProblem, match="调解室编号") as told:
        room.services.proceedings.save_sitting(case_id, room.sitting(case_id, local=line("字" * 501)))
    assert told.value.field == "local"
    other = (LocalLine("f06", "gone", "旧栏目"),)
    card = room.services.proceedings.save_sitting(case_id, room.sitting(case_id, local=other)).value
    assert card.sittings[0].local == ()


def test_the_forms_offer_them_where_they_belong(room: CaseStage) -> None:
    offered = room.services.cases.frame().local
    assert {noun: [each.label for each in fields] for noun, fields in offered.items()} == {
        "party": ["签收人"],
        "sitting": ["调解室编号"],
        "agreement": ["所在网格"],
        "follow_up": ["同去的人"],
    }


def test_each_follow_up_keeps_its_own(room: CaseStage) -> None:
    """F-09: two visits, two papers."""
    case_id = room.agreed()
    party_id = room.party_ids(case_id)[0]
    for who in ("网格员吴某", "网格员郑某"):
        form = FollowUpForm(
            party_id=party_id,
            visited_at=clock.now(),
            mode="phone",
            performance="performed",
            satisfaction="satisfied",
            local=(LocalLine("f09", "with_whom", who),),
        )
        room.services.aftercare.follow_up(case_id, form)
    visits = room.services.cases.get(case_id).follow_ups
    first, second = [words(papers(room).make(case_id, f"f09:{each.id}").pdf) for each in visits]
    assert ("吴某" in first, "郑某" in first) == (True, False)
    assert ("吴某" in second, "郑某" in second) == (False, True)


def test_each_notice_says_what_was_kept_for_its_party(room: CaseStage) -> None:
    """F-03: one for each party."""
    case_id = room.willing()
    values = LocalValues(room.store, room.session, room.profiles)
    for party_id, who in zip(room.party_ids(case_id), ("钱某本人", "冯某之妻"), strict=True):
        values.save("party", party_id, {("f03", "sign"): who})
    notices = [words(papers(room).make(case_id, f"f03:{each}").pdf) for each in room.party_ids(case_id)]
    assert ["钱某本人" in each for each in notices] == [True, False]
    assert ["冯某之妻" in each for each in notices] == [False, True]
