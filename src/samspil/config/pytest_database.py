"""Pytest plugin: a PostgreSQL for the tests when DATABASE_URL names none. Loaded with `-p` in pyproject.toml.

The server is disposable: it flushes nothing to disk, and its role may create the test database. It is started
before Django reads its settings, shared by all runs at the same time, and stopped by the last of them.
"""

import os
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from samspil.config.environment import data_directory
from samspil.config.postgres import Cluster, PostgresError

NAME = "test-postgres"


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Iterator[None]:
    if not os.environ.get("DATABASE_URL"):
        loan = ExitStack()
        early_config.add_cleanup(loan.close)
        try:
            os.environ["DATABASE_URL"] = loan.enter_context(
                Cluster(data_directory(), name=NAME, disposable=True).borrowed()
            )
        except PostgresError as error:
            raise pytest.UsageError(str(error)) from error
        loan.callback(os.environ.pop, "DATABASE_URL")
    yield
