"""The plan: open points, statements, the token that approves them, predicted waits. Reads only."""

from motomind_nb.apply.planning.plan import DAY, Plan, Request, plan_apply, plan_in_database

__all__ = ["DAY", "Plan", "Request", "plan_apply", "plan_in_database"]
