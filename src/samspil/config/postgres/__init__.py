"""Embedded PostgreSQL: the programs of a wheel behind a launcher of our own. Imports no Django."""

from samspil.config.postgres.cluster import Cluster
from samspil.config.postgres.errors import PostgresError

__all__ = ["Cluster", "PostgresError"]
