"""What people read of posts, in them and about them."""

from __future__ import annotations

from dxassets.kinds.posts.spec import Post, PostsSpec
from dxassets.notation import number

HEAD = "BÀI ĐĂNG CHO CÁC KÊNH"
PLAN = "Lịch đăng"
PLAN_COLUMNS = ("Ngày", "Giờ", "Kênh", "Bản")
CSV_COLUMNS = ("Ngày", "Giờ", "Kênh", "Bản", "Nội dung", "Tệp ảnh", "Mô tả ảnh")
HOW_TO = (
    "Chép từng bài vào kênh của cơ quan, chọn ảnh ghi bên dưới (đường dẫn tính từ thư mục chứa tệp này). "
    "Đăng rồi thì mở lại xem liên kết có chạy không."
)
_FORMS = {"docx": "bản Word", "txt": "văn bản thô", "csv": "bảng lịch đăng CSV"}


def posts_title(spec: PostsSpec) -> str:
    """Post texts, and as what."""
    return f"Bài đăng Zalo, Facebook, YouTube, cổng thông tin ({_FORMS[spec.format]})"


def posts_alt(spec: PostsSpec) -> str:
    """Whose they are, and how many."""
    return f"{number(len(spec.posts), 'vi')} bài đăng của {spec.author}: {spec.title}."


def measured(post: Post) -> str:
    """How long a text is, and what its channel takes."""
    said = f"{number(len(post.text), 'vi')} ký tự"
    return said if post.most is None else f"{said} (kênh nhận nhiều nhất {number(post.most, 'vi')})"


def limit_of(most: int | None) -> str:
    """What a channel takes."""
    return "không giới hạn số ký tự" if most is None else f"nhiều nhất {number(most, 'vi')} ký tự"


def about_picture(post: Post) -> str:
    """Which picture goes with a text; “” where there is none."""
    return f"Ảnh: {post.picture}" if post.picture else ""
