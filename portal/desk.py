"""The office's first page: the day at a glance. Each figure leads to where something can be done."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import CharField, Count, F, Min, OuterRef, Q, Subquery, TextField, Value
from django.db.models.functions import Cast
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from notifications.canary_letters import CANARY
from notifications.models import Delivery
from participation.accessibility.models import BarrierReport
from participation.accessibility.queries import day_of_barriers
from participation.actors.models import Actor, Appointment, Post
from participation.core.clock import now, today
from participation.core.web import permission_required
from participation.events.queries import latest
from participation.groups.queries import proposals
from participation.moderation.queries import day_of_ideas, queue, time_left_until
from participation.newsroom.models import Outcome
from participation.promises.queries import record_of
from participation.region.legal import first_wording, missing
from participation.region.models import LegalText
from participation.region.queries import alliance_of, fields_of_action, latest_texts, municipalities
from participation.reports.queries import objections_for, reports_for

from .context import allowed
from .wording import in_words, opening

SOON = timedelta(days=30)
WEEK = timedelta(days=7)
YEAR = timedelta(days=365)
PATIENCE = timedelta(minutes=15)  # a letter that waits longer than this is late
SHOWN = 8
WAITING = ("open_barriers", "open", "proposals", "reports", "objections")  # numbers of what may stand in the list
CASES = {
    "office_group": gettext_lazy("Proposed working group"), "office_report": gettext_lazy("Report"),
    "office_objection": gettext_lazy("Objection"),
}  # fmt: skip


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


@dataclass(frozen=True)
class Waiting:
    """A case that waits for the office; ``left`` says how long its promise still runs, ``due_on`` until when."""

    title: str
    reference: str
    url: str
    kind: str
    due_on: date | None
    left: object
    note: str = ""


@permission_required("participation.enter_office")
@require_safe
def desk(request):
    """The day at a glance."""
    letters = unsent_letters()
    sees_reports = allowed(request, "participation.view_reports")
    rows = {f"{name}_barriers": found for name, found in day_of_barriers().items()} | day_of_ideas()
    rows |= {"proposals": proposals(), "actors": new_actors(), "places": municipalities(), "fields": fields_of_action()}
    if sees_reports:
        rows |= {"reports": reports_for(request.user).open(), "objections": objections_for(request.user).open()}
    if allowed(request, "participation.publish_outcomes"):
        rows |= {"releases": Outcome.objects.offered()}
    numbers = counted(**rows)
    promised = {name: numbers[f"{name}_barriers"] + numbers[name] for name in ("late", "due")}
    context = {
        "headline": _headline(promised),
        "figures": list(_figures(request, numbers, promised, letters)),
        "waits": what_waits(request.user if sees_reports else None),
        "more": max(sum(numbers.get(name, 0) for name in WAITING) - SHOWN, 0),
        "may_answer": allowed(request, "participation.answer_barrier"),
        "kept": record_of(now() - YEAR),
        "ending": ending_posts() if allowed(request, "participation.appoint") else None,
        "letters": letters,
        "hints": list(hints(alliance_of(request), numbers)) if allowed(request, "participation.edit_region") else None,
        "lines": _lines(latest(SHOWN)),
        "today": today(),
    }
    return render(request, "desk_page.html", context)


def counted(**rows):
    """How many rows each of the named querysets has: name → number, in one question to the database."""
    each = [
        queryset.order_by()
        .values(which=Value(name, output_field=CharField()))
        .annotate(how_many=Count("pk"))
        .values_list("which", "how_many")
        for name, queryset in rows.items()
    ]
    return dict.fromkeys(rows, 0) | dict(each[0].union(*each[1:], all=True))


def new_actors():
    """Who joined within a week."""
    return Actor.objects.filter(joined_at__gte=now() - WEEK, confirmed_at__isnull=False, erased_at=None)


def what_waits(actor=None):
    """The cases whose promises are the oldest, whatever they are about; those without a promise come last.

    With the reports and objections that ``actor`` may read.
    """
    reports = [_waiting_report(report) for report in BarrierReport.objects.open().select_related("case")[:SHOWN]]
    rows = reports + [_waiting_idea(idea) for idea in queue()[:SHOWN]]
    rows += [_waiting_case(**row) for row in _waiting_cases(actor)]
    return sorted(rows, key=lambda row: row.due_on or date.max)[:SHOWN]


def _waiting_report(report):
    return Waiting(
        title=report.text, reference=report.case.reference, url=report.get_absolute_url(), kind=_("Barrier report"),
        due_on=report.answer_due_on, left=report, note=report.page,
    )  # fmt: skip


def _waiting_idea(idea):
    return Waiting(
        title=idea.title, reference=idea.reference, url=reverse("office_idea", args=[idea.reference]), kind=_("Idea"),
        due_on=timezone.localdate(idea.due_at) if idea.due_at else None, left=time_left_until(idea.due_at),
        note=_("the whole alliance") if idea.whole_alliance else ", ".join(map(str, idea.municipalities.all())),
    )  # fmt: skip


def _waiting_cases(actor):
    """Proposed groups, and the reports and objections that ``actor`` may read, in one question to the database."""
    waiting = [(proposals(), "office_group", "slug", "title")]
    if actor:
        waiting.append((reports_for(actor).open(), "office_report", "case__reference", "text"))
        waiting.append((objections_for(actor).open(), "office_objection", "case__reference", "text"))
    first, *others = [
        rows.order_by().values(
            leads_to=Value(page, output_field=CharField()), key=F(key), said=Cast(F(said), TextField()),
            number=F("case__reference"), due=F("due_at"),
        )
        for rows, page, key, said in waiting
    ]  # fmt: skip
    return first.union(*others, all=True).order_by(F("due").asc(nulls_last=True))[:SHOWN]


def _waiting_case(leads_to, key, said, number, due):
    return Waiting(
        title=said, reference=number, url=reverse(leads_to, args=[key]), kind=CASES[leads_to],
        due_on=timezone.localdate(due) if due else None, left=time_left_until(due),
    )  # fmt: skip


def unsent_letters():
    """How many letters are late, how many were given up within 30 days, and since when the oldest waits."""
    is_late = Q(state__in=[Delivery.State.DUE, Delivery.State.SENDING], created_at__lt=now() - PATIENCE)
    is_failed = Q(state=Delivery.State.FAILED, finished_at__gte=now() - SOON)
    return (
        Delivery.objects.filter(is_late | is_failed)
        .exclude(letter=CANARY)
        .aggregate(
            late=Count("pk", filter=is_late),
            failed=Count("pk", filter=is_failed),
            oldest=Min("created_at", filter=is_late),
        )
    )


def ending_posts():
    """Posts that end within 30 days, the first to end on top."""
    day = today()
    rows = Appointment.objects.running(day).filter(until__lte=day + SOON)
    return rows.select_related("actor", "municipality").order_by("until", "pk")


def hints(alliance, numbers):
    """What the alliance's profile and its legal texts still lack; ``numbers`` counts its places and fields."""
    yield from _profile_hints(alliance, numbers)
    yield from _text_hints()


