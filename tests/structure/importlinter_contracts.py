"""A contract type that import-linter does not have: of a context, others see the api only."""

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class ContextPrivacy(Contract):
    """Below `container`, a module may be imported from another context, or from outside, only if it is `public`."""

    type_name = "context_privacy"

    container = fields.StringField()
    public = fields.SetField(subfield=fields.StringField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        illegal = []
        for context in sorted(graph.find_children(self.container)):
            inside = {context, *graph.find_descendants(context)}
            allowed = {f"{context}.{name}" for name in self.public}
            for imported in sorted(inside - allowed):
                illegal += [(by, imported) for by in graph.find_modules_that_directly_import(imported) - inside]
        return ContractCheck(kept=not illegal, metadata={"illegal": sorted(illegal)})

    def render_broken_contract(self, check: ContractCheck) -> None:
        for importer, imported in check.metadata["illegal"]:
            output.print_error(f"{importer} reaches into {imported}; ask its api instead")
