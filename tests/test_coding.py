"""Agreement between two readers: equal to the libraries, and honest where they trap."""

import math
import warnings

import krippendorff
import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import cohen_kappa_score

from softpower import coding, keep
from softpower.errors import CourseError

CODES = ["necessity", "attraction", "channel", "resistance", "trend"]


def two_readers(seed, units=30, agree=0.6):
    random = np.random.default_rng(seed)
    first = random.choice(CODES, units)
    second = np.where(random.random(units) < agree, first, random.choice(CODES, units))
    return list(first), list(second)


def alpha_by_package(*readers):
    place = {code: i for i, code in enumerate(sorted({c for r in readers for c in r if c}))}
    table = [[place[code] if code else np.nan for code in reader] for reader in readers]
    return krippendorff.alpha(reliability_data=table, level_of_measurement="nominal")


@pytest.mark.parametrize("seed", range(20))
def test_kappa_equals_scikit_learn(seed):
    first, second = two_readers(seed)
    assert coding.cohen_kappa(first, second) == pytest.approx(cohen_kappa_score(first, second))


@pytest.mark.parametrize("seed", range(20))
def test_alpha_equals_the_krippendorff_package(seed):
    first, second = two_readers(seed)
    third = ["" if i % 4 == 0 else code for i, code in enumerate(second)]
    assert coding.krippendorff_alpha(first, second) == pytest.approx(
        alpha_by_package(first, second)
    )
    assert coding.krippendorff_alpha(first, second, third) == pytest.approx(
        alpha_by_package(first, second, third)
    )


