"""A small invented bank of exhibits: one for each channel, genuine ones and scams, with questions on them."""

from quizgen.attempt import Attempt
from quizgen.kinds import EXHIBIT_KINDS
from quizgen.model import Bank, Channel, Exhibit, HelpNumber, Line, Question, Quiz, Sign, Speaker
from quizgen.text.languages import Text
from tests.banks import FACTS, SOURCES, TOPICS


def _text(en: str, zh: str) -> Text:
    return {"en": en, "zh-Hans": zh}


def _exhibit(
    slug: str,
    channel: Channel,
    sender: Text,
    lines: tuple[tuple[Speaker, str, str], ...],
    *signs: tuple[int, str, str],
    genuine: bool,
) -> Exhibit:
    return Exhibit(
        f"callers/{slug}",
        "callers",
        channel,
        genuine,
        sender,
        tuple(Line(who, _text(en, zh)) for who, en, zh in lines),
        tuple(
            Sign(
                line,
                _text(en, zh),
                _text("This is what the office has said that it does.", "储蓄所说过，它会这样做。")
                if genuine
                else _text(
                    "The office never asks for this, by whatever way.", "储蓄所无论如何都不会要这个。"
                ),
                ("callers/code",),
            )
            for line, en, zh in signs
        ),
    )


EXHIBITS = {
    exhibit.id: exhibit
    for exhibit in (
        _exhibit(
            "message",
            "sms",
            _text("55500", "55500"),
            (
                ("sender", "Your card was used at 9 this morning.", "您的卡今早9点有一笔消费。"),
                (
                    "sender",
                    "Nothing needs to be done. There is no link in our messages, and no number to ring back.",
                    "您什么也不用做。我们的短信里没有链接，也没有回拨号码。",
                ),
            ),
            (0, "55500", "55500"),
            (2, "no link in our messages", "短信里没有链接"),
            genuine=True,
        ),
        _exhibit(
            "chat",
            "chat",
            _text("A new friend from the choir", "合唱团的新朋友"),
            (
                ("sender", "I left my purse in the tram!", "我的钱包落在电车上了！"),
                ("you", "Oh no. Can I help?", "哎呀，要我帮忙吗？"),
                (
                    "sender",
                    "Lend me the code that the office has just sent you, and I can ride home.",
                    "把储蓄所刚发给您的验证码借我用用，我就能回家了。",
                ),
                ("sender", "See you on Sunday.", "周日见。"),
            ),
            (3, "the code", "验证码"),
            genuine=False,
        ),
        _exhibit(
            "call",
            "call",
            _text("The harbour savings office", "港口储蓄所"),
            (
                ("caller", "You are about to send 900 crowns abroad.", "您正要往境外汇900克朗。"),
                ("you", "Is anything wrong?", "有什么不对吗？"),
                (
                    "caller",
                    "Do you know who is to have it, and what it is for?",
                    "收款人您认识吗？做什么用？",
                ),
                ("caller", "It waits until you come by.", "您来一趟之前，钱先不动。"),
            ),
            (3, "what it is for", "做什么用"),
            genuine=True,
        ),
        _exhibit(
            "email",
            "email",
            _text("The lighthouse, about your parcel", "灯塔管理处，关于您的包裹"),
            (
                ("sender", "Your parcel has come ashore.", "您的包裹已经上岸。"),
                (
                    "sender",
                    "Enter password and code at parcel-fee.example.",
                    "请在parcel-fee.example填密码和验证码。",
                ),
                ("sender", "It will be kept for three days.", "包裹保留三天。"),
            ),
            (2, "password", "密码"),
            (2, "code", "验证码"),
            genuine=False,
        ),
        _exhibit(
            "letter",
            "letter",
            _text("The harbour savings office", "港口储蓄所"),
            (
                (
                    "sender",
                    "Since Monday your card pays no more than 50 crowns a day.",
                    "周一起，您的卡每天最多支付50克朗。",
                ),
                (
                    "sender",
                    "If you object, come to the counter with this letter.",
                    "如有异议，请带本函到柜台来。",
                ),
            ),
            (2, "come to the counter", "到柜台来"),
            genuine=True,
        ),
        _exhibit(
            "notice",
            "notice",
            _text("The board at the fish market", "鱼市公告栏"),
            (
                ("sender", "Easy work at sea, no papers needed.", "海上轻松活，不要证件。"),
                ("sender", "Pay 30 crowns for the boat in advance.", "请先交30克朗船费。"),
            ),
            (2, "in advance", "先交"),
            genuine=False,
        ),
        _exhibit(
            "app",
            "app",
            _text("The app of the savings office, page “Safety”", "储蓄所应用“安全”页"),
            (
                ("sender", "Somebody new signed in at 8.", "8点有新设备登录。"),
                ("sender", "If it was not you, block the card here.", "如果不是您本人，请在这里停卡。"),
            ),
            (2, "block the card here", "在这里停卡"),
            genuine=True,
        ),
    )
}

HELP = {
    "police": HelpNumber(
        "police", "harbour", "110", _text("the constables: money has gone", "警署：钱已经转走")
    ),
    "lighthouse": HelpNumber(
        "lighthouse",
        "harbour",
        "55501",
        _text(
            "the lighthouse: ask here before you pay, at any hour of day and night",
            "灯塔：付钱之前，白天夜里都可以打来问",
        ),
    ),
}


def _asked(slug: str, kind: str) -> Question:
    exhibit = EXHIBITS[f"callers/{slug}"]
    return Question(
        f"callers/{kind}-{slug}",
        "callers",
        kind,
        "apply",
        2,
        ("callers/code",),
        EXHIBIT_KINDS[kind].default_stem(exhibit),
        EXHIBIT_KINDS[kind].build_exhibit_answer(exhibit),
        _text("The code opens the account.", "验证码能打开账户。"),
        _text("Do what you would have done at the counter.", "在柜台会怎么做，就怎么做。"),
        exhibit=exhibit.id,
    )


JUDGED = tuple(_asked(exhibit.id.partition("/")[2], "judge") for exhibit in EXHIBITS.values())
SPOTTED = _asked("call", "spot")


def exhibit_quiz(language: str = "en", *questions: Question) -> Quiz:
    """All exhibits judged, one by one, and the line of a call spotted; or these questions only."""
    bank = Bank(SOURCES, TOPICS, FACTS, {}, exhibits=EXHIBITS, help=HELP)
    return Quiz(questions or (*JUDGED, SPOTTED), 7, language, bank)


def judged(marks: str, language: str = "en", *, started: float = 0.0) -> Attempt:
    """Take the judged exhibits, right (+), wrong (-) or skipped (s)."""
    attempt = Attempt(quiz=exhibit_quiz(language, *JUDGED[: len(marks)]), started=started)
    for question, mark in zip(attempt.quiz.questions, marks, strict=True):
        genuine = EXHIBITS[question.exhibit].genuine
        said = (0,) if genuine == (mark == "+") else (1,)
        attempt = attempt.answer(None if mark == "s" else said, started + 60)
    return attempt
