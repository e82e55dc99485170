"""The door for web servers: ``uvicorn portal.asgi``."""

import os

from django.core.asgi import get_asgi_application

from portal.checks import refuse_unsafe_start

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

refuse_unsafe_start()
application = get_asgi_application()
