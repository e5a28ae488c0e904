"""Settings for the tests: those of a person's own machine, in a folder of their own, on today's real date.

DATABASE_URL is left as it is, so that the same tests run on SQLite and on PostgreSQL.
"""

import atexit
import os
import shutil
import sys
import tempfile

os.environ["ALLIES_DEMO"] = "1"
os.environ["DEBUG"] = "0"
os.environ.pop("ALLIES_TODAY", None)
os.environ.pop("EMAIL_HOST", None)
if "ALLIES_TEST_DATA" not in os.environ:
    os.environ["ALLIES_TEST_DATA"] = tempfile.mkdtemp(prefix="allies-tests-")
    atexit.register(shutil.rmtree, os.environ["ALLIES_TEST_DATA"], ignore_errors=True)
os.environ["ALLIES_DATA"] = os.environ["ALLIES_TEST_DATA"]
# whitenoise warns of a folder that is not there, and a warning is an error here.
os.environ["ALLIES_STATIC"] = os.path.join(os.environ["ALLIES_TEST_DATA"], "static")
os.makedirs(os.environ["ALLIES_STATIC"], exist_ok=True)

from allies.settings import *  # noqa: F403

# A page that asks the same question for each row fails its test (tests/reading.py). The watch takes time of its own,
# so it is off while time is measured (`-m benchmark`), and on the second database, where the same pages ask the same.
if "benchmark" not in sys.argv and os.environ.get("ALLIES_ONLY_RECORD") != "1":
    INSTALLED_APPS = [*INSTALLED_APPS, "zeal"]  # noqa: F405
    MIDDLEWARE = [*MIDDLEWARE, "tests.reading.reads_ask_once"]  # noqa: F405
    # Django itself looks again for the session of somebody who was signed out elsewhere.
    ZEAL_ALLOWLIST = [{"model": "sessions.Session"}]

# The server of a browser's journey answers in threads of its own. A record in memory would be one connection for them
# all, so that two requests at once stand in one another's transactions; in a file each has its own, as at home.
# A power cut ends the tests anyway, so nothing waits for the disk.
if not os.environ.get("DATABASE_URL"):
    _record = DATABASES["default"]  # noqa: F405
    _record["TEST"] = {"NAME": os.path.join(os.environ["ALLIES_TEST_DATA"], "of-the-tests.sqlite3")}
    _record["OPTIONS"]["init_command"] = _record["OPTIONS"]["init_command"].replace("FULL", "OFF")
