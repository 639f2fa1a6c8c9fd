"""Page 1 of the wizard: which station this is."""

from desk.rules.labels import STATION_LEVEL
from desk.text import _
from desk.ui.pages.setup.step import Step
from desk.ui.parts.combo import Combo
from desk.ui.parts.fields import LineField
from desk.ui.parts.form_row import FormRow


class StationStep(Step):
    """Name, code, level, area and phone."""

    def __init__(self) -> None:
        super().__init__(_("这是哪个联络站"), _("名称和电话会印在回执和公示牌上，以后可以在设置里改。"))
        self.name = LineField(_("联络站名称"), limit=60, hint=_("如：示例镇人大代表联络站"))
        self.code = LineField(_("站点编号"), limit=20, hint=_("县里给的编号，没有可不填"), digits=True)
        self.level = Combo([(code, _(words)) for code, words in STATION_LEVEL.items()])
        self.level.setAccessibleDescription(_("级别"))
        self.area = LineField(_("联系范围"), limit=100, hint=_("如：示例镇第 1、2、3 选区"))
        self.phone = LineField(_("联系电话"), limit=30, hint=_("座机或手机"), digits=True)
        self.place(
            [
                ("station_name", FormRow(_("联络站名称"), self.name, needed=True, check=_check_name)),
                ("level", FormRow(_("级别"), self.level, needed=True)),
                ("area", FormRow(_("联系范围"), self.area)),
                ("phone", FormRow(_("联系电话"), self.phone, needed=True, check=_check_phone)),
                ("station_code", FormRow(_("站点编号"), self.code)),
            ]
        )


def _check_name(text: str) -> str:
    return "" if len(text) >= 2 else _("请填写联络站名称")


def _check_phone(text: str) -> str:
    if not text:
        return _("请填写联系电话，群众要凭回执上的电话来问")
    # An extension or an unusual number is the station's own affair; it only has to be one.
    return "" if any(letter.isdigit() for letter in text) else _("电话里没有数字，请核对")
