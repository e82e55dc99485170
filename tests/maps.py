"""A portal with a map: the settings as TILE_URL makes them, and a server of tiles on this machine."""

import copy
import struct
import threading
import zlib
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from portal.tile_source import origin_of

TILES = "https://tiles.example/karte/{z}/{x}/{y}.png"
ATTRIBUTION = "© Beispielvermessung, https://tiles.example/lizenz"


def with_map(settings, url=TILES):
    """Let ``settings`` be those of a portal whose TILE_URL is ``url``."""
    policy = copy.deepcopy(settings.CONTENT_SECURITY_POLICY)
    policy["DIRECTIVES"]["img-src"].append(origin_of(url))
    settings.TILE_URL, settings.TILE_ATTRIBUTION = url, ATTRIBUTION
    settings.TILE_ORIGIN, settings.CONTENT_SECURITY_POLICY = origin_of(url), policy


@contextmanager
def tile_server():
    """A server of grey tiles; gives the template of its address and the list of paths it was asked for."""
    asked = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append((self.path, self.headers.get("Referer")))
            self.send_response(200)
            self.send_header("Content-Type", "image/png")
            self.end_headers()
            self.wfile.write(PNG)

        def log_message(self, *_):
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/{{z}}/{{x}}/{{y}}.png", asked
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


PNG = b"".join([
    b"\x89PNG\r\n\x1a\n",
    _chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)),
    _chunk(b"IDAT", zlib.compress(b"\x00\xd0")),
    _chunk(b"IEND", b""),
])  # fmt: skip
