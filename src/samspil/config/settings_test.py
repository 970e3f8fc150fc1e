"""The settings of the tests: as in the demo, with plain static files and fast passwords."""

import os

os.environ.setdefault("SAMSPIL_MODE", "test")

from samspil.config.settings import *  # noqa: F403
from samspil.config.settings import MIDDLEWARE, STORAGES

DEMO_LOGIN = True
ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MIDDLEWARE = [m for m in MIDDLEWARE if "whitenoise" not in m]  # it would scan the files for every test client
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
