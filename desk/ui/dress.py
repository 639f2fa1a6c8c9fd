"""What Qt is given before the first window: its input method, its language, its fonts and its look."""

from collections.abc import Mapping

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from desk.text import _
from desk.ui import style


def input_method(environment: Mapping[str, str]) -> dict[str, str]:
    """Return what to change in the environment so that fcitx can type Chinese (tech.md §1).

    Qt's own plugins do not speak to fcitx, but fcitx 5 answers as ibus. It is asked through the portal:
    without it Qt's plugin gives up where no program ibus-daemon is installed, and types Latin only.
    """
    several, one, by_x = (
        environment.get(name, "") for name in ("QT_IM_MODULES", "QT_IM_MODULE", "XMODIFIERS")
    )
    if "fcitx" not in (several or one or by_x):
        return {}
    changed = {"QT_IM_MODULE": "ibus", "IBUS_USE_PORTAL": "1"}
    return changed | ({"QT_IM_MODULES": "ibus"} if several else {})


def dress(app: QApplication, percent: int = 100) -> None:
    """Give the application its name, its language, its fonts and its look."""
    app.setApplicationName("jiedaitai")
    app.setApplicationDisplayName(_("接待台"))
    QLocale.setDefault(QLocale("zh_CN"))
    translator = QTranslator(app)
    if translator.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(translator)
    style.load_fonts("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf")
    style.apply(app, percent)
