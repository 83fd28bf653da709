"""The gates of posts: the finished file is read back, and every text stands in it and fits its channel."""

from __future__ import annotations

import codecs
from dataclasses import replace

from dxassets.checks import check_asset, check_weight
from dxassets.errors import GateError, Problem
from dxassets.jobs import Findings, Rendered
from dxassets.kinds.paper import words_of_paper
from dxassets.kinds.posts.spec import PostsSpec


def check_posts(spec: PostsSpec, rendered: Rendered) -> Findings:
    """Hold finished posts against their spec; `GateError` for what is wrong."""
    check_weight(rendered)
    if spec.format == "docx":
        said = words_of_paper(rendered.data)
        found = Findings(rendered.facts.width, rendered.facts.height)
    else:
        # a table begins with the mark by which Excel knows UTF-8
        plain = replace(rendered, data=rendered.data.removeprefix(codecs.BOM_UTF8))
        found, said = check_asset(plain), plain.data.decode()
    posted = {each.post for each in spec.postings}
    texts = [post for at, post in enumerate(spec.posts) if spec.format != "csv" or at in posted]
    bare = said.replace('"', "")  # a table doubles its quotation marks
    lines = [line for post in texts for line in post.paragraphs]
    missing = [line for line in lines if line.replace('"', "") not in bare]
    if missing:
        raise GateError(Problem("", f"thiếu “{missing[0]}”", f"lacks {missing[0]!r}"))
    long = [post for post in texts if post.most is not None and len(post.text) > post.most]
    if long:
        vi = f"bài cho {long[0].channel} dài {len(long[0].text)} ký tự, quá {long[0].most}"
        en = f"the post for {long[0].channel} is {len(long[0].text)} characters long, over {long[0].most}"
        raise GateError(Problem("", vi, en))
    return found
