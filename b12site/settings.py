"""The site's settings, read from the environment and safe when nothing is set.

B12_VAR            folder for the database, the secret key and the collected static files
B12_SECRET_KEY     the secret key, where it comes from elsewhere than B12_VAR/secret_key
B12_ALLOWED_HOSTS  comma-separated host names that the site answers to
B12_HTTPS          0 where the site is reached over plain http (see below); default 1
B12_DEMO           1 allows demo users with a known password; default 0
B12_PROXIES        how many proxies in front add to X-Forwarded-For; default 1 with https, else 0
DATABASE_URL       for example postgres://user:password@host/name; default SQLite in B12_VAR
EMAIL_URL          for example smtp+tls://user:password@host:587; without it no e-mail is sent, and
                   in a demonstration it is printed (console:)
B12_EMAIL_FROM     the sender's address; default b12@localhost
"""

import os
from pathlib import Path
from typing import Any

import dj_database_url
import django_stubs_ext
from csp.constants import NONE, SELF

from b12site import environment

django_stubs_ext.monkeypatch()  # lets classes name their type: admin.ModelAdmin[Practice]

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(os.environ.get("B12_VAR", BASE_DIR / "var")).resolve()
VAR_DIR.mkdir(parents=True, exist_ok=True)

DEBUG = False
SECRET_KEY = os.environ.get("B12_SECRET_KEY") or environment.secret_key(VAR_DIR / "secret_key")
ALLOWED_HOSTS = environment.words("B12_ALLOWED_HOSTS", default="localhost,127.0.0.1,[::1]")
B12_DEMO = environment.flag("B12_DEMO", default=False)

INSTALLED_APPS = [
    "b12site.accounts",
    "b12site.audit",
    "interpretation",
    "patients",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "crispy_forms",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    # What is written on every answer
    "b12site.headers.EveryAnswer",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    # What may answer
    "b12site.health.health",  # first: it answers also when a later one cannot
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "b12site.language.language",
    "b12site.body_limit.body_limit",  # before anything that reads a body
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "b12site.accounts.sessions.session_limits",  # before anything that asks who is signed in
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "b12site.errors.wrong_method",
]

ROOT_URLCONF = "b12site.urls"
WSGI_APPLICATION = "b12site.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,  # with DEBUG off, Django keeps compiled templates in memory
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]
CRISPY_TEMPLATE_PACK = "lean"
CRISPY_ALLOWED_TEMPLATE_PACKS = ["lean"]
CRISPY_FAIL_SILENTLY = False

# Database

