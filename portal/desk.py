"""The office's first page: the day at a glance. Each figure leads to where something can be done."""

from dataclasses import dataclass
from datetime import timedelta

from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from notifications.models import Delivery
from participation.accessibility.models import BarrierReport
from participation.accessibility.queries import waiting
from participation.actors.models import Actor, Appointment, Post
from participation.core.clock import now, today
from participation.core.web import permission_required
from participation.events.queries import latest
from participation.region.legal import first_wording, missing
from participation.region.models import LegalText
from participation.region.queries import alliance_of, fields_of_action, latest_texts, municipalities

from .context import allowed
from .wording import in_words, opening

SOON = timedelta(days=30)
WEEK = timedelta(days=7)
YEAR = timedelta(days=365)
PATIENCE = timedelta(minutes=15)  # a letter that waits longer than this is late
SHOWN = 8


@dataclass(frozen=True)
class Figure:
    """A number of the day and where it leads."""

    label: str
    number: int
    url: str
    tone: str = ""


@dataclass(frozen=True)
class Hint:
    """Something that is not complete yet, and where to complete it."""

    text: str
    url: str


@dataclass(frozen=True)
class Line:
    """What happened, who did it (a post, never a name) and when."""

    what: str
    who: str
    at: object
    reference: str = ""
    url: str = ""


@permission_required("participation.enter_office")
@require_safe
def desk(request):
    """The day at a glance."""
    barriers, letters = waiting(), unsent_letters()
    open_reports = BarrierReport.objects.open().select_related("case")[:SHOWN]
    context = {
        "headline": _headline(barriers),
        "figures": list(_figures(request, barriers, letters)),
        "reports": open_reports,
        "more_reports": max(barriers["open"] - SHOWN, 0),
        "may_answer": allowed(request, "participation.answer_barrier"),
        "ending": ending_posts() if allowed(request, "participation.appoint") else None,
        "letters": letters,
        "hints": list(hints(alliance_of(request))) if allowed(request, "participation.edit_region") else None,
        "lines": _lines(latest(SHOWN)),
        "today": today(),
    }
    return render(request, "desk_page.html", context)


def unsent_letters():
    """How many letters are late, how many were given up within 30 days, and since when the oldest waits."""
    late = Delivery.objects.filter(
        state__in=[Delivery.State.DUE, Delivery.State.SENDING], created_at__lt=now() - PATIENCE
    )
    failed = Delivery.objects.filter(state=Delivery.State.FAILED, finished_at__gte=now() - SOON)
    oldest = late.order_by("created_at").values_list("created_at", flat=True).first()
    return {"late": late.count(), "failed": failed.count(), "oldest": oldest}


def ending_posts():
    """Posts that end within 30 days, the first to end on top."""
    day = today()
    rows = Appointment.objects.running(day).filter(until__lte=day + SOON)
    return rows.select_related("actor", "municipality").order_by("until", "pk")


def hints(alliance):
    """What the alliance's profile and its legal texts still lack."""
    yield from _profile_hints(alliance)
    yield from _text_hints()


def _headline(barriers):
    """The greeting and the state of the promises, in whole sentences."""
    sentences = [_greeting()]
    if barriers["late"]:
        sentences.append(
            ngettext("One answer is overdue.", "%(count)s answers are overdue.", barriers["late"])
            % {"count": opening(in_words(barriers["late"]))}
        )
    if barriers["due"]:
        sentences.append(
            ngettext("One answer is due this week.", "%(count)s answers are due this week.", barriers["due"])
            % {"count": opening(in_words(barriers["due"]))}
        )
    if len(sentences) == 1:
        sentences.append(_("No promise is overdue."))
    return " ".join(sentences)


def _greeting():
    hour = timezone.localtime(now()).hour
    if hour < 11:
        return _("Good morning.")
    return _("Good day.") if hour < 18 else _("Good evening.")


def _figures(request, barriers, letters):
    if allowed(request, "participation.view_barriers"):
        url = reverse("office_barriers")
        yield Figure(_("answers overdue"), barriers["late"], url, "late")
        yield Figure(_("due within a week"), barriers["due"], url, "due")
    if allowed(request, "participation.view_actors"):
        yield Figure(_("new regional actors this week"), _new_actors(), reverse("office_actors"))
    yield Figure(_("letters not sent"), letters["late"] + letters["failed"], "#letters", "late")


def _new_actors():
    return Actor.objects.filter(joined_at__gte=now() - WEEK, confirmed_at__isnull=False, erased_at=None).count()


def _profile_hints(alliance):
    profile = reverse("edit_alliance")
    if not alliance.email:
        yield Hint(_("The office has no e-mail address in the profile."), profile)
    lacking = missing(first_wording(LegalText.Kind.IMPRINT, "de"), alliance)
    if lacking:
        yield Hint(_("The imprint lacks: %(what)s.") % {"what": ", ".join(map(str, lacking))}, profile)
    if alliance.logo and not alliance.logo_alt:
        yield Hint(_("The logo has no words for people who do not see it."), profile)
    entered = municipalities().count()
    if entered < (alliance.expected_municipalities or 1):
        words = {"entered": entered, "expected": alliance.expected_municipalities or 1}
        yield Hint(
            _("%(entered)s of %(expected)s municipalities are entered.") % words, reverse("office_municipalities")
        )
    if not fields_of_action().exists():
        yield Hint(_("No field of action is entered."), reverse("office_fields"))


def _text_hints():
    in_force = {row.kind: row for row in latest_texts()}
    for kind, label in LegalText.Kind.choices:
        url = reverse("edit_text", args=[kind])
        if kind not in in_force:
            yield Hint(_("%(text)s: there is no text yet.") % {"text": label}, url)
        elif in_force[kind].published_at < now() - YEAR:
            yield Hint(_("%(text)s: the wording is older than a year. Please read it again.") % {"text": label}, url)


def _lines(events):
    events = list(events)
    posts = _posts_of_people(event.by_id for event in events if event.by_id and not event.role)
    return [
        Line(
            what=event.get_kind_display(),
            who=_role_of(event, posts),
            at=event.at,
            reference=event.case.reference if event.case else "",
            url=event.case.path if event.case else "",
        )
        for event in events
    ]


def _role_of(event, posts):
    """In which role somebody acted; the present post where the event does not say."""
    role = event.role or posts.get(event.by_id, "")
    if role in Post.values:
        return Post(role).label
    return _("regional actor") if event.by_id else ""


def _posts_of_people(people):
    """Person → one of their posts of today."""
    rows = Appointment.objects.running(today()).filter(actor_id__in=set(people))
    return dict(rows.values_list("actor_id", "post"))
