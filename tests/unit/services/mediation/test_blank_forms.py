"""Blank forms for the hand (product.md, Paper and back): every field with room, no number, no person."""

import pytest

from desk.errors import AccessProblem, InputProblem
from desk.models.store import Store
from desk.rules.profile import Profile, Row, overlay
from desk.services.mediation.blank_forms import USUAL
from desk.services.pdf.forms import layout_file
from desk.services.print_jobs import PrintJobs
from tests import case_factories
from tests.form_checks import words
from tests.paper_samples import outside, texts
from tests.unit.services.mediation.case_stage import TODAY, CaseStage

CODES = (
    *(f"f{number:02}" for number in range(1, 14)),
    *("f10_proof", "f12_referral", "f13_contents", "f13_note", "f13_back"),
)


def test_every_form_is_offered_with_its_number(room: CaseStage) -> None:
    offered = room.services.blank_forms.offered()
    assert tuple(each.code for each in offered) == CODES
    assert (offered[0].form, offered[0].label) == ("F-01", "人民调解申请书")


@pytest.mark.parametrize("code", CODES)
def test_all_labels_are_there_and_nothing_is_filled_in(room: CaseStage, code: str) -> None:
    paper = room.services.blank_forms.make([code])
    found = words(paper.pdf)
    layout = layout_file.shipped(code)
    assert "".join(layout.title.split()) in found
    for row in layout.rows:
        if row.when in {"is_oral", "remedies"} or (row.only == "unit" and row.kind == "items"):
            continue
        labels = [cell.label for cell in row.cells] + [sign.label for sign in row.signs] + [row.label]
        for label in labels:
            if "{" not in label:
                assert "".join(label.split()) in found, label
    assert "人调字" not in found
    assert found.count("■") == (code == "f04")  # the sentence that says what the boxes mean
    assert "None" not in found
    assert (paper.number, paper.kind) == ("", "blank_case_form")
    assert outside(paper.pdf) == []


def test_the_committee_is_printed_when_there_is_only_one(room: CaseStage, store: Store) -> None:
    assert "现自愿申请示例镇人民调解委员会进行调解" in words(room.services.blank_forms.make(["f01"]).pdf)
    with store.write_confirmed() as rows:
        rows.add(case_factories.committee(name="示例村人民调解委员会"))
    text = words(room.services.blank_forms.make(["f01"]).pdf)
    assert "现自愿申请____________人民调解委员会进行调解" in text


def test_each_side_has_its_place_and_its_line_to_sign(room: CaseStage) -> None:
    text = words(room.services.blank_forms.make(["f07"]).pdf)
    assert text.count("当事人（签名、盖章或者按指印）") == 2
    assert "申请人姓名：" in text
    assert "被申请人姓名：" in text
    assert "一式________份" in text
    assert "年月日" in text


def test_the_usual_set_has_a_notice_for_each_side(room: CaseStage) -> None:
    paper = room.services.blank_forms.make(USUAL)
    titles = [page for page in texts(paper.pdf) if page.startswith("当事人权利义务告知书")]
    assert len(titles) == 2
    assert paper.title == "空白文书"
    with pytest.raises(InputProblem, match="先选"):
        room.services.blank_forms.make([])


def test_a_field_of_the_county_has_its_room(room: CaseStage, monkeypatch: pytest.MonkeyPatch) -> None:
    row = Row("form.f02.grid", ("所在网格", "summary"), "list", TODAY, "本地设定")
    county = overlay(room.profiles.current(), Profile("县", "1", (row,)))
    monkeypatch.setattr(room.profiles, "current", lambda: county)
    assert "所在网格" in words(room.services.blank_forms.make(["f02"]).pdf)


def test_who_may_print_them_and_that_it_is_written_down(room: CaseStage) -> None:
    """They show nobody, so the clerk may take them along too."""
    for role in ("clerk", "mediator", "head"):
        assert room.as_user(role).services.blank_forms.make(["f01"]).pages == 2
    with pytest.raises(AccessProblem):
        room.as_user("lawyer").services.blank_forms.make(["f01"])
    clerk = room.as_user("clerk")
    jobs, paper = PrintJobs(clerk.store, clerk.session), clerk.services.blank_forms.make(["f01"])
    jobs.printed(jobs.queue(paper.kind, paper.record_id).value.id)
    assert jobs.of_record("f01")[0].state == "printed"
