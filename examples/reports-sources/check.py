#!/usr/bin/env python3
"""Proves examples/reports/expected.json against the reports: every quoted string must stand in the report it is said to stand in.

    python3 examples/reports-sources/check.py

White space is folded, entities, charsets and archives are unpacked, tags are dropped. It knows nothing of Dateline's own
reading: it only shows that what is expected can be found. Prints what is wrong and ends with 1, or prints a count.
"""
import datetime
import email.utils
import html
import json
import re
import sys
import xml.etree.ElementTree as xml

from make import REPORTS, members, unchunked

DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
CHARSETS = {"radiodravenia-12mars.html": "cp1252", "radiodravenia-ru.html": "cp1251"}
ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"


def folded(text):
    return " ".join(text.replace("\u00ad", "").split())


def plain(markup):
    """A page's text: scripts other than JSON-LD and all tags dropped, entities read."""
    ld = re.findall(r"(?s)<script type=\"application/ld\+json\">(.*?)</script>", markup)
    bodies = [v for block in ld for v in strings(json.loads(block))]
    markup = re.sub(r"(?s)<(script|style)\b.*?</\1>", " ", markup)
    inline = r"</?(a|b|i|em|strong|font|span)\b[^>]*>"
    visible = html.unescape(re.sub(r"<[^>]+>", " ", re.sub(inline, "", markup)))
    return visible if "<h1" in markup or "<table" in markup.lower() else "\n".join([visible, *bodies])


def strings(value):
    """Every string of a JSON value, with escapes read."""
    for v in value.values() if isinstance(value, dict) else value if isinstance(value, list) else []:
        if isinstance(v, str):
            yield v
        else:
            yield from strings(v)


def archived(name):
    """{record id: text} of the records of a WARC or WET that carry a report."""
    for member in members((REPORTS / name).read_bytes()):
        number = re.search(rb"WARC-Record-ID: <(.*?)>", member)[1].decode()
        if b"WARC-Type: conversion" in member:
            yield number, member.partition(b"\r\n\r\n")[2].decode()
        elif b"WARC-Type: response" in member and b"200 OK" in member and b"text/html" in member:
            _, fields, payload = unchunked(member)
            yield number, plain(payload.decode("cp1252" if b"windows-1252" in fields else "utf8"))


def fed(name):
    """{guid or id: title and text} of a feed's entries."""
    for e in xml.parse(REPORTS / name).iter():
        if e.tag == "item":
            yield e.findtext("guid"), e.findtext("title") + "\n" + plain("<table>" + (e.findtext(CONTENT) or e.findtext("description")))
            email.utils.parsedate_to_datetime(e.findtext("pubDate"))
        elif e.tag == ATOM + "entry":
            body = e.findtext(ATOM + "content") or e.findtext(ATOM + "summary")
            yield e.findtext(ATOM + "id"), e.findtext(ATOM + "title") + "\n" + plain("<table>" + body)


def lines(name):
    """{id: headline and text} of the lines that are JSON; the broken one is passed over."""
    for line in (REPORTS / name).read_text(encoding="utf8").splitlines():
        try:
            row = json.loads(line)
        except ValueError:
            continue
        yield row["id"], row.get("headline", "") + "\n" + (row.get("text") or plain(row["html"]))


def reports():
    """{id: text} of every report in the folder."""
    found = {}
    for path in sorted(REPORTS.iterdir()):
        name = path.name
        if name.endswith(".txt"):
            found[name] = path.read_text(encoding="utf8")
        elif name.endswith(".html"):
            found[name] = plain(path.read_bytes().decode(CHARSETS.get(name, "utf8")))
        elif name.endswith((".warc.gz", ".wet.gz")):
            found.update(archived(name))
        elif name.endswith(".xml"):
            found.update(fed(name))
        elif name.endswith(".jsonl"):
            found.update(lines(name))
    return {name: folded(text) for name, text in found.items()}


class Findings(list):
    """What is wrong, and how many things were looked at."""

    looked = 0

    def expect(self, right, *what):
        self.looked += 1
        if not right:
            self.append(" | ".join(map(str, what)))


def documents(expected, texts, wrong):
    for name, want in expected["documents"].items():
        text = texts[name]
        for quote in [want["title"], want["last_sentence"], *want["clutter"]]:
            wrong.expect(folded(quote) in text, name, quote)
        wrong.expect(text.count(folded(want["first_sentence"])) == 1, name, "first sentence", text.count(folded(want["first_sentence"])))
        wrong.expect((REPORTS / want["file"]).exists(), name, want["file"])
        if day := want.get("event_date"):
            weekday(name, want["event_date_as_stated"], day["value"], wrong)
        wrong.expect("event" in want or "event_dates" in want or want["language"] != "en", name, "no event")


def weekday(name, as_written, value, wrong):
    said = next((d for d in DAYS if d in as_written), None)
    right = DAYS[datetime.date.fromisoformat(value).weekday()]
    wrong.expect(said in (None, right), name, as_written, value, right)


def events(expected, texts, wrong):
    for name, want in expected["events"].items():
        wrong.expect(list(want["accounts"]) == want["reports"], name, "accounts")
        for report, account in want["accounts"].items():
            if account["as_written"]:
                words = account["as_written"].removeprefix("the ")
                wrong.expect(words in texts[report], name, report, words)
                weekday(report, account["as_written"], account["value"], wrong)
        for kind, count in want.get("counts", {}).items():
            for claim in [*count["claims"], *count.get("other", [])]:
                for report in claim["reports"]:
                    wrong.expect(claim["quote"] in texts[report], kind, report, claim["quote"])
        for names in want.get("names", {}).values():
            for person in names:
                wrong.expect(any(person in texts[r] for r in want["reports"]), name, person)
        told = {r for r, d in expected["documents"].items() if d.get("event") == name or name in d.get("event_dates", {})}
        wrong.expect(told == set(want["reports"]), name, told ^ set(want["reports"]))


def statements(expected, texts, wrong):
    for want in expected["statements"]:
        text = texts[want["doc"]]
        wrong.expect(text.count(folded(want["content"])) == 1, want["doc"], want["content"], text.count(folded(want["content"])))
        around = text[max(0, text.find(want["content"]) - 160) :][: len(want["content"]) + 320]
        wrong.expect(re.search(rf"\b{want['cue']}\b", around), want["doc"], "cue", want["cue"])
        named = want.get("unnamed") or want["speaker"].split()[-1] in text or want["speaker"].split()[-1].lower() in text
        wrong.expect(named, want["doc"], "speaker", want["speaker"])


def shared(expected, texts, wrong):
    for want in expected["shared_passages"] + expected["shared_quotations"]:
        for side in "ab":
            wrong.expect(texts[want[side]].count(folded(want["text"])) == 1, want[side], want["text"][:60])
    for want in expected["not_events"]:
        wrong.expect(want["quote"] in texts[want["doc"]], want["doc"], want["quote"])


def main():
    expected = json.loads((REPORTS / "expected.json").read_text(encoding="utf8"))
    texts, wrong = reports(), Findings()
    wrong.expect(set(texts) == set(expected["documents"]), "reports", set(texts) ^ set(expected["documents"]))
    for part in (documents, events, statements, shared):
        part(expected, texts, wrong)
    print("\n".join(wrong) or f"{len(texts)} reports, {wrong.looked} things looked at, all in place")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
