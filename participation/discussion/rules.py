"""Who may write, change and remove comments."""

import rules


@rules.predicate
def is_confirmed(actor):
    """The actor has confirmed the address."""
    return actor.confirmed_at is not None


@rules.predicate
def is_author(actor, comment):
    """The actor wrote the comment."""
    return comment is not None and comment.author_id == actor.pk


PERMISSIONS = {
    "participation.write_comment": is_confirmed,
    "participation.edit_comment": is_author,
    "participation.withdraw_comment": is_author,
}

for name, predicate in PERMISSIONS.items():
    rules.add_perm(name, predicate)
