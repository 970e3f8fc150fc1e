"""The application for any WSGI server. It does not exist for a database role that is above the row rules.

Nor, in production, for a database that may forget what it has acknowledged, nor where somebody could come in without an
identity provider.
"""

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.urls import reverse

from samspil.config.environment import Mode
from samspil.config.postgres.durability import assert_durable
from samspil.config.postgres.roles import assert_unprivileged_role
from samspil.config.preparation import refuse_unsafe_production

assert_unprivileged_role(settings.DATABASES["default"])
if settings.MODE is Mode.PRODUCTION:
    assert_durable(settings.DATABASES["default"])
application = get_wsgi_application()
refuse_unsafe_production()
reverse(settings.LOGIN_URL)  # all addresses are read now, before the processes part: they share them
