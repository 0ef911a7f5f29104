"""What stays in one line, as WeasyPrint is told."""

from quizgen.paper.no_break import keep_last_words_together, keep_units_unbroken


def test_the_end_of_a_text_and_a_mark_after_it_stay_on_one_line() -> None:
    assert str(keep_last_words_together("Go to a branch at once.")) == "Go to a branch <nobr>at once.</nobr>"
    assert (
        str(keep_last_words_together("拨打卡片背面印的电话。", "①")) == "拨打卡片背面印<nobr>的电话。①</nobr>"
    )
    assert str(keep_last_words_together("下载。", "①")) == "<nobr>下载。①</nobr>"
    assert (
        str(keep_last_words_together("Unwahrscheinlichkeitsrechnungen", "①"))
        == "Unwahrscheinlichkeitsrechnungen①"
    )


def test_addresses_and_numbers_stay_on_one_line_anywhere() -> None:
    assert (
        str(keep_units_unbroken("情节严重的3年到7年。")) == "情节严重<nobr>的3年</nobr><nobr>到7年</nobr>。"
    )
    made = keep_last_words_together("Enter the password at call-stop.example. We block calls.")
    assert str(made) == "Enter the password at <nobr>call-stop.example</nobr>. We <nobr>block calls.</nobr>"


def test_markup_in_a_text_stays_text() -> None:
    assert (
        str(keep_last_words_together("a <b> & more than that"))
        == "a &lt;b&gt; &amp; more <nobr>than that</nobr>"
    )
