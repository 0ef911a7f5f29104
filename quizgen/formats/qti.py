"""Export a quiz as a QTI 2.1 package (IMS Question and Test Interoperability): items, a test and a manifest.

A response is scored as in quizgen: only a complete one is right, and typed words may be in capitals or small letters.
The explanation is shown after the response.
"""

from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

from quizgen.formats.format import Format, zip_bytes
from quizgen.formats.question_texts import (
    exhibit_html,
    explanation_lines,
    html_paragraphs,
    option_texts,
    text_to_html,
)
from quizgen.formats.records import QuizExport
from quizgen.model import BLANK
from quizgen.text.messages import _
from quizgen.view.question import QuestionView

_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
_QTI = "http://www.imsglobal.org/xsd/imsqti_v2p1"
_PACKAGE = "http://www.imsglobal.org/xsd/imscp_v1p1"
_INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"
_HEAD = (
    f'xmlns="{_QTI}" xmlns:xsi="{_INSTANCE}" '
    f'xsi:schemaLocation="{_QTI} http://www.imsglobal.org/xsd/qti/qtiv2p1/imsqti_v2p1.xsd"'
)
_OUTCOMES = (
    '<outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float">'
    "<defaultValue><value>0</value></defaultValue></outcomeDeclaration>"
    '<outcomeDeclaration identifier="FEEDBACK" cardinality="single" baseType="identifier"/>'
)
_ALL_OR_NOTHING = (
    '<responseCondition><responseIf><match><variable identifier="RESPONSE"/><correct identifier="RESPONSE"/></match>'
    '<setOutcomeValue identifier="SCORE"><baseValue baseType="float">1</baseValue></setOutcomeValue>'
    "</responseIf></responseCondition>"
)
_AS_MAPPED = '<setOutcomeValue identifier="SCORE"><mapResponse identifier="RESPONSE"/></setOutcomeValue>'
_EXPLAIN = (
    '<setOutcomeValue identifier="FEEDBACK"><baseValue baseType="identifier">explanation</baseValue>'
    "</setOutcomeValue>"
)


def _response_declaration(
    base_type: str, cardinality: str, right_values: Iterable[str], mapping: str = ""
) -> str:
    values = "".join(f"<value>{escape(value)}</value>" for value in right_values)
    return (
        f'<responseDeclaration identifier="RESPONSE" cardinality="{cardinality}" baseType="{base_type}">'
        f"<correctResponse>{values}</correctResponse>{mapping}</responseDeclaration>"
    )


def _choice_elements(element: str, letter: str, texts: Iterable[str], attributes: str = "") -> str:
    """Return the options as XML elements, with the identifiers A1, A2 and so on if the letter is A."""
    return "".join(
        f'<{element} identifier="{letter}{number}"{attributes}>{text_to_html(words)}</{element}>'
        for number, words in enumerate(texts, start=1)
    )


def _choice_interaction(question: QuestionView, prompt: str) -> tuple[str, str]:
    several, shuffled = question.answer.allows_several_options, question.answer.order_count > 1
    right = (f"A{key + 1}" for key in question.correct_indices)
    return (
        _response_declaration("identifier", "multiple" if several else "single", right),
        (
            f'<choiceInteraction responseIdentifier="RESPONSE" shuffle="{str(shuffled).lower()}" '
            f'maxChoices="{0 if several else 1}">{prompt}{_choice_elements("simpleChoice", "A", option_texts(question))}'
            "</choiceInteraction>"
        ),
    )


def _match_interaction(question: QuestionView, prompt: str) -> tuple[str, str]:
    once = ' matchMax="1"'
    sides = (
        _choice_elements("simpleAssociableChoice", letter, (part.text for part in parts), once)
        for letter, parts in (("P", question.prompts), ("A", question.options))
    )
    right = (f"P{place} A{choice + 1}" for place, choice in enumerate(question.correct_indices, start=1))
    return (
        _response_declaration("directedPair", "multiple", right),
        (
            f'<matchInteraction responseIdentifier="RESPONSE" shuffle="false" maxAssociations="{len(question.prompts)}">'
            f"{prompt}{''.join(f'<simpleMatchSet>{side}</simpleMatchSet>' for side in sides)}</matchInteraction>"
        ),
    )


def _order_interaction(question: QuestionView, prompt: str) -> tuple[str, str]:
    return (
        _response_declaration("identifier", "ordered", (f"A{step + 1}" for step in question.correct_indices)),
        (
            f'<orderInteraction responseIdentifier="RESPONSE" shuffle="false">{prompt}'
            f"{_choice_elements('simpleChoice', 'A', option_texts(question))}</orderInteraction>"
        ),
    )


