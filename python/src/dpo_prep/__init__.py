"""Length-calibrated DPO preference data from scored generations."""
from .commands import (
    audit, diff, dry_run, evaluate, fit, inspect, run, score, sweep, validate, verify,
)
from .curves import Curve, Support
from .diagnostics import Diagnostic
from .errors import (
    ConfigurationError, DataError, DpoPrepError, InputNotFoundError, OutputError,
    OutputExistsError, ProgramError, ProgramNotFoundError, ReadWriteError, UsageError,
)
from .progress import Progress
from .results import (
    AuditResult, Difference, DryRun, Evaluation, Field, Finding, FitResult, Inspection, Mismatch,
    RunResult, ScoreResult, SweepResult, SweepVariant, Validation, Verification,
)
from .summary import (
    Bias, CurveFit, Effect, Intervals, Ledger, ModelEffect, RewardModels, Sensitivity, Slopes, Split,
    Summary, Variant,
)

__all__ = [
    "AuditResult", "Bias", "ConfigurationError", "Curve", "CurveFit", "DataError", "Diagnostic",
    "Difference", "DpoPrepError", "DryRun", "Effect", "Evaluation", "Field", "Finding", "FitResult",
    "InputNotFoundError", "Inspection", "Intervals", "Ledger", "Mismatch", "ModelEffect",
    "OutputError", "OutputExistsError", "ProgramError", "ProgramNotFoundError", "Progress",
    "ReadWriteError", "RewardModels", "RunResult", "ScoreResult", "Sensitivity", "Slopes", "Split", "Summary",
    "Support", "SweepResult", "SweepVariant", "UsageError", "Validation", "Variant", "Verification", "audit",
    "diff", "dry_run", "evaluate", "fit", "inspect", "run", "score", "sweep", "validate", "verify",
]
