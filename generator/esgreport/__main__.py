"""`python -m esgreport`."""

import sys

from esgreport.cli import main

sys.exit(main())
