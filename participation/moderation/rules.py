"""Who works on what people send."""

import rules

from ..actors.models import Post
from ..actors.rules import holds

PERMISSIONS = {"participation.write_note": holds(Post.MANAGER, Post.MODERATOR, Post.INTERN)}

for name, predicate in PERMISSIONS.items():
    rules.add_perm(name, predicate)
