"""Samples of letters about accounts, posts and barriers."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from participation.accessibility.models import BarrierReport
from participation.accessibility.queries import receipt_path
from participation.accessibility.states import ReportState
from participation.actors.models import Appointment, Post
from participation.core.clock import now, today
from participation.core.web import absolute
from participation.region.models import Municipality

from ..account_letters import days
from .cast import NOBODY, YEAR, case, in_days, reader

KEY = "SAMPLE"  # where a real letter has a secret


def confirmation():
    """An address is to be confirmed."""
    return {
        "url": absolute(reverse("account_confirm_email", args=[KEY])),
        "valid": days(settings.ACCOUNT_EMAIL_CONFIRMATION_EXPIRE_DAYS),
        "kept": days(settings.UNCONFIRMED_DAYS),
        "reason": _("You receive this letter because this address was entered at the alliance portal."),
    }


def password_reset():
    """A new password is to be chosen."""
    words = {"uidb36": NOBODY, "key": KEY}
    return {
        "url": absolute(reverse("account_reset_password_from_key", kwargs=words)),
        "valid": days(settings.PASSWORD_RESET_TIMEOUT // 86400),
        "reason": _("You receive this letter because a new password was asked for with this address."),
    }


def unknown_account():
    """There is no account with the address."""
    return {
        "url": absolute(reverse("account_signup")),
        "reason": _("You receive this letter because a new password was asked for with this address."),
    }


def already_exists():
    """There is an account with the address."""
    return {
        "url": absolute(reverse("account_reset_password")),
        "sign_in_url": absolute(reverse("account_login")),
        "reason": _("You receive this letter because this address was entered at the alliance portal."),
    }


def notice(page):
    """A builder: something about the safety of the account has changed."""
    return lambda: {
        "url": absolute(reverse(page)),
        "name": reader(),
        "at": now(),
        "reason": _("You receive this letter because it concerns the safety of your account."),
    }


def appointment_made():
    """A post begins."""
    return _appointment(Appointment(post=Post.MAYOR, municipality=Municipality(name="Krombach"), since=today()))


def appointment_ended():
    """A post ends."""
    return _appointment(Appointment(post=Post.SPOKESPERSON, since=today(), until=in_days(14).date()))


def barrier_to_answer():
    """Somebody met a barrier."""
    return {
        "report": _barrier(),
        "url": absolute(reverse("office_barrier", args=[NOBODY])),
        "reason": _("You receive this letter because you hold a post of the office."),
    }


def barrier_received():
    """A report of a barrier has arrived."""
    return _for_the_reporter(_barrier())


def barrier_answered():
    """A report of a barrier was answered."""
    words = _("Thank you. The letters on this page are darker now and can be read on a phone in the sun, too.")
    report = _barrier(answer=words, state=ReportState.ANSWERED)
    return {**_for_the_reporter(report), "statement_url": absolute(reverse("accessibility"))}


def _appointment(row):
    return {
        "appointment": row,
        "url": absolute(reverse("my_page")),
        "name": reader(),
        "reason": _("You receive this letter because it is about a post of yours."),
    }


def _barrier(**fields):
    return BarrierReport(
        pk=NOBODY, case=case(f"B-{YEAR}-0007"), page="/ideen/", answer_due_on=in_days(30).date(), **fields
    )


def _for_the_reporter(report):
    return {
        "report": report,
        "url": absolute(receipt_path(report)),
        "reason": _("You receive this letter because this address was given with a barrier report."),
    }


SAMPLES = {
    "email_confirmation": confirmation,
    "email_confirmation_signup": confirmation,
    "password_reset_key": password_reset,
    "unknown_account": unknown_account,
    "account_already_exists": already_exists,
    "password_changed": notice("account_reset_password"),
    "password_set": notice("account_reset_password"),
    "password_reset": notice("account_reset_password"),
    "email_changed": notice("account_email"),
    "email_confirm": notice("account_email"),
    "email_deleted": notice("account_email"),
    "totp_activated": notice("mfa_index"),
    "totp_deactivated": notice("mfa_index"),
    "webauthn_added": notice("mfa_index"),
    "webauthn_removed": notice("mfa_index"),
    "recovery_codes_generated": notice("mfa_index"),
    "appointment_made": appointment_made,
    "appointment_ended": appointment_ended,
    "barrier_to_answer": barrier_to_answer,
    "barrier_received": barrier_received,
    "barrier_answered": barrier_answered,
}
