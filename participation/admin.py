"""Django's stock admin for superusers: read only, since no state is written there; its door is the portal's."""

from functools import wraps

from django.contrib import admin, messages
from django.contrib.auth.views import redirect_to_login
from django.db import models
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from .actors.models import Actor, Appointment, Consent
from .actors.queries import second_factor_missing
from .events.models import Case, Event
from .region.models import Alliance, FieldOfAction, LegalText, Municipality, Partner


class ReadingSite(admin.AdminSite):
    """Lets in active superusers with a second factor (none is needed on a loopback address); nobody else sees it."""

    def has_permission(self, request):
        """Whether this person may look around."""
        user = request.user
        return user.is_active and user.is_superuser and not second_factor_missing(user)

    def admin_view(self, view, cacheable=False):
        """Like Django's; whoever may not look around meets the portal's door and no redirect to a second one."""
        inside = super().admin_view(view, cacheable)

        @wraps(view)
        def door(request, *args, **kwargs):
            return inside(request, *args, **kwargs) if self.has_permission(request) else self.login(request)

        return door

    def login(self, request, extra_context=None):
        """Send strangers to the portal's own sign-in page; there is no second one here."""
        user = request.user
        if not user.is_authenticated:
            return redirect_to_login(request.GET.get("next") or request.get_full_path())
        if user.is_superuser and second_factor_missing(user):
            messages.warning(request, _("Please set up a second factor first."))
            return redirect("mfa_index")
        if self.has_permission(request):
            return redirect("admin:index")
        raise Http404

    def password_change(self, request, extra_context=None):
        """The portal's page changes passwords."""
        return redirect("account_change_password")


class Reading(admin.ModelAdmin):
    """Look, do not touch."""

    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}

    def has_add_permission(self, request):
        """Rows come from operations."""
        return False

    def has_change_permission(self, request, obj=None):
        """States are written by operations."""
        return False

    def has_delete_permission(self, request, obj=None):
        """Nothing is deleted here."""
        return False


class ReadingActors(Reading):
    """Actors without their password's digest."""

    exclude = ("password",)
    list_display = ("pk", "display_name", "confirmed_at", "erased_at")


class ReadingEvents(Reading):
    """The log, newest first."""

    list_display = ("at", "kind", "case", "role")
    list_filter = ("kind",)
    ordering = ("-at", "-pk")


site = ReadingSite()
site.register(Actor, ReadingActors)
site.register(Event, ReadingEvents)
site.register([Alliance, Appointment, Case, Consent, FieldOfAction, LegalText, Municipality, Partner], Reading)
