"""The operation card is one page and names the keys (product.md, One hand on the keyboard)."""

from desk.services.pdf import operation_card, render
from desk.ui.register import page_specs
from tests.paper_samples import outside, texts


def test_the_keys_are_on_one_page() -> None:
    pdf = operation_card.draw("示例镇人大代表联络站", operation_card.standard())
    words = texts(pdf)[0]
    for key in ("F2", "ShiftF2", "CtrlK", "CtrlEnter", "CtrlP", "CtrlL", "Ctrl1", "F1", "Esc"):
        assert key in words
    assert render.page_count(pdf) == 1
    assert outside(pdf) == []


def test_every_page_that_has_a_key_is_on_it() -> None:
    words = texts(operation_card.draw("示例镇人大代表联络站", operation_card.standard()))[0]
    for spec in page_specs():
        if spec.shortcut:
            assert spec.shortcut.replace("+", "") in words, spec.title
            assert spec.title in words or spec.key == "visits", spec.title
