"""Django's settings; what differs between homes comes from `places`."""

import os
import secrets
from pathlib import Path
from typing import Any

from psycopg.conninfo import conninfo_to_dict

from toex.wiring.places import places

_PLACES = places(Path(os.environ.get("TOEX_HOME", "var/unit")))
TOEX_HOME, TOEX_KEYS, TOEX_CHECKPOINTS = _PLACES.home, _PLACES.keys, _PLACES.checkpoints
TOEX_WORKING_DAY = ("Europe/London", "08:00", "16:00")  # the brochure: Monday to Friday


def _database(address: str) -> dict[str, Any]:
    """SQLite in the home, or PostgreSQL by its address."""
    if address:
        known = conninfo_to_dict(address)
        names = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
        return {"ENGINE": "django.db.backends.postgresql", **{names[k]: str(v) for k, v in known.items() if k in names}}
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": TOEX_HOME / "work.sqlite3",
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
        },
    }


DATABASES = {"default": _database(_PLACES.database)}


def _secret() -> str:
    kept = TOEX_KEYS / "secret"
    return kept.read_text(encoding="utf-8") if kept.exists() else secrets.token_urlsafe(50)


SECRET_KEY = _secret()
DEBUG = False
ALLOWED_HOSTS = _PLACES.hosts.split(",")
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.forms",
    "toex.web",
    "toex.work.audit",
    "toex.work.staff",
    "toex.work.jobs",
    "toex.work.holdings",
    "toex.work.citations",
    "toex.work.tasking",
    "toex.work.operations",
    "toex.work.access",
    "toex.work.judgements",
    "toex.work.research",
    "toex.work.products",
    "toex.work.exchange",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "toex.wiring.sessions.end_after_twelve_hours",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "toex.web.headers.keep_within",
]
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "toex.web.staff.coming_in.liked",
            ]
        },
    }
]
FORM_RENDERER = "toex.web.forms.Renderer"
ROOT_URLCONF = "toex.wiring.urls"
WSGI_APPLICATION = "toex.wiring.wsgi.application"
AUTH_USER_MODEL = "staff.Person"
AUTHENTICATION_BACKENDS = ["toex.work.staff.log_in.Passwords"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarityValidator", {}),
        ("MinimumLengthValidator", {"min_length": 12}),
        ("CommonPasswordValidator", {}),
    )
]
# ASVS 5.0 7.3.1: half an hour idle; 7.3.2, twelve hours at most, is kept by wiring.sessions
SESSION_COOKIE_AGE = 30 * 60
SESSION_SAVE_EVERY_REQUEST = True
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en-gb"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
