"""The commands of `desk`; with none it opens the window.

A secret is never an argument: it is asked for at a prompt, or read from standard input in a script.
"""

import argparse
import getpass
import logging
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from desk import __version__, clock, paths
from desk.errors import InputProblem, Problem
from desk.services.attachments.apart import LOOK_AT_FILE
from desk.services.check_apart import CHECK_STORE
from desk.services.sheets.apart import READ_SHEET
from desk.text import _

if TYPE_CHECKING:
    from desk.services.kit import Services


def main(argv: list[str] | None = None) -> int:
    """Run one command and return its exit code: 0 done, 1 a problem was told, 2 wrong words."""
    options = _parser().parse_args(argv)
    # What goes wrong is told in a sentence; the window's log is kept in a file (log.py).
    logging.getLogger("desk").addHandler(logging.NullHandler())
    try:
        return _COMMANDS[options.command](options)
    except Problem as problem:
        print("\n".join(filter(None, (problem.sentence, problem.way_out))), file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="desk", description=_("接待台"))
    parser.add_argument("--version", action="version", version=__version__)
    parser.set_defaults(command="window", data=None)
    commands = parser.add_subparsers(metavar=_("命令"))
    roster = _add(commands, "roster", _("读一份代表花名册，把读懂的内容按 JSON 打印出来"))
    roster.add_argument("file", type=Path, metavar=_("文件"))
    # Without help it stays out of the list: the program gives itself this errand (sheets/apart.py).
    sheet = commands.add_parser(READ_SHEET)
    sheet.set_defaults(command=READ_SHEET)
    sheet.add_argument("file", type=Path)
    sheet.add_argument("sheet")
    sheet.add_argument("words")
    # The same: the check of the store after an unclean stop (services/check_apart.py).
    commands.add_parser(CHECK_STORE).set_defaults(command=CHECK_STORE)
    look = commands.add_parser(LOOK_AT_FILE)
    look.set_defaults(command=LOOK_AT_FILE)
    look.add_argument("errand")
    for name, words in (
        ("verify", _("核对数据文件：加密、完整、操作记录链、逐条内容")),
        ("backup", _("马上备份")),
        ("sync", _("与县级平台同步一轮，打印小结")),
    ):
        command = _add(commands, name, words)
        _asks_for_store(command)
        if name == "backup":
            command.add_argument("--to", type=Path, metavar=_("文件夹"), help=_("备份到哪个文件夹"))
    demo = _add(commands, "demo", _("在真的窗口里演一个上午，留下小结、纸张和每个页面的图片"))
    demo.add_argument(
        "--out", type=Path, required=True, metavar=_("文件夹"), help=_("空文件夹，或上次演示的")
    )
    restore = _add(commands, "restore", _("用一份备份恢复；恢复码从提示或标准输入读"))
    restore.add_argument("file", type=Path, metavar=_("备份文件"))
    restore.add_argument("--data", type=Path, metavar=_("文件夹"), help=_("数据文件夹"))
    _add_profile(commands)
    seed = _add(commands, "seed", _("造一份假数据，供测试和练习；登录密码从提示或标准输入读"))
    seed.add_argument("--visits", type=int, default=2000, metavar=_("次数"), help=_("来访多少次"))
    seed.add_argument("--cases", type=int, default=0, metavar=_("件数"), help=_("另造直接登记的纠纷多少件"))
    seed.add_argument("--seed", type=int, default=1, metavar=_("种子"), help=_("同一个数造出同样的内容"))
    seed.add_argument("--out", type=Path, required=True, metavar=_("文件夹"), help=_("新的数据文件夹"))
    return parser


def _add(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, words: str
) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=words, description=words)
    command.set_defaults(command=name)
    return command