DATABASES: dict[str, Any] = {
    "default": dj_database_url.parse(
        os.environ.get("DATABASE_URL") or f"sqlite:///{VAR_DIR / 'b12.sqlite3'}",
        conn_max_age=60,
        conn_health_checks=True,
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        # Readers go on while one writes; a writer takes its lock at once instead of failing
        # half-way; what has been confirmed survives a power cut.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Failed sign-ins are counted for all processes and machines together. With Django's 300 entries,
# whoever tries hundreds of invented addresses would push the counts of the others out.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

# Work in the background: the queue is in the database, and manage.py worker does what is in it.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# Users. Django's own backend signs in; allauth brings the pages, the limits and the second
# factor. Users are made by administrators: the addresses are in b12site/accounts/urls.py.

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["b12site.accounts.backend.Backend"]
LOGIN_URL = LOGOUT_REDIRECT_URL = "account_login"
LOGIN_REDIRECT_URL = "account_start"
CLINICIANS_START = "patients:worklist"
# The limits are in b12site/accounts/sessions.py; this is when the database may forget a session.
SESSION_COOKIE_AGE = 12 * 3600
SESSION_ENGINE = "b12site.accounts.session_store"
PASSWORD_RESET_TIMEOUT = 3600
ACCOUNT_ADAPTER = "b12site.accounts.sign_in.Adapter"
ACCOUNT_FORMS = {
    "login": "b12site.accounts.forms.SignInForm",
    "reset_password": "b12site.accounts.forms.ResetRequestForm",
    "reset_password_from_key": "b12site.accounts.forms.NewPasswordForm",
    "change_password": "b12site.accounts.forms.PasswordChangeForm",
    "reauthenticate": "b12site.accounts.forms.PasswordAgainForm",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_SESSION_REMEMBER = False  # a session ends with the browser: the machines are shared
# The address in User.email is the only one. allauth's own table of addresses stays empty, or one
# that was taken away from a user would still open the account.
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
MFA_ADAPTER = "b12site.accounts.sign_in.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1  # the clock of a telephone may be half a minute off
MFA_FORMS = {
    "authenticate": "b12site.accounts.forms.CodeForm",
    "authenticate_webauthn": "b12site.accounts.forms.PasskeyProofForm",
    "reauthenticate": "b12site.accounts.forms.CodeAgainForm",
    "reauthenticate_webauthn": "b12site.accounts.forms.PasskeyAgainForm",
}
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
_VALIDATORS = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {"NAME": f"{_VALIDATORS}.UserAttributeSimilarityValidator"},
    {"NAME": f"{_VALIDATORS}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{_VALIDATORS}.CommonPasswordValidator"},
    {"NAME": f"{_VALIDATORS}.NumericPasswordValidator"},
]

# E-mail

_EMAIL_URL = os.environ.get("EMAIL_URL") or ("console:" if B12_DEMO else "")
SENDS_EMAIL = bool(_EMAIL_URL)
globals().update(environment.email(_EMAIL_URL))
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = SERVER_EMAIL = os.environ.get("B12_EMAIL_FROM") or "b12@localhost"

# A cookie would keep what was done, and perhaps for whom, on a machine that is shared.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# Language and time

LANGUAGE_CODE = "nb"
LANGUAGES = [("nb", "Norsk bokmål"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["b12site.formats"]  # English dates that cannot be misread
TIME_ZONE = "Europe/Oslo"
USE_TZ = True

# Static files: ours, and the parts of the npm packages that the pages use

_PACKAGES = BASE_DIR / "node_modules"
STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [
    BASE_DIR / "static",
    ("designsystemet", _PACKAGES / "@digdir/designsystemet-css/dist/src"),
    ("theme", _PACKAGES / "@digdir/designsystemet-theme/src/themes"),
    ("inter", _PACKAGES / "@fontsource/inter/files"),
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_ALLOW_ALL_ORIGINS = False  # the files are for our own pages

# Security. `make run` and the tests serve http on the own machine, where a browser drops
# secure cookies and a redirect to https ends nowhere; so what depends on https hangs on one
# switch, which is on unless B12_HTTPS=0 turns it off.

HTTPS = environment.flag("B12_HTTPS", default=True)
SECURE_SSL_REDIRECT = HTTPS
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
ALLAUTH_TRUSTED_PROXY_COUNT = environment.number("B12_PROXIES", default=1 if HTTPS else 0)
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
# The prefix makes browsers refuse a cookie that another host or a plain http page tries to set.
_PREFIX = "__Host-" if HTTPS else ""
SESSION_COOKIE_NAME = f"{_PREFIX}b12_session"
CSRF_COOKIE_NAME = f"{_PREFIX}b12_csrf"
LANGUAGE_COOKIE_NAME = f"{_PREFIX}b12_language"
CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "base-uri": [NONE],
        "connect-src": [SELF],
        "font-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "img-src": [SELF, "data:"],  # the design system draws its icons from data: addresses
        "script-src": [SELF],
        "style-src": [SELF],
    },
}

# One limit for every body, in bytes: no page needs more (b12site/body_limit.py).
DATA_UPLOAD_MAX_MEMORY_SIZE = 100_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500

# Errors go to standard error with their traceback and without the request: a body may hold
# what somebody knows about a patient.
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    # Replaces Django's own handlers, one of which mails whole requests to administrators.
    "loggers": {"django": {"handlers": [], "level": "INFO", "propagate": True}},
}
