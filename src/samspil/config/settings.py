"""One settings module. Everything that differs between a laptop and a municipality comes from the environment."""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from samspil.config.environment import Mode, data_directory, database_from_url, mode_from_environment, secret
from samspil.config.own_words import own_words_from
from samspil.web.identity.configuration import Provider, providers_from_file

PACKAGE = Path(__file__).resolve().parent.parent
MODE = mode_from_environment()
DEMO = MODE is Mode.DEMO
PRODUCTION = MODE is Mode.PRODUCTION
DEBUG = False

SECRET_KEY = secret("SAMSPIL_SECRET_KEY", mode=MODE)
CPR_KEY = secret("SAMSPIL_CPR_KEY", mode=MODE)
CPR_KEYS_OLD = tuple(os.environ.get("SAMSPIL_CPR_KEYS_OLD", "").split())  # open what they sealed, seal nothing
DEMO_LOGIN = os.environ.get("SAMSPIL_DEMO_LOGIN", "1" if DEMO else "0") == "1"
if DEMO_LOGIN and PRODUCTION:
    raise ImproperlyConfigured("Demo-log-in findes kun i demo. Fjern SAMSPIL_DEMO_LOGIN.")

ALLOWED_HOSTS = os.environ.get("SAMSPIL_HOSTS", "" if PRODUCTION else "*").split(",")
ROOT_URLCONF = "samspil.config.urls"
WSGI_APPLICATION = "samspil.config.wsgi.application"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "django_htmx",
    "pgtrigger",
    "samspil.contexts.access",
    "samspil.contexts.catalogue",
    "samspil.contexts.citizens",
    "samspil.contexts.cases",
    "samspil.contexts.deadlines",
    "samspil.contexts.disclosure",
    "samspil.contexts.disputes",
    "samspil.contexts.goals",
    "samspil.contexts.notes",
    "samspil.contexts.meetings",
    "samspil.contexts.feedback",
    "samspil.contexts.decisions",
    "samspil.contexts.letters",
    "samspil.contexts.orders",
    "samspil.contexts.review",
    "samspil.contexts.insight",
    "samspil.web.components",
    "samspil.web.shell",
    "samspil.web.identity",
    "samspil.web.citizen",
    "samspil.web.authority",
    "samspil.web.provider",
    "samspil.web.board",
    "samspil.web.notes",
    "samspil.web.goals",
    "samspil.web.wording",
    "samspil.web.letters",
    "samspil.web.meetings",
    "samspil.web.decisions",
    "samspil.web.disclosure",
    "samspil.web.process",
    "samspil.web.leadership",
    "samspil.exchange",
    "samspil.jobs",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "samspil.web.shell.hardening.Headers",
    "samspil.web.shell.middleware.Compression",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "samspil.web.shell.hardening.OwnPagesOnly",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "samspil.web.shell.middleware.ActorAndLooks",
    "samspil.web.shell.middleware.Refusals",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csrf",
                "django.contrib.messages.context_processors.messages",
                "samspil.web.shell.context.shell",
            ],
            "builtins": [
                "samspil.web.components.templatetags.ui",
                "django.templatetags.i18n",
                "django.templatetags.static",
            ],
        },
    }
]
FORM_RENDERER = "samspil.web.components.forms.Renderer"

DATABASES = {"default": database_from_url(os.environ.get("DATABASE_URL", ""))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "access.User"
AUTHENTICATION_BACKENDS: list[str] = []  # nobody logs in with a password
SESSION_ENGINE = "samspil.web.shell.sessions"
LOGIN_URL = "identity:login"
_IDENTITY = os.environ.get("SAMSPIL_IDENTITY", "")
IDENTITY_PROVIDERS: tuple[Provider, ...] = providers_from_file(_IDENTITY) if _IDENTITY else ()
_WORDS = os.environ.get("SAMSPIL_WORDS", "")
OWN_WORDS = own_words_from(_WORDS) if _WORDS else {}  # of municipalities, for klartjek
LOGIN_STATE_COOKIE = "samspil_login"
LANGUAGE_COOKIE_NAME = "samspil_language"
SESSION_COOKIE_SECURE = False
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 10 * 60 * 60  # at most; how long a log-in may rest is in contexts/access/rules.py
CSRF_FAILURE_VIEW = "samspil.web.shell.views.csrf_failure"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
WHITENOISE_ALLOW_ALL_ORIGINS = False
if PRODUCTION:
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = True
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-samspil", "__Host-csrf"
    LOGIN_STATE_COOKIE, LANGUAGE_COOKIE_NAME = "__Host-samspil_login", "__Host-samspil_language"
    SECURE_HSTS_SECONDS = 63_072_000
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SILENCED_SYSTEM_CHECKS = [
    "security.W002",  # the content security policy says frame-ancestors 'none', which is stricter
    "security.W005",  # a municipality's other subdomains are its own business
    "security.W021",  # and so is the list built into browsers
]

LANGUAGE_CODE = "da"
LANGUAGES = [("da", "Dansk"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "config" / "locale"]
USE_I18N = True
TIME_ZONE = "Europe/Copenhagen"
USE_TZ = True

DATA_DIR = data_directory()
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA_DIR / "files"},
    },
    "staticfiles": {"BACKEND": "samspil.web.components.assets.MinifiedManifestStorage"},
}
BOARD_STREAMS = int(os.environ.get("SAMSPIL_STREAMS", "16"))  # a process's threads that boards may hold at once
DATA_UPLOAD_MAX_MEMORY_SIZE = 4_000_000  # a megabyte of text in any letters, so that its field can say it is too long

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"discreet": {"()": f"samspil.config.logs.{'DiscreetLines' if PRODUCTION else 'Discreet'}"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "discreet"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        # When somebody looks for a fault with everything turned up, these would print what stands on pages and in rows.
        "django.template": {"level": "INFO"},
        "django.db.backends": {"level": "INFO"},
        "django": {"handlers": [], "level": "WARNING"},  # Django's own would mail forms and local variables
        "django.request": {"level": "ERROR"},  # a mistyped address is no warning
    },
}
