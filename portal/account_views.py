"""The one view of allauth that we change: a visit confirms nothing and signs nobody out."""

from allauth.account import views
from django.http import Http404


class ConfirmEmail(views.ConfirmEmailView):
    """The page behind the link of a letter, with a button that confirms."""

    def get(self, *args, **kwargs):
        """Show the button, or say that the link no longer works."""
        self.object = self._found()
        return self.render_to_response(self.get_context_data())

    def post(self, *args, **kwargs):
        """Confirm, unless the link no longer works."""
        return super().post(*args, **kwargs) if self._found() else self.get(*args, **kwargs)

    def respond(self, success):
        """Lead on after a confirmation; else stay and say why."""
        return super().respond(success) if success else self.get()

    def _found(self):
        try:
            return self.get_object()
        except Http404:
            return None
