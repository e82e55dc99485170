"""Who may write what: states, events, signals, guards. Checked over the syntax tree."""

import ast

import pytest
from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps

from .source import called, mentioned, modules, parsed, places

WRITES_STATES = {"participation/core/lifecycle.py"}
WRITES_EVENTS = {"participation/events/record.py"}
SIGNALS = {
    "pre_save", "post_save", "pre_delete", "post_delete", "m2m_changed", "pre_init", "post_init", "class_prepared",
}  # fmt: skip
CHANGES_ROWS = {"update", "aupdate", "bulk_update", "update_or_create", "setattr"}
MAKES_ROWS = {"create", "bulk_create", "get_or_create", "update_or_create", "acreate"}


def state_writes(module):
    """Where ``module`` writes a state: by assignment, ``update``, ``bulk_update`` or ``setattr``."""
    if module.path in WRITES_STATES:
        return []
    return places(module, [node for node in ast.walk(module.tree) if _assigns_state(node) or _calls_state(node)])


def _assigns_state(node):
    targets = getattr(node, "targets", [getattr(node, "target", None)])
    is_assignment = isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign)
    flat = [name for target in targets for name in (target.elts if isinstance(target, ast.Tuple) else [target])]
    return is_assignment and any(isinstance(target, ast.Attribute) and target.attr == "state" for target in flat)


def _calls_state(node):
    if not isinstance(node, ast.Call) or called(node) not in CHANGES_ROWS:
        return False
    return any(word.arg == "state" for word in node.keywords) or any(
        isinstance(part, ast.Constant) and part.value == "state" for part in ast.walk(node)
    )


def event_writes(module):
    """Where ``module`` makes an event without ``record``."""
    if module.path in WRITES_EVENTS:
        return []
    return places(module, [call for call in module.calls if called(call) == "Event" or _makes_event(call)])


def _makes_event(call):
    return called(call) in MAKES_ROWS and any(name == "Event" for name, _ in mentioned(call.func))


def signal_hooks(module):
    """Where ``module`` names a signal of Django's models."""
    return places(module, [node for name, node in mentioned(module.tree) if name in SIGNALS])


