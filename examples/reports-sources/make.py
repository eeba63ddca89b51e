#!/usr/bin/env python3
"""Packs the plain sources in this folder into the archives of examples/reports; run it after changing one of them.

    python3 examples/reports-sources/make.py          writes the packed files
    python3 examples/reports-sources/make.py --check  only says whether they are up to date

The other files of examples/reports are their own source. Everything here is fixed (no clock, no random names), so the
same sources give the same records; --check compares what is inside the packed files, since zlib's versions differ in bytes.
"""
import gzip
import io
import pathlib
import sys
import zlib

HERE = pathlib.Path(__file__).resolve().parent
REPORTS = HERE.parent / "reports"
CRAWL = "2019-04-02T05:17:"
CRLF = "\r\n"

# A PNG of one clear pixel. Archives are full of them.
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "00000010494441547801010500faff000000000000050001647895380000000049"
    "454e44ae426082"
)


def record(number):
    """A record's name: the last digits count, the rest is the same throughout."""
    return f"urn:uuid:5a7e1e00-da7e-4000-8000-{number:012d}"


def warc(number, kind, body, second, **fields):
    """One WARC/1.0 record. Field names are given with _ for -."""
    lines = ["WARC/1.0", f"WARC-Type: {kind}", f"WARC-Record-ID: <{record(number)}>", f"WARC-Date: {CRAWL}{second:02d}Z"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in fields.items()]
    lines += [f"Content-Length: {len(body)}", "", ""]
    return CRLF.join(lines).encode() + body + b"\r\n\r\n"


def http(status, body, *headers):
    return CRLF.join([f"HTTP/1.1 {status}", *headers, "", ""]).encode() + body


def zipped(data):
    """A gzip member without a time in it."""
    return gzip.compress(data, compresslevel=9, mtime=0)


def chunked(data, sizes=(7, 512, 31, 4096)):
    """HTTP/1.1 chunks of odd sizes, so that one may end within a character."""
    out, start, turn = [], 0, 0
    while start < len(data):
        piece = data[start : start + sizes[turn % len(sizes)]]
        out.append(f"{len(piece):x}".encode() + b"\r\n" + piece + b"\r\n")
        start, turn = start + len(piece), turn + 1
    return b"".join(out) + b"0\r\n\r\n"


def archive():
    """Fourteen records as a crawler leaves them: five reports, and what stands between reports."""
    page = lambda name: (HERE / "archive" / name).read_text(encoding="utf8")
    html, uri = "Content-Type: text/html; charset=utf-8", "https://karna.example/en/2019/"
    response = {"Content_Type": "application/http; msgtype=response"}
    request = {"Content_Type": "application/http; msgtype=request"}
    get = lambda path, host: CRLF.join([f"GET {path} HTTP/1.1", f"Host: {host}", "Accept-Encoding: gzip", "", ""]).encode()
    call, second, visit = (page(f"karna-{n}.html").encode() for n in ("1017", "1046", "1110"))
    march = page("radiodravenia-march.html").encode("cp1252")
    return [
        warc(1, "warcinfo", b"software: a crawler\r\nformat: WARC File Format 1.0\r\n", 0, Content_Type="application/warc-fields"),
        warc(2, "request", get("/en/2019/03/04/1017", "karna.example"), 1, WARC_Target_URI=uri + "03/04/1017", **request),
        warc(1017, "response", http("200 OK", chunked(zipped(call)), html, "Content-Encoding: gzip", "Transfer-Encoding: chunked"), 1,
             WARC_Target_URI=uri + "03/04/1017", **response),
        warc(3, "metadata", b"fetchTimeMs: 118\r\noutlink: /en E a/@href\r\n", 1, WARC_Target_URI=uri + "03/04/1017",
             WARC_Concurrent_To=f"<{record(1017)}>", Content_Type="application/warc-fields"),
        warc(4, "response", http("200 OK", PIXEL, "Content-Type: image/png", f"Content-Length: {len(PIXEL)}"), 2,
             WARC_Target_URI="https://karna.example/static/pixel.png", **response),
        warc(5, "request", get("/en/2019/03/07/1046", "karna.example"), 3, WARC_Target_URI=uri + "03/07/1046", **request),
        warc(1046, "response", http("200 OK", chunked(second), html, "Transfer-Encoding: chunked"), 3,
             WARC_Target_URI=uri + "03/07/1046", **response),
        warc(6, "response", http("404 Not Found", page("karna-0000.html").encode(), html), 4,
             WARC_Target_URI=uri + "03/08/1061", **response),
        warc(7, "request", get("/en/2019/03/12/1110", "karna.example"), 5, WARC_Target_URI=uri + "03/12/1110", **request),
        warc(1110, "response", http("200 OK", zipped(visit), html, "Content-Encoding: gzip"), 5, WARC_Target_URI=uri + "03/12/1110", **response),
        warc(8, "revisit", http("304 Not Modified", b"", html), 6, WARC_Target_URI=uri + "03/04/1017", WARC_Refers_To=f"<{record(1017)}>",
             WARC_Profile="http://netpreserve.org/warc/1.0/revisit/server-not-modified", **response),
        warc(9, "request", get("/2019/03/15/march", "radiodravenia.example"), 7,
             WARC_Target_URI="https://radiodravenia.example/2019/03/15/march", **request),
        warc(315, "response", http("200 OK", march, "Content-Type: text/html; charset=windows-1252", f"Content-Length: {len(march)}"), 7,
             WARC_Target_URI="https://radiodravenia.example/2019/03/15/march", **response),
        warc(10, "metadata", b"fetchTimeMs: 41\r\n", 7, WARC_Target_URI="https://radiodravenia.example/2019/03/15/march",
             WARC_Concurrent_To=f"<{record(315)}>", Content_Type="application/warc-fields"),
    ]


