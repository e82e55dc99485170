"""The frame of the portal: knows everything, known by nobody."""

from .celery import app as celery_app

__all__ = ["celery_app"]
