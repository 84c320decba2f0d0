"""A Slurm of one node on this machine, with its own munge, folders and ports."""

import os
import secrets
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

CONF = """\
ClusterName=here
SlurmctldHost={host}(127.0.0.1)
SlurmUser={user}
SlurmdUser={user}
AuthType=auth/munge
# A requeued task waits as long as credentials last, two minutes by default.
AuthInfo=socket={folder}/munge/socket,cred_expire=10
SlurmctldPort={port}
SlurmdPort={node_port}
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/spool
SlurmctldPidFile={folder}/slurmctld.pid
SlurmdPidFile={folder}/slurmd.pid
SlurmctldLogFile={folder}/slurmctld.log
SlurmdLogFile={folder}/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SchedulerParameters=batch_sched_delay=0,sched_interval=1,sched_min_interval=100000
SlurmdParameters=config_overrides
ReturnToService=2
MpiDefault=none
NodeName={host} NodeAddr=127.0.0.1 CPUs=8 RealMemory=4000
PartitionName=main Nodes=ALL Default=YES MaxTime=INFINITE State=UP
"""


class SlurmCluster:
    """munged, slurmctld and slurmd for as long as the context lasts."""

    def __init__(self) -> None:
        self._temporary = tempfile.TemporaryDirectory(prefix="slurm-")
        self.folder = folder = Path(self._temporary.name)
        self.conf = str(folder / "slurm.conf")
        self.environment = {**os.environ, "SLURM_CONF": self.conf}
        self.daemons: list[subprocess.Popen[bytes]] = []

    def __enter__(self) -> "SlurmCluster":
        for name in ("munge", "state", "spool"):
            (self.folder / name).mkdir()
        # munge insists that everybody could come to its socket.
        self.folder.chmod(0o711)
        key = self.folder / "munge" / "key"
        key.write_bytes(secrets.token_bytes(1024))
        key.chmod(0o600)
        ports = [socket.socket() for _ in range(2)]
        for port in ports:
            port.bind(("127.0.0.1", 0))
        host = socket.gethostname().partition(".")[0]
        user = subprocess.check_output(["id", "-un"], text=True).strip()
        text = CONF.format(
            folder=self.folder, host=host, user=user, port=ports[0].getsockname()[1],
            node_port=ports[1].getsockname()[1])
        for port in ports:
            port.close()
        Path(self.conf).write_text(text)
        munge = [f"--{name}={self.folder}/munge/{name.partition('-')[0]}"
                 for name in ("socket", "key-file", "pid-file", "seed-file", "log-file")]
        self._start("munged", "--foreground", "--force", *munge)
        self._await(lambda: (self.folder / "munge" / "socket").exists())
        self._start("slurmctld", "-D", "-c")
        self._start("slurmd", "-D", "-c")
        self._await(lambda: self.call("sinfo", "-h", "-o", "%t").stdout.strip() == "idle")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        subprocess.run(["scancel", "--quiet", "--me"], env=self.environment, check=False)
        for daemon in reversed(self.daemons):
            daemon.terminate()
            try:
                daemon.wait(timeout=10)
            except subprocess.TimeoutExpired:
                daemon.kill()
                daemon.wait()
        self._temporary.cleanup()

    def call(self, *command: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(command, env=self.environment, capture_output=True, text=True)

    def _start(self, name: str, *arguments: str) -> None:
        sbin = f"{os.environ['PATH']}:/usr/sbin"
        log = open(self.folder / f"{name}.out", "wb")
        self.daemons.append(subprocess.Popen(
            [name, *arguments], env={**self.environment, "PATH": sbin}, stdout=log, stderr=log))

    def _await(self, condition: Callable[[], bool]) -> None:
        for _ in range(300):
            if condition():
                return
            time.sleep(0.1)
        logs = "\n".join(path.read_text() for path in sorted(self.folder.glob("*.out")))
        raise TimeoutError(f"Slurm does not start; {self.folder} has its logs:\n{logs}")
