"""What a hub's address may look like: https, or this computer itself."""

from urllib.parse import urlsplit

from desk.errors import InputProblem
from desk.text import _

_HERE = frozenset({"localhost", "127.0.0.1", "::1"})


def cleaned(typed: str) -> str:
    """Return the address in one spelling, without a slash at its end; "" for none.

    Raises:
        InputProblem: not an address, or one by which data would travel in clear.
    """
    text = typed.strip()
    if not text:
        return ""
    if "://" not in text:
        text = f"https://{text}"
    try:
        parts = urlsplit(text)
        host, _port = parts.hostname or "", parts.port
    except ValueError as error:
        raise _not_one() from error
    if (
        parts.scheme not in {"http", "https"}
        or not host
        or parts.query
        or parts.fragment
        or "@" in parts.netloc
    ):
        raise _not_one()
    if parts.scheme == "http" and host not in _HERE:
        raise InputProblem(
            _("县级平台的地址要以 https:// 开头，数据才不会明文传送"),
            way_out=_("请向县里核对地址。"),
            field="address",
        )
    return text.rstrip("/")


def _not_one() -> InputProblem:
    return InputProblem(
        _("这不像一个网址"), way_out=_("请照县里给的写，例如 https://hub.example.gov.cn"), field="address"
    )
