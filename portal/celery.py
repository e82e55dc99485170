"""Celery: only legs. What is still to do stands in rows; a lost message costs a minute."""

import os

from celery import Celery
from celery.signals import beat_init, celeryd_init

from portal.checks import refuse_unsafe_start

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

app = Celery("portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["participation", "notifications"])


@celeryd_init.connect
@beat_init.connect
def refuse(**_):
    """Worker and beat ask what web servers ask; publishing a task does not."""
    refuse_unsafe_start()
