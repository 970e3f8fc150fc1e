from samspil.contexts.catalogue.models import CodeSystem, Concept

__all__ = ["CodeSystem", "Concept"]
