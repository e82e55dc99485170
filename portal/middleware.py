"""Two small things every request passes."""

from django.conf import settings
from django.core.exceptions import BadRequest
from django.utils import translation
from django.utils.translation import get_language_from_request

LANGUAGE_KEY = "language"


class PlainRequests:
    """Answer 400 to what no page can mean: NUL bytes and broken UTF-8 in address or query."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        """Refuse before a view looks at the values."""
        for text in (request.path, request.META.get("QUERY_STRING", "")):
            if "\x00" in text or "%00" in text or "\ufffd" in text:
                raise BadRequest("The address holds signs that no page has.")


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
