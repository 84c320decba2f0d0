import os
from pathlib import Path


def program() -> Path:
    """The path of the program.

    ``DPO_PREP_PROGRAM`` in the environment names another one, such as that of a checkout.

    Raises:
        FileNotFoundError: where there is none, as in a checkout that was not installed.
    """
    path = Path(os.environ.get("DPO_PREP_PROGRAM") or Path(__file__).with_name("bin") / "dpo-prep")
    if not path.is_file():
        raise FileNotFoundError(
            f"no program at {path}; install the wheel of dpo-prep, or build the program and name it "
            "in DPO_PREP_PROGRAM"
        )
    return path