def _headline(promised):
    """The greeting and the state of the promises, in whole sentences."""
    sentences = [_greeting()]
    if promised["late"]:
        sentences.append(
            ngettext("One answer is overdue.", "%(count)s answers are overdue.", promised["late"])
            % {"count": opening(in_words(promised["late"]))}
        )
    if promised["due"]:
        sentences.append(
            ngettext("One answer is due this week.", "%(count)s answers are due this week.", promised["due"])
            % {"count": opening(in_words(promised["due"]))}
        )
    if len(sentences) == 1:
        sentences.append(_("No promise is overdue."))
    return " ".join(sentences)


def _greeting():
    hour = timezone.localtime(now()).hour
    if hour < 11:
        return _("Good morning.")
    return _("Good day.") if hour < 18 else _("Good evening.")


def _figures(request, numbers, promised, letters):
    if allowed(request, "participation.view_all_ideas"):
        yield Figure(_("ideas to review"), numbers["review"], reverse("office_ideas"))
    yield Figure(_("answers overdue"), promised["late"], "#waits", "late")
    yield Figure(_("due within a week"), promised["due"], "#waits", "due")
    if "releases" in numbers:
        yield Figure(_("outcomes to release"), numbers["releases"], reverse("office_outcomes"))
    if allowed(request, "participation.view_actors"):
        yield Figure(_("new regional actors this week"), numbers["actors"], reverse("office_actors"))
    yield Figure(_("letters not sent"), letters["late"] + letters["failed"], "#letters", "late")


def _profile_hints(alliance, numbers):
    profile = reverse("edit_alliance")
    if not alliance.email:
        yield Hint(_("The office has no e-mail address in the profile."), profile)
    lacking = missing(first_wording(LegalText.Kind.IMPRINT, "de"), alliance)
    if lacking:
        yield Hint(_("The imprint lacks: %(what)s.") % {"what": ", ".join(map(str, lacking))}, profile)
    if alliance.logo and not alliance.logo_alt:
        yield Hint(_("The logo has no words for people who do not see it."), profile)
    words = {"entered": numbers["places"], "expected": alliance.expected_municipalities or 1}
    if words["entered"] < words["expected"]:
        yield Hint(
            _("%(entered)s of %(expected)s municipalities are entered.") % words, reverse("office_municipalities")
        )
    if not numbers["fields"]:
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
    present = Appointment.objects.running(today()).filter(actor=OuterRef("by")).order_by("pk").values("post")[:1]
    return [
        Line(
            what=event.get_kind_display(),
            who=_role_of(event),
            at=event.at,
            reference=event.case.reference if event.case else "",
            url=event.case.path if event.case else "",
        )
        for event in events.annotate(present_post=Subquery(present))
    ]


def _role_of(event):
    """In which role somebody acted; the present post where the event does not say."""
    role = event.role or event.present_post
    if role in Post.values:
        return Post(role).label
    return _("regional actor") if event.by_id else ""
