"""What a fresh process needs at most. Linux only: elsewhere these rows are left out."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

_ROOT = Path(__file__).parent.parent
CAN_TELL = sys.platform == "linux"
# not getrusage: its number begins with that of the process that started this one
_TELL = """
import re
from pathlib import Path
print(re.search(r"VmHWM:\\s*(\\d+)", Path("/proc/self/status").read_text())[1])
"""


def peak_of(code: str, *arguments: str) -> float:
    """Bytes that a fresh process needs at most for some Python code; `arguments` are its sys.argv[1:]."""
    command = [sys.executable, "-c", f"{code}\n{_TELL}", *arguments]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=_ROOT)
    said = re.search(r"(\d+)\s*$", done.stdout)
    assert said is not None, done.stdout
    return int(said[1]) * 1024
