"""What letters are about: what people choose between, and the ids of their lists."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from .states import Rhythm


class Topic(models.TextChoices):
    """One row of the page where people choose what they hear of."""

    MY_CASES = "my_cases", _("What I am part of")
    COMMENTS = "comments", _("Comments on my ideas and replies to me")
    FOLLOWED = "followed", _("Ideas that I support or follow")
    OFFICE_NEW = "office_new", _("New for the office")
    OFFICE_DAY = "office_day", _("What is due and overdue in the office")
    NEWSLETTER = "newsletter", _("Newsletter")


@dataclass(frozen=True)
class Default:
    """How a topic is heard of by whoever has chosen nothing."""

    email: Rhythm
    inbox: Rhythm = Rhythm.AT_ONCE
    for_office: bool = False


DEFAULTS = {
    Topic.MY_CASES: Default(Rhythm.AT_ONCE),
    Topic.COMMENTS: Default(Rhythm.DAILY),
    Topic.FOLLOWED: Default(Rhythm.DAILY),
    Topic.OFFICE_NEW: Default(Rhythm.AT_ONCE, for_office=True),
    Topic.OFFICE_DAY: Default(Rhythm.AT_ONCE, for_office=True),
}
