"""What every answer of the read interface carries, the same for whoever asks, so that it can be kept and shared."""

from hashlib import blake2s

from django.http import JsonResponse
from django.utils.cache import get_conditional_response

PLACES = ("/api/v1", "/api/schema")
A_DAY = 24 * 3600
KEPT = "public, max-age=60"  # what the office hides is gone from all caches after a minute
ASKED_AGAIN = "no-cache"
MAY_BE_READ = "Content-Language, ETag, Retry-After"
PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, Accept-Language, If-None-Match",
    "Access-Control-Max-Age": str(A_DAY),
}


class ForPrograms:
    """Answers of the read interface: no cookie is read, all carry an ETag, and pages of other hosts may read them."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not for_programs(request):
            return self.get_response(request)
        request.META.pop("HTTP_COOKIE", None)
        response = self.get_response(request)
        response.headers["Vary"] = "Accept, Accept-Language"
        response.headers.setdefault("Cache-Control", KEPT if response.status_code == 200 else ASKED_AGAIN)
        response = _conditional(request, response)
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Expose-Headers"] = MAY_BE_READ
        for name, value in PREFLIGHT.items() if request.method == "OPTIONS" else ():
            response.headers[name] = value
        return response


def _conditional(request, response):
    """``response`` with its ETag, or 304 where the caller has it already."""
    if request.method not in {"GET", "HEAD"} or response.status_code != 200:
        return response
    etag = f'W/"{blake2s(response.content, digest_size=16).hexdigest()}"'  # weak: a proxy may compress the answer
    response.headers["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=response)


def for_programs(request):
    """Whether programs ask here, and not people."""
    return request.path.startswith(PLACES)


def refusal(status, sentence):
    """A refusal that did not come as far as the interface itself."""
    return JsonResponse({"detail": sentence}, status=status)
