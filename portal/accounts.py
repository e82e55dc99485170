"""allauth's adapters: account letters leave through the outbox, limits count client addresses and mailboxes."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import clear_authentication_records
from allauth.account.stages import EmailVerificationStage
from allauth.core.internal import ratelimit
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from notifications.outbox import post
from participation.actors.models import Actor
from participation.actors.operations import confirm_actor, register_actor, release_address
from participation.core.web import client_address, is_local

UNASKED = {
    "account_already_exists",
    "email_confirmation",
    "email_confirmation_signup",
    "password_reset_key",
    "unknown_account",
}
MAILBOX = {"mailbox": "3/h/key"}
NEXT = "next"
NOWHERE = "::"  # who comes through a socket has no address


class AccountAdapter(DefaultAccountAdapter):
    """Where allauth meets the portal."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is closed."),
        "email_password_mismatch": _("The e-mail address and the password do not belong together. Please look again."),
        "incorrect_password": _("This is not your password. Please look again."),
        "enter_current_password": _("This is not your present password. Please look again."),
        "too_many_login_attempts": _("That was too often in a short time. Please wait a few minutes and try again."),
        "rate_limited": _("That was too often in a short time. Please wait a few minutes and try again."),
        "duplicate_email": _("You already use this address."),
        "email_taken": _("This address cannot be used. Please take another one."),
        "invalid_password_reset": _("This link no longer works. Please ask for a new one."),
    }

    def get_client_ip(self, request):
        """The caller's address behind our own proxies."""
        return client_address(request) or NOWHERE

    def is_ajax(self, request):
        """Only the script for passkeys asks for JSON; everybody else gets pages."""
        match = request.resolver_match
        return bool(match and match.url_name == "mfa_login_webauthn") and super().is_ajax(request)

    def is_safe_url(self, url):
        """Only paths of this portal are followed after signing in and out."""
        return bool(url) and is_local(url)

    def clean_email(self, email):
        """An address that fits the table and that every mail server understands."""
        if len(email) > 254 or not email.partition("@")[0].isascii():
            raise ValidationError(_("Please look at this address again; we cannot write to it."))
        return email

    # ── registering and confirming ──

    def unstash_verified_email(self, request):
        """Nobody is invited yet; and a new account shall leave no other trace in the session than a known one."""

    def save_user(self, request, user, form, commit=True):
        """Register the person behind the sign-up form."""
        words = form.cleaned_data
        return register_actor(
            words["email"], words["password1"], display_name=words["display_name"],
            municipality=words["municipality"], language=get_language()[:2], registration=form.registration,
        )  # fmt: skip

    @transaction.atomic
    def confirm_email(self, request, email_address):
        """Note that the mailbox is read; claims of others who never confirmed it end."""
        release_address(email_address)
        confirmed = super().confirm_email(request, email_address)
        if confirmed:
            confirm_actor(email_address.user)
        return confirmed

    def get_login_stages(self):
        """allauth's stages, with our way of asking for confirmation."""
        ours = f"{ConfirmFirst.__module__}.{ConfirmFirst.__qualname__}"
        theirs = "allauth.account.stages.EmailVerificationStage"
        return [ours if stage == theirs else stage for stage in super().get_login_stages()]

    # ── where to go on ──

    def get_login_redirect_url(self, request):
        """The page somebody wanted before registering, else my page."""
        return request.session.pop(NEXT, None) or super().get_login_redirect_url(request)

    def get_password_change_redirect_url(self, request):
        """Signing in with the new password: all sessions have just ended."""
        return reverse("account_login")

    # ── letters ──

    def send_confirmation_mail(self, request, emailconfirmation, signup):
        """The letter with the link; the link itself is made when the letter is composed."""
        address = emailconfirmation.email_address
        letter = "email_confirmation" if address.user.confirmed_at else "email_confirmation_signup"
        self._post(letter, address.email, recipient=address.user, facts={"email_address": address.pk})

    def send_account_already_exists_mail(self, email):
        """The answer to a registration with a known address."""
        self._post("account_already_exists", email, recipient=Actor.objects.filter(email=email).first())

    def send_password_reset_mail(self, user, email, context):
        """The letter with the link to a new password."""
        self._post("password_reset_key", email, recipient=user)

    def send_notification_mail(self, template_prefix, user, context=None, email=None):
        """A word about a change of the account, to the present address or to the one that was just replaced."""
        self._post(template_prefix, email or "", recipient=user)

    def send_mail(self, template_prefix, email, context):
        """Every other letter of allauth's, to an address without an account."""
        self._post(template_prefix, email)

    def _post(self, template_prefix, email, *, recipient=None, facts=None):
        """Put a letter into the outbox, at most three an hour into a mailbox whose owner did not ask."""
        letter = template_prefix.rpartition("/")[2]
        if letter in UNASKED and not self._has_room(email):
            return
        language = recipient.language if recipient else get_language()[:2]
        post(letter, recipient=recipient, address=email, language=language, facts=facts)

    def _has_room(self, email):
        return ratelimit.consume(
            self.request, app="allauth.account", action="mailbox", config=MAILBOX, key=mailbox(email), limit_get=True
        )


class ConfirmFirst(EmailVerificationStage):
    """Without a confirmed address nobody gets in; the session of a stranger remembers no address meanwhile."""

    def handle(self):
        """Answer with the page about the letter and forget who tried."""
        response, _going_on = super().handle()
        if response:
            clear_authentication_records(self.request)
        return response, response is None


class SecondFactorAdapter(DefaultMFAAdapter):
    """Second factors under the portal's name."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("This code is not right, or no longer. Please take the one that is shown now."),
        "unverified_email": _("Please confirm your e-mail address first."),
    }

    def generate_authenticator_name(self, user, type):  # noqa: A002  (allauth's word)
        """A first name for a passkey; the person may change it."""
        return gettext("My passkey")

    def _get_site_name(self):
        return settings.MFA_TOTP_ISSUER


def mailbox(email):
    """One name for all spellings of an address: lower case, the domain as mail servers see it."""
    local, _at, domain = email.lower().rpartition("@")
    try:
        return f"{local}@{domain.encode('idna').decode()}"
    except UnicodeError:
        return f"{local}@{domain}"
