"""A function by example: how it should work, the calls of the check, the near misses."""

import math
from dataclasses import dataclass, field

from softpower.feedback.answers import Case, Fails, Function, Listing, Number
from softpower.feedback.plain import plain, values_of


@dataclass(frozen=True)
class Tried:
    """A function by example.

    Parameters
    ----------
    reference : callable
        How it should work.
    calls : list of tuple
        The arguments of each call.
    near : dict
        Near misses by name, each a callable.
    tolerance : float
        How far a number may lie from the reference's: what rounding is allowed.
    """

    reference: object
    calls: list
    near: dict = field(default_factory=dict)
    tolerance: float = 1e-6

    def form(self, function=None):
        """Return the form of answers that give what ``function`` (or the reference) gives."""
        calls = [_arguments(call) for call in self.calls]
        given = plain(function or self.reference, [plain(list(call)) for call in calls])
        return Function(
            tuple(
                Case(call, Fails() if "error" in result else self._result(result["value"]))
                for call, result in zip(calls, given["results"], strict=True)
            )
        )

    def _result(self, value):
        values = values_of(value)
        if isinstance(values, list):
            return Listing(tuple(self._result(item) for item in values), ordered=True)
        if isinstance(value, bool):
            return value
        if not math.isfinite(value):
            return Fails()
        # A share of one is rounded to more places than the same share in per cent.
        close = self.tolerance if abs(value) >= 1 else min(self.tolerance, 0.006)
        return Number(value, close)


class _Column(tuple):
    """The values of an argument that is a pandas Series in the call."""


def column(*values):
    return _Column(values)


def _arguments(call):
    """Return the arguments of a call; pandas is loaded only where one of them is a column."""
    if not any(isinstance(argument, _Column) for argument in call):
        return call
    import pandas as pd

    return tuple(pd.Series(one) if isinstance(one, _Column) else one for one in call)
