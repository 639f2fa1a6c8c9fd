"""Every setting of the PC is declared once."""

from desk import settings


def test_settings_are_declared_once_with_a_sentence() -> None:
    declared = [each for each in vars(settings).values() if isinstance(each, settings.Setting)]
    assert sorted(declared, key=lambda each: each.key) == sorted(settings.ALL, key=lambda each: each.key)
    assert len({each.key for each in settings.ALL}) == len(settings.ALL)
    assert all(each.sentence for each in settings.ALL)
