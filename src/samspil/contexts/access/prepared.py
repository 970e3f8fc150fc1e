"""Queries that every page asks, turned into SQL once a process instead of once a request.

Building and compiling a queryset costs several times what PostgreSQL needs to answer it. `@prepared` keeps the SQL
for each shape of the arguments and only puts the values in:

    @prepared
    def _tasks(actor: Actor, case_id: UUID) -> QuerySet[Task]:
        return Task.objects.visible_to(actor).filter(case_id=case_id)

    _tasks(actor, case_id)  # the rows, as a list

Values are ids, days, moments and texts, and what the actor has of them; those in a set or list are one value together,
looked up with `__one_of`; those in a tuple are a value each. Whatever else is given (a choice of an enum, a number,
None) belongs to the shape, so let there be few of them. A value must go into the query as it is: the SQL is made twice,
with two sets of stand-ins, and a query that computes with one is refused with NotPreparable. While tests run, each call
is also compiled the ordinary way and must come out the same.
"""

import copy
import datetime as dt
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from enum import Enum
from functools import update_wrapper
from inspect import Parameter, signature
from types import SimpleNamespace
from typing import Any, Generic, ParamSpec, TypeVar
from uuid import UUID

from django.conf import settings
from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import QuerySet, prefetch_related_objects
from django.db.models.sql.compiler import SQLCompiler

from samspil.contexts.access import one_of  # noqa: F401  registers the look-up
from samspil.contexts.access.actor import Actor

P = ParamSpec("P")
R = TypeVar("R")

MOST_SHAPES = 200
"""Of one query; beyond them it is compiled each time."""
_ACTOR_VALUES = (
    "user_id", "organisation_id", "municipality", "citizen_id", "on", "unit_ids", "district_ids", "clearance",
    "barred_citizen_ids", "colleague_citizen_ids", "emergency_case_ids", "found_in",
)  # fmt: skip
_ACTOR_WORDS = ("name", "title", "organisation_name", "display_mode", "language")
_ACTOR_KIND = tuple(f.name for f in fields(Actor) if f.name not in (*_ACTOR_VALUES, *_ACTOR_WORDS))
"""What else there is of an actor decides which query it is: a plan for one must never serve another."""
_SINGLE = (UUID, dt.date, str)
_SEVERAL = (frozenset, set, list)
_CONSTANT = -1


class NotPreparable(Exception):
    """The query does something with a value before it goes into the SQL."""


@dataclass(frozen=True, slots=True)
class _Plan:
    """A compiled query. A parameter is a constant, or the number of a value."""

    queryset: QuerySet[Any]
    compiler: SQLCompiler
    sql: str
    parameters: tuple[tuple[int, Any], ...]
    converters: Mapping[int, Any]

    def filled(self, values: list[Any]) -> tuple[Any, ...]:
        return tuple(constant if number == _CONSTANT else values[number] for number, constant in self.parameters)

    def rows(self, values: list[Any]) -> list[Any]:
        compiler: Any = copy.copy(self.compiler)
        compiler.connection = connections[self.queryset.db]
        compiler.as_sql = lambda *args, **kwargs: (self.sql, self.filled(values))
        compiler.get_converters = lambda expressions: self.converters
        queryset: Any = self.queryset
        known = SimpleNamespace(
            query=_KnownQuery(queryset.query, compiler),
            db=queryset.db,
            model=queryset.model,
            _fields=queryset._fields,
            _known_related_objects={},
        )
        found = list(queryset._iterable_class(known))
        if queryset._prefetch_related_lookups:
            prefetch_related_objects(found, *queryset._prefetch_related_lookups)
        return found


class _KnownQuery:
    """A query that has its compiler already."""

    def __init__(self, query: Any, compiler: SQLCompiler) -> None:
        self._query, self._compiler = query, compiler

    def get_compiler(self, *args: Any, **kwargs: Any) -> SQLCompiler:
        return self._compiler

    def __getattr__(self, name: str) -> Any:
        return getattr(self._query, name)