def hidden_imports(module):
    """Where ``module`` imports something of ours inside a function; ``apps.py`` must."""
    if module.path.endswith("/apps.py"):
        return []
    functions = [node for node in ast.walk(module.tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    return places(module, [node for function in functions for node in ast.walk(function) if _imports_ours(node)])


def _imports_ours(node):
    names = (
        [alias.name for alias in node.names] if isinstance(node, ast.Import) else [getattr(node, "module", "") or ""]
    )
    is_relative = isinstance(node, ast.ImportFrom) and node.level > 0
    ours = any(name.split(".")[0] in {"portal", "participation", "notifications"} for name in names)
    return isinstance(node, ast.Import | ast.ImportFrom) and (is_relative or ours)


def rights_of_superusers(module):
    """Where ``module`` asks Django, for whom a superuser may do everything."""
    asked = {"has_perm", "has_perms", "user_passes_test"}
    return places(module, [node for name, node in mentioned(module.tree) if name in asked and not _of_rules(node)])


def _of_rules(node):
    return isinstance(node, ast.Attribute) and getattr(node.value, "id", "") == "rules"


def weak_guards(module):
    """Where ``module`` relies on a lock that SQLite ignores, or wraps requests in transactions."""
    texts = [
        node for node in ast.walk(module.tree) if isinstance(node, ast.Constant) and node.value == "ATOMIC_REQUESTS"
    ]
    names = [node for name, node in mentioned(module.tree) if name in {"select_for_update", "ATOMIC_REQUESTS"}]
    return places(module, [*texts, *names])


def views_that_write(module):
    """Where a view opens a transaction or writes rows itself."""
    if not ("views" in module.path or module.path.endswith("api.py") or module.path == "portal/pages.py"):
        return []
    opens = [node for name, node in mentioned(module.tree) if name in {"transaction", "atomic"}]
    writes = [call for call in module.calls if called(call) in MAKES_ROWS | {"bulk_update"}]
    saves = [call for call in module.calls if called(call) in {"save", "delete"} and not _of_form(call)]
    return places(module, [*opens, *writes, *saves])


def _of_form(call):
    return getattr(getattr(call.func, "value", None), "id", "") in {"form", "default_storage"}


def nameless_tasks(module):
    """Celery tasks without a name of their own: a moved module would strand their messages."""
    tasks = [call for call in module.calls if called(call) in {"shared_task", "task"}]
    bare = [node for node in ast.walk(module.tree) if isinstance(node, ast.FunctionDef) and _is_bare_task(node)]
    return places(module, [*bare, *[call for call in tasks if "name" not in {word.arg for word in call.keywords}]])


def _is_bare_task(function):
    names = [getattr(decorator, "attr", getattr(decorator, "id", "")) for decorator in function.decorator_list]
    return bool({"shared_task", "task"} & set(names))


def loose_states(found):
    """Models of ``found`` whose ``state`` is held by no check constraint of exactly its choices."""
    return [
        model.__name__
        for model in found
        if any(field.name == "state" for field in model._meta.local_fields) and not _is_held(model)
    ]


def _is_held(model):
    allowed = {value for value, _ in model._meta.get_field("state").choices or ()}
    conditions = [rule.condition for rule in model._meta.constraints if isinstance(rule, models.CheckConstraint)]
    return any(
        name == "state__in" and set(values) == allowed
        for condition in conditions
        for name, values in [child for child in condition.children if isinstance(child, tuple)]
    )


RULES = [
    state_writes, event_writes, signal_hooks, hidden_imports, rights_of_superusers, weak_guards, views_that_write,
    nameless_tasks,
]  # fmt: skip


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_no_module_breaks_the_rule(rule):
    assert [place for module in modules() for place in rule(module)] == []


def test_each_stateful_table_has_a_check_constraint_of_its_states():
    ours = [model for model in apps.get_models() if model._meta.app_label in {"participation", "notifications"}]

    assert loose_states(ours) == []


PROVOKED = {
    state_writes: [
        "idea.state = 'published'",
        "idea.state, idea.title = 'published', 'x'",
        "Idea.objects.filter(pk=1).update(state='published')",
        "Idea.objects.update(**{'state': 'published'})",
        "Idea.objects.bulk_update(ideas, ['state'])",
        "setattr(idea, 'state', 'published')",
    ],
    event_writes: [
        "Event(kind='x').save()",
        "Event.objects.create(kind='x')",
        "models.Event.objects.bulk_create([])",
        "Event._base_manager.get_or_create(kind='x')",
    ],
    signal_hooks: ["from django.db.models.signals import post_save", "signals.pre_delete.connect(f)"],
    hidden_imports: [
        "def f():\n    from ..ideas import models",
        "def f():\n    import participation.ideas",
        "async def f():\n    if x:\n        from notifications.outbox import post",
    ],
    rights_of_superusers: ["by.has_perm('participation.adopt')", "from x import user_passes_test"],
    weak_guards: [
        "Idea.objects.select_for_update().get(pk=1)",
        "DATABASES['default']['ATOMIC_REQUESTS'] = True",
        "x = dict(a=1); x.ATOMIC_REQUESTS",
    ],
    views_that_write: ["@transaction.atomic\ndef f(request): pass", "idea.save()", "Idea.objects.create(title='x')"],
    nameless_tasks: ["@shared_task\ndef f(): pass", "@app.task(expires=3)\ndef f(): pass"],
}
ALLOWED = {
    state_writes: ["state = 'x'", "Idea(state='draft')", "if idea.state == 'draft': pass", "rows.filter(state='x')"],
    event_writes: ["record(Kind.X, by=by)", "Event.objects.filter(kind='x')"],
    signal_hooks: ["recorded.connect(f)"],
    hidden_imports: ["from ..ideas import models", "def f():\n    import json"],
    rights_of_superusers: ["rules.has_perm('participation.adopt', by, item)"],
    weak_guards: ["Idea.objects.filter(pk=1, version=2).update(version=3)"],
    views_that_write: ["submit_idea(idea, by=request.user)", "form.save()"],
    nameless_tasks: ["@shared_task(name='notifications.sweep')\ndef f(): pass"],
}


@pytest.mark.parametrize(("rule", "text"), [(rule, text) for rule in RULES for text in PROVOKED[rule]])
def test_a_breach_is_found(rule, text):
    assert rule(parsed(text, "participation/ideas/views.py"))


@pytest.mark.parametrize(("rule", "text"), [(rule, text) for rule in RULES for text in ALLOWED[rule]])
def test_what_keeps_the_rule_passes(rule, text):
    assert rule(parsed(text, "participation/ideas/views.py")) == []


@isolate_apps("participation")
def test_a_stateful_table_without_its_constraint_is_found():
    class Idea(models.Model):
        state = models.CharField(max_length=10, choices=[("draft", "draft"), ("open", "open")])

        class Meta:
            app_label = "participation"
            constraints = [models.CheckConstraint(condition=models.Q(state__in=["draft"]), name="idea_state")]

    assert loose_states([Idea]) == ["Idea"]
