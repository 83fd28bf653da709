"""The run: only what is missing is made, one failure stops nobody, and no death leaves a wrong folder."""

from __future__ import annotations

import errno
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import pytest

from dxassets.api import Project, Report, Wanted, assembling, build, load_campaign, plan, preview, verify
from dxassets.api.planning import PlanStream
from dxassets.errors import DxassetsError, InputError, OutputError
from dxassets.runners import batches, tasks
from dxassets.store import open_shelf, read_manifest

ROOT = Path(__file__).parent.parent
SMALL = Wanted(presets=("button-120x60", "mobile-300x50"), kinds=("banner",))
MANY = Wanted(
    agencies=("so-noi-vu", "so-tu-phap"),
    presets=("share-1200x630", "portal-header-1200x300"),
    kinds=("banner",),
)
MANY_WORDS = (
    "--agency so-noi-vu --agency so-tu-phap --kind banner "
    "--preset share-1200x630 --preset portal-header-1200x300"
)


def tree(folder: Path) -> dict[str, bytes]:
    """Every file that is handed out, by name."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and ".dxassets" not in path.parts
    }


def times(folder: Path) -> dict[str, int]:
    """When each picture was written."""
    return {path.relative_to(folder).as_posix(): path.stat().st_mtime_ns for path in folder.rglob("*.png")}


@pytest.fixture(scope="module")
def built(project: Project, tmp_path_factory: pytest.TempPathFactory) -> Report:
    return build(project, SMALL, out=tmp_path_factory.mktemp("built"))


def test_a_build_makes_every_job_and_says_so(built: Report, project: Project) -> None:
    jobs = plan(project, SMALL).jobs
    assert built.made == tuple(job.path for job in jobs)
    assert (built.failed, built.up_to_date, built.exit_code) == ((), (), 0)
    manifest = json.loads(built.manifest.read_bytes())
    assert [asset["path"] for asset in manifest["assets"]] == list(built.made)
    first = manifest["assets"][0]
    assert first["size"] == {"width": 120, "height": 60, "unit": "px"}
    assert first["bytes"] == len((built.folder / first["path"]).read_bytes())
    assert first["least_contrast"] >= 3
    assert set(manifest["inputs"]) >= {"campaign.toml", "agencies.csv", "brand/brand.toml", "dispatch.md"}
    assert manifest["tools"]["pyvips"]
    assert verify(built.folder) == []


def test_nothing_is_made_twice(built: Report, project: Project) -> None:
    before, written = tree(built.folder), times(built.folder)
    again = build(project, SMALL, out=built.folder.parent)
    assert (again.made, again.up_to_date) == ((), built.made)
    assert tree(built.folder) == before
    assert times(built.folder) == written
    assert preview(project, SMALL, out=built.folder.parent).to_make == ()
    assert len(preview(project, SMALL, out=built.folder.parent, force=True).to_make) == len(built.made)


def test_what_names_no_office_is_one_file_for_several(project: Project, tmp_path: Path) -> None:
    offices = tuple(office.id for office in project.campaign.offices[:3])
    wanted = Wanted(
        agencies=offices, days=("10-10",), themes=("light",), presets=("button-120x60",), kinds=("banner",)
    )
    folder = build(project, wanted, out=tmp_path).folder
    first, *others = sorted(folder.rglob("button-120x60.png"))
    assert len(others) == 2
    assert all(first.samefile(other) for other in others)
    old = first.read_bytes()
    first.unlink()
    first.write_bytes(b"painted over")
    assert all(other.read_bytes() == old for other in others)
    build(project, wanted, out=tmp_path)
    assert first.read_bytes() == old
    assert verify(folder) == []


def test_every_executor_makes_the_same_bytes(built: Report, project: Project, tmp_path: Path) -> None:
    pooled = build(project, SMALL, out=tmp_path / "pool", jobs=2)
    with ThreadPoolExecutor(2) as threads:
        given = build(project, SMALL, out=tmp_path / "threads", jobs=2, executor=threads)
    assert tree(pooled.folder) == tree(built.folder)
    assert tree(given.folder) == tree(built.folder)


def test_a_part_keeps_what_other_parts_made(project: Project, tmp_path: Path) -> None:
    one = Wanted(days=("10-10",), themes=("light",), presets=("button-120x60",), kinds=("banner",))
    two = Wanted(days=("01-11",), themes=("light",), presets=("button-120x60",), kinds=("banner",))
    build(project, one, out=tmp_path)
    report = build(project, two, out=tmp_path)
    manifest = read_manifest(report.folder)
    assert manifest is not None
    assert [record.day for record in manifest.assets] == ["01-11", "10-10"]
    assert verify(report.folder) == []


def test_a_lost_or_edited_file_is_made_again_and_no_other(project: Project, tmp_path: Path) -> None:
    report = build(project, SMALL, out=tmp_path)
    before = tree(report.folder)
    (report.folder / report.made[0]).unlink()
    (report.folder / report.made[1]).write_bytes(b"edited")
    assert len(verify(report.folder)) == 2
    again = build(project, SMALL, out=tmp_path)
    assert again.made == report.made[:2]
    assert tree(report.folder) == before


def test_one_failed_asset_stops_no_other_and_leaves_no_stale_file(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = build(project, SMALL, out=tmp_path)
    real = tasks.render

    def fail_once(job: object, resources: object) -> object:
        if getattr(job, "path", "") == report.made[0]:
            raise RuntimeError("nobody foresaw this\nsecond line")
        return real(job, resources)  # type: ignore[arg-type]

    monkeypatch.setattr(tasks, "render", fail_once)
    again = build(project, SMALL, out=tmp_path, force=True)
    assert again.exit_code == 1
    assert [failure.path for failure in again.failed] == [report.made[0]]
    assert "RuntimeError: nobody foresaw this" in again.failed[0].problems[0].en
    assert again.made == report.made[1:]
    # made from the very same inputs, the old file is still true
    assert verify(again.folder) == []


def test_an_asset_that_is_no_longer_true_goes(tmp_path: Path) -> None:
    folder = tmp_path / "c"
    shutil.copytree(ROOT / "campaigns/daknong-2022", folder)
    file = folder / "campaign.toml"
    unset = file.read_text(encoding="utf-8")
    file.write_text(
        unset.replace(
            '# url = "https://zalo.me/..."',
            'url = "https://zalo.me/1234567890123456789"\nchecked_on = 2022-09-19',
        ),
        encoding="utf-8",
    )
    codes = Wanted(kinds=("qr",), formats=("svg",))
    report = build(load_campaign(folder), codes, out=tmp_path)
    zalo = report.folder / "so-thong-tin-va-truyen-thong/qr/zalo.svg"
    assert zalo.is_file()
    file.write_text(unset, encoding="utf-8")
    report = build(load_campaign(folder), codes, out=tmp_path)
    assert not zalo.exists()
    assert len(report.skipped) == 1
    assert verify(report.folder) == []


def test_a_slogan_of_300_characters_is_shown_short_or_fails_by_name(tmp_path: Path) -> None:
    folder = tmp_path / "c"
    shutil.copytree(ROOT / "campaigns/daknong-2022", folder)
    file = folder / "campaign.toml"
    text = file.read_text(encoding="utf-8")
    long = ("Chuyển đổi số phục vụ người dân và doanh nghiệp " * 7)[:300].strip()
    start = text.index('text = "Chuyển')
    text = text[:start] + f'text = "{long}"\n' + text[text.index("short =", start) :]
    file.write_text(text, encoding="utf-8")
    wanted = Wanted(
        days=("10-10",), themes=("digital",), presets=("mobile-320x50", "poster-a4"), kinds=("banner",)
    )
    assert build(load_campaign(folder), wanted, out=tmp_path).exit_code == 0
    file.write_text(
        text.replace('short = "Vì một cuộc sống tốt đẹp hơn cho người dân"', f'short = "{long}"', 1),
        encoding="utf-8",
    )
    report = build(load_campaign(folder), wanted, out=tmp_path)
    assert [failure.path.rpartition("/")[2] for failure in report.failed] == ["mobile-320x50.png"]
    assert not (report.folder / report.failed[0].path).exists()
    assert verify(report.folder) == []


def test_bad_input_writes_nothing(project: Project, tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        build(
            project, Wanted(agency_names=("Sở 🎉", "Sở 漢"), presets=("button-120x60",)), out=tmp_path / "out"
        )
    assert len(caught.value.problems) == 2
    assert not (tmp_path / "out").exists()


def test_a_full_disk_ends_the_build_and_nothing_is_half_made(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[int] = []
    real = os.fsync

    def fill(descriptor: int) -> None:
        calls.append(descriptor)
        if len(calls) > 3:
            raise OSError(errno.ENOSPC, "No space left on device")
        real(descriptor)

    monkeypatch.setattr(os, "fsync", fill)
    with pytest.raises(OutputError, match="the disk is full"):
        build(project, SMALL, out=tmp_path)
    folder = tmp_path / "daknong-2022"
    assert len(times(folder)) == 3
    assert len(calls) == 4
    assert not list(folder.rglob("*.part"))
    monkeypatch.undo()
    report = build(project, SMALL, out=tmp_path)
    assert len(report.up_to_date) == 3
    assert verify(folder) == []


def test_a_given_executor_that_broke_is_told(project: Project, tmp_path: Path) -> None:
    class Broken(Executor):
        def submit(self, *_args: object, **_words: object) -> Future[object]:  # type: ignore[override]
            future: Future[object] = Future()
            future.set_exception(BrokenProcessPool("killed"))
            return future

    with pytest.raises(DxassetsError, match="open another and run again"):
        build(project, SMALL, out=tmp_path, executor=Broken(), jobs=2)


def test_batches_hold_one_look_each_and_lose_nothing(project: Project) -> None:
    jobs = list(plan(project, Wanted(all_agencies=True, presets=("share-1200x630",), kinds=("banner",))).jobs)
    found = list(batches(jobs, 2))
    assert sorted(job.path for batch in found for job in batch) == sorted(job.path for job in jobs)
    assert all(len({(job.preset, job.theme, job.day) for job in batch}) == 1 for batch in found)
    assert max(map(len, found)) > 1
    assert all(len(batch) == 1 for batch in batches(jobs, 1))


@pytest.mark.parametrize("damage", ["bytes", "gone", "extra", "manifest", "none"])
def test_verify_sees_every_difference(project: Project, tmp_path: Path, damage: str) -> None:
    wanted = Wanted(
        days=("10-10",),
        themes=("light",),
        presets=("button-120x60",),
        kinds=("banner", "qr"),
        formats=("png",),
    )
    report = build(project, wanted, out=tmp_path)
    victim = report.folder / report.made[-1]
    if damage == "bytes":
        data = bytearray(victim.read_bytes())
        data[-20] ^= 1
        victim.write_bytes(data)
    elif damage == "gone":
        victim.unlink()
    elif damage == "extra":
        (victim.parent / "mine.png").write_bytes(b"")
    elif damage == "manifest":
        text = report.manifest.read_text(encoding="utf-8").replace(
            '"payload":"https://', '"payload":"http://'
        )
        report.manifest.write_text(text, encoding="utf-8")
    found = verify(report.folder)
    assert len(found) == {"manifest": 3, "none": 0}.get(damage, 1)


def test_verify_wants_a_built_folder(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        verify(tmp_path)


def start(out: Path) -> subprocess.Popen[bytes]:
    """A build of `MANY` in a process group of its own, which is what a terminal's Ctrl-C goes to."""
    command = [
        sys.executable,
        "-m",
        "dxassets",
        "build",
        *MANY_WORDS.split(),
        "--jobs",
        "2",
        "--out",
        str(out),
    ]
    environment = {**os.environ, "DXASSETS_LANG": "en"}
    return subprocess.Popen(
        command, stderr=subprocess.PIPE, start_new_session=True, env=environment, cwd=ROOT
    )


