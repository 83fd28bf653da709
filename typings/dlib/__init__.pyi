"""What `dxassets.backends.subject` uses of dlib: an extra, so the types must not need it to be installed."""

from typing import Any

def get_frontal_face_detector() -> Any: ...
