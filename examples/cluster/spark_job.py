"""Makes a dataset with Spark as the runner of tasks.

    spark-submit spark_job.py prep.yaml JOB [key=value …]

JOB is on a disk that all executors share. Run it again after whatever went wrong.
"""

import os
import sys
from collections.abc import Iterator

from pyspark.sql import SparkSession

import staging
import steps
from steps import STEPS, Job, begin, parser


def run(spark: SparkSession, job: Job, step: str) -> None:
    """Runs what is to do of a step, a partition each.

    Never by `RDD.pipe`: it returns what a program has printed even if that failed or was killed.
    """

    def tasks(indices: Iterator[int]) -> Iterator[int]:
        for index in indices:
            job.run(step, index)
            yield index

    pending = job.pending(step)
    if not pending:
        return
    done = spark.sparkContext.parallelize(pending, len(pending)).mapPartitions(tasks).collect()
    if done != pending:
        raise RuntimeError(f"{step}: of the tasks {pending} Spark ran {done}")


def main() -> None:
    """Runs the steps one after the other, the tasks of each side by side."""
    options = parser(__doc__).parse_args()
    job = begin(options)
    # The workers' Python has to have fsspec, as this one does.
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    spark = SparkSession.builder.appName("dpo-prep").getOrCreate()
    for module in (steps, staging):
        spark.sparkContext.addPyFile(module.__file__)
    try:
        for step in STEPS:
            run(spark, job, step)
    finally:
        spark.stop()
        job.tell()
    if options.publish:
        job.publish(options.publish)


if __name__ == "__main__":
    main()
