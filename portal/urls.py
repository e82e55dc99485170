"""Where every address of the portal leads."""

from django.contrib import admin
from django.urls import include, path

from . import gallery, health, pages

urlpatterns = [
    path("", pages.start, name="start"),
    path("meine/", pages.my_page, name="my_page"),
    path("sprache/", pages.set_language, name="set_language"),
    path("bausteine/", gallery.gallery, name="gallery"),
    path("geschaeftsstelle/", pages.desk, name="desk"),
    path("", include("participation.region.urls")),
    path("", include("participation.actors.urls")),
    path("", include("participation.accessibility.urls")),
    path("konto/", include("portal.account_urls")),
    path("api/v1/", include("portal.api")),
    path("health/live", health.live, name="health_live"),
    path("health/ready", health.ready, name="health_ready"),
    path("admin/", admin.site.urls),
]

handler400 = "portal.pages.bad_request"
handler403 = "portal.pages.forbidden"
handler404 = "portal.pages.not_found"
handler429 = "portal.pages.too_many_requests"
handler500 = "portal.pages.server_error"
