"""The commands about who belongs to the county: `county`, `station`, `user`, `code` and `device`."""

import argparse
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from psycopg import Connection

from desk.errors import InputProblem
from desk.hub import admin, certificates, enrolment, listing, register, sheet
from desk.hub.settings import Settings
from desk.hub.told import Told
from desk.text import _

Row = Connection[Any]

NAMES: Final = ("county", "station", "user", "code", "device")


def add_to(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]", also: argparse.ArgumentParser
) -> None:
    """Describe them to the parser; `also` holds the words that all commands know."""
    counties = _Group(commands, "county", _("县"), also)
    counties.verb("create", _("登记一个县，打印它的编号")).add_argument("name", metavar=_("名称"))
    counties.verb("list", _("列出县和站点数"))
    stations = _Group(commands, "station", _("站点"), also)
    station = stations.verb("create", _("登记一个站点，打印它的编号"))
    station.add_argument("name", metavar=_("名称"))
    station.add_argument("--county", required=True, metavar=_("县"))
    station.add_argument("--code", default="", metavar=_("代码"))
    station.add_argument("--scope", default="", metavar=_("范围"), help=_("不写时，由第一台登记的电脑带来"))
    stations.verb("list", _("列出站点和它们的范围"))
    users = _Group(commands, "user", _("县里的用户"), also)
    user = users.verb("create", _("登记县里的一个用户，打印编号"))
    user.add_argument("name", metavar=_("姓名"))
    user.add_argument("--county", required=True, metavar=_("县"))
    user.add_argument("--role", choices=register.USER_ROLES, required=True)
    users.verb("disable", _("停用一个用户和他的全部电脑")).add_argument("user", metavar=_("用户"))
    users.verb("list", _("列出县里的用户"))
    _add_code(_Group(commands, "code", _("登记码"), also))
    devices = _Group(commands, "device", _("电脑"), also)
    devices.verb("list", _("列出登记过的电脑"))
    devices.verb("revoke", _("停用一台电脑")).add_argument("device", metavar=_("电脑"))


def run(connection: Row, options: argparse.Namespace) -> Told:
    """Run one of them and return what to print. Raises InputProblem."""
    return _RUN[options.command, options.verb](connection, options)


def let_in(connection: Row) -> Told:
    """Return who is let in by the database as it stands, to be looked through after a restore."""
    devices = [each for each in register.list_devices(connection) if not each.revoked_at]
    users = [each for each in listing.users(connection) if not each.disabled_at]
    lines = []
    if devices:
        lines.append(
            _("请核对这些电脑：备份之后停用过、丢失或换过密钥的，用 desk-hub device revoke 再停用一次")
        )
        lines += [_("{device}  {whose}  {role}").format(**vars(each)) for each in devices]
    if users:
        lines.append(_("请核对县里的这些用户：备份之后停用过的，用 desk-hub user disable 再停用一次"))
        lines += [_("{user}  {county_name}  {name}  {role}").format(**vars(each)) for each in users]
    return Told(tuple(lines), {"devices": devices, "users": users})


class _Group:
    """A command that has verbs."""

    def __init__(
        self,
        commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
        name: str,
        words: str,
        also: argparse.ArgumentParser,
    ) -> None:
        made = commands.add_parser(name, help=words, description=words)
        self._verbs = made.add_subparsers(dest="verb", required=True, metavar=_("命令"))
        self._also = also

    def verb(self, name: str, words: str) -> argparse.ArgumentParser:
        """Add one."""
        return self._verbs.add_parser(name, help=words, description=words, parents=[self._also])


def _add_code(codes: _Group) -> None:
    code = codes.verb("create", _("给一台电脑开一个登记码，只显示这一次"))
    whom = code.add_mutually_exclusive_group(required=True)
    whom.add_argument("--station", default="", metavar=_("站点"))
    whom.add_argument("--user", default="", metavar=_("用户"))
    code.add_argument("--days", type=int, default=enrolment.DAYS, metavar=_("天数"))
    code.add_argument("--address", default="", metavar=_("网址"), help=_("电脑用来连接的地址，印在登记单上"))
    code.add_argument("--sheet", type=Path, metavar=_("文件"), help=_("把登记单存成这个 PDF 文件"))


def _county(connection: Row, options: argparse.Namespace) -> Told:
    made = register.add_county(connection, options.name)
    return Told((made,), {"county": made})


def _counties(connection: Row, _options: argparse.Namespace) -> Told:
    found = listing.counties(connection)
    words = _("{county}  {name}  站点 {stations}")
    return Told(tuple(words.format(**vars(each)) for each in found), found)


def _station(connection: Row, options: argparse.Namespace) -> Told:
    made = register.add_station(connection, options.county, options.name, options.code, options.scope)
    return Told((made,), {"station": made})


def _stations(connection: Row, _options: argparse.Namespace) -> Told:
    found = listing.stations(connection)
    words = _("{station}  {county_name}  {name}  {code}  {where}")
    lines = (words.format(**vars(each), where=each.scope or _("还没有电脑登记")) for each in found)
    return Told(tuple(lines), found)


def _user(connection: Row, options: argparse.Namespace) -> Told:
    made = register.add_user(connection, options.county, options.name, options.role)
    return Told((made,), {"user": made})


def _users(connection: Row, _options: argparse.Namespace) -> Told:
    found = listing.users(connection)
    words = _("{user}  {county_name}  {name}  {role}  {state}")
    lines = (words.format(**vars(each), state=_state(each.disabled_at)) for each in found)
    return Told(tuple(lines), found)


def _disable(connection: Row, options: argparse.Namespace) -> Told:
    ended = register.disable_user(connection, options.user)
    return Told((_("已停用，连同 {n} 台电脑").format(n=ended),), {"user": options.user, "devices": ended})


def _code(connection: Row, options: argparse.Namespace) -> Told:
    if options.sheet is not None and not options.address:
        raise InputProblem(_("登记单上要印网址，请用 --address 写明"), field="address")
    made = enrolment.new_code(connection, station=options.station, user=options.user, days=options.days)
    if options.sheet is not None:
        files = certificates.Files(Settings(data=options.data).folder / certificates.FOLDER)
        options.sheet.write_bytes(sheet.draw(made, options.address, certificates.pin_of(files)))
    return Told((made.code,), made)


def _devices(connection: Row, _options: argparse.Namespace) -> Told:
    found = register.list_devices(connection)
    words = _("{device}  {whose}  {role}  {state}  副本 {copies}  丢失 {holes}")
    lines = (words.format(**vars(each), state=_state(each.revoked_at)) for each in found)
    return Told(tuple(lines), found)


def _revoke(connection: Row, options: argparse.Namespace) -> Told:
    admin.revoke(connection, options.device)
    return Told((_("已停用"),), {"device": options.device})


def _state(ended_at: str) -> str:
    return _("已停用") if ended_at else _("正常")


_RUN: Final[Mapping[tuple[str, str], Callable[[Row, argparse.Namespace], Told]]] = {
    ("county", "create"): _county,
    ("county", "list"): _counties,
    ("station", "create"): _station,
    ("station", "list"): _stations,
    ("user", "create"): _user,
    ("user", "list"): _users,
    ("user", "disable"): _disable,
    ("code", "create"): _code,
    ("device", "list"): _devices,
    ("device", "revoke"): _revoke,
}
