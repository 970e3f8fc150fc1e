from collections import Counter

import pytest
from django.apps import apps
from django.db import models

CLASSES = ("none", "ordinary", "sensitive", "free_text", "key")
OURS = [
    model
    for config in apps.get_app_configs()
    if config.name.startswith("samspil.")
    for model in config.get_models(include_auto_created=True)
]
named = pytest.mark.parametrize("model", [pytest.param(model, id=model._meta.label) for model in OURS])


def unsorted(fields: set[str], personal_data: type | None) -> list[str]:
    """What keeps a model's fields from being sorted, each into one class."""
    if personal_data is None:
        return ["has no PersonalData"]
    sorting = {name: value for name, value in vars(personal_data).items() if not name.startswith("__")}
    times = Counter(field for value in sorting.values() for field in value)
    return [
        *(f"unknown class {name}" for name in sorting.keys() - set(CLASSES)),
        *(f"{name} is not a tuple" for name, value in sorting.items() if not isinstance(value, tuple)),
        *(f"{field} is not sorted" for field in sorted(fields - times.keys())),
        *(f"{field} is no field" for field in sorted(times.keys() - fields)),
        *(f"{field} is sorted twice" for field, count in times.items() if count > 1),
    ]


def loose_keys(model: type[models.Model]) -> list[str]:
    """Keys to another context that could be followed upwards, or that would delete along."""
    faults = []
    for field in model._meta.get_fields():
        if not isinstance(field, models.ForeignKey | models.ManyToManyField) or field.auto_created:
            continue
        if field.related_model._meta.app_label == model._meta.app_label:
            continue
        if not field.remote_field.hidden:
            faults.append(f"{field.name}: related_name is not '+'")
        if isinstance(field, models.ForeignKey) and field.remote_field.on_delete is not models.PROTECT:
            faults.append(f"{field.name}: on_delete is not PROTECT")
    return faults


@named
def test_every_field_is_sorted_by_privacy(model):
    own = [*model._meta.local_fields, *model._meta.local_many_to_many]
    assert unsorted({field.name for field in own}, getattr(model, "PersonalData", None)) == []


@named
def test_keys_to_another_context_point_down_only_and_protect(model):
    assert loose_keys(model) == []


def test_there_are_models_to_read():
    assert len(OURS) > 20


def test_sorting_faults_are_found():
    class Sorting:
        none = ("id", "gone")
        sensitive = ("text", "id")
        secret = ()

    assert unsorted({"id", "text", "new"}, Sorting) == [
        "unknown class secret",
        "new is not sorted",
        "gone is no field",
        "id is sorted twice",
    ]
    assert unsorted({"id"}, None) == ["has no PersonalData"]


def test_loose_keys_are_found():
    class Loose(models.Model):  # noqa: DJ008 (never shown)
        user = models.ForeignKey("access.User", on_delete=models.CASCADE)
        other = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")

        class Meta:
            app_label = "structure_test"
            managed = False

    try:
        assert loose_keys(Loose) == ["user: related_name is not '+'", "user: on_delete is not PROTECT"]
    finally:
        del apps.all_models["structure_test"]
        apps.clear_cache()
