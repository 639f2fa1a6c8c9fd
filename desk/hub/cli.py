"""The commands of `desk-hub`. With no database named, the hub starts its own in its data folder."""

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import psycopg
import uvicorn
from sqlalchemy.exc import ProgrammingError

from desk import __version__
from desk.errors import InputProblem, Problem, StoreProblem
from desk.hub import backups, certificates, journal, register_commands, schema, scope_commands, stopping
from desk.hub.hold import Hold
from desk.hub.own_postgres import OwnPostgres
from desk.hub.settings import Settings
from desk.hub.told import Told
from desk.text import _

_GRACE_S = 20
_HOLD_S = 10
# A worker that gives no sign for so long is replaced. Its first comes once Python has loaded the program:
# by the web server's own five seconds one of a slow or busy machine would be ended before that, each time.
# While it waits for one the server neither stops nor looks at the others, so it is no longer than that needs.
_ANSWERS_S = 30
_EVERYWHERE = "0.0.0.0"  # noqa: S104 - only with a certificate


def main(argv: list[str] | None = None) -> int:
    """Run one command and return its exit code: 0 done, 1 a problem was told, 2 wrong words."""
    options = _parser().parse_args(argv)
    handler = journal.start(sys.stderr)
    try:
        with stopping.by_signal():
            return _COMMANDS[options.command](options)
    except stopping.Stopped:
        journal.note("stopped")
        return 0
    except Problem as problem:
        print(_problem(problem, as_json=options.json), file=sys.stderr)
        return 1
    finally:
        journal.stop(handler)


def _problem(problem: Problem, *, as_json: bool) -> str:
    if as_json:
        said = {"error": problem.field, "sentence": problem.sentence, "way_out": problem.way_out}
        return json.dumps(said, ensure_ascii=False)
    return "\n".join(filter(None, (problem.sentence, problem.way_out)))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="desk-hub",
        description=_("接待台县级服务器"),
        epilog=_("退出码：0 办好了；1 没办成，原因在标准错误里；2 命令写错了。"),
    )
    parser.add_argument("--version", action="version", version=__version__)
    parser.add_argument("--data", default="", metavar=_("文件夹"), help=_("数据文件夹"))
    parser.add_argument(
        "--database", default=os.environ.get("DESK_HUB_DATABASE", ""), metavar=_("地址"),
        help=_("用已有的 PostgreSQL；不写时用自带的。口令放在环境变量 DESK_HUB_DATABASE 或 PGPASSFILE 里"),
    )  # fmt: skip
    parser.add_argument("--json", action="store_true", help=_("用 JSON 回答，给程序读"))
    also = argparse.ArgumentParser(add_help=False)
    # Said behind a command it counts as well; not said there it leaves alone what was said in front.
    also.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help=argparse.SUPPRESS)
    commands = parser.add_subparsers(dest="command", required=True, metavar=_("命令"))
    _add_serve(commands)
    certificate = commands.add_parser(
        "certificate", help=_("做一张县里自己的证书，打印核对码"), parents=[also]
    )
    certificate.add_argument("county", metavar=_("县名"))
    certificate.add_argument("--host", action="append", required=True, metavar=_("网址名或 IP"))
    certificate.add_argument("--days", type=int, default=certificates.DAYS, metavar=_("天数"))
    _add_backups(commands, also)
    register_commands.add_to(commands, also)
    scope_commands.add_to(commands, also)
    return parser


