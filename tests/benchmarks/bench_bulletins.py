"""How long reading a bulletin takes, and a text of 1 MB: python -m tests.benchmarks.bench_bulletins"""

import statistics
import time

from conflict.intake.bulletins import read_bulletin
from tests.intake.bulletin_texts_press import LAYOUTS


def milliseconds(text, rounds):
    """The times of reading a text again and again, in milliseconds."""
    times = []
    for _ in range(rounds):
        begin = time.perf_counter()
        read_bulletin(text)
        times.append((time.perf_counter() - begin) * 1000)
    return times


def main():
    longest = max(text for _day, text, _entries in LAYOUTS.values() if len(text) > 600)
    read_bulletin(longest)
    times = [t for _day, text, _entries in LAYOUTS.values() if len(text) > 600 for t in milliseconds(text, 40)]
    print(f"normal bulletin: median {statistics.median(times):.2f} ms, slowest {max(times):.2f} ms")
    for name, text in {
        "1 MB of bulletins": (longest + "\n") * (1_000_000 // len(longest)),
        "1 MB of digits": "1" * 1_000_000,
        "1 MB of grouped digits": "1,234 " * 166_000,
        "1 MB in one line": (longest.replace("\n", " ") + " ") * (1_000_000 // len(longest)),
    }.items():
        print(f"{name}: {milliseconds(text, 1)[0]:.0f} ms")


if __name__ == "__main__":
    main()
