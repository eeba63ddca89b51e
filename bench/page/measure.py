"""Measures a running `dateline serve` from outside: first view, search, and fifty readers at once.

    python3 bench/page/measure.py RECORD http://127.0.0.1:8310 [PID]

What is asked for is drawn from the record that is served: its words by how many reports hold them, its outlets, speakers,
places, events and reports, the same for the same record. Wall clock and, where PID is given, the server's own processor time, which
other programs on the machine do not disturb.
"""
import http.client
import os
import random
import sqlite3
import sys
import threading
import time
from urllib.parse import quote, urlsplit


class Record:
    """What there is to ask for."""

    def __init__(self, path):
        self.db = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        self.reports = self.one("SELECT count(*) FROM articles")
        self.events = self.one("SELECT count(*) FROM events")
        self.db.execute("CREATE VIRTUAL TABLE temp.words USING fts5vocab('main', 'articles_text', 'row')")
        words = self.rows("SELECT term, doc FROM temp.words WHERE length(term) > 3 ORDER BY doc DESC, term")
        self.common = [w for w, n in words if n > self.reports / 20][:200]
        self.middle = [w for w, n in words if self.reports / 2000 < n <= self.reports / 20]
        self.rare = [w for w, n in words if 1 < n <= max(10, self.reports / 2000)]
        self.outlets = [r[0] for r in self.rows("SELECT DISTINCT publisher FROM articles WHERE publisher IS NOT NULL ORDER BY 1")]
        self.speakers = [r[0] for r in self.rows("SELECT speaker FROM statements WHERE speaker IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 400")]
        self.places = [r[0] for r in self.rows("SELECT place FROM events WHERE place IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 400")]
        self.days = [r[0] for r in self.rows("SELECT DISTINCT time_first FROM events WHERE time_first IS NOT NULL ORDER BY 1")]
        self.names = [r[0] for r in self.rows("SELECT event FROM events ORDER BY number")]
        self.ids = [r[0] for r in self.rows("SELECT id FROM articles ORDER BY id")]

    def rows(self, sql):
        return self.db.execute(sql).fetchall()

    def one(self, sql):
        return self.rows(sql)[0][0]


def searches(record):
    """Common and rare words, phrases, fields, and words being typed."""
    chance = random.Random(7)
    pick = chance.choice
    found = []
    for _ in range(60):
        common, middle, rare = pick(record.common), pick(record.middle), pick(record.rare or record.middle)
        found += [common, middle, rare, f"{common} {middle}", f'"{common} {pick(record.common)}"', rare[:4]]
        found += [f'{middle} publisher:"{pick(record.outlets)}"', f"{common} date:{pick(record.days)[:7]}..{pick(record.days)[:4]}"]
        found += [f'speaker:"{pick(record.speakers)}"', f'type:ASSAULT place:"{pick(record.places)}"']
    return [f"/api/search?typing=true&q={quote(q)}" for q in found]


def views(record):
    chance = random.Random(9)
    pick = chance.choice
    path = lambda text: quote(text, safe="")
    return [
        address
        for _ in range(40)
        for address in (
            "/api/timeline?limit=100",
            f"/api/timeline?type=ASSAULT&from={pick(record.days)}&limit=100",
            f"/api/events/{path(pick(record.names))}",
            f"/api/articles/{path(pick(record.ids))}",
            f"/api/search?typing=true&q={quote(pick(record.middle))}",
            f"/api/actors/{path(pick(record.speakers))}",
            f"/api/statements?speaker={quote(pick(record.speakers))}",
        )
    ]


def processor(pid):
    if not pid:
        return 0.0
    with open(f"/proc/{pid}/stat") as file:
        fields = file.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def memory(pid):
    with open(f"/proc/{pid}/status") as file:
        return next(int(line.split()[1]) for line in file if line.startswith("VmHWM")) / 1000


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


def first_view(connection, pid):
    begun, used, weight = time.perf_counter(), processor(pid), 0
    for path in ("/", "/page.js", "/page.css", "/api/record", "/api/timeline?limit=100"):
        took, status, size = asked(connection, path)
        assert status == 200, path
        weight += size
        print(f"  {path}: {1000 * took:.0f} ms, {size / 1000:.1f} kB")
    print(f"first view: {1000 * (time.perf_counter() - begun):.0f} ms, processor {1000 * (processor(pid) - used):.0f} ms, {weight / 1000:.0f} kB compressed")


def search(connection, record, pid):
    asked(connection, "/api/search?q=ka")
    used, times, errors = processor(pid), [], 0
    for path in searches(record):
        took, status, _ = asked(connection, path)
        times.append((took, path))
        errors += status != 200
    told("search, one reader", [took for took, _ in times], processor(pid) - used, errors)
    for took, path in sorted(times)[-5:]:
        print(f"  {1000 * took:.0f} ms {path}")


def readers(host, record, pid):
    times, errors, lock = [], [], threading.Lock()

    def reader(n):
        own = http.client.HTTPConnection(host)
        paths = views(record)
        random.Random(n).shuffle(paths)
        for path in paths[:60]:
            took, status, _ = asked(own, path)
            with lock:
                times.append((took, path))
                if status != 200:
                    errors.append((status, path))

    used, begun = processor(pid), time.perf_counter()
    threads = [threading.Thread(target=reader, args=(n,)) for n in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    told("fifty readers", [took for took, _ in times], processor(pid) - used, len(errors))
    print(f"  {len(times) / (time.perf_counter() - begun):.0f} answers a second")
    for took, path in sorted(times)[-5:]:
        print(f"  {1000 * took:.0f} ms {path}")
    for status, path in errors[:5]:
        print(f"  {status} {path}")


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    pid = sys.argv[3] if len(sys.argv) > 3 else None
    host = urlsplit(sys.argv[2]).netloc
    connection = http.client.HTTPConnection(host)
    # Before the record is looked at here: that would warm it.
    first_view(connection, pid)
    record = Record(sys.argv[1])
    print(f"{record.reports} reports, {record.events} events")
    search(connection, record, pid)
    readers(host, record, pid)
    if pid:
        print(f"server's most memory: {memory(pid):.0f} MB")


main()
