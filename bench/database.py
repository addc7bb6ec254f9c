"""The service's PostgreSQL: captures what the service sends, and lets pgbench send it again."""

import re
import shutil
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path

EXECUTE = re.compile(r"LOG:  (?:execute [^:]+|statement): (.*)", re.S)
PARAMETER = re.compile(r"\$(\d+) = (NULL|'(?:[^']|'')*')", re.S)
EVENT_PARAMETER = "$6"
# What the sequencer and this very measurement send.
NOT_THE_REQUESTS = ("event_queue q JOIN", "log_entry", "ALTER SYSTEM", "pg_reload_conf")


def bin_folder():
    found = subprocess.run(["pg_config", "--bindir"], capture_output=True, text=True).stdout.strip()
    return Path(found) if found else Path(shutil.which("pgbench")).parent


class Transaction:
    """What pgbench sends: SQL, and the variables in it. pgbench prepares it with a parameter for each, as the service does:
    a constant in its place would be planned for once and for all."""

    def __init__(self, number, *lines):
        self.number = number
        self.lines = list(lines)
        self.variables = {}

    def variable(self, value):
        """Stands for the value, as the log shows it."""
        if value == "NULL":
            return value
        name = f"t{self.number}_{len(self.variables)}"
        self.variables[name] = value[1:-1].replace("''", "'")
        return f":{name}"


class Statements:
    """What one request sent, in order, with its parameters."""

    def __init__(self):
        self.sent = []

    def as_transaction(self, number, fresh_key=None, fresh_id=None):
        """A transaction of pgbench: the same statements, with fresh identifiers where a repetition would collide."""
        made = Transaction(number)
        event = next((values["6"] for sql, values in self.sent if EVENT_PARAMETER in sql), None)
        if fresh_key:
            made.lines.append("\\set n random(1, 281474976710655)")
        for sql, values in self.sent:
            # Longest names first, so that $1 does not eat the beginning of $10.
            for place in sorted(values, key=int, reverse=True):
                logged = values[place]
                value = "('bench-' || :n::bigint)" if fresh_key and logged == f"'{fresh_key}'" else None
                for old in filter(None, (fresh_id, event and event.strip("'"))):
                    if old in logged:
                        value = self.renewed(value or made.variable(logged), logged, old, "1" if old == fresh_id else "2")
                sql = sql.replace(f"${place}", value or made.variable(logged))
            made.lines.append(re.sub(r"\s+", " ", sql).strip() + ";")
        return made

    @staticmethod
    def renewed(value, logged, old, kind):
        fresh = f"('00000000-000{kind}-7000-8000-' || lpad(to_hex(:n::bigint), 12, '0'))"
        return fresh if logged == f"'{old}'" else f"replace({value}, '{old}', {fresh})"


class Database:
    """Found by the socket that the data folder's server listens on."""

    def __init__(self, data):
        lines = Path(data, "pg", "postmaster.pid").read_text().splitlines()
        self.port, self.socket = lines[3].strip(), lines[4].strip()
        self.log = next(path for path in (Path(data, "pg").resolve().parent / "server.log",
                                          Path(data, "pg", "server.log"), Path(data, "server.log")) if path.exists())

    def psql(self, *what):
        command = [bin_folder() / "psql", "-h", self.socket, "-p", self.port, "-U", "postgres", "-d", "thidua", "-qAt",
                   "-v", "ON_ERROR_STOP=1", "-o", "/dev/null", *what]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)

    def ask(self, sql):
        self.psql("-c", sql)

    def run(self, file):
        self.psql("-f", file)

    def log_statements(self, which):
        self.ask(f"ALTER SYSTEM SET log_statement = '{which}'")
        self.ask("SELECT pg_reload_conf()")
        # Each backend takes it over when it is next idle.
        time.sleep(1)

    @contextmanager
    def captured(self):
        """Everything that the service sends meanwhile, read from the server's own log."""
        statements = Statements()
        self.log_statements("all")
        began = self.log.stat().st_size
        yield statements
        time.sleep(0.2)
        self.log_statements("none")
        with self.log.open() as log:
            log.seek(began)
            statements.sent = list(parse(log.read()))

    def pgbench(self, transactions, clients, seconds, folder, role="thidua_app"):
        """Transactions a second; as the service's own role, which sees nothing before a statement says for whom it asks."""
        command = [bin_folder() / "pgbench", "-n", "-M", "prepared", "-c", str(clients), "-j", "1", "-T", str(seconds),
                   "-h", self.socket, "-p", self.port, "-U", "postgres"]
        for transaction in transactions:
            path = Path(folder, f"{transaction.number}.sql")
            path.write_text("\n".join(transaction.lines) + "\n")
            command += ["-f", path]
            for name, value in transaction.variables.items():
                command += ["-D", f"{name}={value}"]
        environment = {"PGOPTIONS": f"-c role={role}", "PATH": "/usr/bin:/bin"}
        ran = subprocess.run([*command, "thidua"], capture_output=True, text=True, env=environment)
        if ran.returncode:
            raise SystemExit(f"pgbench: {ran.stderr}")
        return float(re.search(r"tps = ([\d.]+)", ran.stdout).group(1))


def parse(text):
    """The statements of the service in a piece of the log; the sequencer's are not the request's."""
    entries = re.split(r"\n(?=\d{4}-\d\d-\d\d )", text)
    pending = None
    for entry in entries:
        found = EXECUTE.search(entry)
        if found:
            if pending:
                yield pending
            pending = None if any(mark in found[1] for mark in NOT_THE_REQUESTS) else (found[1], {})
        elif "DETAIL:  parameters:" in entry and pending:
            yield pending[0], dict(PARAMETER.findall(entry))
            pending = None
    if pending:
        yield pending
