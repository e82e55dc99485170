"""Where every address of the portal leads."""

from django.urls import include, path

from participation import admin

from . import desk, gallery, health, interface, mine, pages, trail

urlpatterns = [
    path("", pages.start, name="start"),
    path("meine/", mine.my_page, name="my_page"),
    path("allianz/", pages.alliance, name="alliance"),
    path("gemeinde/<slug:slug>/", pages.municipality, name="municipality"),
    path("sprache/", pages.set_language, name="set_language"),
    path("bausteine/", gallery.gallery, name="gallery"),
    path("geschaeftsstelle/", desk.desk, name="desk"),
    path("", include("participation.region.urls")),
    path("", include("participation.actors.urls")),
    path("", include("participation.accessibility.urls")),
    path("", include("participation.ideas.urls")),
    path("", include("participation.reports.urls")),
    path("", include("participation.moderation.urls")),
    path("", include("participation.groups.urls")),
    path("", include("participation.newsroom.urls")),
    path("", include("notifications.urls")),
    path("vorgang/<slug:reference>/", trail.trail, name="trail"),
    path("vorgang/<slug:reference>/qr.svg", trail.code, name="trail_code"),
    path("konto/", include("portal.account_urls")),
    path("api/", interface.documentation, name="api_documentation"),
    path("api/schema/", interface.schema, name="api_schema"),
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
