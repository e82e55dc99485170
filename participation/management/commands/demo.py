"""``python manage.py demo``: a small alliance to look at, made by the same operations that people use."""

import secrets
import uuid
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from participation.accessibility.models import BarrierReport
from participation.accessibility.operations import answer_barrier, report_barrier
from participation.actors.models import Actor, Post
from participation.actors.operations import (
    accept_terms,
    appoint,
    appoint_first_manager,
    confirm_actor,
    edit_profile,
    register_actor,
)
from participation.core.clock import travel_to
from participation.events.models import Event
from participation.events.record import demonstration
from participation.management import demonstration as data
from participation.management.demonstration_blocks import BLOCKS
from participation.management.demonstration_groups import play_groups
from participation.management.demonstration_news import play_news, play_newsletter
from participation.management.demonstration_reports import play_reports
from participation.management.demonstration_story import people, play
from participation.moderation.models import TextBlock
from participation.moderation.operations import add_text_block
from participation.region.models import FieldOfAction, Municipality, Partner
from participation.region.operations import (
    add_field,
    add_municipality,
    add_partner,
    change_alliance,
    ensure_first_texts,
)
from participation.region.queries import the_alliance

DOMAIN = "allianz.example"
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # nothing that is mistaken for something else
BEGAN, GREW = 360, 330  # days ago


class Command(BaseCommand):
    """Load the demonstration alliance; a second run changes nothing."""

    help = "Load the demonstration alliance with an account for each role."

    def handle(self, *args, **options):
        """Make what is missing, all or nothing, and print the accounts."""
        _refuse_elsewhere()
        is_new = not _accounts_file().exists()
        password = _password()
        with transaction.atomic(), demonstration():
            if is_new:
                _forget_passwords(password)
            load(password)
        self.stdout.write(_accounts_file().read_text(encoding="utf-8"))


def load(password):
    """Make each part of the demonstration that is not there yet."""
    manager = _manager(password)
    with travel_to(data.days_ago(BEGAN)):
        _region(manager)
        accept_terms(manager, by=manager)
    if not TextBlock.objects.exists():
        for words in BLOCKS:
            add_text_block(by=manager, **{"reason": "", "leads_to": "", **words})
    for row in data.OFFICE:
        _office_person(*row, password=password, by=manager)
    for row in data.ACTORS:
        _actor(*row, password=password)
    for row in data.REPORTS:
        _report(*row)
    person = people(DOMAIN)
    play(person)
    play_groups(person)
    play_reports(person)
    play_news(person)
    play_newsletter(person)


def _manager(password):
    mailbox, name = data.MANAGER
    with travel_to(data.days_ago(BEGAN)):
        manager, is_new = _person(mailbox, password, display_name=name)
        if is_new:
            appoint_first_manager(manager)
    return manager


def _region(manager):
    if not the_alliance().updated_at:
        change_alliance(by=manager, **data.ALLIANCE)
    for name, ags, postcodes, population, address, north, east in data.MUNICIPALITIES:
        if not Municipality.objects.filter(ags=ags).exists():
            add_municipality(
                by=manager, name=name, ags=ags, postcodes=postcodes, population=population, address=address,
                latitude=data.degrees(north), longitude=data.degrees(east),
            )  # fmt: skip
    for name, icon, summary in data.FIELDS:
        if not FieldOfAction.objects.filter(name=name).exists():
            add_field(by=manager, name=name, icon=icon, summary=summary)
    for name, together in data.PARTNERS:
        if not Partner.objects.filter(name=name).exists():
            add_partner(by=manager, name=name, together=together)
    ensure_first_texts()


def _office_person(mailbox, name, post, place, *, password, by):
    municipality = Municipality.objects.get(name=place) if place else None
    with travel_to(data.days_ago(GREW)):
        person, is_new = _person(mailbox, password, display_name=name, municipality=municipality)
        if is_new:
            since = data.days_ago(GREW).date()
            until = since + timedelta(days=GREW + data.INTERNSHIP_DAYS) if post == Post.INTERN else None
            appoint(person, post, by=by, since=since, until=until, municipality=municipality)


def _actor(mailbox, place, interests, profile, *, password):
    position = [row[0] for row in data.ACTORS].index(mailbox)
    with travel_to(data.days_ago(GREW - position)):
        municipality = Municipality.objects.get(name=place)
        person, is_new = _person(mailbox, password, display_name=profile["display_name"], municipality=municipality)
        if is_new:
            names = [data.FIELDS[number][0] for number in interests]
            edit_profile(person, by=person, interests=FieldOfAction.objects.filter(name__in=names), **profile)


def _person(mailbox, password, **profile):
    """The account with this mailbox, and whether it was made just now; its address counts as confirmed."""
    address = f"{mailbox}@{DOMAIN}"
    known = Actor.objects.filter(email=address).first()
    if known:
        return known, False
    person = register_actor(address, password, **profile)
    EmailAddress.objects.create(user=person, email=address, primary=True, verified=True)
    return confirm_actor(person), True


def _report(days_ago, page, text, mailbox, answered_after, answer):
    submission = uuid.uuid5(uuid.NAMESPACE_URL, text)
    if BarrierReport.objects.filter(submission=submission).exists():
        return
    reporter = Actor.objects.get(email=f"{mailbox}@{DOMAIN}") if mailbox else None
    with travel_to(data.days_ago(days_ago)):
        report = report_barrier(text, page=page, submission=submission, by=reporter)
    if answered_after is not None:
        with travel_to(data.days_ago(days_ago - answered_after)):
            moderator = Actor.objects.get(email=f"{data.OFFICE[0][0]}@{DOMAIN}")
            answer_barrier(report, answer, by=moderator)


def _refuse_elsewhere():
    """Raise CommandError where the demonstration could mix with the life of a real alliance."""
    if Event.objects.filter(demonstration=True).exists():
        return
    if not settings.LOOPBACK:
        raise CommandError(f"The demonstration is for this machine only, and SITE_URL is {settings.SITE_URL}.")
    if Actor.objects.exists():
        raise CommandError("This portal already has accounts of its own. The demonstration needs an empty one.")


def _accounts_file():
    return settings.DATA_DIR / "demo-accounts.txt"


def _password():
    """The password of this installation's demonstration accounts: the one in their file, else a new one."""
    path = _accounts_file()
    if not path.exists():
        _write(path, "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(4)))
    return path.read_text(encoding="utf-8").splitlines()[0].split()[1]


def _forget_passwords(password):
    """Give accounts of an earlier run whose file is lost the new password, so that the file tells the truth."""
    for mailbox, _name in _people():
        person = Actor.objects.filter(email=f"{mailbox}@{DOMAIN}").first()
        if person:
            person.set_password(password)
            person.save(update_fields=["password"])


def _people():
    """Mailbox and name of each account, in the order of the file."""
    office = [data.MANAGER, *[row[:2] for row in data.OFFICE]]
    return office + [(row[0], row[3]["display_name"]) for row in data.ACTORS]


def _write(path, password):
    """Write one account a line (address, password, name), readable by its owner only."""
    lines = [f"{f'{mailbox}@{DOMAIN}':<30} {password}  {name}\n" for mailbox, name in _people()]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    path.write_text("".join(lines), encoding="utf-8")
