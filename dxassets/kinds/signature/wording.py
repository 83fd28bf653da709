"""What a campaign says of its own about signatures: `signature.toml` beside `campaign.toml`."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field

from dxassets.addresses import to_uri
from dxassets.kinds.reading import own_file
from dxassets.models import BilingualError, Line, Model
from dxassets.resources import Resources

OWN_FILE = "signature.toml"
MOST_SIGNED_LINES = 6
USUAL_LINES = {
    "vi": ("[Họ và tên]", "[Chức vụ] – [Điện thoại]"),
    "en": ("[Full name]", "[Position] – [Telephone]"),
}


def _of_the_web(text: str) -> str:
    """The URI of a picture on the web; `BilingualError` for what mail programs don't fetch."""
    uri = to_uri(text)
    if not uri.startswith("https://") or not uri.lower().endswith((".png", ".jpg", ".jpeg")):
        raise BilingualError(
            "phải là địa chỉ https:// của một ảnh .png hoặc .jpg đã đưa lên trang web",
            "must be the https:// address of a .png or .jpg on the web",
        )
    return uri


class SignatureFile(Model):
    """`signature.toml`: where the picture lies on the web, and the lines above the agency's name."""

    picture: (
        Annotated[Line, AfterValidator(_of_the_web), Field(examples=["https://tinh.gov.vn/a.png"])] | None
    ) = None
    lines: Annotated[tuple[Line, ...], Field(max_length=MOST_SIGNED_LINES)] | None = None


def signature_file(resources: Resources) -> SignatureFile:
    """The campaign's own wishes; `CampaignError` for what is wrong with them."""
    return own_file(SignatureFile, resources, OWN_FILE)