def _add_profile(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    verbs = _add(commands, "profile", _("县里用：给规则文件签名")).add_subparsers(
        metavar=_("命令"), required=True
    )
    key = _add(verbs, "key", _("造一对签名密钥；口令从提示或标准输入读"))
    key.set_defaults(command="profile key")
    key.add_argument("--out", type=Path, required=True, metavar=_("文件"), help=_("密钥放进哪个新文件"))
    sign = _add(verbs, "sign", _("给规则文件签名；没有 --key 时密钥从提示或标准输入读"))
    sign.set_defaults(command="profile sign")
    sign.add_argument("file", type=Path, metavar=_("规则文件"))
    sign.add_argument("--key", type=Path, metavar=_("密钥文件"), help=_("口令从提示或标准输入读"))
    sign.add_argument("--out", type=Path, required=True, metavar=_("文件"), help=_("签好的放进哪个文件"))


def _asks_for_store(command: argparse.ArgumentParser) -> None:
    command.add_argument("--data", type=Path, metavar=_("文件夹"), help=_("数据文件夹"))
    command.add_argument("--user", default="", metavar=_("姓名"), help=_("谁来打开；只有一人时不用写"))


def _window(_options: argparse.Namespace) -> int:
    from desk import app

    return app.run()


def _roster(options: argparse.Namespace) -> int:
    from desk.services.roster.as_json import roster_as_json

    # Rare characters do not fit every console's own character set.
    sys.stdout.buffer.write(roster_as_json(options.file).encode() + b"\n")
    return 0


def _read_sheet(options: argparse.Namespace) -> int:
    from desk.services.sheets.headers import Words
    from desk.services.sheets.native import answer

    sys.stdout.buffer.write(answer(options.file, Words.from_json(options.words), options.sheet))
    return 0


def _check_store(_options: argparse.Namespace) -> int:
    from desk.services.check_here import answer

    sys.stdout.buffer.write(answer(sys.stdin.buffer.read()))
    return 0


def _look_at_file(options: argparse.Namespace) -> int:
    from desk.services.attachments.apart import Errand
    from desk.services.attachments.native import answer

    sys.stdout.buffer.write(answer(Errand.from_json(options.errand), sys.stdin.buffer.read()))
    return 0


def _verify(options: argparse.Namespace) -> int:
    with _services(options) as services:
        report = services.verify.run()
    print("\n".join(report.lines))
    return 0 if report.ok else 1


def _backup(options: argparse.Namespace) -> int:
    with _services(options) as services:
        made = services.backup.run(options.to)
    print(_("备份好了：") + str(made.path))
    return 0


def _sync(options: argparse.Namespace) -> int:
    with _services(options) as services:
        if not services.sync.state().address:
            raise InputProblem(_("还没有接县级平台"), way_out=_("请在“设置 › 县级平台”里登记本机。"))
        done = services.sync.run().value
    print("\n".join(done.lines))
    return 0 if done.report.reached and not done.report.trouble else 1


def _restore(options: argparse.Namespace) -> int:
    from desk.services import backup, keybox, restore

    if not options.file.is_file():
        raise InputProblem(_("打不开这个文件：{file}").format(file=options.file))
    slot_file = options.file.with_suffix(backup.SLOTS)
    key = keybox.key_by_sheet(slot_file, _secret(_("恢复码：")))
    restored = restore.restore(options.file, options.data or paths.data_folder(), key)
    print(_("恢复好了：") + str(restored.path))
    if restored.aside is not None:
        print(_("原来的数据放在：") + str(restored.aside))
    if restored.missing:
        print(_("有 {count} 个附件的文件在备份里找不到。").format(count=restored.missing))
    print(_("本机编号字母改为 {letter}，以后的编号用它。").format(letter=restored.letter))
    if restored.unnumbered:
        print(restored.numbering_note)
    return 0


def _seed(options: argparse.Namespace) -> int:
    from desk.services.login import Login
    from desk.services.seed import run, station

    until = clock.today() - timedelta(days=1)
    plan = run.Plan(options.visits, options.seed, until, options.cases)
    made = station.make(Login(options.out), _secret(_("给这份数据设一个密码：")), plan, _tell_progress)
    print(_("造好了 {count} 次来访。用“{name}”和刚才的密码登录。").format(count=made, name=station.USER_NAME))
    return 0


def _profile_key(options: argparse.Namespace) -> int:
    from desk.services import profile_signing

    passphrase = _secret(_("给密钥设一个口令："))
    if sys.stdin.isatty() and _secret(_("再输一次：")) != passphrase:
        raise InputProblem(_("两次输入的口令不一样。"))
    fingerprint = profile_signing.make_key(options.out, passphrase)
    print(_("密钥在 {file}，请另存一份锁好；各站只认它的签名。").format(file=options.out))
    print(_("指纹：{print}（各站第一次用时打电话核对）").format(print=fingerprint))
    return 0


def _profile_sign(options: argparse.Namespace) -> int:
    from desk.services import paper_files, profile_signing

    text = _read_text(options.key) if options.key is not None else _whole_secret(_("签名密钥："))
    key = profile_signing.read_key(text, lambda: _secret(_("密钥的口令：")))
    signed = profile_signing.sign(_read_bytes(options.file), key)
    paper_files.save(options.out, signed)
    print(_("签好了：") + str(options.out))
    print(_("指纹：{print}（各站第一次用时打电话核对）").format(print=profile_signing.fingerprint(key)))
    return 0


def _read_bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as failure:
        raise InputProblem(_("打不开这个文件：{file}").format(file=file)) from failure


def _read_text(file: Path) -> str:
    return _read_bytes(file).decode("ascii", "replace")


def _tell_progress(written: int) -> None:
    print(_("已造 {count} 次来访").format(count=written), file=sys.stderr)


def _demo(options: argparse.Namespace) -> int:
    from desk.demo import run
    from desk.demo.record import HubMade, Record

    def read_back(record: Record) -> None:
        from desk.demo import store_check

        store_check.read_back(record)

    def compare(record: Record, made: HubMade) -> HubMade:
        from desk.demo import sync_check

        return sync_check.compare(record, made)

    return run.play(options.out, read_back, compare)


@contextmanager
def _services(options: argparse.Namespace) -> "Iterator[Services]":
    """Open the store of the data folder for the named user, or the only one, and close it afterwards.

    Raises:
        InputProblem: there is no such user, or several and none is named. Others as `Login.sign_on`.
    """
    from desk.services import kit
    from desk.services.login import Login

    login = Login(options.data or paths.data_folder())
    users = login.state().users
    chosen = [user for user in users if options.user in {"", user.name}]
    if len(chosen) != 1:
        names = "、".join(user.name for user in users)
        raise InputProblem(
            _("请用 --user 写明是谁：{names}").format(names=names) if users else _("这里没有数据。")
        )
    opened = login.sign_on(chosen[0].id, _secret(_("密码：")))
    try:
        yield kit.build(opened, login)
    finally:
        opened.store.close()


def _secret(prompt: str) -> str:
    """Ask at the terminal without echo; in a script take the first line of standard input."""
    return getpass.getpass(prompt) if sys.stdin.isatty() else sys.stdin.readline().rstrip("\r\n")


def _whole_secret(prompt: str) -> str:
    """Ask at the terminal for one line without echo; in a script take all of standard input."""
    return getpass.getpass(prompt) if sys.stdin.isatty() else sys.stdin.read()


_COMMANDS: Mapping[str, Callable[[argparse.Namespace], int]] = {
    "window": _window,
    "roster": _roster,
    READ_SHEET: _read_sheet,
    CHECK_STORE: _check_store,
    LOOK_AT_FILE: _look_at_file,
    "verify": _verify,
    "backup": _backup,
    "sync": _sync,
    "restore": _restore,
    "demo": _demo,
    "seed": _seed,
    "profile key": _profile_key,
    "profile sign": _profile_sign,
}
