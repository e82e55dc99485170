"""The way of an idea, and that of an official answer."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ..core.lifecycle import Lifecycle


class IdeaState(models.TextChoices):
    """Where an idea stands."""

    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", pgettext_lazy("idea", "in review")
    RETURNED = "returned", pgettext_lazy("idea", "question to the author")
    DECLINED = "declined", pgettext_lazy("idea", "not published")
    WITHDRAWN = "withdrawn", pgettext_lazy("idea", "withdrawn")
    MERGED = "merged", pgettext_lazy("idea", "merged with another one")
    PUBLISHED = "published", pgettext_lazy("idea", "published")
    UNDER_CONSIDERATION = "under_consideration", pgettext_lazy("idea", "under consideration")
    DEFERRED = "deferred", pgettext_lazy("idea", "deferred")
    ADOPTED = "adopted", pgettext_lazy("idea", "adopted")
    NOT_ADOPTED = "not_adopted", pgettext_lazy("idea", "not adopted")
    IN_PROGRESS = "in_progress", pgettext_lazy("idea", "in progress")
    REALISED = "realised", pgettext_lazy("idea", "realised")
    NOT_REALISED = "not_realised", pgettext_lazy("idea", "not realised")


S = IdeaState
WAITING = (S.SUBMITTED, S.RETURNED)
PUBLIC = (
    S.PUBLISHED, S.UNDER_CONSIDERATION, S.DEFERRED, S.ADOPTED, S.NOT_ADOPTED, S.IN_PROGRESS, S.REALISED, S.NOT_REALISED,
)  # fmt: skip
ENDED = (S.DECLINED, S.WITHDRAWN, S.MERGED, S.NOT_ADOPTED, S.REALISED, S.NOT_REALISED)
OPEN_TO_ALL = (S.PUBLISHED, S.UNDER_CONSIDERATION, S.DEFERRED, S.ADOPTED, S.IN_PROGRESS)  # support and comments
TONES = dict.fromkeys(WAITING, "time") | dict.fromkeys((*OPEN_TO_ALL, S.REALISED), "go")  # of badge.html

LIFECYCLE = Lifecycle(
    {
        S.DRAFT: {S.SUBMITTED},
        S.SUBMITTED: {S.PUBLISHED, S.RETURNED, S.DECLINED, S.WITHDRAWN, S.MERGED},
        S.RETURNED: {S.SUBMITTED, S.WITHDRAWN, S.DECLINED},
        S.DECLINED: {S.SUBMITTED},
        S.PUBLISHED: {S.UNDER_CONSIDERATION, S.NOT_ADOPTED, S.WITHDRAWN, S.MERGED},
        S.UNDER_CONSIDERATION: {S.ADOPTED, S.NOT_ADOPTED, S.DEFERRED},
        S.MERGED: {S.SUBMITTED, S.PUBLISHED},
        S.DEFERRED: {S.UNDER_CONSIDERATION},
        S.ADOPTED: {S.IN_PROGRESS},
        S.IN_PROGRESS: {S.REALISED, S.NOT_REALISED},
    }
)

# Where an official answer may lead, and which ask for the body that decided and the day.
ANSWER_LEADS_TO = {
    S.PUBLISHED: (S.UNDER_CONSIDERATION, S.NOT_ADOPTED),
    S.UNDER_CONSIDERATION: (S.ADOPTED, S.NOT_ADOPTED, S.DEFERRED),
    S.DEFERRED: (S.UNDER_CONSIDERATION,),
    S.ADOPTED: (S.IN_PROGRESS,),
    S.IN_PROGRESS: (S.REALISED, S.NOT_REALISED),
}
NEEDS_BODY = (S.ADOPTED, S.NOT_ADOPTED, S.DEFERRED)


class AnswerState(models.TextChoices):
    """Where an official answer stands."""

    DRAFT = "draft", _("draft")
    PUBLISHED = "published", pgettext_lazy("answer", "published")


ANSWER_LIFECYCLE = Lifecycle({AnswerState.DRAFT: {AnswerState.PUBLISHED}})


class CoAuthorState(models.TextChoices):
    """Where an invitation to be co-author stands."""

    INVITED = "invited", pgettext_lazy("co-author", "invited")
    ACCEPTED = "accepted", pgettext_lazy("co-author", "accepted")
    DECLINED = "declined", pgettext_lazy("co-author", "declined")
    TAKEN_BACK = "taken_back", pgettext_lazy("co-author", "taken back")
    LEFT = "left", pgettext_lazy("co-author", "left")


COAUTHOR_LIFECYCLE = Lifecycle(
    {
        CoAuthorState.INVITED: {CoAuthorState.ACCEPTED, CoAuthorState.DECLINED, CoAuthorState.TAKEN_BACK},
        CoAuthorState.ACCEPTED: {CoAuthorState.LEFT},
    }
)
