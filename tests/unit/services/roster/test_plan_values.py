"""Values of an import plan."""

from desk.services.roster.plan_values import NEW, Entry, ImportPlan
from desk.services.roster.values import RosterRow


def test_the_plan_is_read_by_what_would_happen() -> None:
    actions = ("new", "same", "changed", "doubtful", "new")
    entries = tuple(Entry(RosterRow(line=n, name="王某"), action, NEW) for n, action in enumerate(actions))  # type: ignore[arg-type] # literals
    plan = ImportPlan("名单.csv", entries)
    counts = [len(found) for found in (plan.new, plan.changed, plan.same, plan.doubtful)]
    assert counts == [2, 1, 1, 1]
