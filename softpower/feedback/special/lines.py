"""The line that each function of a learner comes down to, from which near lines are made."""

LINES = {
    "share_ahead": "lambda rank, ranked: (rank - 1) / ranked * 100",
    "minmax": "lambda values: (values - values.min()) / (values.max() - values.min())",
    "less_is_better": "lambda values: (values.max() - values) / (values.max() - values.min())",
    "shares": "lambda points: points / points.sum()",
    "score": "lambda values, weights: (values * weights).sum()",
    "geometric": "lambda values, weights: (values.clip(lower=0.01) ** weights).prod()",
    "change": "lambda before, after: sum(after) / len(after) - sum(before) / len(before)",
    "share_lost": "lambda loss, put_in: loss / put_in * 100",
    "growth": "lambda first, last: (last - first) / first * 100",
    "share_with_figures": (
        "lambda grades: (len(grades) - grades.count('empty') - grades.count('stated'))"
        " / (len(grades) - grades.count('empty'))"
    ),
    "times_noise": "lambda move, deviation: abs(move) / deviation",
    "beyond_chance": "lambda observed, expected: (observed - expected) / (1 - expected)",
    "share": "lambda points: points / (points + 20)",
}
