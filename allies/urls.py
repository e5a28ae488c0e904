"""Every address of the site. A page lives with its noun; those that join many live in `meetings`."""

from django.urls import include, path

urlpatterns = [
    path("", include("actions.urls")),
    path("", include("meetings.urls")),
]
