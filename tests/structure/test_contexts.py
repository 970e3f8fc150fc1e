"""What every context owes its reader, and every case-bound model its case."""

from collections.abc import Iterable
from pathlib import Path

from django.apps import apps
from django.db import models

import samspil.contexts
from samspil.contexts.cases.models import Case

CONTEXTS = sorted(config.name for config in apps.get_app_configs() if config.name.startswith("samspil.contexts."))
FOLDER = Path(samspil.contexts.__path__[0])


def case_bound(found: Iterable[type[models.Model]]) -> set[type[models.Model]]:
    """The case, and what leads to it by keys that must be there."""
    all_models, bound = set(found), {Case}
    while True:
        more = {
            model
            for model in all_models - bound
            for field in model._meta.local_fields
            if isinstance(field, models.ForeignKey) and field.related_model in bound
        }
        if not more:
            return bound
        bound |= more


def unguarded(found: Iterable[type[models.Model]]) -> list[str]:
    """Case-bound models that cannot be narrowed to what an actor may see."""
    return sorted(m._meta.label for m in case_bound(found) if not hasattr(m._default_manager.all(), "visible_to"))


def ours() -> list[type[models.Model]]:
    return [model for config in apps.get_app_configs() if config.name in CONTEXTS for model in config.get_models()]


def test_every_case_bound_model_knows_who_may_see_it():
    assert unguarded(ours()) == []
    assert len(case_bound(ours())) > 20


def test_a_model_without_visible_to_is_found():
    class Loose(models.Model):  # noqa: DJ008 (never shown)
        case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")

        class Meta:
            app_label = "structure_test"
            managed = False

    try:
        assert unguarded([*ours(), Loose]) == ["structure_test.Loose"]
    finally:
        del apps.all_models["structure_test"]
        apps.clear_cache()


def without_words(folder: Path, names: Iterable[str]) -> list[str]:
    """Contexts whose README is missing, says nothing, or goes on for more than a screen."""
    faults = []
    for name in names:
        readme = folder / name / "README.md"
        lines = readme.read_text().splitlines() if readme.exists() else []
        if not 10 <= len(lines) <= 40 or not lines[0].lower().startswith(f"# {name}"):
            faults.append(name)
    return faults


def test_every_context_says_what_it_owns():
    names = [name.rsplit(".", 1)[-1] for name in CONTEXTS]
    assert len(names) > 8
    assert without_words(FOLDER, names) == []


def test_a_missing_and_an_empty_readme_are_found(tmp_path):
    for name, words in {"silent": None, "empty": "", "endless": "# endless\n" * 99, "told": "# Told\n" * 12}.items():
        (tmp_path / name).mkdir()
        if words is not None:
            (tmp_path / name / "README.md").write_text(words)
    assert without_words(tmp_path, ["silent", "empty", "endless", "told"]) == ["silent", "empty", "endless"]
