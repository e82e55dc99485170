"""Every letter by its name: those of the catalogue, the digest made of them, the canary, and a test of any of them."""

from . import audiences, canary_letters, catalogue, digest_letters, samples
from .canary_letters import CANARY
from .letter import Letter
from .states import Urgency
from .stopping import DIGEST

BY_NAME = catalogue.BY_NAME | {
    DIGEST: Letter(DIGEST, digest_letters.digest, urgency=Urgency.DIGEST, topic=DIGEST),
    CANARY: Letter(CANARY, canary_letters.canary, urgency=Urgency.OFFICE),
    samples.SAMPLE: Letter(samples.SAMPLE, samples.in_a_test, allowed=audiences.is_office),
}
