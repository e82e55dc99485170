"""People who read, sign in, register and reset a password, with a watch in their hand."""

import json
import subprocess
import sys
import time
from collections import defaultdict
from urllib.error import URLError

from .processes import ROOT
from .visitor import HiddenFields, Visitor

PASSWORD = "drei kleine Woerter"
PATIENCE = 20  # seconds; then a caller gives up
ACCOUNTS = """
import json, sys
from allauth.account.models import EmailAddress
from participation.actors.operations import confirm_actor, register_actor
for address in json.loads(sys.stdin.read()):
    actor = register_actor(address, {password!r}, display_name="Ada Actor")
    EmailAddress.objects.create(user=actor, email=address, primary=True, verified=True)
    confirm_actor(actor)
"""


class Caller:
    """Somebody with an account, and a neighbour who has none yet; their forms lie open since before the storm."""

    def __init__(self, site, name):
        self.account = f"{name}@known.example"
        self.newcomer = f"{name}@new.example"
        self.person, self.neighbour, self.forgetful = (Visitor(site) for _ in range(3))
        self.login = hidden(self.person, "/konto/login/")
        self.signup = hidden(self.neighbour, "/konto/signup/")
        self.reset = hidden(self.forgetful, "/konto/password/reset/")

    @property
    def awaits(self):
        """Who gets a letter when all is done."""
        return {self.account, self.newcomer}

    def do_everything(self):
        """Do it all and return the seconds each took; raises AssertionError where an answer is not as usual."""
        return {
            "read": timed(self.read, "/"),
            "sign in": timed(self.sign_in, "/meine/"),
            "register": timed(self.register, "/konto/confirm-email/"),
            "reset a password": timed(self.ask_for_new_password, "/konto/password/reset/done/"),
        }

    def read(self):
        """Open the start page."""
        return self.neighbour.open("/", timeout=PATIENCE)[0]

    def sign_in(self, password=PASSWORD):
        """Sign in; the answer is the address of the next page."""
        typed = self.login | {"login": self.account, "password": password}
        return self.person.open("/konto/login/", typed, timeout=PATIENCE)[0]

    def register(self):
        """Register; the answer is the address of the next page."""
        return self.neighbour.send_signup(self.signup, self.newcomer)

    def ask_for_new_password(self):
        """Ask for the letter; the answer is the address of the next page."""
        typed = self.reset | {"email": self.account}
        return self.forgetful.open("/konto/password/reset/", typed, timeout=PATIENCE)[0]


def hidden(visitor, path):
    """The hidden fields of the form at ``path``; ``next`` belongs to the choice of language above it."""
    fields = HiddenFields(visitor.open(path)[1]).found
    return {name: value for name, value in fields.items() if name != "next"}


def timed(deed, leads_to):
    """How many seconds ``deed`` takes, which leads to the page at ``leads_to``."""
    began = time.monotonic()
    try:
        address = deed()
    except URLError as trouble:
        raise AssertionError(f"{deed.__name__}: {trouble} after {time.monotonic() - began:.1f} s") from trouble
    assert address.endswith(leads_to), f"{deed.__name__} leads to {address}, not to {leads_to}"
    return time.monotonic() - began


def slowest(callers):
    """Let the callers do everything, one after another: the longest time for each thing."""
    times = defaultdict(float)
    for caller in callers:
        for thing, seconds in caller.do_everything().items():
            times[thing] = max(times[thing], seconds)
    return dict(times)


def make_accounts(up, callers):
    """Confirmed accounts for the callers, made by the portal's own operations."""
    subprocess.run(
        [sys.executable, "manage.py", "shell", "--verbosity", "0", "--command", ACCOUNTS.format(password=PASSWORD)],
        cwd=ROOT, env=up.environment, input=json.dumps([caller.account for caller in callers]),
        text=True, check=True, timeout=60,
    )  # fmt: skip
