"""A service of its own for a measurement, and the requests that are measured."""

import json
import re
import subprocess
import tempfile
import time
import urllib.request
import uuid
from pathlib import Path


# A value of each kind that is right whatever the target asks for.
VALUES = {
    "QUANTITATIVE": {"kind": "QUANTITATIVE", "amount": "12"},
    "SHARE": {"kind": "SHARE", "numerator": "97", "denominator": "100"},
    "QUALITATIVE": {"kind": "QUALITATIVE", "finding": "đạt", "reached": True},
    "MILESTONE": {"kind": "MILESTONE", "done": []},
}


class Service:
    """`thidua dev` on a free port, with its demonstration."""

    def __init__(self, binary):
        self.binary = binary
        self.folder = tempfile.TemporaryDirectory()
        self.data = Path(self.folder.name, "data")

    def __enter__(self):
        self.first_start = self.start()
        return self

    def __exit__(self, *_):
        self.stop()
        self.folder.cleanup()

    def start(self):
        """Starts it and answers how many seconds that took."""
        began = time.monotonic()
        command = [self.binary, "dev", "--bind", "127.0.0.1:0", "--data", self.data, "--requests-per-minute", "1000000000"]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.base = self.process.stdout.readline().removeprefix("ready ").strip()
        return time.monotonic() - began

    def stop(self):
        self.process.terminate()
        self.process.wait(30)

    def restart(self):
        self.stop()
        self.later_start = self.start()

    def resident_mib(self, peak=False):
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(rf"{'VmHWM' if peak else 'VmRSS'}:\s+(\d+)", status).group(1)) / 1024

    def token(self, persona):
        command = [self.binary, "token", "mint", "--persona", persona, "--data", self.data]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()

    def get(self, persona, path):
        return self.ask(urllib.request.Request(self.base + path), persona)

    def ask(self, request, persona):
        request.add_header("Authorization", f"Bearer {self.token(persona)}")
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.load(answer)

    def campaign(self):
        return self.get("coordinator", "/v1/campaigns")["items"][0]["id"]

    def reading_a_report(self, database):
        """W1: any report, by the coordinator."""
        reports = self.get("coordinator", f"/v1/campaigns/{self.campaign()}/reports?limit=100")["items"]
        paths = [f"/v1/reports/{report['id']}" for report in reports]
        transactions = []
        for path in paths:
            with database.captured() as statements:
                self.get("coordinator", path)
            transactions.append(statements.as_transaction(len(transactions)))
        script = f"""
local paths, requests = {{ {", ".join(f'"{path}"' for path in paths)} }}, {{}}
wrk.headers["Authorization"] = "Bearer {self.token("coordinator")}"
init = function() for index, path in ipairs(paths) do requests[index] = wrk.format("GET", path) end end
request = function() return requests[math.random(#requests)] end
"""
        return self.base, script, transactions

    def appending_a_measurement(self, database):
        """W3: a value of any target of one unit, by its officer."""
        targets = self.get("unit-officer", f"/v1/campaigns/{self.campaign()}/targets?limit=100")["items"]
        transactions, requests = [], []
        for target in targets:
            path = f"/v1/targets/{target['id']}/measurements"
            body = json.dumps({"asOfDate": "2025-12-08", "value": VALUES[target["measure"]["kind"]]}, ensure_ascii=False)
            request = urllib.request.Request(self.base + path, data=body.encode(), method="POST")
            key = f"capture-{uuid.uuid4().hex}"
            request.add_header("Content-Type", "application/json")
            request.add_header("Idempotency-Key", key)
            with database.captured() as statements:
                made = self.ask(request, "unit-officer")
            # What is new in each request must be new in each transaction.
            transactions.append(statements.as_transaction(len(transactions), fresh_key=key, fresh_id=made["id"]))
            requests.append(f"{{ '{path}', '{body}' }}")
        script = f"""
local requests = {{ {", ".join(requests)} }}
local count, run = 0, "{uuid.uuid4().hex[:12]}"
wrk.headers["Authorization"] = "Bearer {self.token("unit-officer")}"
wrk.headers["Content-Type"] = "application/json"
request = function()
  count = count + 1
  wrk.headers["Idempotency-Key"] = run .. "-" .. os.time() .. "-" .. count .. "-" .. math.random(1000000)
  local one = requests[math.random(#requests)]
  return wrk.format("POST", one[1], nil, one[2])
end
"""
        return self.base, script, transactions
