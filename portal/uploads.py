"""The first door of every upload: what claims to be far too large is not even read."""

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler, SkipFile


class Bounded(FileUploadHandler):
    """Read the words of a request that is too large, and leave its files out.

    ``request.files_left_out`` tells views of it. Requests of more than
    FILE_UPLOAD_READ_MOST bytes are refused before the first of them is read.
    """

    def handle_raw_input(self, input_data, meta, content_length, boundary, encoding=None):
        """Look at the announced size only."""
        if content_length > settings.FILE_UPLOAD_READ_MOST:
            raise RequestDataTooBig("The upload is larger than any form of the portal takes.")
        self.request.files_left_out = content_length > settings.FILE_UPLOAD_MOST

    def new_file(self, *args, **kwargs):
        """Begin a file, or pass over it."""
        if self.request.files_left_out:
            raise SkipFile
        super().new_file(*args, **kwargs)

    def receive_data_chunk(self, raw_data, start):
        """Leave the data to the next handler."""
        return raw_data

    def file_complete(self, file_size):
        """Leave the file to the next handler."""
        return
