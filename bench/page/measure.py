"""Measures a running `dateline serve` from outside: search, first view, and fifty readers at once.

    python3 bench/page/measure.py http://127.0.0.1:8310 PID [REPORTS]

The record is one of `cargo run --release -p dateline-server --example large_record -- FILE`; its words
are made of syllables, the common ones short. Wall clock and, where PID is given, the server's own
processor time, which other programs on the machine do not disturb.
"""
import http.client
import os
import random
import sys
import threading
import time
from urllib.parse import quote, urlsplit

SYLLABLES = "ka lo mi ren tu sa vel do pi nar ge ho ul bes ti qua".split()


def word(n):
    letters = ""
    while True:
        letters += SYLLABLES[n % 16]
        n //= 16
        if n == 0:
            return letters


def searches():
    """Common and rare words, phrases, fields, and words being typed."""
    chance = random.Random(7)
    found = []
    for _ in range(60):
        common, middle, rare = word(chance.randrange(1, 40)), word(chance.randrange(100, 3000)), word(chance.randrange(3000, 40000))
        found += [common, middle, rare, f"{common} {middle}", f'"{common} {word(chance.randrange(1, 40))}"', rare[:4] if len(rare) > 4 else rare]
        found += [f"{middle} publisher:\"Outlet {chance.randrange(100)}\"", f"{common} date:2014-03..2015", f"speaker:\"actor {chance.randrange(400)}\""]
        found += [f"actor type:CONSULT place:\"Place {chance.randrange(400)}\""]
    return [f"/api/search?typing=true&q={quote(q)}" for q in found]


def views(reports):
    chance = random.Random(9)
    n = chance.randrange
    return [
        path
        for _ in range(40)
        for path in (
            "/api/timeline?limit=100",
            f"/api/timeline?type=ASSAULT&from=201{n(8)}&limit=100",
            f"/api/events/event-{n(reports * 3 // 10)}",
            f"/api/articles/report-{n(reports)}",
            f"/api/search?typing=true&q={word(n(1, 5000))}",
            f"/api/actors/actor%20{n(300)}",
            f"/api/statements?speaker=actor%20{n(300)}",
        )
    ]


def processor(pid):
    if not pid:
        return 0.0
    with open(f"/proc/{pid}/stat") as file:
        fields = file.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def asked(connection, path):
    start = time.perf_counter()
    connection.request("GET", path, headers={"accept-encoding": "gzip"})
    answer = connection.getresponse()
    size = len(answer.read())
    return time.perf_counter() - start, answer.status, size


def told(name, times, used, errors):
    times = sorted(times)
    at = lambda share: times[min(len(times) - 1, int(share * len(times)))] * 1000
    print(f"{name}: n {len(times)}, median {at(0.5):.1f} ms, p90 {at(0.9):.1f} ms, p99 {at(0.99):.1f} ms, max {times[-1] * 1000:.1f} ms, "
          f"server's processor time {1000 * used / len(times):.1f} ms each, errors {errors}")


def main():
    host = urlsplit(sys.argv[1]).netloc
    pid = sys.argv[2] if len(sys.argv) > 2 else None
    reports = int(sys.argv[3]) if len(sys.argv) > 3 else 100000
    connection = http.client.HTTPConnection(host)
    begun, used = time.perf_counter(), processor(pid)
    weight = 0
    for path in ("/", "/page.js", "/page.css", "/api/record", "/api/timeline?limit=100"):
        _, status, size = asked(connection, path)
        assert status == 200, path
        weight += size
    print(f"cold first view: {1000 * (time.perf_counter() - begun):.0f} ms, processor {1000 * (processor(pid) - used):.0f} ms, {weight / 1000:.0f} kB compressed")
    asked(connection, "/api/search?q=ka")
    used, times, errors = processor(pid), [], 0
    slowest = (0, "")
    for path in searches():
        took, status, _ = asked(connection, path)
        times.append(took)
        slowest = max(slowest, (took, path))
        errors += status != 200
    told("search, one reader", times, processor(pid) - used, errors)
    print(f"  slowest: {slowest[1]}")
    times, errors, lock = [], [], threading.Lock()

    def reader(n):
        own = http.client.HTTPConnection(host)
        paths = views(reports)
        random.Random(n).shuffle(paths)
        for path in paths[:60]:
            took, status, _ = asked(own, path)
            with lock:
                times.append(took)
                if status != 200:
                    errors.append((status, path))

    used = processor(pid)
    readers = [threading.Thread(target=reader, args=(n,)) for n in range(50)]
    for thread in readers:
        thread.start()
    for thread in readers:
        thread.join()
    told("fifty readers at once", times, processor(pid) - used, len(errors))
    if errors:
        print(f"  {errors[:5]}")


main()
