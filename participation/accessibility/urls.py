"""Addresses of barrier reports."""

from django.urls import path

from . import views

urlpatterns = [
    path("barriere-melden/", views.report, name="barrier_report"),
    path("barriere-melden/eingang/<str:token>/", views.received, name="barrier_received"),
    path("geschaeftsstelle/barrieren/", views.office_list, name="office_barriers"),
    path("geschaeftsstelle/barrieren/<int:pk>/", views.office_report, name="office_barrier"),
]
