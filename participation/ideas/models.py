"""Ideas, their versions, what the office wrote about them, and who supports them."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from ..attachments.models import Folder
from ..core.clock import now
from ..core.hiding import Hideable, hidden_for_a_reason
from ..events.models import Case
from ..region.models import FieldOfAction, Municipality
from .coauthor_models import CoAuthor
from .states import ENDED, OPEN_TO_ALL, PUBLIC, TONES, AnswerState, IdeaState

TIME_TO_UNDO = timedelta(days=14)
PERSON = {"null": True, "blank": True, "on_delete": models.SET_NULL, "related_name": "+"}


class IdeaQuerySet(models.QuerySet):
    """Questions to the table of ideas."""

    def public(self):
        """Ideas that everybody may read."""
        return self.filter(state__in=PUBLIC, hidden_at=None, published_at__isnull=False)  # as the indexes have it

    def visible_to(self, actor, *, in_office=False):
        """Ideas that ``actor`` may read: public ones, those they are author or co-author of, and for the office all
        that were ever submitted.
        """
        seen = Q(state__in=PUBLIC, hidden_at=None)
        if actor.is_authenticated:
            seen |= Q(author_id=actor.pk) | Q(pk__in=CoAuthor.objects.of(actor).values("idea_id"))
        if in_office:
            seen |= ~Q(state=IdeaState.DRAFT)
        return self.filter(seen)

    def by(self, actor):
        """The ideas of ``actor``."""
        return self.filter(author_id=actor.pk)


class Idea(Hideable):
    """What somebody proposes. ``version`` counts the texts: what is decided is decided about one of them."""

    case = models.OneToOneField(Case, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    title = models.CharField(_("title"), max_length=120)
    text = models.TextField(_("your idea"), max_length=8000, blank=True)
    html = models.TextField(blank=True, editable=False)
    field = models.ForeignKey(
        FieldOfAction, verbose_name=_("field of action"), null=True, blank=True, on_delete=models.PROTECT,
        related_name="+",
    )  # fmt: skip
    whole_alliance = models.BooleanField(_("the whole alliance"), default=False)
    municipalities = models.ManyToManyField(
        Municipality, verbose_name=_("municipalities"), blank=True, related_name="+"
    )
    place = models.CharField(_("place"), max_length=160, blank=True)
    latitude = models.DecimalField(_("latitude"), max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(_("longitude"), max_digits=9, decimal_places=6, null=True, blank=True)
    folder = models.OneToOneField(Folder, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    state = models.CharField(max_length=20, choices=IdeaState.choices, default=IdeaState.DRAFT)
    version = models.PositiveIntegerField(default=1)
    moderator = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    reply_by = models.DateField(null=True, blank=True, help_text="Until when the author answers a question.")
    warned_at = models.DateTimeField(null=True, blank=True)
    appeals = models.PositiveSmallIntegerField(default=0, help_text="How often it was sent again after a refusal.")
    support_count = models.PositiveIntegerField(default=0)

    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    moved_at = models.DateTimeField()

    objects = IdeaQuerySet.as_manager()

    class Meta:
        app_label = "participation"
        constraints = [
            models.CheckConstraint(condition=Q(state__in=IdeaState.values), name="idea_state"),
            models.CheckConstraint(
                condition=Q(state="draft", case__isnull=True, submitted_at__isnull=True)
                | (~Q(state="draft") & Q(case__isnull=False, submitted_at__isnull=False)),
                name="idea_has_a_case_once_submitted",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=PUBLIC) | Q(published_at__isnull=False), name="idea_public_with_moment"
            ),
            models.CheckConstraint(
                condition=Q(state="returned", reply_by__isnull=False)
                | (~Q(state="returned") & Q(reply_by__isnull=True)),
                name="idea_returned_with_day",
            ),
            models.CheckConstraint(condition=Q(appeals__lte=1), name="idea_one_appeal"),
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None)
                | Q(latitude__isnull=False, longitude__isnull=False)
                & Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="idea_point_whole_and_on_earth",
            ),
            hidden_for_a_reason("idea_hidden_for_a_reason"),
        ]
        indexes = [
            models.Index(fields=["-published_at", "-id"], name="idea_newest", condition=Q(published_at__isnull=False)),
            models.Index(
                fields=["-support_count", "-id"], name="idea_supported", condition=Q(published_at__isnull=False)
            ),
            models.Index(fields=["-moved_at", "-id"], name="idea_moved", condition=Q(published_at__isnull=False)),
            models.Index(fields=["author"], name="idea_author"),
            models.Index(fields=["state"], name="idea_state_index"),
        ]

    def __str__(self):
        return self.title or str(_("Idea without a title"))

    def get_absolute_url(self):
        """Its page; for a draft the form."""
        if self.is_draft:
            return reverse("edit_draft", args=[self.pk])
        return reverse("idea", args=[self.reference])

    @property
    def reference(self):
        """What people quote; nothing before it is submitted."""
        return self.case.reference if self.case_id else ""

    @property
    def shown(self):
        """The text as HTML, made by ``core.markup.rendered`` when it was written."""
        return mark_safe(self.html)  # noqa: S308 - nothing else gets in there

    @property
    def point(self):
        """Where on the map it is about, as people paste it (five decimals are a metre), or nothing."""
        return "" if self.latitude is None else f"{self.latitude:.5f}, {self.longitude:.5f}"

    @property
    def geo(self):
        """The same as an address that the device opens with a map of its own."""
        return f"geo:{self.point.replace(' ', '')}" if self.point else ""

    @property
    def tone(self):
        """How ``components/badge.html`` paints its state."""
        return TONES.get(self.state, "")

    @property
    def is_draft(self):
        """Only its author knows it."""
        return self.state == IdeaState.DRAFT

    @property
    def is_in_review(self):
        """The office has it and has not said anything yet."""
        return self.state == IdeaState.SUBMITTED

    @property
    def is_returned(self):
        """The office has asked the author something."""
        return self.state == IdeaState.RETURNED

    @property
    def is_declined(self):
        """The office does not publish it."""
        return self.state == IdeaState.DECLINED

    @property
    def is_merged(self):
        """Another idea stands for it."""
        return self.state == IdeaState.MERGED

    @property
    def is_public(self):
        """Everybody may read it."""
        return self.state in PUBLIC and not self.is_hidden

    @property
    def is_open(self):
        """Everybody may support and discuss it."""
        return self.state in OPEN_TO_ALL and not self.is_hidden

    @property
    def is_ended(self):
        """Nothing more will become of it."""
        return self.state in ENDED

    @property
    def may_appeal(self):
        """Whether the author may send it once more after it was declined."""
        return self.is_declined and self.appeals == 0


class IdeaVersion(models.Model):
    """The words of an idea as they were submitted. Never changed."""

    idea = models.ForeignKey(Idea, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=120)
    text = models.TextField(max_length=8000)
    corrected = models.CharField(
        _("what I changed"), max_length=500, blank=True, help_text="What the author says about it."
    )
    at = models.DateTimeField()

    class Meta:
        app_label = "participation"
        constraints = [models.UniqueConstraint(fields=["idea", "number"], name="idea_version_once")]

    def __str__(self):
        return f"{self.idea_id} {self.number}"


class Review(models.Model):
    """What the office decided about a submitted idea, and the words it wrote to the author."""

    class Outcome(models.TextChoices):
        """What was decided."""

        PUBLISHED = "published", _("published")
        RETURNED = "returned", _("returned with a question")
        DECLINED = "declined", _("not published")
        MERGED = "merged", _("merged with another idea")

    class Reason(models.TextChoices):
        """Why an idea is not published, as the terms of use list them."""

        NOT_HERE = "not_here", _("The alliance and its municipalities cannot decide this.")
        PRIVATE_MATTER = "private_matter", _("It is about a private matter or a single person.")
        RUDE = "rude", _("It insults or threatens somebody.")
        UNLAWFUL = "unlawful", _("It breaks the law or the rights of others.")
        ADVERTISING = "advertising", _("It advertises something.")
        UNCLEAR = "unclear", _("It stayed unclear what is proposed, also after our question.")
        NO_ANSWER = "no_answer", _("Our question was not answered within 60 days.")

    idea = models.ForeignKey(Idea, on_delete=models.PROTECT, related_name="reviews")
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    reason = models.CharField(_("reason"), max_length=20, choices=Reason.choices, blank=True)
    text = models.TextField(_("words to the author"), max_length=3000, blank=True)
    version = models.PositiveIntegerField(help_text="Which words of the idea were judged.")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    at = models.DateTimeField()

    class Meta:
        app_label = "participation"
        constraints = [
            models.CheckConstraint(
                condition=~Q(outcome="returned") | ~Q(text=""), name="review_returned_with_question"
            ),
            models.CheckConstraint(
                condition=~Q(outcome="declined") | (~Q(reason="") & ~Q(text="")), name="review_declined_with_reason"
            ),
        ]
        indexes = [models.Index(fields=["idea", "at"], name="review_idea")]

    def __str__(self):
        return f"{self.idea_id} {self.outcome}"


class Answer(models.Model):
    """An official answer to a public idea; it may lead the idea on. ``version`` counts the drafts."""

    class Body(models.TextChoices):
        """Who decided."""

        OFFICE = "office", _("the office")
        STEERING_GROUP = "steering_group", _("the steering group")
        COUNCIL = "council", _("a municipal council")

    idea = models.ForeignKey(Idea, on_delete=models.PROTECT, related_name="answers")
    text = models.TextField(_("answer"), max_length=5000)
    html = models.TextField(editable=False)
    leads_to = models.CharField(_("where the idea goes"), max_length=20, choices=IdeaState.choices, blank=True)
    body = models.CharField(_("who decided"), max_length=20, choices=Body.choices, blank=True)
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    state = models.CharField(max_length=10, choices=AnswerState.choices, default=AnswerState.DRAFT)
    version = models.PositiveIntegerField(default=1)
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    drafted_at = models.DateTimeField()
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        app_label = "participation"
        constraints = [
            models.CheckConstraint(condition=Q(state__in=AnswerState.values), name="answer_state"),
            models.CheckConstraint(
                condition=Q(state="draft", published_at__isnull=True)
                | Q(state="published", published_at__isnull=False),
                name="answer_published_with_moment",
            ),
            models.CheckConstraint(
                condition=~Q(leads_to__in=["adopted", "not_adopted", "deferred"])
                | (~Q(body="") & Q(decided_on__isnull=False)),
                name="answer_names_body_and_day",
            ),
        ]
        indexes = [models.Index(fields=["idea", "published_at"], name="answer_idea")]

    def __str__(self):
        return f"{self.idea_id} {self.state}"

    @property
    def shown(self):
        """The HTML, made when it was written."""
        return mark_safe(self.html)  # noqa: S308 - nothing else gets in there


class Support(models.Model):
    """Somebody stands behind an idea. Whoever leaves stays counted, without a name."""

    idea = models.ForeignKey(Idea, on_delete=models.PROTECT, related_name="+")
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    at = models.DateTimeField()

    class Meta:
        app_label = "participation"
        constraints = [models.UniqueConstraint(fields=["idea", "actor"], name="support_once")]
        indexes = [models.Index(fields=["actor"], name="support_actor")]

    def __str__(self):
        return f"{self.idea_id} {self.actor_id}"


class MergerQuerySet(models.QuerySet):
    """Questions to the table of mergers."""

    def in_force(self):
        """Mergers that were not undone."""
        return self.filter(undone_at=None)


class Merger(models.Model):
    """An idea became one with another that asks for the same. ``carried`` lists the rows that came along."""

    source = models.ForeignKey(Idea, on_delete=models.PROTECT, related_name="mergers")
    target = models.ForeignKey(Idea, on_delete=models.PROTECT, related_name="+")
    former_state = models.CharField(max_length=20, choices=IdeaState.choices)
    carried = models.JSONField(default=dict)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)

    objects = MergerQuerySet.as_manager()

    class Meta:
        app_label = "participation"
        constraints = [
            models.UniqueConstraint(fields=["source"], name="merger_one_in_force", condition=Q(undone_at=None)),
            models.CheckConstraint(condition=~Q(source=models.F("target")), name="merger_not_with_itself"),
            models.CheckConstraint(
                condition=Q(former_state__in=["submitted", "published"]), name="merger_from_a_state_to_go_back_to"
            ),
        ]
        indexes = [models.Index(fields=["target"], name="merger_target", condition=Q(undone_at=None))]

    def __str__(self):
        return f"{self.source_id} {self.target_id}"

    @property
    def undoable_until(self):
        """The last moment at which it can be undone."""
        return self.at + TIME_TO_UNDO

    @property
    def can_be_undone(self):
        """Whether there is still time."""
        return self.undone_at is None and now() <= self.undoable_until
