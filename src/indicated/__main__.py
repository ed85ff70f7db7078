"""`python -m indicated`."""

from __future__ import annotations

import sys

from indicated.cli import main

sys.exit(main())
