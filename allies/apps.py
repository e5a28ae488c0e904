"""The app at the bottom of the house."""

from django.apps import AppConfig


class AlliesConfig(AppConfig):
    name = "allies"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from allies import checks  # noqa: F401  (registering them is the point)
