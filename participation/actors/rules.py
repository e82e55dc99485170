"""Which post may do what. Rights follow from appointments and end with them."""

import rules

from ..core.authority import miss_second_factor
from .models import Post
from .queries import posts_of, second_factor_missing


def holds(*posts):
    """A predicate: the actor holds one of ``posts`` today, with the second factor that posts need."""

    @rules.predicate(name="holds:" + "|".join(posts))
    def predicate(actor):
        if not posts_of(actor) & set(posts):
            return False
        return miss_second_factor() if second_factor_missing(actor) else True

    return predicate


@rules.predicate
def is_self(actor, subject):
    """The actor acts on their own account."""
    return subject is not None and actor.pk == subject.pk


PERMISSIONS = {
    "participation.enter_office": holds(Post.MANAGER, Post.MODERATOR, Post.INTERN),
    "participation.edit_region": holds(Post.MANAGER),
    "participation.appoint": holds(Post.MANAGER),
    "participation.view_actors": holds(Post.MANAGER, Post.MODERATOR),
    "participation.view_letters": holds(Post.MANAGER, Post.MODERATOR),
    "participation.view_barriers": holds(Post.MANAGER, Post.MODERATOR, Post.INTERN),
    "participation.answer_barrier": holds(Post.MANAGER, Post.MODERATOR),
    "participation.edit_profile": is_self,
    "participation.export_data": is_self,
    "participation.erase_actor": is_self,
    "participation.accept_terms": is_self,
}

for name, predicate in PERMISSIONS.items():
    rules.add_perm(name, predicate)
