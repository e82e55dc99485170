"""How fast letters leave, and what a fan-out to many costs. On a database that is empty and may be thrown away:

``DATABASE_URL=postgres://… python -m bench.letters pace``: two of our senders against two bare loops (prebuilt bytes,
smtplib, one UPDATE a letter), in turns, into the same sink; medians of five.
``… fanout``: 100,000 recipients: how long, and how much memory the worker holds.
``… urgent``: with 100,000 letters due, how long an account letter takes to the sink.
"""

import multiprocessing
import os
import resource
import smtplib
import socket
import sys
from contextlib import closing
from statistics import median
from time import monotonic, sleep

import django

from .sink import Sink

ROUNDS = 5
LETTERS = 3000
MANY = 100_000
BATCH = 5000
PROCESSES = 2
PACE_GOAL, PER_CONNECTION_GOAL = 0.5, 50
FAN_OUT_GOAL, MEMORY_GOAL = 120, 250  # seconds, MiB
URGENT_GOAL = 10  # seconds


def ready(sink_url="smtp://127.0.0.1:1"):
    """Set Django up in this process, with its mail going to ``sink_url``."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings"
    os.environ.setdefault("LOG_LEVEL", "CRITICAL")
    os.environ["EMAIL_URL"] = sink_url
    django.setup()


def pace(sink):
    """The share of the bare loop's pace that our senders reach, and letters a connection."""
    from notifications.models import Delivery  # noqa: PLC0415  (Django is ready only now)

    event = followed_idea(LETTERS)
    fan_out_at_once(event)
    prebuilt = [(row.pk, row.recipient.email, bytes_of(row)) for row in Delivery.objects.select_related("recipient")]
    ours, bare = [], []
    connections = sink.connections()
    for _ in range(ROUNDS):
        make_due()
        before = sink.connections()
        ours.append(LETTERS / timed(send_ours, [(sink.url,)] * PROCESSES))
        connections = sink.connections() - before
        halves = [prebuilt[number::PROCESSES] for number in range(PROCESSES)]
        bare.append(LETTERS / timed(send_bare, [(sink.port, half) for half in halves]))
        say(f"ours {ours[-1]:.0f}/s, bare {bare[-1]:.0f}/s, {LETTERS / connections:.0f} letters a connection")
    share = median(ours) / median(bare)
    say(f"median: ours {median(ours):.0f}/s, bare {median(bare):.0f}/s, ratio {share:.2f} (goal {PACE_GOAL})")
    return share >= PACE_GOAL and LETTERS / connections >= PER_CONNECTION_GOAL


def fanout(sink):
    """Whether a fan-out to ``MANY`` keeps its goals."""
    event = followed_idea(MANY)
    context = multiprocessing.get_context("spawn")
    with context.Pool(1) as pool:
        seconds, memory = pool.apply(expand, (event.pk,))
    from notifications.models import Delivery  # noqa: PLC0415  (Django is ready only now)

    rows = Delivery.objects.count()
    say(f"{rows} rows in {seconds:.0f} s (goal {FAN_OUT_GOAL}), {memory:.0f} MiB resident (goal {MEMORY_GOAL})")
    return rows >= MANY and seconds <= FAN_OUT_GOAL and memory <= MEMORY_GOAL


def urgent(sink):
    """Whether an account letter overtakes ``MANY`` others."""
    from notifications.outbox import post  # noqa: PLC0415  (Django is ready only now)
    from participation.actors.models import Actor  # noqa: PLC0415

    fan_out_at_once(followed_idea(MANY))
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=work, args=(sink.url, least)) for least in ("DIGEST", "DIGEST", "OWN_CASE")]
    for worker in workers:
        worker.start()
    while len(sink.letters()) < LETTERS:
        sleep(0.1)
    actor = Actor.objects.order_by("-pk").first()
    began = monotonic()
    number = post("password_changed", recipient=actor, language="de").message_id
    while number not in {name for _to, name in sink.letters()}:
        sleep(0.05)
    seconds = monotonic() - began
    for worker in workers:
        worker.terminate()
        worker.join()
    say(f"the account letter took {seconds:.1f} s (goal {URGENT_GOAL})")
    return seconds <= URGENT_GOAL


def expand(event_id):
    """Fan one event out; seconds and the most memory in MiB."""
    ready()
    from notifications import fanout as engine  # noqa: PLC0415  (Django is ready only now)
    from notifications.models import Intake  # noqa: PLC0415

    began = monotonic()
    while Intake.objects.filter(event=event_id, done_at=None).exists():
        engine.fan_out(event_id)
    return monotonic() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def timed(target, arguments):
    """Seconds that one process for each of ``arguments`` take together, from the moment all are ready."""
    context = multiprocessing.get_context("spawn")
    barrier = context.Barrier(len(arguments) + 1)
    processes = [context.Process(target=target, args=(barrier, *words)) for words in arguments]
    for process in processes:
        process.start()
    barrier.wait()
    began = monotonic()
    for process in processes:
        process.join()
    return monotonic() - began


