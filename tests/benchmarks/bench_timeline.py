"""How long the timeline takes with 100 and with 2,000 events, as pages and as the part that htmx asks for.

    python -m tests.benchmarks.bench_timeline

prints the best of ten for each address and the ratio of the two sizes: twenty times the events are to cost a few
times as much, because the list comes in pages and the picture counts months. It never fails for slowness.
"""

from __future__ import annotations

import datetime as dt
import os
import random
import sys
import time

SIZES = (100, 2_000)
ADDRESSES = (
    "/timeline/",
    "/timeline/?year=2024",
    "/timeline/?theme=strike&theme=energy&certainty=confirmed",
    "/timeline/?actor=actor-3&q=event",
)
TIMES = 10


def main() -> int:
    os.environ.setdefault("DATABASE_URL", "sqlite://:memory:")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

    import django

    django.setup()
    from django.test import Client
    from django.test.utils import setup_databases, teardown_databases

    databases = setup_databases(verbosity=0, interactive=False)
    client = Client(headers={"host": "localhost"})
    bests: dict[str, list[float]] = {}
    try:
        done = 0
        for size in SIZES:
            fill(done, size)
            done = size
            for address in ADDRESSES:
                best, weight = measure(client, address)
                bests.setdefault(address, []).append(best)
                print(f"{size:5,} events  best {best:6.1f} ms  {weight / 1024:5.0f} KiB  {address}")
    finally:
        teardown_databases(databases, verbosity=0)
    for address, (few, many) in bests.items():
        print(f"{many / few:4.1f} times as long with {SIZES[1] // SIZES[0]} times the events: {address}")
    return 0


def fill(first: int, last: int) -> None:
    """Write events over four years, each with a place, two actors and a figure."""
    from conflict.models import Actor, Event, EventActor, EventFigure, Place

    chance = random.Random(first)  # noqa: S311
    if not first:
        Place.objects.bulk_create(Place(slug=f"place-{n}", name=f"Place {n}") for n in range(80))
        Actor.objects.bulk_create(Actor(slug=f"actor-{n}", name=f"Actor {n}") for n in range(80))
    places, actors = list(Place.objects.all()), list(Actor.objects.all())
    events = Event.objects.bulk_create(
        Event(
            slug=f"event-{n}",
            title=f"Event {n} with a title of some length",
            summary="What is known of it, in two sentences. They have the length of those that people write.",
            date=dt.date(2022, 2, 24) + dt.timedelta(days=chance.randrange(1_700)),
            theme=chance.choice(Event.Theme.values),
            certainty=chance.choice(["confirmed", "reported", "claimed", "disputed"]),
            place=chance.choice(places),
            source_name="A paper",
            source_url="https://example.org/",
        )
        for n in range(first, last)
    )
    EventActor.objects.bulk_create(
        EventActor(event=event, actor=actor, order=order)
        for event in events
        for order, actor in enumerate(chance.sample(actors, 2))
    )
    EventFigure.objects.bulk_create(EventFigure(event=e, label="killed", value=1, unit="people") for e in events)


def measure(client: object, address: str) -> tuple[float, int]:
    """Return the best of several times in milliseconds, and the weight of the page in bytes."""
    times = []
    for _ in range(TIMES):
        start = time.perf_counter()
        response = client.get(address)  # type: ignore[attr-defined]
        times.append((time.perf_counter() - start) * 1_000)
        assert response.status_code == 200, address
    return min(times), len(response.content)


if __name__ == "__main__":
    sys.exit(main())
