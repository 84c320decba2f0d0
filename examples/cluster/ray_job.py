"""Makes a dataset on a Ray cluster: every step is a Ray task.

    python ray_job.py prep.yaml JOB [key=value …]

JOB and this folder are on a disk that all nodes share. Run it again after whatever went wrong.
"""

import os

import ray

from steps import STEPS, Job, begin, parser


# What was killed is worth another try. A copy that starts while the first still runs is harmless.
@ray.remote(max_retries=2, retry_exceptions=True)
def task(job: Job, step: str, index: int) -> None:
    """Runs one task of the job where Ray wants it."""
    job.run(step, index)


def main() -> None:
    """Runs the steps one after the other, the tasks of each side by side."""
    arguments = parser(__doc__)
    arguments.add_argument("--address", help="the cluster (default: RAY_ADDRESS, or one made here)")
    arguments.add_argument("--plan-memory", type=int, default=0, help="bytes that `plan` needs")
    options = arguments.parse_args()
    job = begin(options)
    here = os.path.dirname(os.path.abspath(__file__))
    ray.init(options.address, runtime_env={"env_vars": {"PYTHONPATH": here}})
    try:
        for step in STEPS:
            started = task.options(name=step, num_cpus=job.cpus)
            if step == "plan":
                started = task.options(
                    name=step, num_cpus=job.plan_cpus, memory=options.plan_memory
                )
            # A list of what is to do, not a dataset: a lazy one that is only counted runs nothing.
            ray.get([started.remote(job, step, index) for index in job.pending(step)])
    finally:
        job.tell()
    if options.publish:
        job.publish(options.publish)


if __name__ == "__main__":
    main()
