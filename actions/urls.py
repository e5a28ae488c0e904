"""Addresses of actions."""

from django.urls import path

from actions.views import adding, carrying, exporting, listing, managing, page, updating

app_name = "actions"
urlpatterns = [
    path("actions/", listing.list_actions, name="list"),
    path("actions/export.csv", exporting.export_csv, name="export_csv"),
    path("actions/export.xlsx", exporting.export_xlsx, name="export_xlsx"),
    path("actions/carrying/", carrying.carrying, name="carrying"),
    path("actions/new/", adding.new, name="new"),
    path("actions/together/", updating.together, name="together"),
    path("actions/<int:pk>/", page.show, name="action"),
    path("actions/<int:pk>/history/", page.history, name="history"),
    path("actions/<int:pk>/update/", updating.update_action, name="update"),
    path("actions/<int:pk>/stands/", updating.still_stands, name="stands"),
    path("actions/<int:pk>/edit/", managing.edit, name="edit"),
    path("actions/<int:pk>/deadline/", managing.deadline, name="deadline"),
    path("actions/<int:pk>/owners/", managing.owners, name="owners"),
    path("actions/<int:pk>/part-of/", managing.part_of, name="part_of"),
    path("actions/<int:pk>/on-its-own/", managing.on_its_own, name="on_its_own"),
    path("actions/<int:pk>/merge/", managing.merge_into, name="merge"),
    path("actions/<int:pk>/let-go/", managing.let_go, name="let_go"),
    path("actions/<int:pk>/reopen/", managing.reopen, name="reopen"),
]
