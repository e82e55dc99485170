"""A small alliance for walks over all pages: one of each thing, one person for each role, each kept small."""

from contextlib import contextmanager
from datetime import timedelta
from functools import cache

from django.db import connection, transaction
from django.urls import URLPattern, get_resolver

from participation.core.clock import today
from participation.region.models import LegalText
from tests.cleaning import forget_cache
from tests.factories import (
    ActorFactory,
    AllianceFactory,
    AppointmentFactory,
    BarrierReportFactory,
    FieldOfActionFactory,
    LegalTextFactory,
    MunicipalityFactory,
    PartnerFactory,
)

ROLES = [
    "stranger", "actor", "intern", "moderator", "manager", "spokesperson", "mayor", "ale", "superuser", "former",
]  # fmt: skip
QUESTIONS = ("SELECT", "SAVEPOINT", "RELEASE", "ROLLBACK")
# Tables that every request may touch, whatever it asks for.
PASSING = {"django_session", "usersessions_usersession", "cache_rows", "django_migrations"}


class World:
    """The alliance, its things, and the people by role; ``stranger`` is None."""

    def __init__(self):
        AllianceFactory()
        self.municipality = MunicipalityFactory(slug="oberbach", name="Oberbach")
        self.field = FieldOfActionFactory(slug="mobilitaet", name="Mobilität")
        FieldOfActionFactory()
        self.partner = PartnerFactory(slug="wegeverein", name="Wegeverein")
        for kind in LegalText.Kind:
            LegalTextFactory(kind=kind, version=1)
        self.open_report = BarrierReportFactory()
        self.answered_report = BarrierReportFactory(answered=True)
        self.people = {"stranger": None, **{role: self._person(role) for role in ROLES[1:]}}
        self.other = ActorFactory(
            email="olga@allianz.example", display_name="Olga", skills="Backen", visible_to="public"
        )  # fmt: skip
        self.appointment = AppointmentFactory(actor=self.other, post="moderator")

    def _person(self, role):
        posts = [role] if role in ROLES[2:8] else []
        superuser = role == "superuser"
        fields = {"municipality": self.municipality, "is_staff": superuser, "is_superuser": superuser}
        person = ActorFactory(email=f"{role}@allianz.example", display_name=role.title(), posts=posts, **fields)
        if role == "former":
            AppointmentFactory(actor=person, post="moderator", until=today() - timedelta(days=1))
        return person


@contextmanager
def undone():
    """Whatever happens inside the block never happened; the cache is empty before."""
    forget_cache()
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def writing():
    """A list of what is written inside the block: the statements that are no questions."""
    written = []

    def listen(execute, sql, params, many, context):
        if not sql.lstrip("( ").upper().startswith(QUESTIONS):
            written.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(listen):
        yield written


def snapshot():
    """Every row of every table, passing ones aside: what a refusal must leave as it is."""
    found = {table: [] for table in _tables()}
    with connection.cursor() as cursor:
        for table, row in _all_rows(cursor):
            found[table].append(row)
    return {table: sorted(rows) for table, rows in found.items()}


@cache
def _tables():
    return [name for name in connection.introspection.table_names() if name not in PASSING]


def _all_rows(cursor):
    """Each table's name with each of its rows; where a query is a journey, all in one that is planned once."""
    if connection.vendor == "postgresql":
        query = " UNION ALL ".join(f"SELECT '{name}', t::text FROM \"{name}\" t" for name in _tables())
        cursor.cursor.execute(query, prepare=True)
        yield from ((table, repr(row)) for table, row in cursor.fetchall())
        return
    for table in _tables():
        cursor.execute(f'SELECT * FROM "{table}"')
        yield from ((table, repr(row)) for row in cursor.fetchall())


def addresses(patterns=None, namespace="", route=""):
    """Every pattern of the URL resolver as name → (pattern, route); one without a name goes by its route."""
    found = {}
    for entry in get_resolver().url_patterns if patterns is None else patterns:
        path = route + str(entry.pattern)
        if isinstance(entry, URLPattern):
            found[namespace + (entry.name or path)] = path
        else:
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            found.update(addresses(entry.url_patterns, inner, path))
    return found
