"""The cabinet's commands: `python run.py --help`."""

import sys

from lkcap.cli import main

if __name__ == "__main__":
    sys.exit(main())
