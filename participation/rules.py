"""The permissions and personal fields of all slices, gathered; loaded once by ``apps.py``.

The register of personal fields is walked in this order: what needs a person's name stands before ``actors``.
"""

# isort: off
from .accessibility import personal as accessibility_personal  # noqa: F401
from .attachments import personal as attachments_personal  # noqa: F401
from .discussion import personal as discussion_personal  # noqa: F401
from .groups import personal as groups_personal  # noqa: F401
from .ideas import personal as ideas_personal  # noqa: F401
from .reports import personal as reports_personal  # noqa: F401
from .moderation import personal as moderation_personal  # noqa: F401
from .newsroom import personal as newsroom_personal  # noqa: F401
from .promises import personal as promises_personal  # noqa: F401
from .actors import personal as actors_personal  # noqa: F401

# isort: on
from .actors import rules as actors_rules  # noqa: F401
from .discussion import rules as discussion_rules  # noqa: F401
from .groups import rules as groups_rules  # noqa: F401
from .ideas import rules as ideas_rules  # noqa: F401
from .moderation import rules as moderation_rules  # noqa: F401
from .newsroom import rules as newsroom_rules  # noqa: F401
from .promises import rules as promises_rules  # noqa: F401
from .reports import rules as reports_rules  # noqa: F401
