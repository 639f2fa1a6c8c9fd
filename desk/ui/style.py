"""How everything looks: tokens, style sheets and fonts. The only caller of setStyleSheet.

Text, controls and hand-painted parts grow with the text size (100, 125, 150 %); gaps between things do not,
so that a 1366×768 screen keeps its room for words.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from string import Template

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from desk import paths

PERCENTS = (100, 125, 150)
FAMILIES = ["Noto Sans SC", "HanaMinB"]


@dataclass(frozen=True)
class Theme:
    """The tokens at one text size: colours as written, sizes in pixels."""

    percent: int
    colours: dict[str, str]
    sizes: dict[str, int]

    def sheet(self) -> str:
        """Return the style sheet: every template of resources/theme in order, filled with the tokens."""
        words = self.colours | {name: str(size) for name, size in (self.sizes | self._derived()).items()}
        words["icons"] = (paths.resources() / "icons").as_posix()
        parts = sorted((paths.resources() / "theme").glob("*.qss"))
        return "\n".join(Template(part.read_text("utf-8")).substitute(words) for part in parts)

    def _derived(self) -> dict[str, int]:
        control, compact = self.sizes["control"], self.sizes["compact"]
        # Qt adds the border to min-height; a rail item is a little taller than a button.
        return {
            "field": control - 2,
            "button": control - 2,
            "row_button": compact - 4,
            "rail_item": control - 1,
            "pill_radius": self.sizes["pill"] // 2,
            "tick_radius": self.sizes["tick"] // 2 + 1,
            "tick_inner": self.sizes["tick"] - 2,
            "tick_dot": self.sizes["tick"] - 4,
        }


@cache
def theme(percent: int) -> Theme:
    """Return the tokens at `percent`; an unknown percentage is taken to the nearest of 100, 125 and 150."""
    nearest = min(PERCENTS, key=lambda known: abs(known - percent))
    tokens = tomllib.loads((paths.resources() / "theme" / "tokens.toml").read_text("utf-8"))
    # Half a pixel counts up, so that 14 px at 125 % is 18 px, never smaller than asked for.
    sizes = {name: (size * nearest + 50) // 100 for name, size in tokens["size"].items()}
    return Theme(nearest, tokens["colour"], sizes)


class _Current:
    theme: Theme | None = None


def current() -> Theme:
    """Return the theme in use; before `apply` it is that of 100 %."""
    return _Current.theme or theme(100)


def apply(app: QApplication, percent: int) -> None:
    """Dress the whole program in the look at `percent`."""
    if _Current.theme is None:
        # Once is enough; each time every widget would be dressed twice.
        app.setStyle("Fusion")
    _Current.theme = theme(percent)
    font = QFont()
    font.setFamilies(FAMILIES)
    font.setPixelSize(size("text"))
    # Without hinting the strokes keep their weight at 125 and 150 %.
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    app.setFont(font)
    app.setPalette(_palette())
    # Qt dresses every widget once for each widget around it when one sheet follows another (1.2 s of 1,400
    # widgets), but once when a sheet is taken off and once when one is put on (0.16 s).
    app.setStyleSheet("")
    app.setStyleSheet(current().sheet())


def load_fonts(*names: str) -> None:
    """Make fonts of resources/fonts known to Qt, by file name; nothing of the system is relied upon."""
    for name in names:
        QFontDatabase.addApplicationFont(str(paths.resources() / "fonts" / name))


def colour(name: str) -> QColor:
    """Return a colour token, for parts that paint themselves."""
    return QColor(current().colours[name])


def size(name: str) -> int:
    """Return a size token in pixels at the text size in use."""
    return current().sizes[name]


def repolish(widget: QWidget) -> None:
    """Let the style sheet look again at a widget whose properties have changed."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


def _palette() -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette(colour("ground"))
    for which, token in (
        (role.Window, "ground"),
        (role.Base, "surface"),
        (role.AlternateBase, "ground"),
        (role.Button, "surface"),
        (role.Text, "ink"),
        (role.WindowText, "ink"),
        (role.ButtonText, "ink"),
        (role.PlaceholderText, "ink_soft"),
        (role.Highlight, "accent"),
        (role.HighlightedText, "on_accent"),
        (role.Accent, "accent"),
        (role.Link, "accent"),
        (role.ToolTipBase, "ink"),
        (role.ToolTipText, "on_accent"),
    ):
        palette.setColor(which, colour(token))
    disabled = QPalette.ColorGroup.Disabled
    for which in (role.Text, role.WindowText, role.ButtonText):
        palette.setColor(disabled, which, colour("ink_soft"))
    return palette
