"""Why a letter did not leave, in words that people understand."""

import ast

import pytest
from django.utils import translation

from notifications.reasons import in_words
from tests.house.source import modules

SAID = {
    "refused: 550 5.1.1": "the mailbox does not exist",
    "refused: 550 5.1.10": "the address takes no e-mail",
    "refused: 550 5.1.3": "the address is not right",
    "refused: 552 5.2.2": "the mailbox is full",
    "refused: 554 5.7.1": "the mail server refuses letters of the portal",
    "refused: 550 5.7.26": "the mail server refuses letters of the portal",
    "refused: 450 4.7.1": "the mail server asks to come back later",
    "refused: 451 4.3.0": "the mail server is busy",
    "refused: 552": "the mailbox is full",
    "refused: 550": "the mail server refused the letter",
    "refused: 451": "the mail server asks to come back later",
    "refused: 550 5.9.9": "the mail server refused the letter",
    "cannot be composed: TypeError": "the letter could not be written; whoever looks after the portal finds out why in "
    "the log",
    "switched off by the recipient": "switched off by the recipient",
    "": "",
}


@pytest.mark.parametrize("reason", SAID, ids=lambda reason: reason or "none")
def test_a_reason_becomes_words(reason):
    with translation.override("en"):
        assert in_words(reason) == SAID[reason]


def test_the_words_are_those_of_the_reader():
    with translation.override("de"):
        assert in_words("refused: 552 5.2.2") == "das Postfach ist voll"
        assert in_words("switched off by the recipient") != "switched off by the recipient"


def unmarked(tree):
    """The reasons that are raised without being marked for translation."""
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    named = [call for call in calls if isinstance(call.func, ast.Name) and call.func.id == "Unwanted" and call.args]
    return [call.args[0].value for call in named if isinstance(call.args[0], ast.Constant)]


@pytest.mark.parametrize("module", modules("notifications"), ids=lambda module: module.path)
def test_every_reason_is_marked_for_translation(module):
    assert unmarked(module.tree) == []


def test_a_reason_that_is_not_marked_is_found():
    assert unmarked(ast.parse('raise Unwanted("gone")')) == ["gone"]
    assert unmarked(ast.parse('raise Unwanted(gettext_noop("gone"))')) == []