def send_ours(barrier, url):
    """What a worker does, until nothing is due."""
    ready(url)
    from notifications import sender  # noqa: PLC0415  (Django is ready only now)

    barrier.wait()
    while sender.send_due(worker=f"bench-{os.getpid()}"):
        pass


def work(url, least):
    """What a worker does, for ever."""
    ready(url)
    from notifications import sender  # noqa: PLC0415  (Django is ready only now)
    from notifications.states import Urgency  # noqa: PLC0415

    while True:
        sender.send_due(worker=f"bench-{os.getpid()}", least=Urgency[least])
        sleep(0.5)


def send_bare(barrier, port, letters):
    """The least that sending can cost."""
    ready()
    from django.db import connection  # noqa: PLC0415  (Django is ready only now)

    with connection.cursor() as cursor, smtplib.SMTP("127.0.0.1", port) as server:
        barrier.wait()
        for number, address, content in letters:
            server.sendmail("allianzportal@allianz.example", [address], content)
            cursor.execute("UPDATE notifications_delivery SET state = 'sent' WHERE id = %s", [number])


def followed_idea(people, crowd="actor"):
    """The event of an answer to an idea that so many people (CROWD-0@post.example …) follow, each letter at once."""
    from notifications import fanout as engine  # noqa: PLC0415  (Django is ready only now)
    from notifications.models import Preference  # noqa: PLC0415
    from participation.actors.models import Actor  # noqa: PLC0415
    from participation.core.clock import now  # noqa: PLC0415
    from participation.events.kinds import Kind  # noqa: PLC0415
    from participation.events.models import Event  # noqa: PLC0415
    from participation.promises.models import Follow  # noqa: PLC0415
    from participation.region.models import Alliance  # noqa: PLC0415
    from tests.factories import (  # noqa: PLC0415
        ActorFactory,
        AllianceFactory,
        AnswerFactory,
        CaseFactory,
        FieldOfActionFactory,
        IdeaFactory,
        MunicipalityFactory,
    )

    for made in (ActorFactory, CaseFactory, FieldOfActionFactory, IdeaFactory, MunicipalityFactory):
        made.reset_sequence(Actor.objects.count() + 1)  # another process may have begun at one
    if not Alliance.objects.exists():
        AllianceFactory()
    idea = IdeaFactory(author__email=f"author-{crowd}@post.example")
    moment = now()
    for start in range(0, people, BATCH):
        actors = Actor.objects.bulk_create(
            Actor(
                email=f"{crowd}-{number}@post.example", display_name=f"Actor {number}", password="!",  # noqa: S106
                joined_at=moment, confirmed_at=moment,
            )
            for number in range(start, min(start + BATCH, people))
        )  # fmt: skip
        Follow.objects.bulk_create(Follow(case=idea.case, actor=actor, since=moment) for actor in actors)
        Preference.objects.bulk_create(
            Preference(actor=actor, topic="followed", channel="email", rhythm="at_once", since=moment)
            for actor in actors
        )
    answer = AnswerFactory(idea=idea)
    event = Event.objects.create(kind=Kind.IDEA_ANSWERED, case=idea.case, at=moment, facts={"answer": answer.pk})
    engine.expect(event)
    return event


def fan_out_at_once(event):
    """Write the letters of ``event``, each due now."""
    from notifications import fanout as engine  # noqa: PLC0415  (Django is ready only now)
    from notifications.models import Intake  # noqa: PLC0415

    while Intake.objects.filter(event=event, done_at=None).exists():
        engine.fan_out(event.pk)
    make_due()


def make_due():
    """Each letter waits to be sent, at once."""
    from django.db import connection  # noqa: PLC0415  (Django is ready only now)

    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE notifications_delivery SET state = 'due', finished_at = NULL, not_before = created_at, "
            "claimed_at = NULL, claimed_by = ''"
        )


def bytes_of(delivery):
    """The letter as it goes over the line."""
    from notifications.circulars import compose  # noqa: PLC0415  (Django is ready only now)

    return compose(delivery).message().as_bytes(linesep="\r\n")


def free_port():
    """A port on which nobody listens."""
    with closing(socket.socket()) as line:
        line.bind(("127.0.0.1", 0))
        return line.getsockname()[1]


def say(line):
    """Show ``line`` at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


MEASUREMENTS = {"pace": pace, "fanout": fanout, "urgent": urgent}


def main(name):
    """Measure; ends with 1 where a goal is missed."""
    sink = Sink(free_port())
    try:
        ready(sink.url)
        from django.core.management import call_command  # noqa: PLC0415  (Django is ready only now)

        from participation.actors.models import Actor  # noqa: PLC0415

        call_command("migrate", verbosity=0)
        if Actor.objects.exists():
            sys.exit("This database holds people already. Please give an empty one in DATABASE_URL.")
        sys.exit(not MEASUREMENTS[name](sink))
    finally:
        sink.end()


if __name__ == "__main__":
    main(sys.argv[1])
