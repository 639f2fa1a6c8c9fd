"""F-10, its attachment: the proof that the committee led the mediation (SQ-03)."""

from dataclasses import replace
from pathlib import Path

from desk.services.pdf.mediation import committee_proof
from tests.case_papers import PROOF
from tests.form_checks import check, check_odd_values, words
from tests.paper_samples import texts


def test_every_label_and_value_is_on_paper(tmp_path: Path) -> None:
    check("f10_proof", committee_proof.draw, PROOF, tmp_path)


def test_rare_empty_missing_and_local() -> None:
    check_odd_values("f10_proof", committee_proof.draw, PROOF, "case_title")


def test_sq03_it_says_who_led_when_where_and_what_came_of_it() -> None:
    found = words(committee_proof.draw(PROOF))
    for part in (
        *("示例县人民法院", "依法受理并主持调解", "周某、王某某", "示例镇调解室", "自愿达成调解协议"),
        *("加盖本委员会印章", "2026年11月13日生效", "特此证明", "2026年11月20日"),
    ):
        assert part in found, part


def test_many_sittings_stay_readable() -> None:
    many = replace(PROOF, sittings=tuple(f"2026年11月{day}日（示例镇调解室）" for day in range(1, 29)))
    pages = texts(committee_proof.draw(many))
    assert "2026年11月28日" in "".join(pages)
    assert "特此证明" in pages[-1]
