"""Sessions in the database as Django has them, read without building a queryset: every request reads one."""

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone

_READ = "select session_key, session_data, expire_date from django_session where session_key = %s and expire_date > %s"


class SessionStore(DatabaseStore):
    def _get_session_from_db(self) -> Session | None:
        key = str(self.session_key)
        row = None
        if key.isalnum():  # a quoted cookie can hold a NUL, which PostgreSQL does not take
            with connection.cursor() as cursor:
                cursor.execute(_READ, [key, timezone.now()])
                row = cursor.fetchone()
        if row is None:
            self._session_key = None
            return None
        return Session(*row)
