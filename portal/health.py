"""Whether the portal lives and may be sent visitors."""

from django.http import JsonResponse


def live(request):
    """The process answers."""
    return JsonResponse({"status": "ok"})


def ready(request):
    """Placeholder until the outbox exists."""
    return JsonResponse({"status": "ok"})
