"""The image's health check: exit 0 where the portal may be sent visitors."""

import os
import sys
import urllib.error
import urllib.request
from urllib.parse import urlsplit

ADDRESS = "http://127.0.0.1:8000/health/ready"

request = urllib.request.Request(ADDRESS, headers={"Host": urlsplit(os.environ.get("SITE_URL", "")).netloc})
try:
    with urllib.request.urlopen(request, timeout=5) as answer:
        print(answer.read().decode())
except (OSError, urllib.error.HTTPError) as error:
    sys.exit(str(error))
