"""Every letter by its name: those of the catalogue, the digest that is made of them, and a test of any of them."""

from . import audiences, catalogue, digest_letters, samples
from .catalogue import Letter
from .states import Urgency
from .stopping import DIGEST

BY_NAME = catalogue.BY_NAME | {
    DIGEST: Letter(DIGEST, digest_letters.digest, urgency=Urgency.DIGEST, topic=DIGEST),
    samples.SAMPLE: Letter(samples.SAMPLE, samples.in_a_test, allowed=audiences.is_office),
}
