"""`field__one_of=values`: like `__in`, as one array parameter, so that the SQL is the same for any number of values."""

from typing import Any

from django.db.models import Field, ForeignObject
from django.db.models.lookups import Lookup


@ForeignObject.register_lookup
@Field.register_lookup
class OneOf(Lookup):
    lookup_name = "one_of"
    prepare_rhs = False

    def get_prep_lookup(self) -> list[Any]:
        field = self.lhs.output_field
        return [field.get_prep_value(one) for one in self.rhs]

    def get_db_prep_lookup(self, value: Any, connection: Any) -> Any:
        field = self.lhs.output_field
        return "%s", [[field.get_db_prep_value(one, connection, prepared=True) for one in value]]

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        lhs, lhs_parameters = self.process_lhs(compiler, connection)
        rhs, rhs_parameters = self.process_rhs(compiler, connection)
        return f"{lhs} = ANY({rhs})", [*lhs_parameters, *rhs_parameters]
