"""Photos of a case: what they are by content, what is left out of them, how many there may be."""

import asyncio
import hashlib
import io
import os
import struct
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from sqlalchemy import select

from support.care import case_photos, cases, pictures
from support.care.pictures import read_picture
from support.errors import IdReused, NotFound
from support.identity import Speaker
from support.models.cases import CaseEvent, CasePhoto
from support.models.conversations import Level
from support.refusals import CaseClosed, IdentityTooLow, PhotoInvalid, TooManyPhotos
from support.text import new_id
from tests.support.shop_rows import NOW, create_customer, speaker_of
from tests.support.test_compensation import complained
from tests.support.told import requests_made


def picture(format="JPEG", size=(60, 40), mode="RGB", colour="red", **options):
    out = io.BytesIO()
    Image.new(mode, size, colour).save(out, format, **options)
    return out.getvalue()


def with_place(format="JPEG", **options):
    """A picture that says where and with what it was taken."""
    exif = Image.Exif()
    exif[0x010F] = "SECRET-CAMERA"
    exif[0x8825] = {1: "N", 2: (51.0, 42.0, 0.0), 29: "SECRET-DAY"}
    return picture(format, exif=exif, **options)


def huge_png(width, height):
    """The head of a PNG that claims to be so large, with hardly any bytes in it."""
    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")


async def attach(session, customer, case, content, folder, *, key=None, at=NOW):
    return await case_photos.attach_photo(
        session, speaker_of(customer, Level.VERIFIED), case, content, folder=folder, key=key or new_id(), at=at
    )


async def rows(session):
    return list(await session.scalars(select(CasePhoto).order_by(CasePhoto.at, CasePhoto.id)))


class TestReadPicture:
    @pytest.mark.parametrize(("content", "media_type"), [
        (picture("JPEG"), "image/jpeg"),
        (picture("PNG"), "image/jpeg"),
        (picture("WEBP"), "image/jpeg"),
        (picture("PNG", mode="L", colour=9), "image/jpeg"),
        (picture("PNG", mode="1", colour=1), "image/jpeg"),
        (picture("PNG", mode="P", colour=1), "image/jpeg"),
        (picture("PNG", mode="I;16", colour=900), "image/jpeg"),
        (picture("JPEG", mode="CMYK", colour=(1, 2, 3, 4)), "image/jpeg"),
        (picture("PNG", mode="RGBA", colour=(1, 2, 3, 4)), "image/png"),
        (picture("PNG", mode="LA", colour=(1, 2)), "image/png"),
        (picture("WEBP", mode="RGBA", colour=(1, 2, 3, 4)), "image/png"),
    ])
    def test_each_kind_becomes_one_of_two(self, content, media_type):
        found = read_picture(content)
        assert (found.media_type, found.width, found.height) == (media_type, 60, 40)
        with Image.open(io.BytesIO(found.content)) as image:
            assert (image.get_format_mimetype(), image.size) == (media_type, (60, 40))
            image.load()

    @pytest.mark.parametrize("content", [
        with_place("JPEG", comment=b"SECRET-COMMENT", icc_profile=b"SECRET-PROFILE" * 20),
        with_place("WEBP", icc_profile=b"SECRET-PROFILE" * 20, xmp=b"SECRET-XMP"),
        with_place("PNG"),
        with_place("PNG", mode="RGBA", colour=(1, 2, 3, 4), icc_profile=b"SECRET-PROFILE" * 20),
        picture("JPEG") + b"SECRET-TAIL",
    ])
    def test_nothing_that_the_camera_put_in_is_kept(self, content):
        assert b"SECRET" in content or b"iCCP" in content
        kept = read_picture(content).content
        assert b"SECRET" not in kept
        with Image.open(io.BytesIO(kept)) as image:
            assert not image.getexif()
            assert not {"exif", "icc_profile", "comment", "xmp"} & set(image.info)

    def test_text_in_a_png_is_not_kept(self):
        said = PngInfo()
        said.add_text("Author", "SECRET-NAME")
        content = picture("PNG", mode="RGBA", colour=(1, 2, 3, 4), pnginfo=said)
        assert b"SECRET" in content
        assert b"SECRET" not in read_picture(content).content

    def test_it_stands_upright_and_is_made_small(self):
        exif = Image.Exif()
        exif[0x0112] = 6  # turned a quarter
        found = read_picture(picture(size=(3000, 1500), exif=exif))
        assert (found.width, found.height) == (1000, 2000)

    def test_of_a_moving_picture_the_first_is_kept(self):
        out = io.BytesIO()
        Image.new("RGB", (9, 9), "red").save(
            out, "WEBP", save_all=True, append_images=[Image.new("RGB", (9, 9), "blue")], lossless=True
        )
        with Image.open(io.BytesIO(read_picture(out.getvalue()).content)) as image:
            red, _, blue = image.getpixel((4, 4))
        assert red > 200 > 50 > blue

    @pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
    @pytest.mark.parametrize("content", [
        b"", b"no picture", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"%PDF-1.7", picture("GIF"), picture("BMP"),
        picture("TIFF"), picture("PPM"), picture("ICO"), picture("PNG")[:-30], picture("JPEG")[:100],
        huge_png(10_000, 10_000), huge_png(7000, 6000), huge_png(2**31 - 1, 2**31 - 1), huge_png(0, 5),
        picture("JPEG") + b"\0" * pictures.MOST_BYTES, "text", None,
    ])
    def test_anything_else_is_refused(self, content):
        with pytest.raises(PhotoInvalid):
            read_picture(content)

    def test_as_large_as_it_may_be_is_read(self):
        found = read_picture(picture("PNG", size=(8000, 5000), mode="L", colour=1))
        assert (found.width, found.height) == (2000, 1250)

    @settings(max_examples=150, deadline=None)
    @given(st.sampled_from(["JPEG", "PNG", "WEBP"]), st.lists(st.tuples(st.integers(0, 2000), st.integers(0, 255)), max_size=20))
    def test_bytes_changed_at_random_are_read_or_refused(self, format, changes):
        content = bytearray(picture(format))
        for place, value in changes:
            content[place % len(content)] = value
        try:
            found = read_picture(bytes(content))
        except PhotoInvalid:
            return
        assert max(found.width, found.height) <= 2000


