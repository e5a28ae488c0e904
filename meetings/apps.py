"""The app that brings everything together."""

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "meetings"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Hand `actions` the way of working out what hangs on meetings: it may not import us (DESIGN §2)."""
        from actions.services import keep_current_with
        from meetings.services.keeping_current import bring_up_to_date

        keep_current_with(bring_up_to_date)
