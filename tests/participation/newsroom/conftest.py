"""What every test of the newsroom has: an alliance, and files in a folder of the test's own."""

import pytest

from tests.factories import AllianceFactory


@pytest.fixture(autouse=True)
def _alliance(db, settings, tmp_path):
    settings.ATTACHMENTS_ROOT = tmp_path / "attachments"
    AllianceFactory()
