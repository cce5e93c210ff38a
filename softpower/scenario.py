"""What would you have to believe? A plan's scenario: not a forecast.

The learner's assumptions go in; a fan and a chance come out, never one line. The fan without
the plan stands beside it, and rivals move too. The inverse question is answered on the same
random paths: which gain would have made the target in half, four fifths, nine tenths of them.

The model, in one line: next year's score = this year's + what the plan adds + chance, for
Kazakhstan; and this year's + what the rivals gain + chance, for each of the others. Chance is
calibrated so that ranks wobble in a year as they did from 2025 to 2026.

Two things that the model leaves out can be switched on: gains that fade, and a shock that all
countries share. :func:`drawn_how` says in words which of them a scenario was drawn with.
"""

from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
import pandas as pd

from softpower import data, policy, texts
from softpower.errors import CourseError

NOT_A_FORECAST = texts.mark(
    "Not a forecast: it shows what follows if the plan's own assumptions hold, and nothing else."
)
_NO_PLACE = texts.mark("No place of {country} is known, so no fan is drawn.")
BASE_YEAR = 2026
PATHS = 5_000
HALF_POINTS = 20
QUANTILES = {"low": 0.05, "lower": 0.25, "middle": 0.5, "upper": 0.75, "high": 0.95}
CHANCES = (0.5, 0.8, 0.9)


@dataclass(frozen=True)
class Scenario:
    """What follows from a plan's assumptions.

    Attributes
    ----------
    fan : pandas.DataFrame
        One row a year, path (``"with the plan"``, ``"without it"``) and measure (``"score"``
        in points of 100, ``"rank"``): the quantiles low (5 %), lower, middle, upper, high (95 %).
    chance, chance_without : float
        Share of the paths, from 0 to 1, that reach the target by the last year.
    believe : pandas.DataFrame
        One row a chance: the extra gain (points of score a year) that it needs.
    gain : float
        The extra gain a year, to the last year, that the plan's central values come to.
    target : dict
        ``{"measure": "score" or "rank", "value": …, "year": …}``.
    fade : float
        The share of all earlier gains that is lost each year.
    shared : float
        By how much all scores rise and fall together in a year (a standard deviation, points).
    """

    fan: pd.DataFrame
    chance: float
    chance_without: float
    believe: pd.DataFrame
    gain: float
    target: dict
    fade: float = 0.0
    shared: float = 0.0


def drawn_how(result):
    """Say in words how the paths of a scenario were drawn: a list of short sentences.

    They stand on the face of the picture, because each is an assumption of the course.
    """
    faded = texts.text("Gains never fade.")
    if result.fade:
        share = texts.percent(100 * result.fade)
        faded = texts.text("Each year {share} of all gains fades.", share=share)
    shocks = texts.text("No shock hits all countries at once.")
    if result.shared:
        shocks = texts.text(
            "All scores rise and fall together by about {points} points a year.",
            points=texts.number(result.shared),
        )
    drawn = texts.text(
        "Each path draws every belief once, between low and high and mostly near central."
    )
    return [faded, shocks, drawn]


def share(points, half=HALF_POINTS):
    """Return how much of the most an instrument could add its points buy, from 0 to 1.

    ``points / (points + half)``: 20 points buy half, 60 buy three quarters. The shape
    (each further point buys less) and the 20 are this course's assumption, not a finding.
    """
    points = np.asarray(points, float)
    return points / (points + half)


def field(bands, quoted):
    """Rebuild the scores of all ranks from the few figures that may be quoted.

    Parameters
    ----------
    bands : pandas.DataFrame
        ``band_id`` (its lower edge, whole points) and ``countries``: how many countries score
        from there to below the next whole point.
    quoted : pandas.DataFrame
        ``rank`` and ``score`` of the countries quoted by name.

    Returns
    -------
    numpy.ndarray
        A score for each rank, best first. Between known places: straight lines.
    """
    steps = bands.assign(lower=bands["band_id"].astype(int)).sort_values("lower", ascending=False)
    # Scores are printed to 0.1: the edge between 40.0 and 39.9 lies half a step below 40.
    edges = pd.Series(steps["lower"].to_numpy() - 0.05, index=steps["countries"].cumsum() + 0.5)
    known = pd.concat([edges, quoted.set_index("rank")["score"]]).astype(float)
    known = known[~known.index.duplicated()].sort_index()
    ranks = np.arange(1, int(steps["countries"].sum()) + 1)
    return np.interp(ranks, known.index.to_numpy(float), known.to_numpy())


