"""The benchmarks are scripts with parts beside them; the tests import these as the scripts do."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[2] / "benchmarks"))
