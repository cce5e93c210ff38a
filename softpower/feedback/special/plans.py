"""Answers that are a policy plan."""

from dataclasses import dataclass

from softpower import policy
from softpower.feedback.plain import restore


@dataclass(frozen=True)
class ValidPlan:
    """A policy plan without errors or missing parts, and not a worked plan as it stands."""

    other_than: str
    reads_blanks = True  # an empty box of a plan is told by its name
    wanted = "a plan: paste the studio's text between the quotation marks"

    def accepts(self, given):
        if not self.understands(given) or SamePlan(self.other_than).accepts(given):
            return False
        return policy.is_valid(policy.check(restore(given)))

    def understands(self, given):
        return isinstance(given, dict) and given.get("$") == "mapping"

    def says(self, given):
        """Return what stops the plan: how many things, and the first of them."""
        stops = [f for f in policy.check(restore(given)) if f.level != "warning"]
        more = (
            f"{len(stops)} things stop this plan. The first:"
            if len(stops) > 1
            else "One thing stops this plan."
        )
        return f"{more} {stops[0]} Mend it in the studio, and paste the text again."

    def examples(self):
        yield policy.example("after_the_games")


@dataclass(frozen=True)
class SamePlan:
    """A worked plan of the course, handed in as it stands."""

    name: str
    wanted = "a plan of your own"

    def accepts(self, given):
        return self.understands(given) and restore(given) == policy.example(self.name)

    def understands(self, given):
        return isinstance(given, dict) and given.get("$") == "mapping"

    def examples(self):
        yield policy.example(self.name)