def observed_wobble(changes):
    """Return the standard deviation, in places, of the changes of rank of one year.

    Parameters
    ----------
    changes : pandas.DataFrame
        ``change`` (places gained) and ``countries`` (how many).
    """
    times = changes["countries"].to_numpy(np.intp)  # repeat takes the machine's own integers alone
    return float(np.repeat(changes["change"].to_numpy(float), times).std(ddof=1))


def calibrate(scores, wobble, ranks=(60, 110), draws=400, seed=1):
    """Find the yearly noise of a score that makes ranks wobble as much as they did.

    Parameters
    ----------
    scores : array of float
        The field, best first.
    wobble : float
        Observed standard deviation of a one-year change of rank, in places.
    ranks : (int, int)
        The places, first and last, of the countries that were observed.

    Returns
    -------
    float
        A standard deviation in points of score a year, found by halving an interval.
    """
    chance = np.random.default_rng(seed).standard_normal((draws, len(scores)))
    places = np.arange(1, len(scores) + 1)
    chosen = slice(ranks[0] - 1, ranks[1])

    def simulated(noise):
        order = np.argsort(-(scores + noise * chance), axis=1)
        after = np.empty_like(order)
        np.put_along_axis(after, order, places[None, :], axis=1)
        return (places - after)[:, chosen].std()

    low, high = 0.0, 5.0
    for _ in range(25):
        middle = (low + high) / 2
        low, high = (middle, high) if simulated(middle) < wobble else (low, middle)
    return (low + high) / 2


def quoted_places():
    """Return the countries whose rank and score of the base year the course quotes."""
    figures = data.load("gspi_ranks").query("year == @BASE_YEAR and indicator in ('rank', 'score')")
    return figures.pivot(index="country", columns="indicator", values="value").dropna()


@cache
def world():
    """Return the field, Kazakhstan's place in it and the yearly noise, from the tables.

    Returns
    -------
    tuple
        The rivals' scores (best first), Kazakhstan's score, its rank, the noise.
    """
    if data.home() not in (quoted := quoted_places()).index:
        raise CourseError(texts.text(_NO_PLACE, country=texts.cell(data.home())))
    scores = field(data.load("gspi_bands"), quoted)
    noise = calibrate(scores, observed_wobble(data.load("gspi_rank_changes")))
    rank, score = quoted.loc[data.home(), ["rank", "score"]]
    return np.delete(scores, int(rank) - 1), float(score), int(rank), noise


@lru_cache(maxsize=4)
def _chance(years, countries, seed):
    """Sums of chance over the years, one row a path: drawn once, used at every change."""
    draws = np.random.default_rng(seed).standard_normal((years, PATHS, countries), np.float32)
    return np.cumsum(draws, axis=0)


