"""Workers are forked from a server of ours, which has our code and opened nothing; else they begin anew."""

from __future__ import annotations

import multiprocessing.util
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere processes begin from nothing")

HOW = "from dxassets.runners.forking import worker_context\nprint(worker_context().get_start_method())"
POOL = """
import os
import sys
sys.path.insert(0, {root!r})
from dxassets.runners.executors import LastingPool
if __name__ == "__main__":
    with LastingPool(1) as pool:
        print(pool.submit(os.getpid).result() != os.getpid())
"""


def said_by(code: str, cwd: Path = ROOT, **environment: str) -> str:
    """What a fresh process prints."""
    done = subprocess.run(
        [sys.executable, "-c", code],
        check=True,
        capture_output=True,
        text=True,
        cwd=cwd,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin", **environment},
    )
    return done.stdout.strip()


def test_what_workers_are_forked_from_runs_no_thread_and_opened_no_drawing_library() -> None:
    code = (
        "import sys\n"
        "from importlib import import_module\n"
        "from pathlib import Path\n"
        "from dxassets.runners.forking import PRELOADED\n"
        "for name in PRELOADED: import_module(name)\n"
        "print(len(list(Path('/proc/self/task').iterdir())), *sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    threads, *modules = done.stdout.split()
    assert threads == "1"
    assert not {"pyvips", "_libvips", "numpy", "weasyprint", "distributed", "obstore"} & set(modules)
    assert {"pydantic", "jinja2", "qrcode"} <= set(modules)


def test_workers_are_forked_where_a_server_can_be_had(tmp_path: Path) -> None:
    assert said_by(HOW, TMPDIR=str(tmp_path)[:60]) == "forkserver"


def test_without_room_for_a_socket_workers_begin_anew(tmp_path: Path) -> None:
    """A socket's name has room for 108 bytes; the folder of temporary files may take more."""
    long = tmp_path / ("tạm" * 30)
    long.mkdir()
    finds_room_itself = hasattr(multiprocessing.util, "_get_base_temp_dir")  # Python 3.14.1 and later
    assert said_by(HOW, TMPDIR=str(long)) == ("forkserver" if finds_room_itself else "spawn")
    script = tmp_path / "pool.py"
    script.write_text(POOL.format(root=str(ROOT)), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(script)],
        check=True, capture_output=True, text=True, env={**os.environ, "TMPDIR": str(long)},
    )  # fmt: skip
    assert done.stdout == "True\n"


def test_anothers_server_is_not_used_and_ours_leaves_no_list_behind() -> None:
    others = "from multiprocessing import forkserver\nforkserver.ensure_running()\n"
    assert said_by(others + HOW) == "spawn"
    left = "\nfrom multiprocessing import forkserver\nprint(forkserver._forkserver._preload_modules)"
    assert said_by(HOW + left).splitlines() == ["forkserver", "['__main__']"]


def test_what_ignores_the_environment_begins_anew() -> None:
    code = f"import sys\nsys.path.insert(0, {str(ROOT)!r})\n{HOW}"
    done = subprocess.run([sys.executable, "-E", "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "spawn"


def test_a_package_of_the_same_name_in_the_current_folder_is_never_loaded(tmp_path: Path) -> None:
    """An older checkout there would draw other bytes under the same keys."""
    older = tmp_path / "older"
    (older / "dxassets").mkdir(parents=True)
    marker = tmp_path / "loaded"
    (older / "dxassets/__init__.py").write_text(f"open({str(marker)!r}, 'w').close()", encoding="utf-8")
    script = tmp_path / "script.py"
    script.write_text(POOL.format(root=str(ROOT)), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(script)],
        check=True,
        capture_output=True,
        text=True,
        cwd=older,
        env={"PATH": "/usr/bin:/bin"},
    )
    assert done.stdout.strip() == "True"
    assert not marker.exists()
