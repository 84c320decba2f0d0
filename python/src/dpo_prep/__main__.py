import os
import sys
from typing import NoReturn

from ._program import find_program
from .errors import ProgramNotFoundError


def main() -> NoReturn:
    """Becomes the program: signals, streams and the exit status are its own."""
    try:
        path = find_program()
    except ProgramNotFoundError as error:
        sys.exit(str(error))
    os.execv(path, ["dpo-prep", *sys.argv[1:]])


if __name__ == "__main__":
    main()
