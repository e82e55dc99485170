"""What became of a letter, as one line for the office: "sent on 3 November, 10:04"."""

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from participation.core.clock import now, today

from .reasons import in_words
from .states import DIGESTS, State

GOOD, WAITING, BAD, PLAIN = "go", "time", "bad", ""


def outcome_of(delivery):
    """The words and their tone (``components/badge.html``)."""
    return OUTCOMES[delivery.state](delivery)


def moment(at):
    """A moment as people say it: the time today, else the day and the time."""
    local = localtime(at)
    clock = date_format(local, "H:i")
    if local.date() == today():
        return clock
    day = date_format(local, _("j F") if local.year == today().year else _("j F Y"))
    return _("%(day)s, %(clock)s") % {"day": day, "clock": clock}


def way_of(delivery):
    """By which way it goes."""
    return _("e-mail, in a digest") if delivery.rhythm in DIGESTS else _("e-mail")


def _sent(delivery):
    return _("sent %(moment)s") % {"moment": moment(delivery.finished_at)}, GOOD


def _failed(delivery):
    return _with_reason(delivery, _("failed: %(reason)s"), _("failed %(moment)s"), BAD)


def _suppressed(delivery):
    return _with_reason(delivery, _("not sent: %(reason)s"), _("not sent, decided %(moment)s"), PLAIN)


def _with_reason(delivery, with_it, without, tone):
    """Reasons are forgotten after a while (``thinning``); that and when something ended stays."""
    if delivery.reason:
        return with_it % {"reason": in_words(delivery.reason)}, tone
    return without % {"moment": moment(delivery.finished_at)}, tone


def _due(delivery):
    if delivery.not_before <= now():
        return _("waits for the sender"), WAITING
    words = {"moment": moment(delivery.not_before), "reason": in_words(delivery.reason)}
    if delivery.reason:
        return _("next try at %(moment)s: %(reason)s") % words, WAITING
    return _("next try at %(moment)s") % words, WAITING


def _held(delivery):
    return _("waits for the digest of %(moment)s") % {"moment": moment(delivery.not_before)}, WAITING


OUTCOMES = {
    State.DUE: _due,
    State.SENDING: lambda delivery: (_("is being sent"), WAITING),
    State.HELD: _held,
    State.BUNDLED: lambda delivery: (_("in a digest that is on its way"), WAITING),
    State.SENT: _sent,
    State.FAILED: _failed,
    State.SUPPRESSED: _suppressed,
    State.RECORDED: lambda delivery: (_("only recorded: this belongs to the demonstration"), PLAIN),
}