def _add_serve(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    serve = commands.add_parser("serve", help=_("运行服务器，按 Ctrl C 停止；没有证书时只在本机地址上监听"))
    serve.add_argument("--port", type=int, default=Settings.port, metavar=_("端口"))
    serve.add_argument("--workers", type=int, default=Settings.workers, metavar=_("进程数"))
    serve.add_argument(
        "--rounds", type=int, default=Settings.rounds, metavar=_("台数"), help=_("每个进程同时接待几台电脑")
    )
    serve.add_argument("--host", default="", metavar=_("地址"), help=_("在哪个地址上监听；有证书时默认全部"))
    serve.add_argument("--certificate", default="", metavar=_("文件"), help=_("证书，连同它的上级，PEM"))
    serve.add_argument("--key", default="", metavar=_("文件"), help=_("证书的私钥，PEM"))


def _add_backups(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]", also: argparse.ArgumentParser
) -> None:
    words = _("把自带的数据库连同口令和证书备份到一个新文件夹，服务器照常运行；打印各范围包含到的版本")
    backup = commands.add_parser("backup", help=words, description=words, parents=[also])
    backup.add_argument("folder", type=Path, metavar=_("文件夹"))
    words = _("停着服务器时放回一份备份，并声明恢复过；原来的数据改名放在一边")
    restore = commands.add_parser("restore", help=words, description=words, parents=[also])
    restore.add_argument("folder", type=Path, metavar=_("文件夹"))


def _settings(options: argparse.Namespace) -> Settings:
    return Settings(data=options.data, database=options.database)


@contextmanager
def _database(settings: Settings, *, serves: bool = False, restores: bool = False) -> Iterator[str]:
    """Give a database that is up to date.

    One of our own is stopped again by whoever started it or serves from it, never under a hub that serves.
    restores: the caller has the hold on the folder already.
    """
    if settings.database:
        yield _up_to_date(settings.database)
        return
    own, hold = OwnPostgres(settings.folder), Hold(settings.folder)
    if serves and not hold.take(_HOLD_S):
        raise StoreProblem(
            _("这个数据文件夹已有一个服务器在用"), way_out=_("请先停下它，或用 --data 写另一个文件夹。")
        )
    try:
        with stopping.held_back():
            conninfo = own.start(restores=restores)
        yield _up_to_date(conninfo)
    finally:
        with stopping.held_back():
            if serves or restores:
                own.stop()
            elif own.is_ours:
                with hold.if_free() as free:
                    if free:
                        own.stop()
            hold.let_go()


def _up_to_date(conninfo: str) -> str:
    try:
        schema.migrate(conninfo)
    except psycopg.OperationalError as error:
        raise StoreProblem(_("连不上数据库"), way_out=_("请检查地址、口令和数据库是否在运行。")) from error
    except ProgrammingError as error:
        if not isinstance(error.orig, psycopg.errors.InsufficientPrivilege):
            raise
        raise StoreProblem(
            _("这个数据库用户的权限不够"),
            way_out=_("请让数据库管理员建好角色 desk_hub_rows 并授予这个用户（docs/hub.md）。"),
        ) from error
    return conninfo


@contextmanager
def _connected(options: argparse.Namespace) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    with _database(_settings(options)) as conninfo, psycopg.connect(conninfo) as connection:
        yield connection


def _serve(options: argparse.Namespace) -> int:
    asked = replace(
        _settings(options), port=options.port, workers=options.workers, rounds=max(1, options.rounds)
    )
    settings = _listening(asked, options)
    own = 0 if settings.database else 1
    with _database(settings, serves=True) as conninfo:
        os.environ.update(replace(settings, database=conninfo, own=own).to_environment())
        tls = "yes" if settings.certificate else "no"
        journal.note("serving", {"port": settings.port, "workers": settings.workers, "tls": tls})
        uvicorn.run(
            "desk.hub.main:from_environment",
            factory=True,
            host=settings.host,
            port=settings.port,
            ssl_certfile=settings.certificate or None,
            ssl_keyfile=settings.key or None,
            workers=settings.workers,
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=_GRACE_S,
            timeout_worker_healthcheck=_ANSWERS_S,
        )
        journal.note("stopped")
    return 0


