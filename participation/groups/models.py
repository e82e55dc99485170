"""Working groups, who belongs to them, and for how much longer they were asked to work."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from ..core.clock import now
from ..events.models import Case
from ..region.models import FieldOfAction, Municipality
from .states import AT_WORK, JOINABLE, LEADING, OPEN, PUBLIC, TONES, GroupState, MembershipState, Role

TIME_TO_ANSWER = timedelta(days=7)
TIME_TO_ACCEPT = timedelta(days=30)
PERSON = {"null": True, "blank": True, "on_delete": models.SET_NULL, "related_name": "+"}


class GroupQuerySet(models.QuerySet):
    """Questions to the table of working groups."""

    def public(self):
        """Groups that everybody may read about."""
        return self.filter(state__in=PUBLIC)

    def at_work(self):
        """Groups that stand on the front page: neither dormant nor closed."""
        return self.filter(state__in=AT_WORK)

    def visible_to(self, actor, *, in_office=False):
        """Groups whose page ``actor`` may see: public ones, one's own proposals, and for the office all."""
        if in_office:
            return self.all()
        seen = Q(state__in=PUBLIC)
        if actor.is_authenticated:
            seen |= Q(proposer_id=actor.pk)
        return self.filter(seen)


class Group(models.Model):
    """A working group with its mandate. ``version`` counts the wordings of the mandate."""

    class WayIn(models.TextChoices):
        """How somebody becomes a member."""

        OPEN = "open", _("whoever wants to")
        REQUEST = "request", _("on request, with a reason")
        INVITATION = "invitation", _("by invitation only")

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="+")
    slug = models.SlugField(max_length=140, unique=True, editable=False)
    title = models.CharField(_("name of the group"), max_length=120)
    question = models.CharField(_("question"), max_length=300)
    expected = models.TextField(_("expected result"), max_length=3000)
    html = models.TextField(editable=False)
    field = models.ForeignKey(
        FieldOfAction, verbose_name=_("field of action"), on_delete=models.PROTECT, related_name="+"
    )
    whole_alliance = models.BooleanField(_("the whole alliance"), default=False)
    municipalities = models.ManyToManyField(
        Municipality, verbose_name=_("municipalities"), blank=True, related_name="+"
    )
    starts_on = models.DateField(_("first day"), null=True, blank=True)
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    report_due_on = models.DateField(_("report due on"), null=True, blank=True)
    way_in = models.CharField(_("who may join"), max_length=10, choices=WayIn.choices, default=WayIn.REQUEST)
    looking_for = models.CharField(_("we look for"), max_length=300, blank=True)

    state = models.CharField(max_length=12, choices=GroupState.choices, default=GroupState.PROPOSED)
    version = models.PositiveIntegerField(default=1)
    proposer = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    offers_to_coordinate = models.BooleanField(_("I would coordinate the group"), default=False)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    decided_at = models.DateTimeField(null=True, blank=True)
    declined_because = models.TextField(_("why the group is not founded"), max_length=3000, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True, help_text="When its coordination was asked for a life sign.")
    told_at = models.DateTimeField(null=True, blank=True, help_text="When the office heard that none came.")
    report = models.TextField(_("closing report"), max_length=12000, blank=True)
    report_html = models.TextField(blank=True, editable=False)
    closed_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    objects = GroupQuerySet.as_manager()

    class Meta:
        app_label = "participation"
        constraints = [
            models.CheckConstraint(condition=Q(state__in=GroupState.values), name="group_state"),
            models.CheckConstraint(
                condition=~Q(state__in=PUBLIC)
                | Q(starts_on__isnull=False, ends_on__isnull=False, report_due_on__isnull=False),
                name="group_works_for_a_time",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(starts_on__isnull=False, ends_on__gte=F("starts_on")),
                name="group_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(state="declined", declined_because__gt="")
                | (~Q(state="declined") & Q(declined_because="")),
                name="group_declined_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(state="proposed", decided_at__isnull=True)
                | (~Q(state="proposed") & Q(decided_at__isnull=False)),
                name="group_decided_with_moment",
            ),
            models.CheckConstraint(
                condition=Q(state="closed", closed_at__isnull=False, report__gt="")
                | (~Q(state="closed") & Q(closed_at__isnull=True)),
                name="group_closed_with_report",
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["state"], name="group_state_index")]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        """Its page."""
        return reverse("group", args=[self.slug])

    @property
    def reference(self):
        """What people quote."""
        return self.case.reference

    @property
    def shown(self):
        """The expected result as HTML, made by ``core.markup.rendered`` when it was written."""
        return mark_safe(self.html)  # noqa: S308 - nothing else gets in there

    @property
    def shown_report(self):
        """The closing report as HTML, made in the same way."""
        return mark_safe(self.report_html)  # noqa: S308 - nothing else gets in there

    @property
    def tone(self):
        """How ``components/badge.html`` paints its state."""
        return TONES.get(self.state, "")

    @property
    def is_proposed(self):
        """The office has not decided yet."""
        return self.state == GroupState.PROPOSED

    @property
    def is_declined(self):
        """The office did not found it."""
        return self.state == GroupState.DECLINED

    @property
    def is_public(self):
        """Everybody may read about it."""
        return self.state in PUBLIC

    @property
    def is_joinable(self):
        """Somebody can still become a member, in one way or another."""
        return self.state in JOINABLE

    @property
    def is_active(self):
        """It works."""
        return self.state == GroupState.ACTIVE

    @property
    def is_dormant(self):
        """It rests."""
        return self.state == GroupState.DORMANT

    @property
    def is_reporting(self):
        """Its time is over, and it writes its closing report."""
        return self.state == GroupState.REPORTING

    @property
    def is_closed(self):
        """It has done its work."""
        return self.state == GroupState.CLOSED

    @property
    def is_open_to_all(self):
        """Whoever wants to becomes a member at once."""
        return self.way_in == self.WayIn.OPEN

    @property
    def takes_requests(self):
        """Whoever gives a reason can ask to become a member."""
        return self.way_in == self.WayIn.REQUEST


