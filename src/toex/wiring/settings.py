"""Django's settings. What differs between homes comes from the environment and from the home's own `unit.toml`."""

import os
import secrets
import tomllib
from pathlib import Path
from typing import Any

from psycopg.conninfo import conninfo_to_dict

TOEX_HOME = Path(os.environ.get("TOEX_HOME", "var/unit")).absolute()
_OWN = TOEX_HOME / "unit.toml"
_SET: dict[str, Any] = tomllib.loads(_OWN.read_text(encoding="utf-8")) if _OWN.exists() else {}


def _told(name: str, otherwise: str) -> str:
    """Read a setting: the environment's TOEX_NAME, else the home's file, else what is given."""
    return os.environ.get(f"TOEX_{name.upper()}") or str(_SET.get(name, otherwise))


def _beside(name: str) -> Path:
    """Name a folder beside the home: keys and checkpoints never lie within what they protect."""
    return TOEX_HOME.with_name(f"{TOEX_HOME.name}.{name}")


TOEX_KEYS = Path(_told("keys", str(_beside("keys"))))
TOEX_CHECKPOINTS = Path(_told("checkpoints", str(_beside("checkpoints"))))
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


DATABASES = {"default": _database(_told("database", ""))}


def _secret() -> str:
    kept = TOEX_KEYS / "secret"
    return kept.read_text(encoding="utf-8") if kept.exists() else secrets.token_urlsafe(50)


SECRET_KEY = _secret()
DEBUG = False
ALLOWED_HOSTS = _told("hosts", "localhost,127.0.0.1,[::1],testserver").split(",")
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "toex.work.audit",
    "toex.work.staff",
    "toex.work.jobs",
    "toex.work.holdings",
    "toex.work.citations",
    "toex.work.tasking",
    "toex.work.operations",
    "toex.work.access",
    "toex.work.judgements",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]
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
# ASVS 5.0 V7: half an hour idle, twelve hours at most (wiring.sessions keeps the second)
SESSION_COOKIE_AGE = 30 * 60
SESSION_SAVE_EVERY_REQUEST = True
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Strict"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en-gb"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
