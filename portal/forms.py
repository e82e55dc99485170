"""How Django's forms are drawn: by the portal's own components."""

from django.forms.renderers import TemplatesSetting


class PortalRenderer(TemplatesSetting):
    """Templates from ``templates/``; fields are drawn by ``components/field.html``."""

    field_template_name = "components/field.html"