def extracts():
    """Two conversion records: text that a crawler took out of pages that nobody has any more."""
    plain = lambda number, name, path, second: warc(
        number, "conversion", (HERE / "wet" / name).read_bytes(), second,
        WARC_Target_URI="https://borderwatch.example" + path, Content_Type="text/plain")
    return [
        warc(20, "warcinfo", b"description: plain text of a crawl\r\n", 20, Content_Type="application/warc-fields"),
        plain(910, "borderwatch-dobrinsk.txt", "/counts/dobrinsk", 21),
        plain(922, "borderwatch-truce.txt", "/notes/fifteen-kilometres", 22),
    ]


def members(data):
    """The gzip members of `data`, unpacked."""
    found = []
    while data:
        unpacker = zlib.decompressobj(wbits=31)
        found.append(unpacker.decompress(data))
        data = unpacker.unused_data
    return found


def inside(data):
    """What the packed file says, whatever zlib packed it; inner gzip bodies are read as well."""
    if data[:2] != b"\x1f\x8b":
        return data
    return [unchunked(m) for m in members(data)]


def unchunked(data):
    """A record with its gzip body, if it has one, given as text."""
    head, mark, body = data.partition(b"\r\n\r\nHTTP/1.1")
    fields, _, payload = body.partition(b"\r\n\r\n")
    if b"Transfer-Encoding: chunked" in fields:
        payload = dechunked(payload)
    if b"Content-Encoding: gzip" in fields:
        payload = b"".join(members(payload.rstrip(b"\r\n")))
        head = head.split(b"Content-Length:")[0]
    return head, fields, payload


def dechunked(data):
    stream, out = io.BytesIO(data), []
    while size := int(stream.readline() or b"0", 16):
        out.append(stream.read(size))
        stream.readline()
    return b"".join(out)


def packed():
    """{file name: bytes}: everything that is made here."""
    text = lambda name: (HERE / name).read_text(encoding="utf8")
    return {
        "archive.warc.gz": b"".join(map(zipped, archive())),
        "borderwatch.wet.gz": b"".join(map(zipped, extracts())),
        "radiodravenia-12mars.html": text("radiodravenia-12mars.html").encode("cp1252"),
        "radiodravenia-ru.html": text("radiodravenia-ru.html").encode("cp1251"),
    }


def main():
    stale = 0
    for name, data in packed().items():
        path = REPORTS / name
        if "--check" in sys.argv[1:]:
            same = path.exists() and inside(path.read_bytes()) == inside(data)
            stale += not same
            print(f"{name}: {'up to date' if same else 'STALE'}")
        else:
            path.write_bytes(data)
            print(f"{name}: {len(data)} bytes")
    sys.exit(1 if stale else 0)


if __name__ == "__main__":
    main()
