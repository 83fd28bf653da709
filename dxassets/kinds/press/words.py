"""What people read of a press kit, in it and about it."""

from __future__ import annotations

from collections.abc import Sequence

from dxassets.kinds.press.spec import PressContact, PressLogo, PressPicture, PressSpec

CONTACTS = ("Liên hệ", "Contacts")
LINKS = ("Địa chỉ để tìm hiểu thêm", "Where to read more")
USES = {
    "print": ("Để in", "For print"),
    "web": ("Cho trang web, mạng xã hội", "For the web"),
}
LOGO_TITLES = {
    "issuer": ("Biểu trưng cơ quan ban hành", "Logo of the issuing agency"),
    "campaign": ("Biểu trưng chiến dịch hoặc đơn vị phối hợp", "Logo of the campaign or a partner"),
}
PAGE = {
    "head": ("Bộ báo chí", "Press kit"),
    "texts": ("Văn bản", "Texts"),
    "pictures": ("Hình ảnh", "Pictures"),
    "logos": ("Biểu trưng", "Logos"),
    "contacts": CONTACTS,
    "caption": ("Chú thích ảnh", "Caption"),
    "alt": ("Mô tả ảnh (alt)", "Alt text"),
    "word": ("Bản Word", "Word file"),
    "plain": ("Bản chữ thường", "Plain text"),
    "captions": ("Chú thích và mô tả của mọi ảnh", "Captions and alt texts of all pictures"),
    "readme": ("Đọc trước", "Read first"),
    "empty": ("Chưa có trong bộ này.", "Not in this kit."),
    "none": ("Chiến dịch chưa ghi người liên hệ.", "The campaign names no contact."),
}
_README = "Mở tệp index.html để xem mọi thứ trong bộ, kèm chú thích. Không cần mạng."
_ENGLISH = "Open index.html to see everything in this kit, with captions. No network is needed."


def press_title(spec: PressSpec) -> str:
    """What it is, and of what."""
    return f"Bộ báo chí (ZIP): {spec.title}"


def press_alt(spec: PressSpec) -> str:
    """What lies in it."""
    return f"Bộ báo chí của {spec.author}: {spec.title}. Có {_counted(spec)}."


def _counted(spec: PressSpec) -> str:
    counts = [(len(spec.pictures), "ảnh"), (len(spec.contacts), "người liên hệ")]
    return ", ".join(["văn bản Word và chữ thường", *(f"{count} {what}" for count, what in counts if count)])


def contact_line(contact: PressContact) -> str:
    """Somebody to ask, in a line."""
    reached = [f"ĐT: {contact.phone}"] if contact.phone else []
    reached += [f"Email: {contact.email}"] if contact.email else []
    who = ", ".join(part for part in (contact.name, contact.role, contact.office) if part)
    return f"{who}. {'. '.join(reached)}."


def caption_lines(pictures: Sequence[tuple[PressPicture, str]]) -> list[str]:
    """Captions and alt texts of all pictures, to copy from."""
    lines = ["CHÚ THÍCH VÀ MÔ TẢ ẢNH", ""]
    for picture, alt in pictures:
        lines += [picture.file, f"Chú thích: {picture.caption}", f"Mô tả ảnh (alt): {alt}", ""]
    return lines


def readme_lines(spec: PressSpec, names: list[str]) -> list[str]:
    """What lies where, and which slots are empty."""
    lines = [f"BỘ BÁO CHÍ: {spec.title}", spec.author, "", _README, _ENGLISH, ""]
    lines += [*names, ""]
    lines += [said for logo in spec.logos for said in slot_lines(logo)]
    if not spec.contacts:
        lines += [f"{PAGE['none'][0]} Thêm nhóm [[contacts]] vào campaign.toml rồi làm lại bộ này."]
    return [*lines, ""]


def slot_lines(logo: PressLogo) -> list[str]:
    """Where a logo lies, or that its slot is empty and where to put one."""
    if logo.source is not None:
        return [f"{logo.title[0]}: {logo.file}"]
    return [f"{logo.title[0]}: ô trống. Đặt tệp {logo.place} vào thư mục chiến dịch rồi làm lại bộ này."]
