"""Length-calibrated DPO preference data from scored generations."""
from .commands import audit, diff, evaluate, fit, inspect, run, sweep, validate, verify
from .curves import Curve, Support
from .diagnostics import Diagnostic
from .errors import (
    ConfigurationError, DataError, DpoPrepError, InputNotFoundError, OutputError,
    OutputExistsError, ProgramError, ProgramNotFoundError, ReadWriteError, UsageError,
)
from .progress import Progress
from .results import (
    AuditResult, Difference, Evaluation, Field, Finding, FitResult, Inspection, Mismatch, RunResult,
    SweepResult, SweepVariant, Validation, Verification,
)
from .summary import (
    Bias, CurveFit, Effect, Intervals, Ledger, ModelEffect, Sensitivity, Slopes, Split, Summary,
    Variant,
)

__all__ = [
    "AuditResult", "Bias", "ConfigurationError", "Curve", "CurveFit", "DataError", "Diagnostic",
    "Difference", "DpoPrepError", "Effect", "Evaluation", "Field", "Finding", "FitResult",
    "InputNotFoundError", "Inspection", "Intervals", "Ledger", "Mismatch", "ModelEffect",
    "OutputError", "OutputExistsError", "ProgramError", "ProgramNotFoundError", "Progress",
    "ReadWriteError", "RunResult", "Sensitivity", "Slopes", "Split", "Summary", "Support",
    "SweepResult", "SweepVariant", "UsageError", "Validation", "Variant", "Verification", "audit", "diff", "evaluate", "fit",
    "inspect", "run", "sweep", "validate", "verify",
]
