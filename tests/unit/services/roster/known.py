"""A stored deputy for tests of the import."""

from datetime import date

from desk.services.roster.plan_values import Known, KnownMandate

KNOWN = Known(
    id="d1",
    name="王某",
    alias="",
    sex="1",
    ethnicity="汉族",
    birth_date=date(1970, 1, 1),
    phone="13800138000",
    post="教师",
    consultative=False,
    state="active",
    remark="",
    mandates=(KnownMandate("m1", 4, "第1选区", "", "", "", "active"),),
)
