"""Addresses of the region; see the issue list of names below."""

urlpatterns = []
