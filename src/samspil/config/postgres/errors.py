class PostgresError(Exception):
    """The embedded PostgreSQL cannot do what was asked. The text is Danish, for the person at the keyboard."""
