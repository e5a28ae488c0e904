"""Settings, all from the environment (README, "Settings"). A wrong or missing one stops the start with a sentence."""

import os
from datetime import date
from pathlib import Path
from typing import Any

import dj_database_url
from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP

from allies.secret import kept_secret

BASE_DIR = Path(__file__).resolve().parent.parent


def _switch(name: str, default: bool = False) -> bool:
    words = os.environ.get(name, "").strip().lower()
    if words in {"", "0", "false", "no", "off"}:
        return False if words else default
    if words in {"1", "true", "yes", "on"}:
        return True
    raise ImproperlyConfigured(f"{name} is {words!r}. Say 1 or 0.")


def _words(name: str, default: str = "") -> list[str]:
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


DEBUG = _switch("DEBUG")
ALLIES_DEMO = _switch("ALLIES_DEMO")

# Hosted, or on somebody's own machine (the demonstration, the tests, the command line), which answers to
# its own address alone. Naming the addresses people open makes it hosted, and then nothing is assumed.
ALLOWED_HOSTS = _words("ALLOWED_HOSTS")
HOSTED = _switch("ALLIES_HOSTED", default=bool(ALLOWED_HOSTS) and not (DEBUG or ALLIES_DEMO))
if HOSTED and not ALLOWED_HOSTS:
    raise ImproperlyConfigured(
        "ALLOWED_HOSTS is missing. Name the addresses people open, such as allies.example.org, with commas between."
    )
if not ALLOWED_HOSTS:
    ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS if host != "*" and "[" not in host]
CSRF_TRUSTED_ORIGINS = [origin.replace("https://.", "https://*.") for origin in CSRF_TRUSTED_ORIGINS]

# The record's own folder: the embedded database, uploads, backups.
ALLIES_DATA = Path(os.environ.get("ALLIES_DATA") or BASE_DIR / "data").expanduser().resolve()
try:
    ALLIES_DATA.mkdir(parents=True, exist_ok=True)
except OSError as error:
    raise ImproperlyConfigured(
        f"ALLIES_DATA is {ALLIES_DATA}, which cannot be made: {error.strerror}."
    ) from error

SECRET_KEY = os.environ.get("SECRET_KEY", "")
if not SECRET_KEY:
    if HOSTED:
        raise ImproperlyConfigured(
            "SECRET_KEY is missing. Set it to a long random text that nobody else knows, and keep it the same."
        )
    SECRET_KEY = kept_secret(ALLIES_DATA / "secret-key")

ALLIES_TODAY: date | None = None
if ALLIES_DEMO and os.environ.get("ALLIES_TODAY"):
    try:
        ALLIES_TODAY = date.fromisoformat(os.environ["ALLIES_TODAY"])
    except ValueError as error:
        raise ImproperlyConfigured("ALLIES_TODAY is not a day. Write it as 2026-02-03.") from error

if os.environ.get("DATABASE_URL"):
    try:
        _database = dj_database_url.parse(
            os.environ["DATABASE_URL"], conn_max_age=60, conn_health_checks=True
        )
    except (ValueError, dj_database_url.UnknownSchemeError) as error:
        raise ImproperlyConfigured(
            "DATABASE_URL cannot be read. Write it as postgres://name:password@host:5432/database."
        ) from error
    if not _database["ENGINE"].endswith("postgresql"):
        raise ImproperlyConfigured(
            "DATABASE_URL is not PostgreSQL. Leave it out to keep the record in a file in ALLIES_DATA."
        )
else:
    _database = {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": ALLIES_DATA / "record.sqlite3",
        "OPTIONS": {
            # Write locks are taken at once, so that two writers wait for each other and never fail half-way;
            # FULL keeps an acknowledged save through a power cut.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
        },
    }
DATABASES: dict[str, Any] = {"default": _database}

INSTALLED_APPS = [
    "meetings",
    "risks",
    "actions",
    "allies",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "simple_history",
    "allauth",
    "allauth.account",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allies.views.around.PartsMiddleware",
    "allies.views.around.ClashMiddleware",
    "allies.access.AccessMiddleware",
]

