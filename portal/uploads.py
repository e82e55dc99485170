"""The first door of every upload: what claims to be far too large is not even read."""

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler


class Bounded(FileUploadHandler):
    """Refuse requests of more than FILE_UPLOAD_MOST bytes before the first of them is read."""

    def handle_raw_input(self, input_data, meta, content_length, boundary, encoding=None):
        """Look at the announced size only."""
        if content_length > settings.FILE_UPLOAD_MOST:
            raise RequestDataTooBig("The upload is larger than any form of the portal takes.")

    def receive_data_chunk(self, raw_data, start):
        """Leave the data to the next handler."""
        return raw_data

    def file_complete(self, file_size):
        """Leave the file to the next handler."""
        return
