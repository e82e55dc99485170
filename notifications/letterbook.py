"""Every letter by its name: those of the catalogue, the digest that is made of them, and the canary."""

from . import canary_letters, catalogue, digest_letters
from .canary_letters import CANARY
from .catalogue import Letter
from .states import Urgency
from .stopping import DIGEST

BY_NAME = catalogue.BY_NAME | {
    DIGEST: Letter(DIGEST, digest_letters.digest, urgency=Urgency.DIGEST, topic=DIGEST),
    CANARY: Letter(CANARY, canary_letters.canary, urgency=Urgency.OFFICE),
}
