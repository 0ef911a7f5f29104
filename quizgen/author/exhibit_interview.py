"""Ask an author for a pair of twins: a genuine call or message, and the scam that differs from it in one line. No I/O.

From about ten answers come both exhibits and a question about each: genuine, or a scam?
"""

import re
from collections.abc import Generator, Mapping, Sequence
from functools import partial
from typing import Any

from quizgen.author.ids import parse_list_number, suggest_id
from quizgen.author.interview import Interview, Step, Steps
from quizgen.errors import problem
from quizgen.fields import MAX_SLUG_LENGTH
from quizgen.model import MAX_EXHIBIT_LINES
from quizgen.text.languages import Text
from quizgen.text.messages import NOTHING, Message, _

_YOU = re.compile(r"(?:you|您|你)\s*[:：]\s*", re.IGNORECASE)
"""What a line begins with that the reader of the exhibit says."""
_CHANNEL_MEANINGS: Mapping[str, Message] = {
    "sms": _("a text message"),
    "chat": _("a chat message"),
    "call": _("a phone call"),
    "email": _("an e-mail"),
    "letter": _("a letter"),
    "notice": _("a notice on a wall or a page"),
    "app": _("a message in an app"),
}
_SIDES: Mapping[bool, Mapping[str, Message]] = {
    True: {
        "line": _("How the genuine one says this line"),
        "words": _("The words that show that it is genuine"),
        "reason": _("Why these words show that it is genuine"),
        "facts": _("Facts behind the genuine one"),
        "rationale": _("Rationale: why it is genuine"),
        "advice": _("Advice on the genuine one: what a person can do"),
    },
    False: {
        "line": _("How the scam says this line"),
        "words": _("The words that show that it is a scam"),
        "reason": _("Why these words show that it is a scam"),
        "facts": _("Facts behind the scam"),
        "rationale": _("Rationale: why it is a scam"),
        "advice": _("Advice on the scam: what a person can do"),
    },
}
_MAX_BASE = MAX_SLUG_LENGTH - len("judge--twin")


