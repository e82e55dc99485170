"""Open the office: make the first manager, who appoints everybody else in the portal."""

import os
from getpass import getpass

from allauth.account.models import EmailAddress
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from participation.actors.models import Actor
from participation.actors.operations import appoint_first_manager, confirm_actor, register_actor
from participation.actors.queries import managers_staying
from participation.core.clock import today
from participation.core.text import clean_line
from participation.region.operations import ensure_first_texts


class Command(BaseCommand):
    """Asks for address, name and password, or takes them from options and OFFICE_PASSWORD."""

    help = "Makes the first alliance manager, with a confirmed account."

    def add_arguments(self, parser):
        """Everything may be given beforehand."""
        parser.add_argument("--email")
        parser.add_argument("--name")
        parser.add_argument("--no-input", action="store_true", help="ask nothing; the password is OFFICE_PASSWORD")
        parser.add_argument("--another", action="store_true", help="make one more manager")

    def handle(self, *, email, name, no_input, another, **_options):
        """Make the account and the appointment, or nothing."""
        if managers_staying(today()).exists() and not another:
            raise CommandError(_("There is a manager already, who can appoint others. One more by hand: --another"))
        email = clean_line(email or self._ask(_("E-mail address: "), no_input)).lower()
        name = clean_line(name or self._ask(_("Display name: "), no_input))[:60]
        password = os.environ.get("OFFICE_PASSWORD") or self._ask_secret(no_input)
        self._check(email, name, password)
        with transaction.atomic():
            ensure_first_texts()
            actor = register_actor(email, password, display_name=name)
            EmailAddress.objects.create(user=actor, email=email, primary=True, verified=True)
            appoint_first_manager(confirm_actor(actor))
        self.stdout.write(
            _("%(name)s now manages the alliance and signs in with %(email)s.") % {"name": name, "email": email}
        )

    def _ask(self, question, no_input):
        return "" if no_input else input(question)

    def _ask_secret(self, no_input):
        return "" if no_input else getpass(_("Password (at least ten characters): "))

    def _check(self, email, name, password):
        try:
            validate_email(email)
            validate_password(password, Actor(email=email, display_name=name))
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from None
        if not name:
            raise CommandError(_("Please give a display name."))
        if Actor.objects.filter(email=email).exists():
            raise CommandError(_("This address has an account already. Please take another one."))
