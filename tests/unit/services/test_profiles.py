"""The profile in force: shipped default, county file, the head's own changes."""

import base64
import tomllib
from datetime import date

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from desk.errors import AccessProblem, InputProblem
from desk.rules.profile_file import canonical, from_content
from desk.services.profiles import Profiles
from desk.services.session import Session, User
from tests import factories
from tests.stores import KEY
from tests.unit.services.visit_stage import Stage

DAY = date(2026, 11, 23)
COUNTY = """
schema = 1
profile = "示例县"
version = "2026.2"
[[row]]
key = "term.tell_where"
value = 5
unit = "workday"
valid_from = 2026-01-01
source = "示例县人大常委会办法"
"""


def profiles(stage: Stage, role: str = "head") -> Profiles:
    return Profiles(stage.store, Session(User("u9", "周某某", frozenset({role})), KEY))


def signed(text: str, key: Ed25519PrivateKey) -> bytes:
    signature = key.sign(canonical(from_content(tomllib.loads(text))))
    public = base64.b64encode(key.public_key().public_bytes_raw()).decode()
    value = base64.b64encode(signature).decode()
    return f'{text}\n[signature]\nkey = "{public}"\nvalue = "{value}"\n'.encode()


def test_the_default_rules_until_something_is_taken(stage: Stage) -> None:
    assert profiles(stage).current().number("term.tell_where", DAY) == 3


def test_the_first_county_file_needs_its_fingerprint(stage: Stage) -> None:
    service, data = profiles(stage), signed(COUNTY, Ed25519PrivateKey.generate())
    offer = service.offer(data)
    assert (offer.name, offer.needs, [change.new for change in offer.changes]) == (
        "示例县",
        "fingerprint",
        [5],
    )
    with pytest.raises(InputProblem, match="指纹"):
        service.accept(data)
    done = service.accept(data, fingerprint=offer.fingerprint)
    assert done.changed == {"profile"}
    assert service.current().number("term.tell_where", DAY) == 5
    assert service.offer(data).needs == ""
    assert profiles(stage).current().number("term.tell_where", DAY) == 5


def test_another_countys_file_is_refused_for_good(stage: Stage) -> None:
    service, data = profiles(stage), signed(COUNTY, Ed25519PrivateKey.generate())
    service.accept(data, fingerprint=service.offer(data).fingerprint)
    with pytest.raises(InputProblem, match="不是本县"):
        service.accept(signed(COUNTY, Ed25519PrivateKey.generate()))


def test_an_unsigned_file_needs_the_heads_word(stage: Stage) -> None:
    service = profiles(stage)
    assert service.offer(COUNTY.encode()).needs == "local"
    with pytest.raises(InputProblem, match="没有县里的签名"):
        service.accept(COUNTY.encode())
    service.accept(COUNTY.encode(), as_local=True)
    assert service.current().number("term.tell_where", DAY) == 5


def test_the_heads_own_change_lies_on_top(stage: Stage) -> None:
    service, data = profiles(stage), signed(COUNTY, Ed25519PrivateKey.generate())
    service.change("term.tell_where", 2)
    service.accept(data, fingerprint=service.offer(data).fingerprint)
    row = service.current().row("term.tell_where", DAY)
    assert (row.value, row.source) == (2, "本地设定")


def test_what_does_not_fit_is_refused(stage: Stage) -> None:
    with pytest.raises(InputProblem):
        profiles(stage).change("term.tell_where", "three")
    with pytest.raises(InputProblem, match="不认识"):
        profiles(stage).change("no.such_rule", 1)
    with pytest.raises(AccessProblem):
        profiles(stage, "clerk").change("term.tell_where", 2)


def test_an_older_county_file_is_refused_however_well_signed(stage: Stage) -> None:
    """Whoever keeps an old signed file must not undo the county's newer rules."""
    service, key = profiles(stage), Ed25519PrivateKey.generate()
    newer = signed(COUNTY.replace("2026.2", "2026.10"), key)
    service.accept(newer, fingerprint=service.offer(newer).fingerprint)
    service.accept(newer)
    for verb in (service.offer, service.accept):
        with pytest.raises(InputProblem, match=r"2026\.2 版，比正在使用的 2026\.10 版旧"):
            verb(signed(COUNTY, key))
    assert service.current().version.endswith("2026.10")


def test_a_file_taken_over_adds_to_the_heads_own_changes(stage: Stage) -> None:
    service = profiles(stage)
    service.change("lock.idle", 5, DAY)
    service.accept(COUNTY.encode(), as_local=True)
    service.change("lock.pin_return", 20, DAY)
    now = service.current()
    keys = ("lock.idle", "term.tell_where", "lock.pin_return")
    assert [now.number(key, DAY) for key in keys] == [5, 5, 20]


def test_sec_11_dengbao_waits_until_its_posts_are_filled(stage: Stage) -> None:
    """Else nobody could manage users any more, the head included."""
    service = profiles(stage)
    with stage.store.write("u9") as rows:
        rows.add_all([factories.user(roles="head,sysadmin"), factories.user(roles="secadmin", disabled=True)])
    with pytest.raises(InputProblem, match="要先有安全管理员、审计管理员"):
        service.change("dengbao.enabled", value=True)
    assert not service.current().flag("dengbao.enabled", DAY)
    with stage.store.write("u9") as rows:
        rows.add(factories.user(roles="audadmin,secadmin"))
    service.change("dengbao.enabled", value=True)
    assert service.current().flag("dengbao.enabled", DAY)


def test_who_follows_hears_of_each_new_profile(stage: Stage) -> None:
    heard: list[int] = []
    session = Session(User("u9", "周某某", frozenset({"head"})), KEY)
    service = Profiles(stage.store, session, lambda new: heard.append(new.number("lock.idle", DAY)))
    service.change("lock.idle", 5, DAY)
    assert heard == [5]
