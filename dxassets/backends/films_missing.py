"""Where films (MP4) can't be made: what brings PyAV, which is another thing for who has the bundle."""

from __future__ import annotations

from dxassets.backends.own_libraries import is_bundle


def films_cure() -> tuple[str, str]:
    """What to do, in both languages, to go on from “please”."""
    if is_bundle():
        name = "dxassets-…-win64-phim.zip"
        return f"giải nén thêm {name} vào thư mục của dxassets", f"unzip {name} into dxassets' folder, too"
    install = 'pip install "dxassets[video]"'
    return f"chạy: {install}", f"run: {install}"


def why_no_films() -> tuple[str, str]:
    """The same as a whole sentence."""
    vi, en = films_cure()
    return f"làm phim MP4 cần thêm thư viện PyAV; hãy {vi}", f"MP4 films need PyAV; {en}"
