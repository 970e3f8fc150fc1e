"""The application for any WSGI server. It does not exist for a database role that is above the row rules."""

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from samspil.config.postgres.roles import assert_unprivileged_role

assert_unprivileged_role(settings.DATABASES["default"])
application = get_wsgi_application()