class ExhibitInterview(Interview):
    """An interview that asks for a pair of twins. ``exhibits`` and ``questions`` are the entries so far."""

    exhibits: list[dict[str, Any]]
    questions: list[dict[str, Any]]

    @property
    def new_entries(self) -> dict[str, Sequence[dict[str, Any]]]:
        """The new entries of each section of the topic's file."""
        return {"facts": self.new_facts, "exhibits": self.exhibits, "questions": self.questions}

    def _all_steps(self) -> Steps:
        """Yield all steps. Each step gets the value of its reply."""
        self.exhibits, self.questions = [], []
        yield from self._ask_topic()
        shared: dict[str, Any] = {"channel": (yield self._choice_step(_("channel"), _CHANNEL_MEANINGS))}
        sender = yield from self._ask_text_in_each_language(_("From: the sender, as a person sees it"))
        if context := (
            yield from self._ask_text_in_each_language(
                _("Context: what happened before"), skip_label=_("none")
            )
        ):
            shared["context"] = context
        is_genuine = yield Step(
            self._translate(_("Which one do you type first, the genuine one (g) or the scam (s)?")),
            self._parse_side,
            default="g",
        )
        lines = yield from self._ask_lines(shared["channel"])
        others = [number for number, line in enumerate(lines, 1) if line["who"] != "you"]
        number = yield Step(
            self._translate(_("Which line shows whether it is genuine: its number")),
            partial(self._parse_line_number, others),
            default=str(others[-1]),
        )
        at = number - 1
        first = {tag: lines[at][tag] for tag in self._languages}
        second = yield from self._ask_text_in_each_language(_SIDES[not is_genuine]["line"])
        stem = {tag: text for tag, text in lines[others[0] - 1].items() if tag in self._languages}
        base = suggest_id({"stem": stem}, ())[:_MAX_BASE].strip("-")
        base = next(each for each in (base, *(f"{base}-{n}" for n in range(2, 999))) if self._is_free(each))
        facts: list[str] = []
        for genuine, own, other, slug, twin in (
            (is_genuine, first, second, base, f"{base}-twin"),
            (not is_genuine, second, first, f"{base}-twin", base),
        ):
            sign, facts = yield from self._ask_sign(
                genuine=genuine, own_text=own, other_text=other, line=at + 1, facts=facts
            )
            own_lines = [*lines[:at], {**lines[at], **own}, *lines[at + 1 :]]
            self.exhibits.append(
                {
                    "id": slug,
                    "genuine": genuine,
                    "twin": twin,
                    **shared,
                    "from": sender,
                    "lines": own_lines,
                    "signs": [sign],
                }
            )
            yield from self._ask_question(slug, sign, genuine=genuine)
        difficulty = yield self._difficulty_step()
        for question in self.questions:
            question["difficulty"] = int(difficulty)

    def _is_free(self, slug: str) -> bool:
        """Return whether the ids of a pair and of its questions are not in use."""
        used = self._used_ids()
        return not used & {slug, f"{slug}-twin", f"judge-{slug}", f"judge-{slug}-twin"}

    def _ask_lines(self, channel: str) -> Generator[Step, Any, list[dict[str, Any]]]:
        """Ask for the lines of an exhibit, until there are no more. At least one is not by the reader."""
        lines: list[dict[str, Any]] = []
        is_conversation, other = channel in ("call", "chat"), "caller" if channel == "call" else "sender"
        label = (
            _("Line {number}; begin it with you: if it is the reader who speaks")
            if is_conversation
            else _("Line {number}")
        )
        while len(lines) < MAX_EXHIBIT_LINES:
            is_enough = any(line["who"] != "you" for line in lines)
            words = yield from self._ask_text_in_each_language(
                label.with_values(number=len(lines) + 1), skip_label=_("no more") if is_enough else NOTHING
            )
            if not words:
                break
            is_you = is_conversation and any(_YOU.match(text) for text in words.values())
            texts = {
                tag: _YOU.sub("", text, count=1) if is_you and _YOU.match(text) else text
                for tag, text in words.items()
            }
            lines.append({"who": "you" if is_you else other, **texts})
        return lines

    def _ask_sign(
        self, *, genuine: bool, own_text: Text, other_text: Text, line: int, facts: list[str]
    ) -> Generator[Step, Any, tuple[dict[str, Any], list[str]]]:
        """Ask which words of a line show what it is, why, and from which facts. ``facts`` are those of the twin."""
        labels = _SIDES[genuine]
        words: dict[str, str] = {}
        for tag in self._languages:
            words[tag] = yield Step(
                self._text_prompt(labels["words"], tag),
                partial(self._parse_sign_words, own_text[tag]),
                default=differing_words(own_text[tag], other_text[tag]),
            )
        reason = yield from self._ask_text_in_each_language(labels["reason"])
        chosen = yield from self._choose_facts(labels["facts"], default=" ".join(facts))
        return {"line": line, "words": words, "reason": reason, "facts": chosen}, chosen

    def _ask_question(self, slug: str, sign: Mapping[str, Any], *, genuine: bool) -> Steps:
        """Ask for the reason and the advice of the question about one of the twins."""
        labels = _SIDES[genuine]
        question: dict[str, Any] = {"id": f"judge-{slug}", "kind": "judge", "level": "apply", "difficulty": 2}
        if self._audience != "everyone":
            question["audience"] = self._audience
        question |= {"facts": sign["facts"], "exhibit": slug}
        if "rationale" in self._bank.declared.optional:  # the reason of the sign is shown anyway
            rationale = yield from self._ask_text_in_each_language(labels["rationale"], skip_label=_("none"))
        else:
            rationale = yield from self._ask_text_in_each_language(
                labels["rationale"], defaults=sign["reason"]
            )
        if rationale:
            question["rationale"] = rationale
        if advice := (yield from self._ask_text_in_each_language(labels["advice"], skip_label=_("none"))):
            question["advice"] = advice
        self.questions.append(question)

    def _ask_text_in_each_language(
        self, label: Message, *, skip_label: Message = NOTHING, defaults: Text | None = None
    ) -> Generator[Step, Any, dict[str, str]]:
        """Ask for a text in each language. It is empty if the author skips it."""
        texts: dict[str, str] = {}
        for tag in self._languages:
            words = yield Step(
                self._text_prompt(label, tag),
                partial(self._parse_words_or_nothing, tag, bool(skip_label)),
                default=(defaults or {}).get(tag, ""),
                skip_label=self._translate(skip_label),
            )
            if not words:
                return {}
            texts[tag], skip_label = words, NOTHING
        return texts

    def _parse_words_or_nothing(self, tag: str, is_optional: bool, line: str) -> str:  # noqa: FBT001  bound
        """Parse a text in a language, or nothing if the text is optional."""
        return "" if is_optional and line in ("", "-") else self._parse_plain_text(tag, line)

    def _parse_sign_words(self, text: str, line: str) -> str:
        """Parse words that are in a line of an exhibit."""
        if line not in text:
            raise self._invalid_answer(
                problem(
                    _("these words are not in {text!r}"), _("copy them from it, letter for letter"), text=text
                )
            )
        return line

    def _parse_line_number(self, numbers: Sequence[int], line: str) -> int:
        """Parse the number of a line that the reader does not say."""
        number = parse_list_number(line)
        if number not in numbers:
            raise self._invalid_answer(
                problem(
                    _("there is no line {asked!r} of the sender: {numbers}"),
                    asked=line,
                    numbers=tuple(numbers),
                )
            )
        return number

    def _parse_side(self, line: str) -> bool:
        """Parse the reply that says whether an exhibit is genuine."""
        word = line.casefold()
        if word in ("g", "genuine", "真", "s", "scam", "假"):
            return word in ("g", "genuine", "真")
        raise self._invalid_answer(problem(_("answer g or s")))


def differing_words(text: str, other_text: str) -> str:
    """Return the part of a text in which it differs from another, in whole words, or the whole text."""
    own, others = (
        re.findall(r"[^\W_]+|.", each) if _has_spaces(each) else list(each) for each in (text, other_text)
    )
    start = 0
    while start < min(len(own), len(others)) and own[start] == others[start]:
        start += 1
    end = 0
    while end < min(len(own), len(others)) - start and own[-1 - end] == others[-1 - end]:
        end += 1
    part = "".join(own[start : len(own) - end]).strip(" .,;:!?。，；：！？")
    return part or text


def _has_spaces(text: str) -> bool:
    """Return whether a text has words with spaces between them, unlike Chinese."""
    return " " in text
