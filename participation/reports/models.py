"""Reports, statements of reasons and objections.

Rules: Art. 16, 17 and 20 of the Digital Services Act, Regulation (EU) 2022/2065.
"""

from datetime import timedelta
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ..attachments.models import Attachment
from ..core.clock import now
from ..core.hiding import Reason
from ..discussion.models import Comment
from ..events.models import Case
from ..ideas.models import Idea
from ..promises.calendar import end_of
from .states import Decision, StatementState

PERSON = {"null": True, "blank": True, "on_delete": models.SET_NULL, "related_name": "+"}
TIME_TO_OBJECT = timedelta(days=184)  # the longest six months there are

# What the office goes by, where it names no other rule.
RULES = {
    Reason.RUDE: _("Terms of use: we stay respectful; no insults and no threats."),
    Reason.HATE: _("Terms of use: we stay respectful; no incitement to hatred."),
    Reason.PRIVATE: _("Terms of use: data of other people do not belong here unless they agree."),
    Reason.PRETENDS: _("Terms of use: nobody pretends to be another person or an authority."),
    Reason.CHILDREN: _("§ 184b of the German criminal code (StGB)."),
    Reason.ADVERTISING: _("Terms of use: no advertising."),
}


class About(models.Model):
    """What a report or a statement is about: an idea, a comment on one, a file of one, or somebody's profile."""

    class Kind(models.TextChoices):
        """What it is."""

        IDEA = "idea", _("Idea")
        COMMENT = "comment", _("Comment")
        ATTACHMENT = "attachment", _("Picture or document")
        PROFILE = "profile", _("Profile")

    kind = models.CharField(max_length=10, choices=Kind.choices)
    idea = models.ForeignKey(Idea, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    comment = models.ForeignKey(Comment, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    attachment = models.ForeignKey(Attachment, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    profile = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)

    class Meta:
        abstract = True

    @property
    def thing(self):
        """The idea, comment, file or actor itself."""
        return getattr(self, self.kind)

    @property
    def path(self):
        """The page on which it stands, a comment or a file with its place there."""
        if self.kind == self.Kind.PROFILE:
            return self.profile.get_absolute_url() if self.profile_id else ""
        place = "" if self.is_about_an_idea else f"#{PLACES[self.kind]}-{self.thing.pk}"
        return self.idea.get_absolute_url() + place

    @property
    def is_about_an_idea(self):
        """Whether it is about the idea itself."""
        return self.kind == self.Kind.IDEA

    @property
    def is_about_a_comment(self):
        """Whether it is about what somebody said to an idea."""
        return self.kind == self.Kind.COMMENT

    @property
    def is_about_a_file(self):
        """Whether it is about a picture or document of an idea."""
        return self.kind == self.Kind.ATTACHMENT


# What a page calls the place of a comment or a file: “#comment-17”.
PLACES = {About.Kind.COMMENT: "comment", About.Kind.ATTACHMENT: "file"}
NAMED = {"idea": {"idea"}, "comment": {"idea", "comment"}, "attachment": {"idea", "attachment"}, "profile": set()}


def about_one_thing(name):
    """The check constraint of an ``About`` table: each kind names what NAMED says; a profile may have left."""
    condition = Q()
    for kind, named in NAMED.items():
        empty = {f"{field}__isnull": field not in named for field in ("idea", "comment", "attachment")}
        nobody = {} if kind == "profile" else {"profile__isnull": True}
        condition |= Q(kind=kind, **empty, **nobody)
    return models.CheckConstraint(condition=condition, name=name)


def decided_with_words(name, *, needs_words):
    """The check constraint for decisions: undecided, or with a moment; those of ``needs_words`` owe an answer."""
    is_open = Q(state=Decision.OPEN, decided_at__isnull=True, answer="")
    decided = ~Q(state=Decision.OPEN) & Q(decided_at__isnull=False)
    answered = ~Q(state__in=needs_words) | ~Q(answer="")
    return models.CheckConstraint(condition=is_open | (decided & answered), name=name)


class Statement(About):
    """Why the office hid something or blocked an account, in words for the person concerned."""

    class Measure(models.TextChoices):
        """What was done."""

        HIDDEN = "hidden", pgettext_lazy("decision", "hidden")
        BLOCKED = "blocked", _("account blocked")

    measure = models.CharField(max_length=10, choices=Measure.choices)
    addressee = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    reason = models.CharField(_("reason"), max_length=20, choices=Reason.choices)
    facts = models.TextField(_("the facts"), max_length=3000)
    rule = models.CharField(_("the rule"), max_length=300, blank=True)
    was_reported = models.BooleanField(default=False)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    state = models.CharField(max_length=10, choices=StatementState.choices, default=StatementState.IN_FORCE)
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_because = models.TextField(
        _("why it was taken back"), max_length=3000, blank=True, help_text="Empty where an objection was upheld."
    )

    class Meta:
        app_label = "participation"
        constraints = [
            models.CheckConstraint(condition=Q(state__in=StatementState.values), name="statement_state"),
            models.CheckConstraint(
                condition=Q(state="in_force", lifted_at__isnull=True) | Q(state="lifted", lifted_at__isnull=False),
                name="statement_lifted_with_moment",
            ),
            models.CheckConstraint(condition=~Q(facts=""), name="statement_says_what"),
            models.CheckConstraint(
                condition=~Q(measure="blocked") | Q(kind="profile"), name="statement_blocks_accounts_only"
            ),
            about_one_thing("statement_about_one_thing"),
        ]
        indexes = [models.Index(fields=["addressee"], name="statement_addressee")]

    def __str__(self):
        return f"{self.measure} {self.kind} {self.pk}"

    @property
    def ground(self):
        """The rule that was broken, as the office named it or as it stands for the reason."""
        return self.rule or str(RULES.get(self.reason, ""))

    @property
    def objection_until(self):
        """The last moment at which one may object, at least six months after the decision."""
        return end_of(localdate(self.at) + TIME_TO_OBJECT)

    @property
    def is_in_force(self):
        """Whether it is still hidden or blocked."""
        return self.state == StatementState.IN_FORCE

    @property
    def is_block(self):
        """Whether an account was blocked."""
        return self.measure == self.Measure.BLOCKED

    @property
    def may_be_objected_to(self):
        """Whether there is still time to object; whether somebody did already, ``Objection`` knows."""
        return self.is_in_force and self.addressee_id is not None and now() <= self.objection_until


class DecidedQuerySet(models.QuerySet):
    """Questions to what is decided about once."""

    def open(self):
        """Those that wait for a decision."""
        return self.filter(state=Decision.OPEN)


class Report(About):
    """Somebody told the office in good faith that something is out of place here."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="+")
    page = models.CharField(_("address of the page"), max_length=300)
    reason = models.CharField(_("reason"), max_length=20, choices=Reason.choices)
    text = models.TextField(_("what is wrong with it"), max_length=3000)
    name = models.CharField(_("your name"), max_length=120, blank=True)
    email = models.EmailField(_("your e-mail address"), blank=True)
    language = models.CharField(max_length=2, default="de")
    reporter = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    submission = models.UUIDField(default=uuid4, unique=True, editable=False)
    state = models.CharField(max_length=10, choices=Decision.choices, default=Decision.OPEN)
    answer = models.TextField(_("words to whoever reported it"), max_length=3000, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    statement = models.ForeignKey(Statement, null=True, blank=True, on_delete=models.PROTECT, related_name="reports")

    objects = DecidedQuerySet.as_manager()

    class Meta:
        app_label = "participation"
        constraints = [
            models.CheckConstraint(condition=Q(state__in=Decision.values), name="report_state"),
            decided_with_words("report_decided_with_moment", needs_words=["rejected"]),
            about_one_thing("report_about_one_thing"),
        ]
        indexes = [models.Index(fields=["state"], name="report_state_index")]

    def __str__(self):
        return self.case.reference

    def get_absolute_url(self):
        """The office's page of it."""
        return reverse("office_report", args=[self.case.reference])

    @property
    def is_open(self):
        """Whether it waits for a decision."""
        return self.state == Decision.OPEN

    @property
    def is_upheld(self):
        """Whether the office agreed."""
        return self.state == Decision.UPHELD

    @property
    def has_address(self):
        """Whether a letter can carry the outcome."""
        return bool(self.email or self.reporter_id)


class Objection(models.Model):
    """The person concerned does not agree with a statement; another person of the office looks at it again."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="+")
    statement = models.OneToOneField(Statement, on_delete=models.PROTECT, related_name="objection")
    text = models.TextField(_("why you do not agree"), max_length=3000)
    state = models.CharField(max_length=10, choices=Decision.choices, default=Decision.OPEN)
    answer = models.TextField(_("words to the person concerned"), max_length=3000, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)

    objects = DecidedQuerySet.as_manager()

    class Meta:
        app_label = "participation"
        constraints = [
            models.CheckConstraint(condition=Q(state__in=Decision.values), name="objection_state"),
            decided_with_words("objection_decided_with_words", needs_words=["upheld", "rejected"]),
        ]
        indexes = [models.Index(fields=["state"], name="objection_state_index")]

    def __str__(self):
        return self.case.reference

    def get_absolute_url(self):
        """The office's page of it."""
        return reverse("office_objection", args=[self.case.reference])

    @property
    def is_open(self):
        """Whether it waits for a decision."""
        return self.state == Decision.OPEN

    @property
    def is_upheld(self):
        """Whether the office took its decision back."""
        return self.state == Decision.UPHELD
