"""The alliance and what it consists of; edited by the manager in the portal, not in code."""

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from .colours import stylesheet, stylesheet_digest


class Edited(models.Model):
    """Something the office edits. ``version`` counts the changes, so that of two people at once only one wins."""

    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True


class Alliance(Edited):
    """The alliance itself: one row."""

    class HolidaySet(models.TextChoices):
        """Which public holidays count when working days are counted."""

        BAVARIA = "BY", _("Bavaria")
        BAVARIA_CATHOLIC = "BY-catholic", _("Bavaria with Assumption Day (mostly Catholic municipalities)")

    name = models.CharField(_("name"), max_length=120)
    short_name = models.CharField(_("short name"), max_length=60, help_text=_("Shown beside the logo."))
    slogan = models.CharField(
        _("headline of the start page"),
        max_length=60,
        blank=True,
        help_text=_("A few words, for instance: Gute Ideen wachsen hier."),
    )
    district = models.CharField(_("district"), max_length=80, blank=True)
    management_label = models.CharField(
        _("name of the management"),
        max_length=60,
        default="Allianzmanagement",
        help_text=_("“Allianzmanagement” or “Umsetzungsbegleitung”, as the alliance calls it."),
    )
    office_label = models.CharField(_("name of the office"), max_length=60, default="Geschäftsstelle")
    office_address = models.TextField(_("address of the office"), max_length=300, blank=True)
    email = models.EmailField(_("e-mail address of the office"), blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    opening_hours = models.CharField(_("opening hours"), max_length=120, blank=True)
    about = models.TextField(_("about the alliance"), max_length=5000, blank=True)
    network = models.TextField(_("network and cooperation"), max_length=3000, blank=True)
    thanks = models.TextField(_("thanks to former members"), max_length=3000, blank=True)
    expected_municipalities = models.PositiveSmallIntegerField(
        _("number of member municipalities"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(40)],
        help_text=_("How many the alliance has. Those not yet entered are shown as empty places."),
    )
    responsible_body = models.TextField(
        _("responsible body"),
        max_length=300,
        blank=True,
        help_text=_(
            "Name and address of the municipality or administrative community that answers for this portal in law."
        ),
    )
    represented_by = models.CharField(_("represented by"), max_length=160, blank=True)
    supervisory_authority = models.CharField(_("supervisory authority"), max_length=160, blank=True)
    data_protection_contact = models.TextField(
        _("data protection officer"),
        max_length=300,
        blank=True,
        help_text=_("How to reach the officer of the responsible body."),
    )
    accent = models.CharField(
        _("accent colour"),
        max_length=7,
        default="#1f5c3d",
        validators=[RegexValidator(r"^#[0-9a-f]{6}\Z", _("Please give the colour like this: #1f5c3d."))],
    )
    logo = models.CharField(max_length=80, blank=True, editable=False)
    logo_alt = models.CharField(_("text for the logo"), max_length=120, blank=True)
    holiday_set = models.CharField(
        _("public holidays"), max_length=12, choices=HolidaySet.choices, default=HolidaySet.BAVARIA_CATHOLIC
    )
    closing_days = models.CharField(
        _("closing days of the office"),
        max_length=200,
        default="24.12., 31.12.",
        blank=True,
        help_text=_("Days of each year on which the office is closed, for instance 24.12., 31.12."),
    )
    answer_days = models.PositiveSmallIntegerField(
        _("working days until an answer"),
        default=10,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
        help_text=_("By then the office answers a new idea; a corrected one in half the time."),
    )
    four_eyes = models.BooleanField(
        _("second pair of eyes"),
        default=False,
        help_text=_("An official answer is published by somebody else than the person who wrote it."),
    )
    updated_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        app_label = "participation"
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="alliance_is_one")]

    def __str__(self):
        return self.name

    @property
    def accent_digest(self):
        """Names the present colours in the address of their stylesheet, which may be kept for ever."""
        return stylesheet_digest(self.accent)

    @property
    def accent_stylesheet(self):
        """The four colours made from the accent, as CSS."""
        return stylesheet(self.accent)

    @property
    def logo_url(self):
        """Where the logo is served, or nothing."""
        return reverse("logo", args=[self.logo]) if self.logo else ""