def run(plan, *, target=None, half=HALF_POINTS, rivals_move=True, fade=0.0, shared=0.0, seed=1):
    """Draw the scenario of a plan.

    Parameters
    ----------
    plan : dict
        Only its years, its instruments (``points``, ``starts``) and its assumptions count;
        what is not yet written adds nothing.
    target : dict, optional
        ``{"measure": "score", "value": 37.5}`` or ``{"measure": "rank", "value": 60}``, for
        the plan's last year. Where not given, rank 60.
    half : float
        The points that buy half of an instrument's most; see :func:`share`.
    rivals_move : bool
        False leaves out the line about rivals: their gain is then 0, chance remains.
    fade : float
        The share of all gains so far that is lost each year, from 0 (gains never fade) to
        below 1. The plan's gains fade; what is assumed of the rivals is a net gain.
    shared : float
        A shock that hits the scores of all countries alike: the standard deviation of its
        yearly part, in points of score. It moves scores and leaves ranks where they are.
    seed : int
        The same seed gives the same scenario.

    Returns
    -------
    Scenario

    Raises
    ------
    CourseError
        Where the plan's last year, the target or one of the two switches cannot be used.
    """
    end = _last_year(plan)
    target = _target(target, end)
    _switches(fade, shared)
    _, start, rank, _ = world()
    years = np.arange(BASE_YEAR + 1, end + 1)
    random = np.random.default_rng(seed + 1)
    added = _added(plan, years, half, fade, random)
    drift = _drift(plan, years, random) if rivals_move else np.zeros((len(years), PATHS))
    alone, others = _without_plan(years, drift, shared, seed)

    paths = {texts.word("with the plan"): alone + added, texts.word("without it"): alone}
    ranks = {name: 1 + (others > score[:, :, None]).sum(axis=2) for name, score in paths.items()}
    reached = {name: _reached(paths[name][-1], ranks[name][-1], target) for name in paths}
    # A point added every year comes to this many by the last one.
    kept = _kept(len(years), fade)
    need = _needed(alone[-1], others[-1], target) / kept
    gain = float(_central(plan, end, half, fade) / kept)
    return Scenario(
        fan=_fan(years, paths, ranks, start, rank),
        chance=reached["with the plan"],
        chance_without=reached["without it"],
        believe=_believe(need, gain),
        gain=gain,
        target=target,
        fade=float(fade),
        shared=float(shared),
    )


def _without_plan(years, drift, shared, seed):
    """Draw the scores without the plan: Kazakhstan's and the others', a row a year, then a path."""
    rivals, start, rank, noise = world()
    chance = _chance(len(years), len(rivals) + 1, seed)
    others = rivals + noise * chance[:, :, 1:]
    others[:, :, : rank - 1] += drift[:, :, None].astype(np.float32)
    alone = start + noise * chance[:, :, 0]
    if shared:
        together = shared * _chance(len(years), 1, seed + 2)
        others, alone = others + together, alone + together[:, :, 0]
    return alone, others


def noise_after(noise, years):
    """Return the noise of a measure over several years: it grows with their square root.

    True where the luck of one year says nothing about the luck of the next: chance partly
    cancels itself, so four years are twice as noisy as one, not four times.

    Parameters
    ----------
    noise : float
        Standard deviation of one year's change.
    years : float
        From the baseline to the target.
    """
    return noise * float(years) ** 0.5


def _switches(fade, shared):
    if policy.number(fade) is None or not 0 <= fade < 1:
        raise CourseError(
            texts.text(
                "The share of gains that fades each year is a number from 0 to below 1: 0.2, "
                "for example, is a fifth."
            )
        )
    if policy.number(shared) is None or not 0 <= shared <= 20:
        raise CourseError(
            texts.text(
                "The shock that all countries share is a number of points from 0 to 20: 0.5, "
                "for example."
            )
        )


def _kept(years, fade):
    """Return what one point added every year comes to after so many years of fading."""
    years = np.asarray(years, float)
    return years if not fade else (1 - (1 - fade) ** years) / fade


def _last_year(plan):
    end = policy.number(plan.get("end"))
    end = 2030 if end is None else int(end)
    if not BASE_YEAR < end <= 2035:
        raise CourseError(
            texts.text(
                "The scenario runs from {year} to 2035 at most, and the plan ends in "
                "{end}. Change the plan's last year.",
                year=BASE_YEAR + 1,
                end=end,
            )
        )
    return end


def _target(target, end):
    target = {"measure": "rank", "value": 60} if target is None else dict(target)
    value = policy.number(target.get("value"))
    if target.get("measure") not in ("score", "rank") or value is None:
        raise CourseError(
            texts.text(
                'A target names its measure and its value: {"measure": "score", "value": '
                "37.5}, for example."
            )
        )
    return {"measure": target["measure"], "value": value, "year": end}


