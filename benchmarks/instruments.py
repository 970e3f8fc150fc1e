"""A middleware for counting and profiling. The measured servers run without it.

`X-Queries` in the answer tells how many statements the request sent to the database, savepoints included. A request
with `X-Profile: FILE` leaves a cProfile in that file.
"""

import cProfile
import time
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponseBase


class Instruments:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        statements: list[str] = []

        def count(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
            statements.append(str(sql))
            return execute(sql, params, many, context)

        with connection.execute_wrapper(count):
            response = self._profiled(request) if "X-Profile" in request.headers else self.get_response(request)
        response.headers["X-Queries"] = str(len(statements))
        if "X-Statements" in request.headers:
            with open(request.headers["X-Statements"], "w") as file:
                file.write("\n\n".join(statements))
        return response

    def _profiled(self, request: HttpRequest) -> HttpResponseBase:
        profile = cProfile.Profile(time.thread_time)  # CPU of this thread alone
        try:
            return profile.runcall(self.get_response, request)
        finally:
            profile.dump_stats(request.headers["X-Profile"])
