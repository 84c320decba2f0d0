"""Makes a dataset with datatrove, on this machine or on Slurm.

    python datatrove_job.py prep.yaml JOB [key=value …] --workers 8
    python datatrove_job.py prep.yaml JOB [key=value …] --slurm PARTITION --wait

JOB, and with Slurm this folder and its Python, are on a disk that all workers share. Run it again
after whatever went wrong.
"""

import argparse
import os
import subprocess
import sys
import time

from datatrove.data import DocumentsPipeline
from datatrove.executor.base import PipelineExecutor
from datatrove.executor.local import LocalPipelineExecutor
from datatrove.executor.slurm import SlurmPipelineExecutor
from datatrove.pipeline.base import PipelineStep

from steps import Job, begin, parser


class JobStep(PipelineStep):
    """One step of the job: a rank runs every task whose number is its own modulo the world size."""

    type = "dpo-prep"
    step = ""

    def __init__(self, job: Job) -> None:
        super().__init__()
        self.job = job

    def run(
        self, data: DocumentsPipeline = None, rank: int = 0, world_size: int = 1
    ) -> DocumentsPipeline:
        """Runs the tasks of this rank that are still to do."""
        for index in self.job.pending(self.step):
            if index % world_size == rank:
                with self.track_time(self.step):
                    self.job.run(self.step, index)
        return data


class Measure(JobStep):
    """The first pass over the inputs."""

    name = step = "measure"


class Plan(JobStep):
    """All that is decided from all inputs together."""

    name = step = "plan"


class Extract(JobStep):
    """The second pass, which takes the texts that the plan wants."""

    name = step = "extract"


class Assemble(JobStep):
    """The output files."""

    name = step = "assemble"


class Finish(JobStep):
    """Manifest, card and report; the dataset appears."""

    name = step = "finish"


class Publish(PipelineStep):
    """The upload of the finished dataset."""

    type = "dpo-prep"
    name = "publish"

    def __init__(self, job: Job, url: str) -> None:
        super().__init__()
        self.job = job
        self.url = url

    def run(
        self, data: DocumentsPipeline = None, rank: int = 0, world_size: int = 1
    ) -> DocumentsPipeline:
        """Uploads it, unless it is there."""
        self.job.publish(self.url)
        return data


def executors(job: Job, options: argparse.Namespace) -> PipelineExecutor:
    """The executor of the last stage, which depends on those before it."""
    tasks = min(len(job.inputs()), options.tasks)
    last: list[PipelineStep] = [Finish(job)]
    if options.publish:
        last.append(Publish(job, options.publish))
    # How many output files there are is known after `plan` only; ranks without one end at once.
    stages: list[tuple[list[PipelineStep], int]] = [
        ([Measure(job)], tasks),
        ([Plan(job)], 1),
        ([Extract(job)], tasks),
        ([Assemble(job)], tasks),
        (last, 1),
    ]
    executor: PipelineExecutor | None = None
    for pipeline, count in stages:
        name = str(pipeline[0].name)
        # Which tasks are done the job's receipts tell alone: completions would outlast a receipt
        # that was removed, and a change of --tasks.
        common = {
            "pipeline": pipeline,
            "tasks": count,
            "workers": options.workers,
            "depends": executor,
            "logging_dir": os.path.join(job.folder, "datatrove", name),
            "skip_completed": False,
        }
        if options.slurm is None:
            executor = LocalPipelineExecutor(**common)
        else:
            executor = SlurmPipelineExecutor(**common, **slurm(name, options))
    assert executor is not None
    return executor


def slurm(name: str, options: argparse.Namespace) -> dict[str, object]:
    """What Slurm is told of a stage."""
    here = os.path.dirname(os.path.abspath(__file__))
    environment = f"export PATH={os.path.dirname(sys.executable)}:$PATH PYTHONPATH={here}"
    return {
        "partition": options.slurm,
        "time": options.time,
        "job_name": f"dpo-prep-{name}",
        "cpus_per_task": options.plan_cpus if name == "plan" else options.cpus,
        "mem_per_cpu_gb": options.plan_memory if name == "plan" else options.memory,
        "env_command": environment,
        "qos": options.qos,
        # A stage whose predecessor failed would wait for ever.
        "sbatch_args": {"kill-on-invalid-dep": "yes"},
    }


def wait(job_id: str) -> None:
    """Waits until Slurm has no such job any more, however it ended."""
    command = ["squeue", "--noheader", "--jobs", job_id, "--states", "PENDING,RUNNING,SUSPENDED"]
    while subprocess.run(command, capture_output=True, check=False).stdout.strip():
        time.sleep(5)


def main() -> int:
    """Runs or submits all stages; the status is 0 if the dataset is there, or all is submitted."""
    arguments = parser(__doc__)
    arguments.add_argument("--tasks", type=int, default=1000, help="ranks of a stage at most")
    arguments.add_argument("--workers", type=int, default=-1, help="tasks at a time (-1: all)")
    arguments.add_argument("--slurm", metavar="PARTITION", help="submit to Slurm")
    arguments.add_argument("--time", default="04:00:00", help="Slurm: limit of a task")
    arguments.add_argument("--memory", type=int, default=2, help="Slurm: GB a processor")
    arguments.add_argument("--plan-memory", type=int, default=16, help="the same of `plan`")
    arguments.add_argument("--qos", default="", help="Slurm: quality of service")
    arguments.add_argument("--wait", action="store_true", help="Slurm: wait for the dataset")
    options = arguments.parse_args()
    job = begin(options)
    executor = executors(job, options)
    try:
        executor.run()
        if isinstance(executor, SlurmPipelineExecutor):
            if not options.wait:
                return 0
            wait(executor.job_id)
    finally:
        job.tell()
    # Whether the last job ended well says nothing of those before it.
    return 0 if job.status()["finished"] else 1


if __name__ == "__main__":
    sys.exit(main())