class MembershipQuerySet(models.QuerySet):
    """Questions to the table of memberships."""

    def present(self):
        """Those who belong to a group now and whose account is there."""
        return self.filter(state=MembershipState.MEMBER, actor__is_active=True)

    def leading(self):
        """Those of them who coordinate or stand in for it."""
        return self.present().filter(role__in=LEADING)

    def requested(self):
        """Requests that wait for an answer; whoever asked is still there."""
        return self.filter(state=MembershipState.REQUESTED, actor__is_active=True)

    def late(self):
        """Requests that the coordination did not answer in time, so that the office decides."""
        return self.requested().filter(answer_by__lt=now())

    def invited(self):
        """Invitations that can still be answered."""
        waiting = self.filter(state=MembershipState.INVITED, since__gt=now() - TIME_TO_ACCEPT)
        return waiting.exclude(email="")

    def of(self, actor):
        """Where ``actor`` belongs now."""
        return self.filter(state=MembershipState.MEMBER, actor_id=actor.pk)


class Membership(models.Model):
    """Somebody belongs, belonged or wants to belong to a group; the address goes once an invitation is answered."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="memberships")
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    email = models.EmailField(_("e-mail address"), blank=True)
    role = models.CharField(_("role"), max_length=12, choices=Role.choices, default=Role.MEMBER)
    interim = models.BooleanField(default=False, help_text="Of the office, until the group has found somebody.")
    shown = models.BooleanField(
        _("everybody may see that I belong to this group"), default=False, help_text="Coordinators are always shown."
    )
    state = models.CharField(max_length=10, choices=MembershipState.choices)
    reason = models.CharField(_("why I want to take part"), max_length=1000, blank=True)
    refused_because = models.CharField(_("reason"), max_length=1000, blank=True)
    since = models.DateTimeField(help_text="When it was asked for, offered or began.")
    answer_by = models.DateTimeField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True, help_text="When the office heard that no answer came.")
    joined_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        app_label = "participation"
        constraints = [
            models.CheckConstraint(condition=Q(state__in=MembershipState.values), name="membership_state"),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="membership_role"),
            models.CheckConstraint(
                condition=Q(state="invited") | Q(email=""), name="membership_without_address_once_answered"
            ),
            models.CheckConstraint(
                condition=Q(state="requested", answer_by__isnull=False)
                | (~Q(state="requested") & Q(answer_by__isnull=True)),
                name="membership_requested_with_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["member", "left", "removed"]) | Q(joined_at__isnull=False),
                name="membership_joined_with_moment",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["requested", "invited", "member"], ended_at__isnull=True)
                | (~Q(state__in=["requested", "invited", "member"]) & Q(ended_at__isnull=False)),
                name="membership_ended_with_moment",
            ),
            models.UniqueConstraint(
                fields=["group", "actor"], name="membership_one_open",
                condition=Q(state__in=["requested", "invited", "member"], actor__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["group", "email"], name="membership_invited_once", condition=Q(state="invited") & ~Q(email="")
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["group", "state"], name="membership_of_group"),
            models.Index(fields=["actor"], name="membership_of_actor"),
            models.Index(fields=["email"], name="membership_invited", condition=Q(state="invited")),
        ]

    def __str__(self):
        return f"{self.group_id} {self.state}"

    @property
    def is_member(self):
        """Belongs to the group now."""
        return self.state == MembershipState.MEMBER

    @property
    def is_requested(self):
        """Waits for an answer of the coordination."""
        return self.state == MembershipState.REQUESTED

    @property
    def is_late(self):
        """The coordination did not answer in time."""
        return self.is_requested and self.answer_by < now()

    @property
    def is_leading(self):
        """Coordinates the group or stands in for whoever does."""
        return self.is_member and self.role in LEADING

    @property
    def is_waiting(self):
        """Neither answered nor void."""
        return self.state in OPEN

    @property
    def is_public(self):
        """Whether everybody may see who this is."""
        return self.shown or self.role in LEADING

    @property
    def until(self):
        """The last moment at which an invitation can be answered."""
        return self.since + TIME_TO_ACCEPT

    @property
    def can_be_accepted(self):
        """Whether an invitation can still be answered, as ``MembershipQuerySet.invited`` has it."""
        return self.state == MembershipState.INVITED and bool(self.email) and now() < self.until

    def is_for(self, actor):
        """Whether ``actor`` is the person invited: a confirmed account with this address."""
        known = actor.is_authenticated and actor.confirmed_at is not None
        return known and bool(self.email) and actor.email.lower() == self.email.lower()


class Prolongation(models.Model):
    """A group that reported goes on, for a reason that everybody may read."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="prolongations")
    former_ends_on = models.DateField()
    ends_on = models.DateField(_("last day"))
    report_due_on = models.DateField(_("report due on"))
    reason = models.CharField(_("public reason"), max_length=500)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)

    class Meta:
        app_label = "participation"
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gt=F("former_ends_on")), name="prolongation_is_later"),
            models.CheckConstraint(condition=~Q(reason=""), name="prolongation_has_a_reason"),
        ]

    def __str__(self):
        return f"{self.group_id} {self.ends_on:%Y-%m-%d}"
