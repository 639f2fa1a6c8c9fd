"""A visit read back into its editor is what was typed, but for the stars."""

from dataclasses import replace

import pytest

from desk.errors import AccessProblem, InputProblem
from desk.services import visit_reading
from tests.unit.services.visit_stage import Stage


def test_the_form_comes_back_as_it_was(stage: Stage) -> None:
    form = stage.form(
        headcount=3,
        companions=("赵某", "孙某"),
        receiver_ids=(stage.deputy_id, stage.other_deputy_id),
        own_voter="yes",
        first_or_repeat="repeat",
        address="示例路 8 号",
        grid="03",
        sex="1",
        age_band="60_up",
        place="站内",
        deputy_view="建议快办",
        safe_contact="周末",
        litigation=False,
        report_kind="minor",
        report_recipient="示例派出所",
        outcome="proposed",
        level="town",
        unit="镇城建办",
        fast_track=True,
        phone_ok=True,
        contact_ok=True,
        comfort_note="别急",
    )
    shown = stage.visits.open(form).value
    back = stage.visits.form(shown.id)
    expected = replace(form, phone="138****6621", arrived_at=shown.arrived_at, received_at=shown.received_at)
    assert back == expected


def test_what_is_not_there(stage: Stage) -> None:
    for ask in (stage.visits.get, stage.visits.form):
        with pytest.raises(InputProblem, match="没有找到"):
            ask("nothing")
    with pytest.raises(InputProblem, match="没有找到"):
        stage.visits.reply("nothing", "phone", "已办")


def test_what_was_said_since_is_read_with_the_visit(stage: Stage) -> None:
    visit_id = stage.finished(category="urban")
    stage.visits.rate(visit_id, "unsatisfied", "等了太久")
    matter_id = stage.visits.get(visit_id).matter_id
    stage.visits.reply(matter_id, "phone", "已经清淤")
    stage.visits.reply(matter_id, "visit", "上门看过，不再积水")
    stage.visits.rate_result(matter_id, "basic", "来得晚了些")
    sheet = stage.visits.sheet(visit_id)
    assert (sheet.visit, sheet.form) == (stage.visits.get(visit_id), stage.visits.form(visit_id))
    assert sheet.category_label == "城乡建设"
    said = {(each.about, each.words, each.by) for each in sheet.after}
    assert said == {
        ("reply", "当场 · 已联系物业，三天内清理。", "李某某"),
        ("reception", "不满意：等了太久", ""),
        ("reply", "电话 · 已经清淤", stage.session.user.name),
        ("reply", "上门 · 上门看过，不再积水", stage.session.user.name),
        ("result", "基本满意：来得晚了些", ""),
    }
    assert list(sheet.after) == sorted(sheet.after, key=lambda each: str(each.at))


def test_the_words_of_a_safe_visit_are_read_by_right_only(stage: Stage) -> None:
    visit_id = stage.finished(safety="confidential")
    with pytest.raises(AccessProblem):
        stage.visits.sheet(visit_id)


def test_only_masked_fields_are_revealed() -> None:
    assert set(visit_reading.REVEALED) == {"phone", "id_no", "name", "address", "safe_contact"}
