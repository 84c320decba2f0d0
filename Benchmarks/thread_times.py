"""How the processor time of a process falls on its threads."""
import dataclasses
import os
import time

PAUSE = 0.003
"""Seconds between two looks. A thread that ends takes at most that much with it unseen."""


@dataclasses.dataclass
class ThreadShares:
    """Shares of the processor time of the whole process."""

    calling: float
    others: list[float]
    """The busiest first."""

    @property
    def seen(self):
        """What was seen on any thread: less than all by the last moments of those that ended."""
        return self.calling + sum(self.others)


class ThreadTimes:
    def __init__(self, pid):
        self.pid = pid
        self.nanoseconds = {}
        """Of each thread that was seen; of one that ended what was seen last."""

    def watch(self):
        """Looks at the threads until the process has ended, which is left to be waited for."""
        while os.waitid(os.P_PID, self.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
            self._look()
            time.sleep(PAUSE)
        # The calling thread is there until it is waited for.
        self._look()

    def shares(self, seconds):
        """- seconds: the processor time that the system counted for the process."""
        shares = {thread: time / 1e9 / seconds for thread, time in self.nanoseconds.items()}
        calling = shares.pop(str(self.pid))
        return ThreadShares(calling, sorted(shares.values(), reverse=True))

    def _look(self):
        folder = f"/proc/{self.pid}/task"
        try:
            threads = os.listdir(folder)
        except OSError:
            return
        for thread in threads:
            try:
                with open(f"{folder}/{thread}/schedstat") as file:
                    self.nanoseconds[thread] = int(file.read().split()[0])
            except (OSError, IndexError):
                pass  # It has just ended.
