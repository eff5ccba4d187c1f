"""Pictures that strangers send: told by their content, made small, and written anew without what the camera put in."""

import io
import logging
import warnings
from dataclasses import dataclass

from PIL import Image, ImageOps

from support.refusals import PhotoInvalid

MOST_BYTES = 8 * 1024 * 1024
MOST_PIXELS = 40_000_000
LONGEST_SIDE = 2000  # pixels of what is kept
_FORMATS = ("JPEG", "PNG", "WEBP")
_QUALITY = 85

# Its own limit lies higher and only warns; ours refuses. What it logs of a file's metadata is nobody's business
warnings.filterwarnings("ignore", category=Image.DecompressionBombWarning)
logging.getLogger("PIL").setLevel(logging.ERROR)


@dataclass(frozen=True)
class Picture:
    """A picture as it may be kept and shown: JPEG, or PNG if parts of it are see-through."""

    content: bytes
    media_type: str
    suffix: str
    width: int
    height: int


def read_picture(content: bytes) -> Picture:
    """The JPEG, PNG or WebP picture in `content`, upright, at most 2000 pixels long, with no metadata (place, camera).

    Takes time and memory with its size: call it in a thread. Raises PhotoInvalid, also for more than 8 MB or 40
    megapixels, which are never unpacked.
    """
    if not isinstance(content, bytes) or not 0 < len(content) <= MOST_BYTES:
        raise PhotoInvalid
    try:
        with Image.open(io.BytesIO(content), formats=_FORMATS) as found:
            if found.width * found.height > MOST_PIXELS:
                raise PhotoInvalid
            found.thumbnail((LONGEST_SIDE, LONGEST_SIDE))  # which unpacks of a JPEG no more than it takes
            upright = ImageOps.exif_transpose(found)
            return _written(upright)
    # A decoder fed with what somebody made up may fail in any way
    except Exception as fault:
        raise PhotoInvalid from fault


def _written(image: Image.Image) -> Picture:
    see_through = image.has_transparency_data
    pixels = image.convert("RGBA" if see_through else "RGB")
    # A new picture: colour profiles, comments and the rest hang on the old one
    fresh = Image.new(pixels.mode, pixels.size)
    fresh.paste(pixels)
    out = io.BytesIO()
    if see_through:
        fresh.save(out, "PNG")
        return Picture(out.getvalue(), "image/png", ".png", *fresh.size)
    fresh.save(out, "JPEG", quality=_QUALITY)
    return Picture(out.getvalue(), "image/jpeg", ".jpg", *fresh.size)