def test_alpha_on_krippendorffs_own_example():
    # Four observers, twelve units, blanks: the textbook's reliability data C.
    observers = [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
        [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
    ]
    assert coding.krippendorff_alpha(*observers) == pytest.approx(0.743, abs=0.0005)


def test_percent_agreement_by_hand():
    assert coding.percent_agreement(list("aabbc"), list("aabcc")) == 0.8


def test_high_agreement_can_hide_a_kappa_below_zero():
    # Nineteen units in twenty get the common code from each reader, but they never
    # meet on the rare one: agreement 0.90, and worse than chance.
    first = ["common"] * 19 + ["rare"]
    second = ["rare"] + ["common"] * 19
    assert coding.percent_agreement(first, second) == 0.9
    assert coding.cohen_kappa(first, second) == pytest.approx(-0.0526, abs=0.0001)


def test_one_code_for_everything_leaves_nothing_to_measure():
    # The readers agree on every unit and the data cannot say whether by chance.
    same = ["common"] * 10
    assert coding.percent_agreement(same, same) == 1
    assert math.isnan(coding.cohen_kappa(same, same))
    assert math.isnan(coding.krippendorff_alpha(same, same))
    assert all(math.isnan(end) for end in coding.bootstrap_interval(same, same))


def test_thirty_units_leave_a_wide_interval():
    first, second = two_readers(seed=3)
    low, high = coding.bootstrap_interval(first, second)
    assert low < coding.cohen_kappa(first, second) < high
    assert high - low > 0.25


@pytest.mark.parametrize("measure", coding.MEASURES)
def test_the_interval_never_leaves_the_scale(measure):
    # Formula intervals can reach past 1 on a dozen units; resampling cannot.
    first, second = list("aabbccddaabb"), list("aabbccddaabc")
    low, high = coding.bootstrap_interval(first, second, measure)
    assert -1 <= low < high <= 1


def test_the_interval_agrees_with_drawing_units_one_by_one():
    first, second = two_readers(seed=5)
    random = np.random.default_rng(0)
    draws = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for _ in range(2000):
            units = random.integers(0, 30, 30)
            draws.append(cohen_kappa_score([first[i] for i in units], [second[i] for i in units]))
    expected = np.quantile(draws, [0.025, 0.975])
    assert coding.bootstrap_interval(first, second) == pytest.approx(expected, abs=0.03)


def test_the_same_seed_gives_the_same_interval():
    readers = two_readers(seed=7)
    assert coding.bootstrap_interval(*readers) == coding.bootstrap_interval(*readers)


def test_a_blank_is_not_a_disagreement():
    full = coding.cohen_kappa(list("aabb"), list("abbb"))
    assert coding.cohen_kappa(["a", "a", "b", "b", ""], [*"abbb", "a"]) == full
    assert coding.cohen_kappa(["a", "a", "b", "b", "b"], [*"abbb", np.nan]) == full
    assert coding.cohen_kappa([" a ", "a", "b", "b"], list("abbb")) == full


def test_the_weakest_code_comes_first_with_its_rival():
    first = ["channel"] * 4 + ["trend"] * 4 + ["necessity"] * 4
    second = ["channel"] * 4 + ["trend"] * 2 + ["necessity"] * 6
    weak = coding.weak_codes(first, second)
    assert list(weak["code"]) == ["trend", "necessity", "channel"]
    assert weak.loc[0, "agreement"] == pytest.approx(2 * 2 / (4 + 2))
    assert weak.loc[0, "mixed_with"] == "necessity"
    assert weak.loc[2, "mixed_with"] == ""


def test_a_tie_between_two_rivals_is_told_and_not_settled_by_the_alphabet():
    first = ["channel"] * 4 + ["trend"]
    second = ["trend", "attraction", "channel", "channel", "trend"]
    weak = coding.weak_codes(first, second).set_index("code")
    assert weak.loc["channel", "mixed_with"] == "attraction, trend"
    assert weak.loc["attraction", "mixed_with"] == "channel"


def test_few_speakers_are_drawn_with_all_that_they_said():
    # Two speakers, one read alike throughout and one never: a draw is one, the other or both.
    first, second = ["a", "b"] * 10, ["a", "b"] * 5 + ["b", "a"] * 5
    speakers = ["R1"] * 10 + ["R2"] * 10
    by_unit = coding.bootstrap_interval(first, second, "agreement")
    by_speaker = coding.bootstrap_interval(first, second, "agreement", speakers=speakers)
    assert by_speaker == (0, 1)
    assert by_unit[0] > 0.2 and by_unit[1] < 0.8


def test_speakers_are_needed_for_every_unit():
    with pytest.raises(CourseError, match="different numbers of units"):
        coding.bootstrap_interval(list("ab"), list("ab"), speakers=["R1"])


def test_confusion_counts_every_pair_once():
    table = coding.confusion(list("aab"), list("abb"))
    assert table.loc["a", "b"] == 1 and table.loc["b", "a"] == 0
    assert table.to_numpy().sum() == 3


@pytest.mark.parametrize(
    ("first", "second", "says"),
    [
        (list("ab"), list("a"), "different numbers of units"),
        (["", "a"], ["b", ""], "No unit was coded by both"),
    ],
)
def test_errors_say_what_to_do(first, second, says):
    with pytest.raises(CourseError, match=says):
        coding.cohen_kappa(first, second)
    with pytest.raises(CourseError):
        coding.krippendorff_alpha(first, second)


def test_a_measure_that_is_not_there_is_named():
    with pytest.raises(CourseError, match="agreement, kappa, alpha"):
        coding.bootstrap_interval(list("ab"), list("ab"), "gamma")


# What the learner wrote.

CODED = {"s01": ("necessity", 'why, "quoted", and; more'), "s02": ("", "қайта қарау\nлинии")}


def test_codes_come_back_as_they_were(tmp_path):
    path = tmp_path / "new folder" / "codes.csv"
    coding.save_codes(path, CODED)
    assert coding.load_codes(path) == CODED


@pytest.mark.parametrize(
    ("delimiter", "encoding"), [(";", "cp1251"), ("\t", "utf-8"), ("\t", "utf-16")]
)
def test_a_spreadsheet_may_save_the_file_its_own_way(tmp_path, delimiter, encoding):
    path = tmp_path / "codes.csv"
    text = delimiter.join(["statement_id", "code", "note"]) + "\r\n"
    text += delimiter.join(["s01", "trend", "спад, а потом рост"]) + "\r\n"
    path.write_bytes(text.encode(encoding))
    assert coding.load_codes(path) == {"s01": ("trend", "спад, а потом рост")}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "line 1"),
        ("id,what\ns01,trend\n", "line 1"),
        ("statement_id,code,note\ns01,trend,\ns02\n", "line 3"),
        ("statement_id,code,note\ns01,trend,\ns01,channel,\n", "line 3"),
    ],
)
def test_a_damaged_file_says_where(tmp_path, text, says):
    path = tmp_path / "codes.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CourseError, match=says):
        coding.load_codes(path)


def test_a_missing_file_says_so(tmp_path):
    with pytest.raises(CourseError, match="no file"):
        coding.load_codes(tmp_path / "codes.csv")


def test_a_failed_save_leaves_the_old_file(tmp_path, monkeypatch):
    path = tmp_path / "codes.csv"
    coding.save_codes(path, CODED)

    def full_disk(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(keep.os, "fsync", full_disk)
    with pytest.raises(CourseError, match="No space left"):
        coding.save_codes(path, {})
    monkeypatch.undo()
    assert coding.load_codes(path) == CODED
    assert [file.name for file in tmp_path.iterdir()] == ["codes.csv"]


def test_a_file_set_aside_is_never_overwritten(tmp_path):
    kept = []
    for text in ("one", "two"):
        (tmp_path / "codes.csv").write_text(text)
        kept.append(keep.set_aside(tmp_path / "codes.csv"))
    assert [path.read_text() for path in kept] == ["one", "two"]
    assert not (tmp_path / "codes.csv").exists()


def test_codes_may_be_a_column_of_a_table():
    table = pd.DataFrame({"me": list("aabb"), "you": list("abbb")})
    assert coding.percent_agreement(table["me"], table["you"]) == 0.75
