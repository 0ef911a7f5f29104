import pytest
from msgspec.structs import replace

from quizgen.detection import Detection
from quizgen.view.tally import MissedQuestion, TallyView, build_tally_view, count_lower_shares
from tests.exhibit_bank import judged


def test_a_day_is_summed_up() -> None:
    unfinished = replace(judged("-"), quiz=judged("-------").quiz)
    view = build_tally_view([judged("++++++-"), judged("s-++"), unfinished], "en")
    assert (view.visitors, view.finished) == (3, 2)
    assert view.average == pytest.approx((6 / 7 + 2 / 4) / 2)
    assert view.verdicts == Detection(scams=5, stopped=4, genuine=6, trusted=4)
    assert view.missed == (
        MissedQuestion("callers/judge-message", "Genuine, or a scam? (A text message from: 55500)", 2, 3),
        MissedQuestion(
            "callers/judge-app",
            "Genuine, or a scam? (A page of an app: The app of the savings office, page “Safety”)",
            1,
            1,
        ),
        MissedQuestion(
            "callers/judge-chat",
            "Genuine, or a scam? (A chat message from: A new friend from the choir)",
            1,
            2,
        ),
    )


def test_a_tally_without_votes_is_empty() -> None:
    assert build_tally_view([], "en") == TallyView(0, 0, None, Detection(0, 0, 0, 0), ())


@pytest.mark.parametrize(
    ("share", "shares", "found"),
    [
        (0.8, [0.8, 0.7, 0.9, 0.1], (2, 3)),
        (0.8, [0.8, 0.8, 0.8, 0.1], (1, 3)),
        (0.8, [0.7, 0.9, 0.1], (2, 3)),  # it could not be kept itself
        (0.1, [0.1, 0.7, 0.9, 0.2], None),
        (0.8, [0.8, 0.7, 0.1], None),  # too few: it would tell of a neighbour
        (0.8, [], None),
    ],
)
def test_a_score_is_compared_only_with_enough_others(
    share: float, shares: list[float], found: tuple[int, int] | None
) -> None:
    assert count_lower_shares(share, shares) == found
