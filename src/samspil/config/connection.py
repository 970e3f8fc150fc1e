"""A connection that remembers more prepared statements than psycopg does by itself."""

from typing import Any

import psycopg

STATEMENTS = 500
"""Samspil has some 200 that come again; psycopg forgets the oldest beyond 100, and preparing them anew costs more than
the queries themselves."""


class Connection(psycopg.Connection[Any]):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.prepared_max = STATEMENTS
