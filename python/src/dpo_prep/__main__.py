import os
import sys
from typing import NoReturn

from ._program import program


def main() -> NoReturn:
    """Becomes the program: signals, streams and the exit status are its own."""
    try:
        path = program()
    except FileNotFoundError as error:
        sys.exit(f"error: {error}")
    os.execv(path, ["dpo-prep", *sys.argv[1:]])


if __name__ == "__main__":
    main()
