"""Page 2 of the wizard: who opens the station, with password and PIN."""

from desk.rules.names import check_name
from desk.rules.passwords import PasswordPolicy, check, check_pin
from desk.text import _
from desk.ui.pages.setup.step import Step
from desk.ui.parts.boxes import label
from desk.ui.parts.fields import LineField
from desk.ui.parts.form_row import FormRow

_POLICY = PasswordPolicy()


class PersonStep(Step):
    """Name, password twice, PIN. Whether the password is too common is the login service's to say."""

    def __init__(self, keyring_note: str = "") -> None:
        super().__init__(
            _("谁来开站"), _("第一位使用者同时是站长，可以再添加其他人。密码每天开站用，PIN 锁定后返回用。")
        )
        if keyring_note:
            # Here, where the password is chosen that has to do alone.
            self.box.addWidget(label(keyring_note, "small", wrap=True))
        self.name = LineField(_("姓名"), limit=60)
        self.password = secret(_("密码"))
        self.again = secret(_("再输一次密码"))
        self.pin = secret(_("六位 PIN"))
        self.pin.setMaxLength(12)
        again = FormRow(_("再输一次密码"), self.again, needed=True, check=self._check_again)
        self.password.textChanged.connect(lambda: again.set_problem(""))
        self.place(
            [
                ("user_name", FormRow(_("姓名"), self.name, needed=True, check=_check_name)),
                (
                    "password",
                    FormRow(
                        _("密码"),
                        self.password,
                        needed=True,
                        check=_check_password,
                        hint=_("至少 8 个字符，别用生日和电话"),
                    ),
                ),
                ("again", again),
                (
                    "pin",
                    FormRow(
                        _("PIN（六位数字）"),
                        self.pin,
                        needed=True,
                        check=_check_pin,
                        hint=_("离开一会儿再回来时用，半小时内有效"),
                    ),
                ),
            ]
        )

    def _check_again(self, text: str) -> str:
        return "" if text == self.password.value() else _("两次输入的密码不一样")


def secret(name: str, *, hint: str = "") -> LineField:
    """Return a field that shows dots."""
    field = LineField(name, limit=128, hint=hint)
    field.setEchoMode(LineField.EchoMode.Password)
    return field


def _check_name(text: str) -> str:
    return check_name(text).problem if text else _("请填写姓名")


def _check_password(text: str) -> str:
    return " ".join(check(text, frozenset(), _POLICY))


def _check_pin(text: str) -> str:
    return " ".join(check_pin(text))