ROOT_URLCONF = "allies.urls"
WSGI_APPLICATION = "allies.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ]
            if not DEBUG
            else [
                "django.template.loaders.filesystem.Loader",
                "django.template.loaders.app_directories.Loader",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csp",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "allies.context.site",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
INSTALLED_APPS.append("django.forms")

# The group's own words. Nothing about where to turn in danger is ever invented: unset, the page says so.
ALLIES_SITE = {
    "group_name": os.environ.get("ALLIES_GROUP_NAME", "Allies Group"),
    "host_name": os.environ.get("ALLIES_HOST_NAME", "Co-Production Collective"),
    "help_email": os.environ.get("ALLIES_HELP_EMAIL", ""),
    "harm_url": os.environ.get("ALLIES_HARM_URL", ""),
}

# After how many meetings the list asks: a new date, another owner, or let it go with a reason (DESIGN §4).
try:
    ALLIES_ASK_AFTER_CARRIES = int(os.environ.get("ALLIES_ASK_AFTER_CARRIES") or 3)
except ValueError as error:
    raise ImproperlyConfigured("ALLIES_ASK_AFTER_CARRIES is not a whole number. Write it as 3.") from error

# Why something was changed is kept whole, however long the reason.
SIMPLE_HISTORY_HISTORY_CHANGE_REASON_USE_TEXT_FIELD = True

# Sign-in
AUTH_USER_MODEL = "allies.Account"
AUTHENTICATION_BACKENDS = ["allies.sign_in.AccountBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "allies.sign_in.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 3
ACCOUNT_LOGIN_BY_CODE_FORMAT = {"numeric": True, "length": 6, "dashed": True}
# Codes asked for, per connection and per address: enough for a slip, too few to guess six figures.
ACCOUNT_RATE_LIMITS = {"request_login_code": "20/m/ip,3/m/key,10/h/key"}
# Hosted, one proxy stands before us (it also says whether the line is https) and names who is calling.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if HOSTED else 0
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # no stranger gets mail from us because somebody typed their address

# Sessions, rate limits and the cache are in the database, so that any number of copies can run.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "allies_cache"}}
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# Mail goes to the console until a server is named.
if os.environ.get("EMAIL_HOST"):
    MAILERS: dict[str, Any] = {
        "default": {
            "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "OPTIONS": {
                "host": os.environ["EMAIL_HOST"],
                "port": int(os.environ.get("EMAIL_PORT", "587")),
                "username": os.environ.get("EMAIL_HOST_USER", ""),
                "password": os.environ.get("EMAIL_HOST_PASSWORD", ""),
                "use_tls": _switch("EMAIL_USE_TLS", default=True),
                "timeout": 15,
            },
        }
    }
elif HOSTED:
    raise ImproperlyConfigured("EMAIL_HOST is missing. People sign in with a code that comes by email.")
else:
    MAILERS = {"default": {"BACKEND": "django.core.mail.backends.console.EmailBackend"}}
DEFAULT_FROM_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL", "allies@localhost")

# Where it runs, when
TIME_ZONE = "Europe/London"
USE_TZ = True
LANGUAGE_CODE = "en-gb"
USE_I18N = False

# Files
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
# At home the files are served from where they lie; only a host collects them.
_collected = os.environ.get("ALLIES_STATIC") or (BASE_DIR / "staticfiles" if HOSTED else "")
STATIC_ROOT = Path(_collected) if _collected else None
MEDIA_ROOT = ALLIES_DATA / "uploads"
MEDIA_URL = ""
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if HOSTED
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not HOSTED
WHITENOISE_AUTOREFRESH = DEBUG
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

# Safety
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "allies.views.errors.csrf_failure"
if HOSTED:
    SECURE_SSL_REDIRECT = _switch("SECURE_SSL_REDIRECT", default=True)
    SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"without_secrets": {"()": "allies.logs.WithoutSecrets"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "filters": ["without_secrets"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"django.server": {"handlers": ["console"], "level": "ERROR", "propagate": False}},
}
