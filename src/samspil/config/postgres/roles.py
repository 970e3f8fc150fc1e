"""The rights the application may not have: whoever is above the row rules cannot be held by them."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from samspil.config.postgres.clients import connect

# Membership counts: a member of a superuser role is one SET ROLE away from it.
PRIVILEGED = """
select rolname from pg_roles
where (rolsuper or rolbypassrls)
  and (pg_has_role(session_user, oid, 'MEMBER') or pg_has_role(current_user, oid, 'MEMBER'))
order by rolname not in (session_user, current_user), rolname limit 1
"""


class PrivilegedRole(ImproperlyConfigured):
    """The role may read past the database's own walls. The text is Danish and made for the operator."""


def assert_unprivileged_role(database: Mapping[str, Any]) -> None:
    """Raise PrivilegedRole when the role of Django's `database` dictionary is, or may become, such a role.

    Opens a connection of its own and closes it, so that a server can ask before it forks.
    Raises psycopg.OperationalError when the database does not answer.
    """
    with connect(database) as connection:
        row = connection.execute(PRIVILEGED).fetchone()
        user = connection.info.user
    if row:
        role = "" if row[0] == user else f", fordi den er medlem af {row[0]}"
        raise PrivilegedRole(
            f"Samspil starter ikke: rollen {user} kan læse uden om databasens regler for, hvem der må se hvad"
            f'{role}. Brug en rolle uden SUPERUSER og BYPASSRLS: ALTER ROLE "{user}" NOSUPERUSER NOBYPASSRLS;'
        )
