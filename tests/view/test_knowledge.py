from quizgen.review import DueQuestion
from quizgen.view.knowledge import build_knowledge
from tests.exhibit_bank import exhibit_quiz


def test_without_answers_there_is_nothing_to_know() -> None:
    quiz = exhibit_quiz()
    assert build_knowledge(quiz.bank, quiz.questions, [], 0.0) is None


def test_only_what_was_right_last_counts_as_known() -> None:
    quiz = exhibit_quiz()
    first, *_ = quiz.questions
    right, wrong = (
        build_knowledge(quiz.bank, quiz.questions, [DueQuestion(first.id, 9.0, 0.9, mark)], 0.0)
        for mark in (True, False)
    )
    assert right
    assert wrong
    shares = [{topic.id: topic.share for topic in each.topics}[first.topic] for each in (right, wrong)]
    assert shares[0] is not None
    assert 0 < shares[0] <= 0.9
    assert shares[1] == 0


def test_a_trick_no_longer_works_until_its_question_is_due() -> None:
    quiz = exhibit_quiz()
    answered = [DueQuestion(question.id, 9.0, 0.9, right=True, right_days=2) for question in quiz.questions]
    fresh, stale = (build_knowledge(quiz.bank, quiz.questions, answered, now) for now in (0.0, 10.0))
    assert fresh
    assert stale
    assert fresh.seen_through == fresh.tricks > 0
    assert (stale.seen_through, stale.tricks) == (0, fresh.tricks)
    assert (fresh.begun, stale.begun) == (0, fresh.tricks)


def test_a_trick_works_until_it_was_seen_through_on_two_days() -> None:
    quiz = exhibit_quiz()
    once = [DueQuestion(question.id, 9.0, 0.9, right=True, right_days=1) for question in quiz.questions]
    known = build_knowledge(quiz.bank, quiz.questions, once, 0.0)
    assert known
    assert (known.seen_through, known.begun) == (0, known.tricks)
