"""A session's plan, made before any search: readings of both people, minutes, evidence needed."""

from guidegen.planning.minutes import allocate
from guidegen.planning.reading import read_person
from guidegen.planning.session_plan import plan_session, retimed

__all__ = ["allocate", "plan_session", "read_person", "retimed"]
