"""How long the list of ideas takes when it is searched: 20,000 made-up ideas, each question in each order.

``DATABASE_URL=… python -m bench.search`` fills the empty database it is given and prints p50 and p95 in milliseconds.
A database that holds ideas already is left alone.
"""

import os
import random
import sys
from datetime import timedelta
from http import HTTPStatus
from statistics import quantiles
from time import perf_counter

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings"
os.environ.setdefault("LOG_LEVEL", "CRITICAL")
django.setup()

# ruff: noqa: E402  (the environment and Django come first)
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client

from participation.core.clock import now
from participation.events.kinds import CaseKind
from participation.events.models import Case
from participation.ideas.listing import ORDERS
from participation.ideas.models import Idea
from participation.ideas.search import index, similar
from participation.ideas.states import PUBLIC
from tests.factories import AllianceFactory, FieldOfActionFactory, MunicipalityFactory

IDEAS = 20_000
BATCH = 1000
ROUNDS = 20
GOAL = 120  # milliseconds, p95
FIRST = "Rad Bus Dorf Kinder Wald Markt Spiel Mitfahr Schul Sport Jugend Senioren Energie Wasser Obst Kultur Bahn Berg"
SECOND = "weg platz haus bank garten halle treff laden straße fest stelle netz werkstatt bühne bäume kreis dienst börse"
SMALL = "der die das und in mit für am zum ein eine auf bei nicht wir alle gemeinsam neue mehr viele bessere unser"
QUESTIONS = [
    "Radweg", "Bäume", "Straße", "mitfahrb", "spielplatz dorf", "gemeinsam", "Kinderfest Waldhaus", "der Radweg in",
    "rad", "2001-0042", "gibtesnicht", "Obstbäume Bergbank gemeinsam mehr",
]  # fmt: skip
TITLES = [
    "Ein neuer Radweg",
    "Mitfahrbank am Marktplatz",
    "Gemeinsam mehr Obstbäume",
    "Dorfladen für alle im Schulhaus",
]
chance = random.Random(2026)  # noqa: S311  (made-up texts)


def main():
    """Fill the database, ask, print. Ends with 1 where the goal is missed."""
    call_command("migrate", verbosity=0)
    if Idea.objects.exists():
        sys.exit("This database holds ideas already. Please give an empty one in DATABASE_URL.")
    began = perf_counter()
    fill()
    say(f"{connection.vendor}: {IDEAS} ideas in {perf_counter() - began:.0f} s")
    pages = [f"/ideen/?q={words}&ordnung={order}" for words in QUESTIONS for order in ORDERS]
    slowest = max(measured("list", opened, pages), measured("similar", similar, TITLES))
    sys.exit(slowest > GOAL)


def opened(page):
    """The page as a stranger opens it; another answer than 200 ends the measurement."""
    answer = Client().get(page, SERVER_NAME="127.0.0.1")
    if answer.status_code != HTTPStatus.OK:
        sys.exit(f"{page} answers {answer.status_code}.")


def measured(name, ask, questions):
    """Print the times of ``ask`` over all ``questions``; the p95 in milliseconds."""
    taken = []
    for question in questions * ROUNDS:
        began = perf_counter()
        ask(question)
        taken.append((perf_counter() - began) * 1000)
    cuts = quantiles(taken, n=100)
    say(f"{name}: p50 {cuts[49]:.0f} ms, p95 {cuts[94]:.0f} ms, slowest {max(taken):.0f} ms of {len(taken)}")
    return cuts[94]


def fill():
    """An alliance with ``IDEAS`` public ideas that can be searched."""
    AllianceFactory()
    fields = FieldOfActionFactory.create_batch(8)
    places = MunicipalityFactory.create_batch(12)
    for start in range(0, IDEAS, BATCH):
        with transaction.atomic():
            ideas = Idea.objects.bulk_create(made(case, fields) for case in cases(start))
            about = Idea.municipalities.through
            about.objects.bulk_create(about(idea=idea, municipality=chance.choice(places)) for idea in ideas)
            for idea in ideas:
                index(idea)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def cases(start):
    """The next ``BATCH`` cases."""
    return Case.objects.bulk_create(
        Case(
            kind=CaseKind.IDEA, title="", path="/", public=True, opened_at=now(),
            reference=f"{2001 + number // 10_000}-{number % 10_000:04d}",
        )
        for number in range(start, start + BATCH)
    )  # fmt: skip


def made(case, fields):
    """A public idea, not stored yet."""
    moments = sorted(now() - timedelta(minutes=chance.randrange(1_000_000)) for _ in range(2))
    text = words(chance.randrange(30, 150))
    return Idea(
        case=case, title=words(5).capitalize()[:120], text=text, html=f"<p>{text}</p>", field=chance.choice(fields),
        state=chance.choice(PUBLIC), support_count=chance.randrange(300), created_at=moments[0], updated_at=moments[0],
        submitted_at=moments[0], published_at=moments[0], moved_at=moments[1],
    )  # fmt: skip


def words(number):
    """So many words, every other one a compound."""
    return " ".join(
        chance.choice(FIRST.split()) + chance.choice(SECOND.split()) if place % 2 else chance.choice(SMALL.split())
        for place in range(number)
    )


def say(line):
    """Show ``line`` at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
