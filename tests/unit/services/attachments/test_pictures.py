"""Every real photo and every kind of pixel: upright, plain, small, and nothing beside the pixels."""

import hashlib
import io

import psutil
import pytest
from PIL import Image, ImageFile

from desk.services.attachments.values import PHOTO, Source
from tests.unit.services.attachments import samples
from tests.unit.services.attachments.hands import opened, prepare, refusal

pytestmark = pytest.mark.usefixtures("here")


@pytest.mark.parametrize(
    ("name", "mime", "size"),
    [
        ("alpha.png", "image/png", (480, 640)),
        ("cmyk.jpg", "image/jpeg", (600, 800)),
        ("exif-rotated.jpg", "image/jpeg", (1200, 1600)),
        ("tiny.jpg", "image/jpeg", (48, 64)),
        ("wide-landscape.jpg", "image/jpeg", (2600, 1950)),
    ],
)
def test_the_real_photos_are_kept_upright_in_plain_colours(
    name: str, mime: str, size: tuple[int, int]
) -> None:
    ready = prepare(samples.photo(name))
    kept = opened(ready)
    assert (ready.kind, ready.mime, ready.pages) == (PHOTO, mime, 1)
    assert kept.size == (ready.width, ready.height) == size
    assert kept.mode in {"RGB", "P", "L"}
    assert not kept.getexif()
    assert "icc_profile" not in kept.info
    small = Image.open(io.BytesIO(ready.thumb))
    assert max(small.size) <= 320
    assert small.format == "JPEG"


def test_the_turned_photo_stands_upright() -> None:
    """The head is above the shoulders: light skin in the upper half, dark coat in the lower."""
    kept = opened(prepare(samples.photo("exif-rotated.jpg")))
    head, coat = kept.getpixel((600, 590)), kept.getpixel((600, 1300))
    assert sum(head) > sum(coat) + 100  # type: ignore[arg-type]


def test_print_colours_look_as_they_should() -> None:
    head = opened(prepare(samples.photo("cmyk.jpg"))).getpixel((300, 280))
    assert all(abs(have - want) < 25 for have, want in zip(head, (224, 178, 148), strict=True))  # type: ignore[arg-type]


def test_the_same_photo_gives_the_same_bytes() -> None:
    digests = {hashlib.sha256(prepare(samples.photo()).content).hexdigest() for _again in range(2)}
    assert len(digests) == 1


def test_place_and_words_beside_the_pixels_are_gone() -> None:
    exif = Image.Exif()
    exif[0x010E] = "在王某某家门口"
    exif.get_ifd(0x8825)[2] = (30.0, 15.0, 0.0)
    data = samples.picture(form="JPEG", exif=exif, comment=b"secret words")
    assert b"Exif" in data
    kept = prepare(Source("a.jpg", data=data)).content
    for word in (b"Exif", b"secret", b"GPS", b"ICC"):
        assert word not in kept
    with_text = samples.picture(form="PNG", mode="L", dpi=(300, 300))
    assert b"pHYs" in with_text
    assert b"pHYs" not in prepare(Source("a.png", data=with_text)).content


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "PA", "RGB", "RGBA", "I", "I;16"])
def test_every_kind_of_pixel_becomes_a_plain_picture(mode: str) -> None:
    form = "TIFF" if mode in {"PA", "LA", "I"} else "PNG"
    data = samples.picture(mode, form=form) if mode != "I;16" else _deep()
    kept = opened(prepare(Source("a.png", data=data)))
    assert kept.mode in {"RGB", "L", "P"}


def _deep() -> bytes:
    target = io.BytesIO()
    Image.new("I;16", (40, 30), 40_000).save(target, "PNG")
    return target.getvalue()


def test_sixteen_bits_keep_their_brightness() -> None:
    assert opened(prepare(Source("a.png", data=_deep()))).convert("L").getpixel((3, 3)) == 40_000 // 256


def test_what_was_see_through_becomes_white() -> None:
    target = io.BytesIO()
    Image.new("RGBA", (30, 30), (200, 0, 0, 0)).save(target, "PNG")
    assert (
        opened(prepare(Source("a.png", data=target.getvalue()))).convert("RGB").getpixel((9, 9)) == (255,) * 3
    )


def test_a_drawing_stays_sharp_and_a_photo_becomes_small() -> None:
    drawing = prepare(Source("图.bmp", data=samples.picture("1", (800, 600), "BMP")))
    assert (drawing.mime, drawing.name) == ("image/png", "图.png")
    assert prepare(samples.photo("wide-landscape.jpg")).mime == "image/jpeg"


@pytest.mark.parametrize(
    ("form", "name"), [("WEBP", "a.webp"), ("GIF", "a.gif"), ("TIFF", "a.tif"), ("BMP", "a.bmp")]
)
def test_other_pictures_are_written_anew(form: str, name: str) -> None:
    assert prepare(Source(name, data=samples.picture("RGB", form=form))).mime in {"image/jpeg", "image/png"}


@pytest.mark.parametrize("kept", [3, 12, 60, 200])
def test_a_photo_cut_anywhere_is_refused(kept: int) -> None:
    data = samples.photo("tiny.jpg").path.read_bytes()[:kept]  # type: ignore[union-attr]
    assert "照片不完整" in refusal(Source("a.jpg", data=data))


def test_a_flood_of_pixels_is_refused_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fault 27: 50,000 × 50,000 in some bytes; refused by its head, not unpacked, memory grows < 20 MB."""
    refusal(Source("a.png", data=samples.flood(60_000, 60_000)))  # Pillow is loaded now.
    memory = psutil.Process().memory_info().rss
    monkeypatch.setattr(ImageFile.ImageFile, "load", None)
    assert "50000×50000" in refusal(Source("a.png", data=samples.flood()))
    assert psutil.Process().memory_info().rss - memory < 20 << 20


def test_several_pages_in_a_picture_are_not_lost_silently() -> None:
    target = io.BytesIO()
    page = Image.new("1", (40, 40))
    page.save(target, "TIFF", save_all=True, append_images=[page])
    assert "多页" in refusal(Source("扫描.tif", data=target.getvalue()))