class TestAttachPhoto:
    async def test_the_picture_is_a_file_under_a_name_of_ours(self, session, rules, tmp_path):
        customer = await create_customer(session)
        case, folder = await complained(session, customer, rules), tmp_path / "photos" / "cases"
        done = await attach(session, customer, case, with_place(), folder)
        (row,) = await rows(session)
        assert done.details == {"case": case, "photo": row.id}
        assert (row.media_type, row.width, row.height, row.at) == ("image/jpeg", 60, 40, NOW)
        (name,) = os.listdir(folder)
        kept = (folder / name).read_bytes()
        assert (row.stored_as, row.size) == (name, len(kept))
        assert len(name) == 36
        assert b"SECRET" not in kept
        assert row.digest == hashlib.sha256(with_place()).hexdigest()
        events = await session.scalars(select(CaseEvent.details).order_by(CaseEvent.number))
        assert list(events)[1]["photo"] == row.id
        (found,) = await cases.list_cases(session, speaker_of(customer))
        assert found.photos == 1

    async def test_the_same_content_twice_is_one_and_the_same_key_answers_the_same(self, session, rules, tmp_path):
        customer = await create_customer(session)
        case = await complained(session, customer, rules)
        done = await attach(session, customer, case, picture(), tmp_path, key="k")
        assert await attach(session, customer, case, picture(), tmp_path, key="k") == done
        again = await attach(session, customer, case, picture(), tmp_path)
        assert again.details == done.details
        with pytest.raises(IdReused):
            await attach(session, customer, case, picture(colour="blue"), tmp_path, key="k")
        assert len(await rows(session)) == len(list(tmp_path.glob("*.jpg"))) == 1

    async def test_a_seventh_is_refused_and_one_of_the_six_is_not(self, session, rules, tmp_path):
        customer = await create_customer(session)
        case = await complained(session, customer, rules)
        for width in range(10, 16):
            await attach(session, customer, case, picture(size=(width, 9)), tmp_path)
        with pytest.raises(TooManyPhotos):
            await attach(session, customer, case, picture(size=(16, 9)), tmp_path)
        await attach(session, customer, case, picture(size=(10, 9)), tmp_path)
        assert len(await rows(session)) == len(list(tmp_path.glob("*.jpg"))) == 6

    async def test_no_picture_closed_foreign_and_unknown_cases_leave_no_file(self, session, rules, tmp_path):
        customer, other = await create_customer(session), await create_customer(session)
        case, theirs = await complained(session, customer, rules), await complained(session, other, rules)
        before = await requests_made(session)
        for content in (b"no picture", "text", None):
            with pytest.raises(PhotoInvalid):
                await attach(session, customer, case, content, tmp_path)
        for named in (theirs, "C-0000-0000", ""):
            with pytest.raises(NotFound):
                await attach(session, customer, named, picture(), tmp_path)
        with pytest.raises(IdentityTooLow):
            await case_photos.attach_photo(
                session, speaker_of(customer, Level.ORDER_HOLDER), case, picture(), folder=tmp_path, key="k", at=NOW
            )
        assert await requests_made(session) == before
        await cases.close_case(session, Speaker.agent_for(customer.id, agent_id=new_id()), case, "Done", key="c", at=NOW)
        with pytest.raises(CaseClosed):
            await attach(session, customer, case, picture(), tmp_path)
        assert (await rows(session), list(tmp_path.glob("*.jpg"))) == ([], [])

    async def test_ten_at_once_leave_six(self, database, rules, tmp_path):
        async with database.write() as session:
            customer = await create_customer(session)
            case = await complained(session, customer, rules)

        async def one(width):
            async with database.write() as session:
                await attach(session, customer, case, picture(size=(width, 9)), tmp_path)

        outcomes = await asyncio.gather(*(one(width) for width in range(10, 20)), return_exceptions=True)
        assert sum(isinstance(outcome, TooManyPhotos) for outcome in outcomes) == 4
        async with database.read() as session:
            assert len(await rows(session)) == 6


class TestPhoto:
    async def test_it_is_found_by_whose_it_is(self, session, rules, tmp_path):
        customer, other = await create_customer(session), await create_customer(session)
        case = await complained(session, customer, rules)
        photo_id = (await attach(session, customer, case, picture(), tmp_path)).details["photo"]
        found = await case_photos.photo(session, speaker_of(customer, Level.VERIFIED), photo_id, folder=tmp_path)
        assert (found.media_type, found.size) == ("image/jpeg", len(found.path.read_bytes()))
        for speaker, named in [(other, photo_id), (customer, new_id()), (customer, "../../etc/passwd"), (customer, "")]:
            with pytest.raises(NotFound):
                await case_photos.photo(session, speaker_of(speaker), named, folder=tmp_path)

    async def test_one_whose_file_is_gone_is_not_found(self, session, rules, tmp_path):
        customer = await create_customer(session)
        case = await complained(session, customer, rules)
        photo_id = (await attach(session, customer, case, picture(), tmp_path)).details["photo"]
        next(tmp_path.glob("*.jpg")).unlink()
        with pytest.raises(NotFound):
            await case_photos.photo(session, speaker_of(customer), photo_id, folder=tmp_path)
