"""What the consultation sheet derives."""

from dataclasses import replace

from tests.case_papers import CONSULTATION


def test_the_limitation_names_day_and_kind() -> None:
    assert CONSULTATION.limitation_text == "2026年12月31日　劳动仲裁时效一年"
    assert replace(CONSULTATION, limitation_on=None).limitation_text == "劳动仲裁时效一年"
    assert replace(CONSULTATION, limitation_on=None, limitation_note="").limitation_text == ""


def test_a_refused_name_is_not_printed_even_when_known() -> None:
    assert replace(CONSULTATION, identity_refused=True).name_text == "不愿透露身份"
    assert CONSULTATION.name_text == "孙某某"
