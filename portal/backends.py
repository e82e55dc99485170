"""Who is signed in: the account, and in the same query what the frame of every page shows of it."""

from allauth.account.auth_backends import AuthenticationBackend

from notifications.inbox import with_unread
from participation.actors.models import Actor


class Accounts(AuthenticationBackend):
    """allauth's, whose accounts bring along their municipality and how many messages are unread."""

    def get_user(self, user_id):
        """The account of a session, or None; one query."""
        actor = with_unread(Actor.objects.select_related("municipality")).filter(pk=user_id).first()
        return actor if actor and self.user_can_authenticate(actor) else None