def wait_for(out: Path, count: int, running: subprocess.Popen[bytes]) -> None:
    """Until that many pictures are there."""
    end = time.monotonic() + 60
    while len(list(out.rglob("*.png"))) < count:
        assert running.poll() is None, running.stderr and running.stderr.read()
        if time.monotonic() > end:
            pytest.fail("the build hangs")
        time.sleep(0.005)


@pytest.fixture(scope="module")
def undisturbed(project: Project, tmp_path_factory: pytest.TempPathFactory) -> Report:
    return build(project, MANY, out=tmp_path_factory.mktemp("undisturbed"), jobs=2)


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
@pytest.mark.parametrize("how", ["SIGKILL", "SIGINT"])
def test_a_build_that_was_stopped_goes_on_where_it_was(
    project: Project, undisturbed: Report, tmp_path: Path, how: str
) -> None:
    out = tmp_path / "out"
    running = start(out)
    wait_for(out, 3, running)
    if how == "SIGKILL":
        running.kill()
    else:
        os.killpg(running.pid, signal.SIGINT)
    _, said = running.communicate(timeout=60)
    if how == "SIGINT":
        assert running.returncode == 130
        assert b"run the same command again" in said
        assert b"Traceback" not in said
    assert_no_worker_is_left(running.pid)
    folder = out / "daknong-2022"
    done = times(folder)
    assert 3 <= len(done) < len(undisturbed.made)
    assert not (folder / "manifest.json").exists()
    report = build(project, MANY, out=out, jobs=2)
    assert set(report.up_to_date) == set(done)
    assert {path: when for path, when in times(folder).items() if path in done} == done
    assert tree(folder) == tree(undisturbed.folder)
    assert verify(folder) == []


def assert_no_worker_is_left(group: int) -> None:
    """The group of the stopped build empties by itself."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return
        time.sleep(0.02)
    pytest.fail("a worker outlived its build")


def test_a_first_build_holds_few_jobs_however_many_there_are(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(assembling, "MOST_HELD", 40)
    offices = tuple(office.id for office in project.campaign.offices[:12])
    wanted = Wanted(offices, days=("10-10",), themes=("light",), kinds=("frame",))
    with open_shelf(tmp_path) as shelf:
        work = assembling.Assembly(project, PlanStream(project, wanted), shelf)
        work.survey()
        held = [job for folder in work._judged.values() for job in folder.todo]
        assert 0 < len(held) <= 40 < work.total
        assert len(list(work.jobs())) == work.total
