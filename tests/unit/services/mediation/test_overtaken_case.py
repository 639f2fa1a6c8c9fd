"""A case that somebody else changed while its form was open: nothing of theirs is written over or voided."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desk import clock, ids
from desk.models.base import alive
from desk.models.mediation import CaseMediator
from desk.services.mediation.forms import (
    AgentForm,
    CaseForm,
    CaseMediatorForm,
    InquiryForm,
    ParticipantForm,
    PartyForm,
    TermForm,
)
from desk.services.overtaken import Overtaken
from tests.unit.services.mediation.case_stage import CaseStage

OTHER = PartyForm(side="respondent", name="赵某某", phone="13900000177", address="示例路 8 号 502 室")


def names(form: CaseForm) -> list[str]:
    return [party.name for party in form.parties]


def test_a_party_added_elsewhere_is_not_voided(room: CaseStage) -> None:
    case_id = room.accepted()
    base = room.services.cases.form(case_id)
    room.services.cases.save(case_id, replace(base, parties=(*base.parties, OTHER)), base)
    helper = ParticipantForm(name="吴某某", relation="neighbour")
    room.services.cases.save(case_id, replace(base, title="漏水纠纷", participants=(helper,)), base)
    form = room.services.cases.form(case_id)
    assert (form.title, names(form)) == ("漏水纠纷", ["钱某", "冯某", "赵某某"])
    assert [each.name for each in form.participants] == ["吴某某"]


def test_the_same_new_number_typed_on_both_desks_is_no_question(room: CaseStage) -> None:
    agent = AgentForm(name="周某某", powers=("apply_end",))
    helper = ParticipantForm(name="吴某某", relation="neighbour")
    first, second = room.parties()
    case_id = room.registered(parties=(replace(first, agents=(agent,)), second), participants=(helper,))
    base = room.services.cases.form(case_id)

    def told(form: CaseForm) -> CaseForm:
        one, two = form.parties
        (agent,), (helper,) = one.agents, form.participants
        one = replace(one, phone="13900000181", agents=(replace(agent, phone="13900000182"),))
        return replace(form, parties=(one, two), participants=(replace(helper, phone="13900000183"),))

    room.services.cases.save(case_id, told(base), base)
    room.services.cases.save(case_id, replace(told(base), title="漏水纠纷"), base)
    form = room.services.cases.form(case_id)
    assert (form.title, form.parties[0].phone) == ("漏水纠纷", "139****0181")
    one, two = told(base).parties
    with pytest.raises(Overtaken):
        room.services.cases.save(
            case_id, replace(told(base), parties=(replace(one, phone="13911110181"), two)), base
        )


def test_a_party_taken_away_elsewhere_does_not_come_back(room: CaseStage) -> None:
    case_id = room.registered(parties=(*room.parties(), OTHER))
    base = room.services.cases.form(case_id)
    room.services.cases.save(case_id, replace(base, parties=base.parties[:2]), base)
    first = replace(base.parties[0], occupation="教师")
    room.services.cases.save(case_id, replace(base, parties=(first, *base.parties[1:])), base)
    form = room.services.cases.form(case_id)
    assert names(form) == ["钱某", "冯某"]
    assert form.parties[0].occupation == "教师"


def test_one_party_changed_on_both_sides_is_put_together_field_by_field(room: CaseStage) -> None:
    case_id = room.registered()
    base = room.services.cases.form(case_id)
    first, second = base.parties
    theirs = replace(first, phone="13900000188", agents=(AgentForm(name="吴某某"),))
    room.services.cases.save(case_id, replace(base, parties=(theirs, second)), base)
    mine = replace(first, address="示例路 10 号")
    room.services.cases.save(case_id, replace(base, parties=(mine, second)), base)
    party = room.services.cases.form(case_id).parties[0]
    assert (party.address, [each.name for each in party.agents]) == ("示例路 10 号", ["吴某某"])
    assert room.services.cases.reveal(case_id, party.id, "phone", "核对") == "13900000188"


def test_what_both_changed_is_told_with_both_values_and_nothing_is_written(room: CaseStage) -> None:
    case_id = room.registered()
    base = room.services.cases.form(case_id)
    first, second = base.parties
    theirs = replace(base, title="渗水纠纷", parties=(replace(first, address="示例路 9 号"), second))
    room.services.cases.save(case_id, theirs, base)
    mine = replace(
        base, title="漏水纠纷", remark="请快办", parties=(replace(first, address="示例路 10 号"), second)
    )
    with pytest.raises(Overtaken) as told:
        room.services.cases.save(case_id, mine, base)
    assert [(each.what, each.mine, each.theirs) for each in told.value.fields] == [
        ("名称", "漏水纠纷", "渗水纠纷"),
        ("当事人“钱某” 住址", "示例路 10 号", "示例路 9 号"),
    ]
    assert told.value.theirs == room.services.cases.form(case_id)
    assert room.services.cases.form(case_id).remark == ""


def test_a_party_taken_away_here_and_changed_there_is_asked_about(room: CaseStage) -> None:
    case_id = room.registered(parties=(*room.parties(), OTHER))
    base = room.services.cases.form(case_id)
    *two, third = base.parties
    room.services.cases.save(case_id, replace(base, parties=(*two, replace(third, address="别处"))), base)
    with pytest.raises(Overtaken) as told:
        room.services.cases.save(case_id, replace(base, parties=tuple(two)), base)
    assert [(each.what, each.mine) for each in told.value.fields] == [("当事人“赵某某”", "已去掉")]
    assert names(room.services.cases.form(case_id)) == ["钱某", "冯某", "赵某某"]


def test_claims_mediators_and_reports_of_both_sides_stay(room: CaseStage) -> None:
    case_id = room.registered()
    base = room.services.cases.form(case_id)
    second = CaseMediatorForm(mediator_id=room.other_mediator_id)
    theirs = replace(
        base, claims=(*base.claims, "赔偿衣柜"), mediators=(*base.mediators, second), barred=("court",)
    )
    room.services.cases.save(case_id, theirs, base)
    mine = replace(base, claims=("书面道歉", *base.claims), mediators=(*base.mediators, second))
    room.services.cases.save(case_id, mine, base)
    form = room.services.cases.form(case_id)
    assert sorted(form.claims) == sorted(["赔偿天花板修复费用", "赔偿衣柜", "书面道歉"])
    # Named on both desks, one is seated once.
    seated = [each.mediator_id for each in form.mediators]
    assert sorted(seated) == sorted([room.mediator_id, room.other_mediator_id])
    assert form.barred == ("court",)


def test_the_one_page_keeps_a_party_added_elsewhere(room: CaseStage) -> None:
    """F-08."""
    case_id = room.registered()
    base = room.services.cases.form(case_id)
    room.services.cases.save(case_id, replace(base, parties=(*base.parties, OTHER)), base)
    room.services.cases.settle(room.small(case=base), case_id, base)
    assert names(room.services.cases.form(case_id)) == ["钱某", "冯某", "赵某某"]


def test_a_new_line_keeps_the_id_its_page_made(room: CaseStage) -> None:
    case_id = room.registered()
    base = room.services.cases.form(case_id)
    made = ids.new_id()
    mine = replace(base, parties=(*base.parties, replace(OTHER, id=made)))
    room.services.cases.save(case_id, mine, base)
    form = room.services.cases.form(case_id)
    assert form.parties[2].id == made
    # Voided since, the id is not used a second time.
    room.services.cases.save(case_id, base, form)
    room.services.cases.save(case_id, mine, base)
    assert room.services.cases.form(case_id).parties[2].id != made


def test_terms_of_both_sides_stay(room: CaseStage) -> None:
    case_id = room.mediating()
    room.services.agreements.save(case_id, room.agreement())
    base = room.services.agreements.form(case_id)
    theirs = replace(base, facts="已核实。", terms=(*base.terms, TermForm(text="打扫干净", ower="冯某")))
    room.services.agreements.save(case_id, theirs, base)
    first, *rest = base.terms
    room.services.agreements.save(
        case_id, replace(base, issues="赔多少。", terms=(replace(first, text="修好水管"), *rest)), base
    )
    form = room.services.agreements.form(case_id)
    assert (form.facts, form.issues) == ("已核实。", "赔多少。")
    assert [each.text for each in form.terms] == [
        "修好水管",
        "赔偿天花板修复费",
        "双方互不再追究",
        "打扫干净",
    ]


def test_a_sum_changed_on_both_sides_is_asked_about(room: CaseStage) -> None:
    case_id = room.mediating()
    room.services.agreements.save(case_id, room.agreement())
    base = room.services.agreements.form(case_id)
    one, two, three = base.terms

    def with_sum(amount: str, **changes: Any) -> Any:
        return replace(base, terms=(one, replace(two, amount=amount, **changes), three))

    room.services.agreements.save(case_id, with_sum("3000"), base)
    with pytest.raises(Overtaken) as told:
        room.services.agreements.save(case_id, with_sum("2800"), base)
    assert [(each.what, each.mine, each.theirs) for each in told.value.fields] == [
        ("协议条款“赔偿天花板修复费” 金额", "2800", "3,000.00")
    ]
    # A sum that is taken out makes another kind of term.
    now = room.services.agreements.form(case_id)
    plain = replace(now.terms[1], amount="", payee="", way="own_act", kind="")
    room.services.agreements.save(case_id, replace(now, terms=(now.terms[0], plain, now.terms[2])), now)
    assert room.services.agreements.form(case_id).terms[1].kind != "money"


def test_a_first_draft_is_written_whole_and_one_made_meanwhile_is_not_lost(room: CaseStage) -> None:
    case_id = room.mediating()
    base = replace(room.agreement(), terms=())
    room.services.agreements.save(
        case_id, replace(base, facts="已核实。", terms=room.agreement().terms), base
    )
    room.services.agreements.save(case_id, replace(base, issues="赔多少。"), base)
    form = room.services.agreements.form(case_id)
    assert (form.facts, form.issues, len(form.terms)) == ("已核实。", "赔多少。", 3)


def test_a_sitting_and_an_inquiry_are_put_together(room: CaseStage) -> None:
    case_id = room.mediating()
    sitting = room.sitting(case_id, result="", talk="先谈。")
    made = room.services.proceedings.save_sitting(case_id, sitting).value.sittings[-1].id
    save = room.services.proceedings.save_sitting
    save(case_id, replace(sitting, topics="赔偿", present=sitting.present[1:]), made, sitting)
    card = save(case_id, replace(sitting, talk="谈了两轮。"), made, sitting).value
    shown = next(each for each in card.sittings if each.id == made)
    assert (shown.talk, shown.topics) == ("谈了两轮。", "赔偿")
    assert len(shown.present) == len(sitting.present) - 1
    with pytest.raises(Overtaken) as told:
        save(case_id, replace(sitting, talk="谈了三轮。"), made, sitting)
    assert [(each.what, each.theirs) for each in told.value.fields] == [("调解过程", "谈了两轮。")]
    form = InquiryForm(held_at=clock.now(), respondent="冯某", investigators=("周某", "孙某"), text="问")
    keep = room.services.proceedings.save_inquiry
    inquiry = keep(case_id, form).value.inquiries[-1].id
    keep(case_id, replace(form, place="示例路"), inquiry, form)
    card = keep(case_id, replace(form, text="问、答"), inquiry, form).value
    assert [(each.place, each.text) for each in card.inquiries if each.id == inquiry] == [
        ("示例路", "问、答")
    ]


PARTS = st.fixed_dictionaries(
    {},
    optional={
        "title": st.sampled_from(["甲", "乙"]),
        "remark": st.sampled_from(["甲", "乙"]),
        "drop": st.just(True),
        "add": st.sampled_from(["吴某某", "郑某某"]),
        "address": st.sampled_from(["示例路 1 号", "示例路 2 号"]),
    },
)


def edited(base: CaseForm, change: dict[str, Any]) -> CaseForm:
    first, second, third = base.parties
    first = replace(first, address=change.get("address", first.address))
    parties = (first, second) if "drop" in change else (first, second, third)
    if "add" in change:
        parties = (*parties, replace(OTHER, name=change["add"]))
    words = {name: change[name] for name in ("title", "remark") if name in change}
    return replace(base, parties=parties, **words)


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(PARTS, PARTS)
def test_nothing_is_voided_that_i_did_not_take_away(
    room: CaseStage, theirs: dict[str, Any], mine: dict[str, Any]
) -> None:
    case_id = room.registered(parties=(*room.parties(), OTHER))
    base = room.services.cases.form(case_id)
    room.services.cases.save(case_id, edited(base, theirs), base)
    both = {name for name in ("title", "remark", "address") if name in mine and name in theirs}
    if any(mine[name] != theirs[name] for name in both):
        before = room.services.cases.form(case_id)
        with pytest.raises(Overtaken):
            room.services.cases.save(case_id, edited(base, mine), base)
        assert room.services.cases.form(case_id) == before
        return
    room.services.cases.save(case_id, edited(base, mine), base)
    form = room.services.cases.form(case_id)
    wanted = {"钱某", "冯某", *({theirs["add"]} if "add" in theirs else ())}
    wanted |= {mine["add"]} if "add" in mine else set()
    wanted |= set() if "drop" in mine or "drop" in theirs else {"赵某某"}
    assert set(names(form)) == wanted
    for name in ("title", "remark"):
        if name in mine or name in theirs:
            assert getattr(form, name) == mine.get(name, theirs.get(name))
    if "address" in mine or "address" in theirs:
        assert form.parties[0].address == mine.get("address", theirs.get("address"))


def test_two_desks_may_not_seat_one_mediator_twice(room: CaseStage) -> None:
    case_id = room.registered()
    base = room.services.cases.form(case_id)
    both = replace(base, mediators=(*base.mediators, CaseMediatorForm(mediator_id=room.other_mediator_id)))
    room.services.cases.save(case_id, both, base)
    room.services.cases.save(case_id, both, base)
    with room.store.read() as rows:
        seated = list(rows.scalars(alive(CaseMediator).where(CaseMediator.mediation_id == case_id)))
    assert len(seated) == 2
