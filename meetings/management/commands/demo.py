"""`demo`: load the invented group into an empty record, serve it, and say where."""

import socket
import webbrowser
from threading import Timer
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.servers.basehttp import run
from django.core.wsgi import get_wsgi_application

from allies.models import Person
from meetings.example.loading import load_example
from meetings.models import Meeting

HOST = "127.0.0.1"


class Command(BaseCommand):
    help = "Load the example group into an empty record and serve it on this machine. Start it with run.py."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--no-open", action="store_true", help="do not open a browser")
        parser.add_argument("--no-serve", action="store_true", help="load the example group and stop")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.ALLIES_DEMO:
            raise CommandError("The demonstration starts with: python3 run.py demo")
        call_command("migrate", verbosity=0)
        if Person.objects.exists() or Meeting.objects.exists():
            self.stdout.write("The record here is opened as it is.")
        else:
            load_example()
            self.stdout.write("Loaded the example group. Everybody in it is invented.")
        if not options["no_serve"]:
            self._serve(options["port"], open_browser=not options["no_open"])

    def _serve(self, port: int, *, open_browser: bool) -> None:
        with socket.socket() as probe:
            if probe.connect_ex((HOST, port)) == 0:
                raise CommandError(
                    f"Port {port} is in use. Choose another: python3 run.py demo --port {port + 1}"
                )
        address = f"http://{HOST}:{port}/"
        self.stdout.write(f"Allies is at {address}  (Ctrl-C stops it)")
        self.stdout.flush()
        if open_browser:
            Timer(1.0, webbrowser.open, [address]).start()
        try:
            run(HOST, port, get_wsgi_application(), threading=True)
        except KeyboardInterrupt:
            self.stdout.write("Stopped.")
