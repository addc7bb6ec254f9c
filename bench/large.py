"""The figures of a large campaign: progress, the export of a long list, and the freeze of many reports."""

import json
import re
import statistics
import subprocess
import tempfile
import threading
import time
import urllib.request
import uuid
from pathlib import Path

from database import Transaction

HERE = Path(__file__).resolve().parent
PROGRESS_FLOOR, EXPORT_CEILING, RESIDENT_CEILING_MIB, FREEZE_CEILING = 5, 2, 64, 2


def report(name, text):
    print(f"{name:<9} {text}", flush=True)


def rate(work, seconds):
    """How often two at once can do it in a second."""
    counts, ends = [0, 0], time.monotonic() + seconds

    def repeat(place):
        while time.monotonic() < ends:
            work()
            counts[place] += 1

    began = time.monotonic()
    threads = [threading.Thread(target=repeat, args=(place,)) for place in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / (time.monotonic() - began)


def read(service, token, path, accept="application/json"):
    request = urllib.request.Request(service.base + path, headers={"Authorization": f"Bearer {token}", "Accept": accept})
    size = 0
    with urllib.request.urlopen(request, timeout=120) as answer:
        while piece := answer.read(1 << 16):
            size += len(piece)
    return size


def progress(service, database, options):
    """As often as pgbench aggregates the measurements live, and how often the service answers."""
    campaign, token = service.campaign(), service.token("coordinator")
    path = f"/v1/campaigns/{campaign}/progress?by=TASK"
    day = service.get("coordinator", path)["comparedToDate"]
    live = (HERE / "live.sql").read_text().replace("{day}", day).replace("{campaign}", campaign)
    transaction = Transaction(0, re.sub(r"\s+", " ", re.sub(r"--.*", "", live)).strip())
    ours, theirs = [], []
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(options.rounds):
            # By who sees everything, so that nothing is asked beside it.
            theirs.append(database.pgbench([transaction], 2, options.seconds, folder, role="postgres"))
            ours.append(rate(lambda: read(service, token, path), options.seconds))
    ratio = statistics.median(one / other for one, other in zip(ours, theirs))
    report("progress", f"{statistics.median(ours):.1f} req/s of {statistics.median(theirs):.1f} tps live"
                       f"  ratio {ratio:.1f} (wanted {PROGRESS_FLOOR})")


def export(service, database, options):
    """All measurements as CSV, beside psql's COPY of the same rows into a file."""
    # What was read before has left its mark on the memory of the process.
    service.restart()
    campaign, token = service.campaign(), service.token("coordinator")
    # What a row of the file says: the members of the measurement, each in a column of its own.
    members = ("value,kind", "value,amount", "value,numerator", "value,denominator", "value,finding", "value,reached", "note",
               "recordedBy")
    columns = ", ".join(f"m.state::jsonb #>> '{{{member}}}'" for member in members)
    copy = (f"COPY (SELECT u.code, u.state ->> 'name', t.code, t.state ->> 'name', m.as_of, {columns}, m.id, m.target_id, "
            f"m.campaign_id, m.unit_id, m.version, m.created_at, m.updated_at FROM measurement m JOIN target t ON t.id = m.target_id "
            f"JOIN unit u ON u.id = m.unit_id WHERE m.campaign_id = '{campaign}' ORDER BY m.id DESC) TO STDOUT (FORMAT csv)")
    ours, theirs, resident = [], [], 0.0
    for _ in range(options.rounds):
        began = time.monotonic()
        database.ask(copy)
        theirs.append(time.monotonic() - began)
        began = time.monotonic()
        size = read(service, token, f"/v1/campaigns/{campaign}/measurements", "text/csv")
        ours.append(time.monotonic() - began)
        resident = max(resident, service.resident_mib(peak=True))
    ratio = statistics.median(one / other for one, other in zip(ours, theirs))
    report("export", f"{statistics.median(ours):.1f} s for {size / 1e6:.0f} MB, COPY {statistics.median(theirs):.1f} s"
                     f"  ratio {ratio:.2f} (wanted {EXPORT_CEILING} at most), {resident:.0f} MiB resident at most"
                     f" (wanted {RESIDENT_CEILING_MIB})")


def freeze(service):
    """The report to the city over more than 200 reports."""
    campaign, token = service.campaign(), service.token("coordinator")
    drafts = service.get("coordinator", f"/v1/campaigns/{campaign}/consolidated-reports?stage=DRAFT")["items"]
    periods = service.get("coordinator", f"/v1/campaigns/{campaign}/periods?limit=100")["items"]
    path = f"/v1/consolidated-reports/{drafts[0]['id']}"
    body = json.dumps({"periodIds": [period["id"] for period in periods], "cutOffDate": "2025-12-08"}).encode()
    head = urllib.request.Request(service.base + path, headers={"Authorization": f"Bearer {token}"})
    with urllib.request.urlopen(head, timeout=60) as answer:
        tag = answer.headers["ETag"]
    request = urllib.request.Request(f"{service.base}{path}/freeze", data=body, method="POST", headers={
        "Authorization": f"Bearer {token}", "If-Match": tag, "Content-Type": "application/json", "Idempotency-Key": uuid.uuid4().hex})
    began = time.monotonic()
    with urllib.request.urlopen(request, timeout=60) as answer:
        frozen = json.load(answer)
    took = time.monotonic() - began
    report("freeze", f"{took:.2f} s for {len(frozen['snapshot']['includedReports'])} reports (wanted {FREEZE_CEILING} s at most)")


def measure(service, database, options):
    print("200 units, 20,000 targets, 500,000 measurements", flush=True)
    database.run(HERE / "large.sql")
    progress(service, database, options)
    export(service, database, options)
    freeze(service)