def _beliefs(plan):
    """Yield (about, low, central, high) for every complete line of assumptions, in order."""
    for row in policy.rows(plan, "assumptions"):
        low, central, high = (policy.number(row.get(name)) for name in ("low", "central", "high"))
        if None not in (low, central, high) and low <= central <= high:
            yield row.get("about"), low, central, high


def _working_years(instrument, year):
    """How many years of work an edition can have seen: it counts from the year after the start."""
    starts = policy.number(instrument.get("starts"))
    return max(0, year - max(starts, BASE_YEAR)) if starts else 0


def _instruments(plan, half):
    """Yield (instrument, belief, the share of it that its points buy)."""
    by_id = {row.get("id"): row for row in policy.rows(plan, "instruments")}
    for about, *belief in _beliefs(plan):
        if about in by_id:
            points = policy.number(by_id[about].get("points")) or 0
            yield by_id[about], belief, float(share(max(points, 0), half))


def _added(plan, years, half, fade, random):
    """What the plan adds to the score: points, one row a year, one column a path."""
    total = np.zeros((len(years), PATHS))
    for instrument, belief, bought in _instruments(plan, half):
        working = np.array([_working_years(instrument, year) for year in years])
        total += bought * np.outer(_kept(working, fade), _draw(belief, random))
    return total


def _drift(plan, years, random):
    """What the countries now above gain: points, one row a year, one column a path."""
    belief = next(
        (belief for about, *belief in _beliefs(plan) if about == policy.RIVALS), (0, 0, 0)
    )
    return np.outer(years - BASE_YEAR, _draw(belief, random))


def _draw(belief, random):
    low, central, high = belief
    # Drawn even where low equals high, so that other lines keep their draws.
    place = random.uniform(size=PATHS)
    if low == high:
        return np.full(PATHS, float(low))
    # The triangular distribution, by its inverse.
    turn = (central - low) / (high - low)
    rising = low + np.sqrt(place * (high - low) * (central - low))
    falling = high - np.sqrt((1 - place) * (high - low) * (high - central))
    return np.where(place < turn, rising, falling)


def _central(plan, end, half, fade):
    """The points that the plan's central values come to by its last year."""
    return sum(
        bought * central * _kept(_working_years(instrument, end), fade)
        for instrument, (_, central, _), bought in _instruments(plan, half)
    )


def _reached(score, rank, target):
    hit = score >= target["value"] if target["measure"] == "score" else rank <= target["value"]
    return float(hit.mean())


def _needed(alone, others, target):
    """The extra points by the last year that each path would have needed."""
    if target["measure"] == "score":
        return target["value"] - alone
    place = min(max(int(target["value"]), 1), others.shape[1])
    # Whoever passes the r-th best of the others stands at rank r.
    return -np.partition(-others, place - 1, axis=1)[:, place - 1] - alone


def _believe(need, gain):
    rows = []
    for chance in CHANCES:
        needed = float(np.quantile(need, chance))
        rows.append(
            {
                "chance": f"{chance:.0%}",
                "needed": round(needed, 2),
                "believed": round(gain, 2),
                "times": round(needed / gain, 1) if gain > 0.005 else None,
            }
        )
    table = pd.DataFrame(rows)
    table.attrs["labels"] = {
        "chance": texts.word("For this chance to reach the target"),
        "needed": texts.word("the plan must add each year (points of score)"),
        "believed": texts.word("the plan's central values add each year, on average"),
        "times": texts.word("times the plan's own belief"),
    }
    return table


def _fan(years, paths, ranks, start, rank):
    frames = []
    for measure, values, now in (("score", paths, start), ("rank", ranks, rank)):
        for name, drawn in values.items():
            bands = np.quantile(drawn, list(QUANTILES.values()), axis=1).T
            bands = np.vstack([np.full(len(QUANTILES), float(now)), bands])
            table = pd.DataFrame(bands.round(1), columns=list(QUANTILES))
            table.insert(0, "year", [BASE_YEAR, *years])
            table.insert(1, "path", name)
            table.insert(2, "measure", measure)
            frames.append(table)
    return pd.concat(frames, ignore_index=True)
