"""invite EMAIL: give somebody an account; the first one for a new record."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from allies.models import OPERATOR, Appointment
from allies.services.accounts import CannotInvite
from allies.services.founding import give_first_account


class Command(BaseCommand):
    help = "Give somebody an account, so that they can sign in with a code sent to their address."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="the address that codes go to")
        parser.add_argument("--name", default="", help="their full name, where the record does not know them")
        parser.add_argument("--team", action="store_true", help="they belong to the core team from now on")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            account = give_first_account(
                by=OPERATOR, email=options["email"], full_name=options["name"], to_the_team=options["team"]
            )
        except CannotInvite as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{account.person} can now sign in with {account.email}.")
        self.stdout.write(
            "Open the sign-in page, at /sign-in/, and give that address: a code comes by email."
        )
        if not Appointment.objects.filter(person=account.person).exists():
            self.stdout.write(
                "They are on no group yet, so they see only their own page. Add --team for the core team, "
                "or let the core team appoint them."
            )
