"""Choosing what one hears of, by which way, and when."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import render

from ..preferences import chosen_by


@login_required
def letter_choices(request):
    """What ``request.user`` hears of."""
    return render(request, "notifications/choices.html", {"chosen": chosen_by(request.user)})
