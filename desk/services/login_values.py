"""What the sign-on window and the wizard exchange with `login`: plain values, light to import."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Progress = Callable[[str], None]
"""Takes a sentence about the step that begins now."""


@dataclass(frozen=True)
class SlotUser:
    """Somebody who can sign on at this PC: user id, name, and the word for the role."""

    id: str
    name: str
    role_label: str


@dataclass(frozen=True)
class LoginState:
    """What the program starts with: the wizard (first_start) or the sign-on window (sign_on).

    `keyring_note` is a sentence for the clerk when there is no usable keyring, else "".
    """

    kind: Literal["first_start", "sign_on"]
    users: tuple[SlotUser, ...] = ()
    station_name: str = ""
    keyring_note: str = ""


@dataclass(frozen=True, repr=False)
class FirstStart:
    """What the wizard asks for. `level` is a code of labels.STATION_LEVEL; `pin` and `backup_folder` may be
    ""."""

    station_name: str
    station_code: str
    level: str
    area: str
    phone: str
    user_name: str
    password: str
    pin: str
    notice_text: str
    backup_folder: str
