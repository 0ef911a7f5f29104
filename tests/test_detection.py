from math import isfinite

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.attempt import Attempt
from quizgen.detection import CLEAR, MIN_CASES, NOTICEABLE, Detection, count_verdicts
from tests.exhibit_bank import JUDGED, SPOTTED, exhibit_quiz, judged


@st.composite
def verdicts(draw: st.DrawFn, least: int = 1) -> Detection:
    scams, genuine = draw(st.integers(least, 50)), draw(st.integers(least, 50))
    return Detection(scams, draw(st.integers(0, scams)), genuine, draw(st.integers(0, genuine)))


def both(one: Detection) -> tuple[float, float]:
    assert one.d_prime is not None
    assert one.criterion is not None
    return one.d_prime, one.criterion


@pytest.mark.parametrize(
    ("one", "d_prime", "c", "leaning"),
    [
        # z(2.5/3) = 0.9674, z(1.5/3) = 0, z(0.5/3) = -0.9674, by a table of the normal distribution.
        (Detection(2, 2, 2, 2), 1.9348, 0.0, None),  # too few to say so
        # z(3.5/4) = 1.1503, z(2.5/4) = 0.3186
        (Detection(3, 2, 3, 3), 1.4690, 0.4159, "trusting"),
        (Detection(3, 3, 3, 2), 1.4690, -0.4159, "suspicious"),
        (Detection(3, 2, 3, 2), 0.6373, 0.0, "even"),
        (Detection(3, 0, 3, 3), 0.0, 1.1503, "trusting"),
        (Detection(3, 3, 3, 0), 0.0, -1.1503, "suspicious"),
        # One mistake among so few says nothing about the person.
        (Detection(2, 1, 3, 3), 1.1503, 0.5752, None),
        (Detection(3, 3, 1, 0), 0.4759, -0.9124, None),
        (Detection(2, 1, 2, 1), 0.0, 0.0, None),
        (Detection(10, 9, 10, 10), 2.7876, 0.2970, "even"),
        (Detection(1, 1, 6, 6), 2.1397, 0.3953, None),  # one scam says nothing
        (Detection(3, 3, 6, 6), 2.6156, 0.1574, "even"),
        # Whoever distrusts something genuine trusts too much only if most scams were missed.
        (Detection(5, 0, 5, 4), -0.7087, 1.0287, "trusting"),
        # z(1.5/14) = -1.2419, z(2.5/14) = -0.9208
        (Detection(13, 1, 13, 11), -0.3210, 1.0814, "trusting"),
        # z(1.5/4) = -0.3186: so few mistakes of both sorts do not say it clearly.
        (Detection(3, 1, 3, 2), 0.0, 0.3186, "even"),
        # z(5.5/11) = 0, z(1.5/11) = -1.0968
        (Detection(10, 5, 10, 9), 1.0968, 0.5484, "even"),
        # z(3.5/11) = -0.4728, z(7.5/11) = 0.4728
        (Detection(10, 3, 10, 3), -0.9456, 0.0, "even"),
    ],
)
def test_sensitivity_and_criterion(one: Detection, d_prime: float, c: float, leaning: str | None) -> None:
    assert both(one) == pytest.approx((d_prime, c), abs=2e-4)
    assert one.leaning == leaning


@given(verdicts(least=0))
def test_measures_need_both_sorts_and_are_finite(one: Detection) -> None:
    there = one.scams > 0 and one.genuine > 0
    assert (one.d_prime is not None) == (one.criterion is not None) == there
    assert there or one.leaning is None
    if there:
        assert all(map(isfinite, both(one)))


@given(verdicts())
def test_reversing_all_verdicts_reverses_the_signs(one: Detection) -> None:
    turned = Detection(one.scams, one.scams - one.stopped, one.genuine, one.genuine - one.trusted)
    d_prime, c = both(one)
    assert both(turned) == pytest.approx((-d_prime, -c), abs=1e-9)


@given(verdicts())
def test_exchanging_the_sorts_only_reverses_the_criterion(one: Detection) -> None:
    exchanged = Detection(one.genuine, one.trusted, one.scams, one.stopped)
    d_prime, c = both(one)
    assert both(exchanged) == pytest.approx((d_prime, -c), abs=1e-9)


@given(verdicts().filter(lambda one: one.stopped < one.scams))
def test_one_scam_more_stopped_is_more_sensitive_and_less_trusting(one: Detection) -> None:
    more = Detection(one.scams, one.stopped + 1, one.genuine, one.trusted)
    assert both(more)[0] > both(one)[0]
    assert both(more)[1] < both(one)[1]


@given(verdicts())
def test_no_tendency_is_named_without_a_mistake_on_that_side(one: Detection) -> None:
    alarms, misses = one.genuine - one.trusted, one.scams - one.stopped
    c = both(one)[1]
    if one.leaning == "trusting":
        assert misses
        assert not alarms or (one.stopped < one.scams / 2 and c > CLEAR)
        assert c > NOTICEABLE
    if one.leaning == "suspicious":
        assert alarms
        assert c < -NOTICEABLE
    if not one.mistakes:
        assert one.leaning == ("even" if min(one.scams, one.genuine) >= MIN_CASES else None)


def test_verdicts_are_counted_and_skips_left_out() -> None:
    assert count_verdicts(judged("+++++++")) == Detection(3, 3, 4, 4)
    assert count_verdicts(judged("-+-+")) == Detection(2, 2, 2, 0)
    assert count_verdicts(judged("s+ss")) == Detection(1, 1, 0, 0)
    assert count_verdicts(judged("s")) == Detection(0, 0, 0, 0)


def test_only_verdicts_count() -> None:
    spotted = Attempt(quiz=exhibit_quiz("en", SPOTTED, *JUDGED[:1]), started=0.0)
    spotted = spotted.answer((1,), 1.0).answer("no verdict", 2.0)
    assert count_verdicts(spotted) == Detection(0, 0, 0, 0)
