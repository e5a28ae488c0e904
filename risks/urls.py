"""Addresses of the register of risks and of concerns."""

from django.urls import include, path

from risks.views import concerns

concern_urls = [
    path("", concerns.concerns, name="list"),
    path("new/", concerns.new, name="new"),
    path("<int:pk>/", concerns.concern, name="concern"),
    path("<int:pk>/aside/", concerns.aside, name="aside"),
    path("<int:pk>/history/", concerns.history, name="history"),
]

urlpatterns = [
    path("concerns/", include((concern_urls, "concerns"))),
]
