"""People: regional actors, what they agreed to, and the posts they hold."""

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ..core.clock import now
from ..core.hiding import Hideable, hidden_for_a_reason
from ..region.models import FieldOfAction, Municipality


class ActorQuerySet(models.QuerySet):
    """Questions to the table of actors."""

    def offering_publicly(self):
        """Actors who show the public what they can do or offer."""
        return self.present().filter(visible_to=Actor.Visibility.PUBLIC, hidden_at=None).exclude(skills="", offers="")

    def present(self):
        """Actors with a confirmed account that they have not deleted."""
        return self.filter(is_active=True, confirmed_at__isnull=False)


class ActorManager(BaseUserManager.from_queryset(ActorQuerySet)):
    """Makes accounts."""

    def create_user(self, email, password=None, **fields):
        """Make an account; without a password nobody can sign in to it."""
        fields.setdefault("joined_at", now())
        actor = self.model(email=self.normalize_email(email).lower(), **fields)
        actor.set_password(password)
        actor.save(using=self._db)
        return actor

    def create_superuser(self, email, password=None, **fields):
        """Make an account that may open Django's admin; it has no post and no right of one."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class Actor(AbstractBaseUser, PermissionsMixin, Hideable):
    """A citizen of the region who wants to take part; signs in by e-mail."""

    class Visibility(models.TextChoices):
        """Who sees skills and offers."""

        OFFICE = "office", _("only the office")
        PUBLIC = "public", _("everybody")

    class Language(models.TextChoices):
        """The language of pages and letters."""

        DE = "de", "Deutsch"
        EN = "en", "English"

    email = models.EmailField(_("e-mail address"), unique=True)
    display_name = models.CharField(_("display name"), max_length=60)
    municipality = models.ForeignKey(
        Municipality,
        verbose_name=_("home municipality"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    interests = models.ManyToManyField(FieldOfAction, verbose_name=_("interests"), blank=True, related_name="+")
    organisation = models.CharField(_("club, business or organisation"), max_length=120, blank=True)
    skills = models.CharField(_("what I am good at"), max_length=300, blank=True)
    offers = models.CharField(_("what I can offer"), max_length=300, blank=True)
    visible_to = models.CharField(
        _("who sees skills and offers"), max_length=10, choices=Visibility.choices, default=Visibility.OFFICE
    )
    language = models.CharField(_("language"), max_length=2, choices=Language.choices, default=Language.DE)

    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    registration = models.UUIDField(null=True, unique=True, editable=False)
    joined_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)
    blocked_at = models.DateTimeField(null=True, blank=True)

    objects = ActorManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        app_label = "participation"
        constraints = [
            models.UniqueConstraint(Lower("email"), name="actor_email_once_whatever_case"),
            models.CheckConstraint(
                condition=models.Q(erased_at__isnull=True) | models.Q(is_active=False), name="actor_erased_is_inactive"
            ),
            models.CheckConstraint(
                condition=models.Q(blocked_at__isnull=True) | models.Q(is_active=False),
                name="actor_blocked_is_inactive",
            ),
            hidden_for_a_reason("actor_hidden_for_a_reason"),
        ]

    def __str__(self):
        return self.display_name or str(_("former actor"))

    def get_absolute_url(self):
        return reverse("actor", args=[self.pk])

    @property
    def public_name(self):
        """How others are told the name: the office may have hidden it together with the profile."""
        return str(_("Hidden profile")) if self.is_hidden and self.display_name else str(self)


class Consent(models.Model):
    """An agreement somebody gave, with the version of its wording and the moment."""

    class Purpose(models.TextChoices):
        """To what."""

        TERMS = "terms", _("Terms of use")
        AGE = "age", _("Minimum age")

    actor = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="consents")
    purpose = models.CharField(max_length=20, choices=Purpose.choices)
    version = models.PositiveIntegerField()
    given_at = models.DateTimeField()

    class Meta:
        app_label = "participation"
        constraints = [models.UniqueConstraint(fields=["actor", "purpose", "version"], name="consent_once")]


class Post(models.TextChoices):
    """The posts from which rights follow."""

    MANAGER = "manager", _("alliance manager")
    MODERATOR = "moderator", _("moderator")
    INTERN = "intern", _("intern")
    SPOKESPERSON = "spokesperson", _("spokesperson")
    MAYOR = "mayor", _("mayor")
    ALE = "ale", _("representative of the Office for Rural Development (ALE)")


class AppointmentQuerySet(models.QuerySet):
    """Questions to the table of appointments."""

    def running(self, day):
        """Appointments in force on ``day``; both first and last day count."""
        return self.filter(models.Q(until=None) | models.Q(until__gte=day), since__lte=day)

    def overlapping(self, since, until):
        """Appointments that run on at least one day from ``since`` to ``until`` (None: without end)."""
        rows = self.filter(models.Q(until=None) | models.Q(until__gte=since))
        return rows.filter(since__lte=until) if until else rows


class Appointment(models.Model):
    """Somebody holds a post from a day, until a day or until further notice; both days count."""

    actor = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="appointments")
    post = models.CharField(_("post"), max_length=20, choices=Post.choices)
    municipality = models.ForeignKey(
        Municipality, verbose_name=_("municipality"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    since = models.DateField(_("first day"))
    until = models.DateField(_("last day"), null=True, blank=True)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        app_label = "participation"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("since")),
                name="appointment_ends_after_start",
            ),
            models.CheckConstraint(
                condition=~models.Q(post="mayor") | models.Q(municipality__isnull=False),
                name="appointment_mayor_has_municipality",
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.get_post_display()} ({self.since:%Y-%m-%d})"
