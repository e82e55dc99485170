"""Pages that gather several slices."""

from django.shortcuts import render


def start(request):
    return render(request, "base.html")


my_page = set_language = desk = start


def csrf_failure(request, reason=""):
    return render(request, "403_csrf.html", status=403)


def bad_request(request, exception):
    return render(request, "400.html", status=400)


def forbidden(request, exception):
    return render(request, "403.html", status=403)


def not_found(request, exception):
    return render(request, "404.html", status=404)


def too_many_requests(request, exception=None):
    return render(request, "429.html", status=429)


def server_error(request):
    return render(request, "500.html", status=500)
