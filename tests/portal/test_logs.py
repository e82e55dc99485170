"""What the portal writes down when something fails: where it happened, and nobody's data."""

import logging
import sys

import pytest
from django.conf import settings
from django.db import IntegrityError

from portal.logs import Discreet

ROW = "Key (email)=(ada@post.example) already exists."
CELERYS = "Task %(name)s %(description)s: %(exc)s"


def line(message, *args):
    """The line for a failure that is just being handled."""
    record = logging.LogRecord("django.request", logging.ERROR, __file__, 1, message, args, sys.exc_info())
    return Discreet("{levelname} {message}", style="{").format(record)


def fail(what=ROW):
    raise IntegrityError(what)


def test_a_failure_says_where_and_of_which_kind_but_not_whom_it_concerned():
    try:
        fail()
    except IntegrityError:
        said = line("Internal Server Error: %s", "/konto/signup/")

    assert said.startswith("ERROR Internal Server Error: /konto/signup/")
    assert "in fail" in said
    assert said.endswith("IntegrityError")
    assert "ada" not in said


def test_what_it_came_from_is_told_as_discreetly():
    try:
        try:
            fail()
        except IntegrityError as cause:
            raise ValueError(ROW) from cause
    except ValueError:
        said = line("Something went wrong")

    assert said.index("IntegrityError") < said.index("ValueError")
    assert "ada" not in said


def test_a_failed_task_is_named_without_its_words():
    try:
        fail()
    except IntegrityError as error:
        said = line(CELERYS, {"name": "participation.tidy", "description": "raised unexpected", "exc": repr(error)})

    assert "participation.tidy raised unexpected" in said
    assert "ada" not in said


@pytest.mark.parametrize("name", settings.LOGGING["handlers"])
def test_every_handler_of_the_portal_is_discreet(name):
    handler = settings.LOGGING["handlers"][name]

    assert settings.LOGGING["formatters"][handler["formatter"]]["class"] == "portal.logs.Discreet"


def test_nobody_gets_failures_by_e_mail():
    assert settings.ADMINS == []
    assert settings.MANAGERS == []
