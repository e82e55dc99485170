"""What account letters say: links, and the reason why each came.

Keys and tokens are made here, when the letter is composed, so that none is
ever stored. Whether the letter is still wanted is asked here, too.
"""

from allauth.account import app_settings as allauth_settings
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from participation.core.web import absolute

from .unwanted import Unwanted


def confirmation(delivery):
    """The link that confirms an address; for new accounts and for changed addresses."""
    address = EmailAddress.objects.filter(pk=delivery.facts["email_address"]).first()
    if address is None:
        raise Unwanted(gettext_noop("the address was withdrawn"))
    if address.verified:
        raise Unwanted(gettext_noop("the address is confirmed already"))
    key = EmailConfirmationHMAC.create(address).key
    return {
        "url": absolute(reverse("account_confirm_email", args=[key])),
        "valid": days(settings.ACCOUNT_EMAIL_CONFIRMATION_EXPIRE_DAYS),
        "kept": days(settings.UNCONFIRMED_DAYS),
        "reason": _("You receive this letter because this address was entered at the alliance portal."),
    }


def password_reset(delivery):
    """The link that lets one choose a new password."""
    actor = delivery.recipient
    if actor is None or not _belongs(delivery.address or actor.email, actor):
        raise Unwanted(gettext_noop("the address no longer belongs to the account"))
    token = allauth_settings.PASSWORD_RESET_TOKEN_GENERATOR().make_token(actor)
    words = {"uidb36": user_pk_to_url_str(actor), "key": token}
    return {
        "url": absolute(reverse("account_reset_password_from_key", kwargs=words)),
        "valid": days(settings.PASSWORD_RESET_TIMEOUT // 86400),
        "reason": _("You receive this letter because a new password was asked for with this address."),
    }


def unknown_account(delivery):
    """Somebody asked for a new password where there is no account."""
    return {
        "url": absolute(reverse("account_signup")),
        "reason": _("You receive this letter because a new password was asked for with this address."),
    }


def already_exists(delivery):
    """Somebody registered with an address that has an account."""
    return {
        "url": absolute(reverse("account_reset_password")),
        "sign_in_url": absolute(reverse("account_login")),
        "reason": _("You receive this letter because this address was entered at the alliance portal."),
    }


def password_notice(delivery):
    """A change of the password; whoever did not do it chooses a new one."""
    return _notice(delivery, "account_reset_password")


def address_notice(delivery):
    """A change of the address; whoever did not do it signs in and looks."""
    return _notice(delivery, "account_email")


def factor_notice(delivery):
    """A change of the second factor; whoever did not do it signs in and looks."""
    return _notice(delivery, "mfa_index")


def _notice(delivery, page):
    if delivery.recipient is None:
        raise Unwanted(gettext_noop("the account is gone"))
    return {
        "url": absolute(reverse(page)),
        "name": delivery.recipient.display_name,
        "at": delivery.created_at,
        "reason": _("You receive this letter because it concerns the safety of your account."),
    }


def _belongs(address, actor):
    return EmailAddress.objects.filter(user=actor, email__iexact=address).exists() or (
        actor.email.lower() == address.lower()
    )


def days(number):
    """So many days, in words."""
    return ngettext("%(number)d day", "%(number)d days", number) % {"number": number}
