"""The list of slow tests names tests that are there; the script that writes it reads pytest's own report."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
LIST = ROOT / "tests/data/slow.txt"
REPORT = """<testsuites><testsuite>
<testcase classname="tests.test_a" name="test_quick" time="0.999"/>
<testcase classname="tests.test_a" name="test_long[0.1]" time="1.000"/>
<testcase classname="tests.test_a" name="test_long[0.2]" time="0.010"/>
</testsuite></testsuites>"""


def test_every_name_on_the_list_is_a_tests() -> None:
    names = LIST.read_text(encoding="utf-8").splitlines()
    assert names == sorted(set(names))
    texts = {
        file: (ROOT / file).read_text(encoding="utf-8") for file in {n.partition("::")[0] for n in names}
    }
    gone = [
        name
        for name in names
        if not re.search(rf"^def {name.partition('::')[2]}\(", texts[name.partition("::")[0]], re.MULTILINE)
    ]
    assert gone == []
    assert len(names) > 100


def test_the_script_lists_what_takes_a_second_and_no_less(tmp_path: Path) -> None:
    for folder in ("tools", "tests/data"):
        (tmp_path / folder).mkdir(parents=True)
    shutil.copy(ROOT / "tools/slow-tests", tmp_path / "tools")
    (tmp_path / "report.xml").write_text(REPORT, encoding="utf-8")
    command = [sys.executable, str(tmp_path / "tools/slow-tests")]
    subprocess.run([*command, str(tmp_path / "report.xml")], check=True, capture_output=True)
    assert (tmp_path / "tests/data/slow.txt").read_text(encoding="utf-8") == "tests/test_a.py::test_long\n"
    assert subprocess.run([*command, "nowhere.xml"], check=False, capture_output=True).returncode == 2