def _text_entry_interaction(question: QuestionView, _prompt: str) -> tuple[str, str]:
    accept = question.accepted_wordings
    entries = "".join(
        f'<mapEntry mapKey={quoteattr(words)} mappedValue="1" caseSensitive="false"/>' for words in accept
    )
    before, blank, after = question.stem.partition(BLANK)
    entry = '<textEntryInteraction responseIdentifier="RESPONSE" expectedLength="20"/>'
    return (
        _response_declaration(
            "string", "single", accept[:1], f'<mapping defaultValue="0">{entries}</mapping>'
        ),
        f"<p>{text_to_html(before)}{'' if blank else ' '}{entry}{text_to_html(after)}</p>",
    )


_INTERACTIONS = {"pairs": _match_interaction, "order": _order_interaction, "blank": _text_entry_interaction}
"""The interaction for each form of question; other forms are a choice among options."""


def _item_identifier(question: QuestionView) -> str:
    return "q-" + question.id.replace("/", ".")


def _item_xml(question: QuestionView) -> str:
    write_interaction = _INTERACTIONS.get(question.answer_form, _choice_interaction)
    response, interaction = write_interaction(question, f"<prompt>{text_to_html(question.stem)}</prompt>")
    scoring = _AS_MAPPED if question.answer_form == "blank" else _ALL_OR_NOTHING
    return (
        f'{_XML}<assessmentItem {_HEAD} identifier="{_item_identifier(question)}" title={quoteattr(question.id)} '
        f'adaptive="false" timeDependent="false" xml:lang="{question.text_language}">\n{response}\n{_OUTCOMES}\n'
        f"<itemBody>{exhibit_html(question)}{interaction}</itemBody>\n"
        f"<responseProcessing>{scoring}{_EXPLAIN}</responseProcessing>\n"
        '<modalFeedback outcomeIdentifier="FEEDBACK" identifier="explanation" showHide="show">'
        f"{html_paragraphs(explanation_lines(question))}</modalFeedback>\n</assessmentItem>\n"
    )


def _test_xml(title: str, questions: Iterable[QuestionView]) -> str:
    references = "\n".join(
        f'<assessmentItemRef identifier="{_item_identifier(each)}" href="items/{_item_identifier(each)}.xml" '
        f'category="{each.question.topic} {each.question.kind} {each.question.level} {each.question.audience}"/>'
        for each in questions
    )
    return (
        f'{_XML}<assessmentTest {_HEAD} identifier="quiz" title={quoteattr(title)}>\n'
        '<testPart identifier="part" navigationMode="nonlinear" submissionMode="individual">\n'
        f'<assessmentSection identifier="section" title={quoteattr(title)} visible="true">\n{references}\n'
        "</assessmentSection>\n</testPart>\n</assessmentTest>\n"
    )


def _manifest_xml(questions: Iterable[QuestionView]) -> str:
    names = [_item_identifier(question) for question in questions]
    items = "\n".join(
        f'<resource identifier="{name}" type="imsqti_item_xmlv2p1" href="items/{name}.xml">'
        f'<file href="items/{name}.xml"/></resource>'
        for name in names
    )
    needs = "".join(f'<dependency identifierref="{name}"/>' for name in names)
    return (
        f'{_XML}<manifest xmlns="{_PACKAGE}" identifier="manifest">\n'
        "<metadata><schema>QTIv2.1 Package</schema><schemaversion>1.0.0</schemaversion></metadata>\n"
        '<organizations/>\n<resources>\n<resource identifier="quiz" type="imsqti_test_xmlv2p1" href="test.xml">'
        f'<file href="test.xml"/>{needs}</resource>\n{items}\n</resources>\n</manifest>\n'
    )


def _quiz_to_qti(quiz: QuizExport) -> bytes:
    questions = quiz.questions
    files = {"imsmanifest.xml": _manifest_xml(questions), "test.xml": _test_xml(quiz.title, questions)}
    files |= {f"items/{_item_identifier(question)}.xml": _item_xml(question) for question in questions}
    return zip_bytes({name: words.encode() for name, words in files.items()})


FORMAT = Format(
    name="qti",
    suffix=".zip",
    subject="quiz",
    meaning=_("QTI 2.1, for learning platforms"),
    write=_quiz_to_qti,
)
