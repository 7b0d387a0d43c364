"""Pictures that strangers send: recognised by content, decoded within limits, written anew. Knows nothing of HTTP."""

from runtime.pictures.picture import Picture, PictureLimits, PictureRefused
from runtime.pictures.workshop import Pictures

__all__ = ["Picture", "PictureLimits", "PictureRefused", "Pictures"]
