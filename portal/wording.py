"""Small numbers as words, as running text has them."""

from django.utils.translation import gettext_lazy as _

WORDS = {
    1: _("one"),
    2: _("two"),
    3: _("three"),
    4: _("four"),
    5: _("five"),
    6: _("six"),
    7: _("seven"),
    8: _("eight"),
    9: _("nine"),
    10: _("ten"),
    11: _("eleven"),
    12: _("twelve"),
}


def in_words(number):
    """``number`` as a word up to twelve, beyond that in digits."""
    return str(WORDS.get(number, number))


def opening(sentence):
    """``sentence`` with a capital first letter; unlike ``capitalize`` it leaves the rest alone."""
    return sentence[:1].upper() + sentence[1:]
