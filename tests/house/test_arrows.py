"""No arrow points up: what import-linter cannot see, since it does not read strings.

The order of the slices is taken from import-linter's contract in pyproject.toml.
"""

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models
from django.test.utils import isolate_apps

from .source import PROJECT, mentioned, modules, parsed, places

CONTRACT = next(
    contract
    for contract in PROJECT["tool"]["importlinter"]["contracts"]
    if contract["name"] == "The slices of the domain"
)
FLOORS = [["notifications"], *[[name.strip(" ()") for name in layer.split("|")] for layer in CONTRACT["layers"]]]
HEIGHT = {name: len(FLOORS) - number for number, names in enumerate(FLOORS) for name in names}
BACK_STAIRS = {"get_model", "get_models", "import_module", "__import__", "ContentType", "GenericForeignKey"}


def slice_of(model):
    """The slice (or ``notifications``) whose code holds ``model``; None for other people's models."""
    package, _, rest = model.__module__.partition(".")
    return {"participation": rest.partition(".")[0], "notifications": "notifications"}.get(package)


def arrows(model):
    """The relations of ``model`` to a model of ours."""
    fields = [*model._meta.local_fields, *model._meta.local_many_to_many]
    return [field for field in fields if field.is_relation and slice_of(field.related_model)]


def arrows_up(found):
    """The relations of the models ``found`` that go to a higher slice, people aside."""
    return [
        str(field)
        for model in found
        for field in arrows(model)
        if HEIGHT[slice_of(field.related_model)] > HEIGHT[slice_of(model)]
        and field.related_model._meta.label != settings.AUTH_USER_MODEL
    ]


def siblings(found):
    """The relations between two different slices of the same height: those never know each other."""
    return [
        str(field)
        for model in found
        for field in arrows(model)
        if HEIGHT[slice_of(field.related_model)] == HEIGHT[slice_of(model)]
        and slice_of(field.related_model) != slice_of(model)
    ]


def ways_back(found):
    """The relations between slices that give the lower one an accessor to the higher."""
    return [
        str(field)
        for model in found
        for field in arrows(model)
        if slice_of(field.related_model) != slice_of(model) and not field.remote_field.hidden
    ]


def back_stairs(module):
    """Where ``module`` could reach another slice without importing it."""
    return places(module, [node for name, node in mentioned(module.tree) if name in BACK_STAIRS])


OURS = [model for model in apps.get_models(include_auto_created=False) if slice_of(model)]


def test_every_model_stands_on_a_floor():
    assert {slice_of(model) for model in OURS} <= set(HEIGHT)


def test_no_relation_points_to_a_higher_slice():
    assert arrows_up(OURS) == []


def test_siblings_do_not_point_at_each_other():
    assert siblings(OURS) == []


def test_a_relation_between_slices_leaves_no_accessor_behind():
    assert ways_back(OURS) == []


def test_no_module_of_the_domain_takes_the_back_stairs():
    assert [place for module in modules("participation") for place in back_stairs(module)] == []


class TestTheChecksThemselves:
    """Each check is seen failing."""

    @isolate_apps("participation")
    def test_an_arrow_up_and_its_accessor_are_found(self):
        class Group(models.Model):
            __module__ = "participation.groups.models"

            class Meta:
                app_label = "participation"

        class Idea(models.Model):
            __module__ = "participation.ideas.models"
            group = models.ForeignKey(Group, on_delete=models.PROTECT)

            class Meta:
                app_label = "participation"

        assert arrows_up([Idea, Group]) == ["participation.Idea.group"]
        assert ways_back([Idea, Group]) == ["participation.Idea.group"]

    @isolate_apps("participation")
    def test_an_arrow_down_without_accessor_is_fine(self):
        class Idea(models.Model):
            __module__ = "participation.ideas.models"

            class Meta:
                app_label = "participation"

        class Group(models.Model):
            __module__ = "participation.groups.models"
            ideas = models.ManyToManyField(Idea, related_name="+")

            class Meta:
                app_label = "participation"

        assert arrows_up([Idea, Group]) == ways_back([Idea, Group]) == []

    @isolate_apps("participation")
    def test_siblings_that_know_each_other_are_found(self):
        class Meeting(models.Model):
            __module__ = "participation.steering.models"

            class Meta:
                app_label = "participation"

        class Review(models.Model):
            __module__ = "participation.moderation.models"
            meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="+")

            class Meta:
                app_label = "participation"

        assert siblings([Meeting, Review]) == ["participation.Review.meeting"]

    @pytest.mark.parametrize(
        "line",
        [
            "apps.get_model('participation', 'Idea')",
            "from importlib import import_module",
            "importlib.import_module('participation.ideas')",
            "__import__('participation.ideas')",
            "from django.contrib.contenttypes.models import ContentType",
            "from django.contrib.contenttypes.fields import GenericForeignKey as Key",
        ],
    )
    def test_back_stairs_are_found(self, line):
        assert back_stairs(parsed(line))
