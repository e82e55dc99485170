"""The author's letter before anything is done; each refuses as the act itself would."""

from django.utils.translation import gettext_lazy as _

from ..core.authority import may
from ..core.errors import Refusal
from ..events.rehearsal import rehearse
from ..ideas.operations.answering import change_answer, publish_answer
from .operations import prepare_answer
from .queries import deciders

PUBLISH = "participation.publish_answer"


class NobodyPublishes(Refusal):
    """An answer that nobody may publish makes no letter."""

    message = _("Nobody else in the office could publish this answer now, so there is no letter yet.")


def letters_of_act(act, idea, words, *, by):
    """What the author would read if ``by`` did ``act`` now."""
    return rehearse(lambda: act.run(idea, words, by=by), to=idea.author)


def letters_of_answer(idea, text, *, by, answer=None, version=1, **words):
    """What the author would read once this draft is published, by ``by`` or by a colleague who may do that."""

    def drafted_and_published():
        if answer:
            draft = change_answer(answer, text, version=version, by=by, **words)
        else:
            draft = prepare_answer(idea, text, by=by, **words)
        publish_answer(draft, version=draft.version, by=_publisher(draft, by))

    return rehearse(drafted_and_published, to=idea.author)


def _publisher(draft, by):
    for person in (by, *deciders(draft.idea).exclude(pk=by.pk)):
        if may(person, PUBLISH, draft):
            return person
    raise NobodyPublishes