class Municipality(Edited):
    """A member municipality."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    slug = models.SlugField(max_length=80, unique=True, editable=False)
    ags = models.CharField(
        _("official municipality key (AGS)"),
        max_length=8,
        unique=True,
        validators=[RegexValidator(r"^[0-9]{8}\Z", _("The AGS has eight digits."))],
    )
    postcodes = models.CharField(
        _("postcodes"),
        max_length=60,
        validators=[
            RegexValidator(r"^[0-9]{5}(, [0-9]{5})*\Z", _("Please give postcodes of five digits, separated by commas."))
        ],
    )
    latitude = models.FloatField(_("latitude"), validators=[MinValueValidator(-90), MaxValueValidator(90)])
    longitude = models.FloatField(_("longitude"), validators=[MinValueValidator(-180), MaxValueValidator(180)])
    population = models.PositiveIntegerField(
        _("inhabitants"), null=True, blank=True, validators=[MaxValueValidator(10_000_000)]
    )
    address = models.CharField(_("address of the town hall"), max_length=160, blank=True)
    website = models.URLField(_("website"), blank=True)
    about = models.TextField(_("about the municipality"), max_length=2000, blank=True)

    class Meta:
        app_label = "participation"

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("municipality", args=[self.slug])


class FieldOfAction(Edited):
    """A field of action of the integrated rural development concept (ILEK)."""

    class Icon(models.TextChoices):
        """Which drawing stands beside the field."""

        HOUSE = "house", _("house")
        HANDSHAKE = "handshake", _("handshake")
        BUS = "bus", _("bus")
        BOLT = "bolt", _("lightning")
        LEAF = "leaf", _("leaf")
        HIKING = "hiking", _("hiking")
        SHOP = "shop", _("shop")
        PEOPLE = "people", _("people")

    name = models.CharField(_("name"), max_length=80, unique=True)
    slug = models.SlugField(max_length=80, unique=True, editable=False)
    summary = models.CharField(_("in one sentence"), max_length=200, blank=True)
    icon = models.CharField(_("drawing"), max_length=12, choices=Icon.choices, default=Icon.PEOPLE)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    active = models.BooleanField(_("in use"), default=True)

    class Meta:
        app_label = "participation"

    def __str__(self):
        return self.name


class Partner(Edited):
    """A partner organisation with a page of its own."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    slug = models.SlugField(max_length=120, unique=True, editable=False)
    together = models.TextField(_("what we do together"), max_length=3000, blank=True)
    website = models.URLField(_("website"), blank=True)
    active = models.BooleanField(_("shown"), default=True)

    class Meta:
        app_label = "participation"

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("partner", args=[self.slug])


class LegalText(models.Model):
    """A version of one of the texts the law asks for. Never changed: a new wording is a new row.

    The German text is binding; an English rendering may stand beside it.
    """

    class Kind(models.TextChoices):
        """Which text."""

        IMPRINT = "imprint", _("Imprint")
        PRIVACY = "privacy", _("Privacy")
        TERMS = "terms", _("Terms of use")
        ACCESSIBILITY = "accessibility", _("Accessibility statement")

    kind = models.CharField(max_length=20, choices=Kind.choices)
    version = models.PositiveIntegerField()
    text = models.TextField(_("German text"), max_length=40000)
    html = models.TextField(editable=False)
    text_en = models.TextField(_("English text"), max_length=40000, blank=True)
    html_en = models.TextField(blank=True, editable=False)
    published_at = models.DateTimeField()

    class Meta:
        app_label = "participation"
        constraints = [models.UniqueConstraint(fields=["kind", "version"], name="legal_text_version_once")]

    def __str__(self):
        return f"{self.get_kind_display()} {self.version}"

    @property
    def language(self):
        """The language in which the reader sees this text: their own where there is a rendering, else German."""
        return "en" if get_language() == "en" and self.html_en else "de"

    @property
    def shown(self):
        """The HTML in that language, made by ``markup.rendered`` when the version was published."""
        return mark_safe(self.html_en if self.language == "en" else self.html)  # noqa: S308 - nothing else gets in there
