"""How large a code's caption and a domain are set in compositions."""

from __future__ import annotations

import pytest

from dxassets.errors import FitError
from dxassets.typesetting.captions import set_caption, set_domain
from tests.drawing_support import (
    banner_job,
    layout,
    shaper,
)


@pytest.mark.parametrize(("share", "fits"), [(1.0, True), (0.751, True), (0.749, False)])
def test_a_codes_caption_may_be_a_quarter_smaller_than_the_rest(share: float, *, fits: bool) -> None:
    """It is read from where the code is scanned."""
    made, _ = layout(banner_job("share-1200x630"))
    brief, measure = made.brief, shaper().measure
    room = set_caption(brief, measure, width=1e6, largest=brief.min_text).width
    if fits:
        caption = set_caption(brief, measure, width=share * room, largest=brief.min_text)
        assert caption.size == pytest.approx(share * brief.min_text)
    else:
        with pytest.raises(FitError, match="caption"):
            set_caption(brief, measure, width=share * room, largest=brief.min_text)


@pytest.mark.parametrize(("share", "fits"), [(1.3, True), (1.001, True), (0.999, False)])
def test_a_domain_is_never_smaller_than_the_smallest_type_and_its_rule_has_room(
    share: float, *, fits: bool
) -> None:
    made, _ = layout(banner_job("portal-header-1200x300"))
    brief, measure = made.brief, shaper().measure
    em = measure(brief.words.domain, 600).width
    room = (em + 1.9 + 0.62) * brief.min_text  # a rule of 1.9 em stands before it, and 0.62 em between
    if fits:
        domain = set_domain(brief, measure, width=share * room, largest=1e6)
        assert domain.size == pytest.approx(share * brief.min_text)
        assert (1.9 + 0.62) * domain.size + domain.width == pytest.approx(share * room)
    else:
        with pytest.raises(FitError, match="domain"):
            set_domain(brief, measure, width=share * room, largest=1e6)
