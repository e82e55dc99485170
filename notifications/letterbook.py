"""Every letter by its name: those of the catalogue, and the digest that is made of them."""

from . import catalogue, digest_letters
from .catalogue import Letter
from .states import Urgency
from .stopping import DIGEST

BY_NAME = catalogue.BY_NAME | {DIGEST: Letter(DIGEST, digest_letters.digest, urgency=Urgency.DIGEST, topic=DIGEST)}