def _listening(settings: Settings, options: argparse.Namespace) -> Settings:
    """Find the certificate to serve by. Without one the hub is heard on this machine only.

    Raises:
        InputProblem: a file is missing, or an address of the network was asked for without a certificate.
    """
    files = certificates.Files(settings.folder / certificates.FOLDER)
    certificate, key = options.certificate, options.key
    if not certificate and not key and files.are_there:
        certificate, key = str(files.certificate), str(files.key)
    if not certificate and not key:
        if options.host not in {"", Settings.host}:
            raise InputProblem(
                _("没有证书只能在本机地址上监听，数据才不会明文传送"),
                way_out=_("请先用 desk-hub certificate 做一张，或用 --certificate 和 --key 写明。"),
                field="host",
            )
        return settings
    for each in (certificate, key):
        if not Path(each).is_file():
            raise InputProblem(_("没有这个证书文件：{path}").format(path=each), field="certificate")
    return replace(settings, host=options.host or _EVERYWHERE, certificate=certificate, key=key)


def _certificate(options: argparse.Namespace) -> int:
    files = certificates.Files(_settings(options).folder / certificates.FOLDER)
    pin = certificates.make(files, options.county, options.host, options.days)
    lines = (_("核对码：{pin}").format(pin=pin), _("证书放在：{path}").format(path=files.folder))
    return _say(options, Told(lines, {"pin": pin, "folder": str(files.folder)}))


def _own_folder(options: argparse.Namespace) -> Path:
    settings = _settings(options)
    if settings.database:
        raise InputProblem(
            _("只有自带的数据库能这样备份和恢复"),
            way_out=_("请用那个数据库自己的工具，恢复后用 desk-hub restored 声明（docs/hub.md）。"),
            field="database",
        )
    return settings.folder


def _backup(options: argparse.Namespace) -> int:
    folder, target = _own_folder(options), options.folder.resolve()
    with _connected(options) as connection:
        versions = backups.make(connection, folder, target)
    lines = (_("已备份到：{path}").format(path=target), *(f"{scope}  {n}" for scope, n in versions.items()))
    return _say(options, Told(lines, {"folder": str(target), "versions": versions}))


def _restore(options: argparse.Namespace) -> int:
    folder, hold = _own_folder(options), Hold(_own_folder(options))
    if not hold.take():
        raise StoreProblem(_("服务器还在运行"), way_out=_("请先停下它，再恢复。"))
    try:
        with stopping.held_back():
            aside = backups.put_back(folder, options.folder.resolve())
        # Nobody may serve it before its new life is declared; a restore that ends in between is said again.
        with (
            _database(_settings(options), restores=True) as conninfo,
            psycopg.connect(conninfo) as connection,
        ):
            shared = backups.declare(connection, _("恢复备份"))
            check = register_commands.let_in(connection)
        OwnPostgres(folder).finished()
    finally:
        hold.let_go()
    lines = [_("{scope}  与以前共有到版本 {version}").format(scope=s, version=v) for s, v in shared.items()]
    if aside is not None:
        lines.append(_("原来的数据在：{path}").format(path=aside))
    lines += [*check.lines, _("备份里没有用过的登记码全部作废，要用的请重新开。")]
    lines.append(_("核对之后可以运行服务器；各站的电脑会把备份之后的记录补送上来。"))
    return _say(options, Told(tuple(lines), {"shared": shared, "aside": str(aside or ""), **check.data}))


def _register(options: argparse.Namespace) -> int:
    with _connected(options) as connection:
        told = register_commands.run(connection, options)
    return _say(options, told)


def _scope(options: argparse.Namespace) -> int:
    with _connected(options) as connection:
        told = scope_commands.run(connection, options)
    return _say(options, told)


def _say(options: argparse.Namespace, told: Told) -> int:
    for line in told.printed(as_json=options.json):
        print(line)
    return 0


_COMMANDS: Mapping[str, Callable[[argparse.Namespace], int]] = {
    "serve": _serve,
    "certificate": _certificate,
    "backup": _backup,
    "restore": _restore,
    **dict.fromkeys(register_commands.NAMES, _register),
    **dict.fromkeys(scope_commands.NAMES, _scope),
}
