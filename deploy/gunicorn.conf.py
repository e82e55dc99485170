"""Gunicorn's settings, for ``manage.py up`` and for the image."""

worker_class = "gthread"
threads = 4
timeout = 60
graceful_timeout = 10
keepalive = 5
control_socket_disable = True
forwarded_allow_ips = ""  # the portal counts its proxies itself (TRUSTED_PROXY_COUNT)
accesslog = None  # addresses of visitors are personal data
errorlog = "-"
loglevel = "warning"
max_requests = 10_000
max_requests_jitter = 1_000
