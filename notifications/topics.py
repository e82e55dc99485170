"""What letters are about: what people choose between, and the ids of their lists."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from .states import Rhythm


class Topic(models.TextChoices):
    """One row of the page where people choose what they hear of."""

    MY_CASES = "my_cases", _("What I am part of")
    MY_GROUPS = "my_groups", _("My working groups")
    GROUP_TALK = "group_talk", _("Talk in my working groups")
    COMMENTS = "comments", _("Comments on my ideas and replies to me")
    FOLLOWED = "followed", _("Ideas that I support or follow")
    OFFICE_NEW = "office_new", _("New for the office")
    OFFICE_DAY = "office_day", _("What is due and overdue in the office")
    NEWSLETTER = "newsletter", _("Newsletter")

    @property
    def hint(self):
        """What belongs to it, in a sentence."""
        return HINTS.get(self, "")


HINTS = {
    Topic.MY_CASES: _(
        "For instance when something has come of your idea, or when somebody answers your invitation to write together."
    ),
    Topic.MY_GROUPS: _(
        "When a working group you belong to begins, rests, reports or closes, or when somebody calls you there; if you"
        " coordinate it, who asks to join."
    ),
    Topic.GROUP_TALK: _("What others write in the room of a working group you belong to."),
    Topic.COMMENTS: _("When somebody comments on your idea, or replies to what you wrote."),
    Topic.FOLLOWED: _("When the office answers, when the idea goes another way, or when something has come of it."),
    Topic.OFFICE_NEW: _("New ideas, reports, objections and barriers, and what is handed over to you."),
    Topic.OFFICE_DAY: _(
        "On each morning on which an answer is overdue or due within three working days. Managers get a letter about"
        " overdue answers as well."
    ),
}


@dataclass(frozen=True)
class Default:
    """How a topic is heard of by whoever has chosen nothing."""

    email: Rhythm
    inbox: Rhythm = Rhythm.AT_ONCE
    for_office: bool = False


DEFAULTS = {
    Topic.MY_CASES: Default(Rhythm.AT_ONCE),
    Topic.MY_GROUPS: Default(Rhythm.AT_ONCE),
    Topic.GROUP_TALK: Default(Rhythm.DAILY),
    Topic.COMMENTS: Default(Rhythm.DAILY),
    Topic.FOLLOWED: Default(Rhythm.DAILY),
    Topic.OFFICE_NEW: Default(Rhythm.AT_ONCE, for_office=True),
    Topic.OFFICE_DAY: Default(Rhythm.AT_ONCE, for_office=True),
}
