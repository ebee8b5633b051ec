from __future__ import annotations

import sys
from pathlib import Path

# The modules beside the tests are shared by them, and tests are no package.
sys.path.insert(0, str(Path(__file__).parent))