class Prepared(Generic[P, R]):
    """A function that gave a queryset, and now gives its rows."""

    def __init__(self, build: Callable[P, QuerySet[Any, R]]) -> None:
        self._build = build
        self._signature = signature(build)
        kinds = [parameter.kind for parameter in self._signature.parameters.values()]
        self._positional = sum(kind is not Parameter.KEYWORD_ONLY for kind in kinds)
        self._plans: dict[Hashable, _Plan | None] = {}
        update_wrapper(self, build)

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> list[R]:
        given = list(args) if not kwargs else list(self._bound(args, kwargs))
        shape = tuple(map(_shape_of, given))
        if shape not in self._plans:
            if len(self._plans) >= MOST_SHAPES:
                return list(self._build(*args, **kwargs))
            self._plans[shape] = self._prepare(given)
        plan = self._plans[shape]
        if settings.MODE == "test":
            self._check(plan, given)
        return [] if plan is None else plan.rows(_values_of(given))

    def get(self, *args: P.args, **kwargs: P.kwargs) -> R:
        """The only row. Raises the model's DoesNotExist."""
        found = self(*args, **kwargs)
        if len(found) == 1:
            return found[0]
        model: Any = self._build(*args, **kwargs).model
        raise model.MultipleObjectsReturned if found else model.DoesNotExist

    def first(self, *args: P.args, **kwargs: P.kwargs) -> R | None:
        """The first row, if there is one; the query itself should stop there."""
        found = self(*args, **kwargs)
        return found[0] if found else None

    def _bound(self, args: Any, kwargs: Any) -> Iterator[Any]:
        bound = self._signature.bind(*args, **kwargs)
        bound.apply_defaults()
        return iter(bound.arguments.values())

    def _compiled(self, given: list[Any]) -> tuple[QuerySet[Any, Any], SQLCompiler, str, Any]:
        named = list(self._signature.parameters)[self._positional :]
        build: Callable[..., QuerySet[Any, Any]] = self._build
        queryset = build(*given[: self._positional], **dict(zip(named, given[self._positional :], strict=False)))
        compiler = queryset.query.get_compiler(queryset.db)
        sql, parameters = compiler.as_sql()
        return queryset, compiler, sql, parameters

    def _prepare(self, given: list[Any]) -> _Plan | None:
        """None when there can be no rows, whatever the values."""
        first, second = ([_stand_in(one, n, turn) for n, one in enumerate(given)] for turn in (1, 2))
        try:
            queryset, compiler, sql, ones = self._compiled(first)
        except EmptyResultSet:
            return None
        _, _, other_sql, others = self._compiled(second)
        if sql != other_sql or len(ones) != len(others):
            raise NotPreparable(f"{self._build.__qualname__}: the SQL itself depends on a value")
        stand_ins = list(zip(_values_of(first), _values_of(second), strict=True))
        parameters = tuple(self._parameter(pair, stand_ins) for pair in zip(ones, others, strict=True))
        fields = [selected[0] for selected in compiler.select[: compiler.col_count]]
        return _Plan(queryset, compiler, sql, parameters, compiler.get_converters(fields))

    def _parameter(self, pair: tuple[Any, Any], stand_ins: list[tuple[Any, Any]]) -> tuple[int, Any]:
        for number, stand_in in enumerate(stand_ins):
            if pair == stand_in:
                return number, None
        if pair[0] == pair[1]:
            return _CONSTANT, pair[0]
        raise NotPreparable(f"{self._build.__qualname__}: {pair[0]!r} is made from a value")

    def _check(self, plan: _Plan | None, given: list[Any]) -> None:
        try:
            _, _, sql, parameters = self._compiled(given)
        except EmptyResultSet:
            is_same = plan is None
        else:
            is_same = plan is not None and plan.sql == sql and plan.filled(_values_of(given)) == tuple(parameters)
        if not is_same:
            raise NotPreparable(f"{self._build.__qualname__} is another query when it is compiled as usual")


def prepared(build: Callable[P, QuerySet[Any, R]]) -> Prepared[P, R]:
    """Compile the queryset that a function gives once for each shape of its arguments. The function gives the rows."""
    return Prepared(build)


def _is_value(given: Any) -> bool:
    return isinstance(given, _SINGLE) and not isinstance(given, Enum)


def _are_values(given: Any) -> bool:
    return isinstance(given, _SEVERAL) and all(map(_is_value, given))


def _shape_of(given: Any) -> Hashable:
    """What decides the SQL: which values there are and of what kind, not the values."""
    if isinstance(given, Actor):
        kinds = (type(value) if (value := getattr(given, name)) else None for name in _ACTOR_VALUES)
        return *(getattr(given, name) for name in _ACTOR_KIND), *kinds
    if isinstance(given, tuple):
        return tuple(map(_shape_of, given))
    if _are_values(given):
        return type(given), bool(given)
    return type(given), None if _is_value(given) else given


def _values_of(given: Iterable[Any]) -> list[Any]:
    found: list[Any] = []
    for one in given:
        if isinstance(one, Actor):
            found += [_value_of(getattr(one, name)) for name in _ACTOR_VALUES]
        elif isinstance(one, tuple):
            found += _values_of(one)
        elif _is_value(one) or _are_values(one):
            found.append(_value_of(one))
    return found


def _value_of(given: Any) -> Any:
    return list(given) if isinstance(given, _SEVERAL) else given


def _stand_in(given: Any, number: int, turn: int) -> Any:
    """Something of the same shape that is nobody's value."""
    if isinstance(given, Actor):
        values = {name: getattr(given, name) for name in _ACTOR_VALUES}
        fields: dict[str, Any] = dict.fromkeys(_ACTOR_WORDS, f"{turn} no value for a query")
        fields |= {name: _stand_in_for(value, 100 + n, turn) for n, (name, value) in enumerate(values.items())}
        return replace(given, **fields)
    if isinstance(given, tuple):
        return tuple(_stand_in(one, 50 * (number + 1) + n, turn) for n, one in enumerate(given))
    return _stand_in_for(given, number, turn) if _is_value(given) or _are_values(given) else given


def _stand_in_for(value: Any, number: int, turn: int) -> Any:
    match value:
        case UUID():
            return UUID(int=(turn << 96) + number + 1)
        case str():
            return f"{turn} stands for {number}"
        case int():
            return 31000 + 300 * turn + number
        case dt.datetime():
            return dt.datetime(1700 + turn, 1, 1, tzinfo=dt.UTC) + dt.timedelta(days=number % 300, seconds=number)
        case dt.date():
            return dt.date(1600 + 50 * turn, 1, 1) + dt.timedelta(days=number)
        case frozenset() | set() | list():
            return type(value)(_stand_in_for(one, 5000 + number, turn) for one in list(value)[:1])
    return value
