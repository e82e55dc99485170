"""Small things every request passes."""

from allauth.usersessions.middleware import UserSessionsMiddleware
from django.conf import settings
from django.core.exceptions import BadRequest
from django.utils import translation
from django.utils.translation import get_language_from_request

from participation.core.clock import now
from participation.core.memo import asked_once
from participation.core.web import LANGUAGE_KEY

SEEN = "seen"  # the session's key and when its use was last noted
SEEN_EVERY = 300  # seconds


class PlainRequests:
    """Answer 400 to what no page can mean: NUL in address, query or cookies, and bodies in other encodings.

    PostgreSQL refuses NUL, and exotic encodings bring lone surrogates; neither
    shall ever reach a query or a page.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        texts = [request.path, request.META.get("QUERY_STRING", ""), *request.COOKIES.values()]
        if any("\x00" in text or "%00" in text for text in texts):
            raise BadRequest("The request holds a NUL.")
        if (request.encoding or "utf-8").lower() not in {"utf-8", "utf8"}:
            raise BadRequest("The body is not in UTF-8.")
        return self.get_response(request)


class ChosenLanguage:
    """The language somebody chose (session), else the account's, else the browser's, else German.

    The choice stands in the session: the portal sets no cookie but the session's and CSRF's.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        language = request.session.get(LANGUAGE_KEY) or self._of_account(request) or get_language_from_request(request)
        with translation.override(language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE):
            request.LANGUAGE_CODE = translation.get_language()
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
        return response

    @staticmethod
    def _of_account(request):
        return request.user.language if request.user.is_authenticated else None


class RightsAskedOnce:
    """A page asks many times what its reader may do; while it only reads, the first answer holds."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.method not in {"GET", "HEAD"}:
            return self.get_response(request)
        with asked_once():
            return self.get_response(request)


class SessionsSeen(UserSessionsMiddleware):
    """Note the use of a session every five minutes, not with every page: a page that is read shall write nothing."""

    def __call__(self, request):
        if request.user.is_authenticated and not self._is_fresh(request):
            return super().__call__(request)
        return self.get_response(request)

    @staticmethod
    def _is_fresh(request):
        key, moment = request.session.get(SEEN, ("", 0))
        current = int(now().timestamp())
        if key == request.session.session_key and 0 <= current - moment < SEEN_EVERY:
            return True
        request.session[SEEN] = (request.session.session_key, current)
        return False
