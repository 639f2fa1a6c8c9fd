"""The commands about who belongs to the county: `county`, `station`, `user`, `code` and `device`."""

import argparse
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from psycopg import Connection

from desk.errors import InputProblem
from desk.hub import admin, certificates, enrolment, register, sheet
from desk.hub.settings import Settings
from desk.text import _

Row = Connection[Any]

NAMES: Final = ("county", "station", "user", "code", "device")


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Describe them to the parser."""
    county = _group(commands, "county", _("县"))
    county.add_parser("create", help=_("登记一个县，打印它的编号")).add_argument("name", metavar=_("名称"))
    station = _group(commands, "station", _("站点")).add_parser(
        "create", help=_("登记一个站点，打印它的编号")
    )
    station.add_argument("name", metavar=_("名称"))
    station.add_argument("--county", required=True, metavar=_("县"))
    station.add_argument("--code", default="", metavar=_("代码"))
    station.add_argument("--scope", default="", metavar=_("范围"), help=_("不写时，由第一台登记的电脑带来"))
    users = _group(commands, "user", _("县里的用户"))
    user = users.add_parser("create", help=_("登记县里的一个用户，打印编号"))
    user.add_argument("name", metavar=_("姓名"))
    user.add_argument("--county", required=True, metavar=_("县"))
    user.add_argument("--role", choices=register.USER_ROLES, required=True)
    disable = users.add_parser("disable", help=_("停用一个用户和他的全部电脑"))
    disable.add_argument("user", metavar=_("用户"))
    _add_code(commands)
    devices = _group(commands, "device", _("电脑"))
    devices.add_parser("list", help=_("列出登记过的电脑"))
    devices.add_parser("revoke", help=_("停用一台电脑")).add_argument("device", metavar=_("电脑"))


def run(connection: Row, options: argparse.Namespace) -> list[str]:
    """Run one of them and return the lines to print. Raises InputProblem."""
    return _RUN[options.command, options.verb](connection, options)


def _group(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, words: str
) -> "argparse._SubParsersAction[argparse.ArgumentParser]":
    made = commands.add_parser(name, help=words)
    return made.add_subparsers(dest="verb", required=True, metavar=_("命令"))


def _add_code(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    code = _group(commands, "code", _("登记码")).add_parser(
        "create", help=_("给一台电脑开一个登记码，只显示这一次")
    )
    whom = code.add_mutually_exclusive_group(required=True)
    whom.add_argument("--station", default="", metavar=_("站点"))
    whom.add_argument("--user", default="", metavar=_("用户"))
    code.add_argument("--days", type=int, default=enrolment.DAYS, metavar=_("天数"))
    code.add_argument("--address", default="", metavar=_("网址"), help=_("电脑用来连接的地址，印在登记单上"))
    code.add_argument("--sheet", type=Path, metavar=_("文件"), help=_("把登记单存成这个 PDF 文件"))


def _county(connection: Row, options: argparse.Namespace) -> list[str]:
    return [register.add_county(connection, options.name)]


def _station(connection: Row, options: argparse.Namespace) -> list[str]:
    return [register.add_station(connection, options.county, options.name, options.code, options.scope)]


def _user(connection: Row, options: argparse.Namespace) -> list[str]:
    return [register.add_user(connection, options.county, options.name, options.role)]


def _disable(connection: Row, options: argparse.Namespace) -> list[str]:
    ended = register.disable_user(connection, options.user)
    return [_("已停用，连同 {n} 台电脑").format(n=ended)]


def _code(connection: Row, options: argparse.Namespace) -> list[str]:
    if options.sheet is not None and not options.address:
        raise InputProblem(_("登记单上要印网址，请用 --address 写明"), field="address")
    made = enrolment.new_code(connection, station=options.station, user=options.user, days=options.days)
    if options.sheet is not None:
        files = certificates.Files(Settings(data=options.data).folder / certificates.FOLDER)
        options.sheet.write_bytes(sheet.draw(made, options.address, certificates.pin_of(files)))
    return [made.code]


def _devices(connection: Row, _options: argparse.Namespace) -> list[str]:
    lines = []
    for each in register.list_devices(connection):
        state = _("已停用") if each.revoked_at else _("正常")
        lines.append(
            _("{device}  {whose}  {role}  {state}  副本 {copies}  丢失 {holes}").format(
                device=each.device, whose=each.whose, role=each.role, state=state, copies=each.copies,
                holes=each.holes,
            )
        )  # fmt: skip
    return lines


def _revoke(connection: Row, options: argparse.Namespace) -> list[str]:
    admin.revoke(connection, options.device)
    return [_("已停用")]


_RUN: Final[Mapping[tuple[str, str], Callable[[Row, argparse.Namespace], list[str]]]] = {
    ("county", "create"): _county,
    ("station", "create"): _station,
    ("user", "create"): _user,
    ("user", "disable"): _disable,
    ("code", "create"): _code,
    ("device", "list"): _devices,
    ("device", "revoke"): _revoke,
}
