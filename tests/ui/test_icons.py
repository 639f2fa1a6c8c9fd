"""Icons take the colours of the theme."""

import pytest
from PySide6.QtWidgets import QApplication

from desk.ui import style
from desk.ui.icons import icon


@pytest.mark.parametrize(
    "name", ["today", "visits", "deputies", "boards", "settings", "lock", "search", "close"]
)
def test_an_icon_is_drawn_in_its_colour(qapp: QApplication, name: str) -> None:
    image = icon(name, "accent").pixmap(48, 48).toImage()
    wanted = style.colour("accent")
    seen = {
        image.pixelColor(x, y).name()
        for x in range(48)
        for y in range(48)
        if image.pixelColor(x, y).alpha() > 250
    }
    assert seen == {wanted.name()}
