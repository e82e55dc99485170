"""The mark of a form, and the word about a kept draft."""

from django import template
from django.utils.html import format_html

from participation.core.drafts import FIELD, mark_for

register = template.Library()


@register.simple_tag(takes_context=True)
def form_mark(context):
    """The hidden field that names whom this form was shown to, should the session end before it is sent."""
    user = getattr(context.get("request"), "user", None)
    mark = mark_for(user) if user else ""
    return format_html('<input type="hidden" name="{}" value="{}">', FIELD, mark) if mark else ""
