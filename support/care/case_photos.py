"""Photos of a case: files under random names in a folder of their own, and a row for each."""

import asyncio
import hashlib
import os
import secrets
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from support import service_requests
from support.care import case_log, cases
from support.care.pictures import Picture, read_picture
from support.errors import NotFound
from support.identity import Speaker, use_case
from support.models.cases import Case, CaseEventKind, CasePhoto
from support.models.conversations import Level
from support.refusals import PhotoInvalid, TooManyPhotos
from support.service_requests import Asked, Done

MOST_A_CASE = 6


@dataclass(frozen=True)
class Photo:
    """A photo as it can be sent: the file, its type by content, its size in bytes."""

    path: Path
    media_type: str
    size: int


@use_case("do", needs=Level.VERIFIED)
async def attach_photo(
    session: AsyncSession, speaker: Speaker, case_reference: str, content: bytes, *, folder: Path, key: str,
    at: datetime,
) -> Done:
    """Add a picture to an open case; the same one twice is one. `details` holds the photo's id.

    The file is on the disk before the row is there; one without a row, after a crash or a rollback, harms nobody.
    Raises PhotoInvalid, NotFound, CaseClosed, TooManyPhotos (six are there), IdReused.
    """
    if not isinstance(content, bytes):
        raise PhotoInvalid
    # Unpacked before the first statement: on SQLite nobody else can write while a transaction lasts
    picture = await asyncio.to_thread(read_picture, content)
    digest = hashlib.sha256(content).hexdigest()
    asked = Asked(speaker, "attach_photo", key, {"case": case_reference, "digest": digest}, at)
    if made := await service_requests.made_before(session, asked):
        return made
    case = await cases.find_open(session, speaker, case_reference)
    there = list(await session.scalars(select(CasePhoto).where(CasePhoto.case_id == case.id)))
    row = next((one for one in there if one.digest == digest), None)
    if row is None and len(there) >= MOST_A_CASE:
        raise TooManyPhotos
    request = await service_requests.enter(session, asked, order_id=case.order_id)
    if row is None:
        row = await _keep(session, case, picture, digest, folder, at)
        await case_log.append(session, case, CaseEventKind.NOTED, request, {"photo": row.id})
    details: dict[str, Any] = {"case": case.reference, "photo": row.id}
    return await service_requests.finish(session, request, details=details)


@use_case("look up", needs=Level.VERIFIED)
async def photo(session: AsyncSession, speaker: Speaker, photo_id: str, *, folder: Path) -> Photo:
    """Where a photo of the customer's is, to be sent as an attachment. Raises NotFound."""
    row = await session.scalar(
        select(CasePhoto).join(Case, Case.id == CasePhoto.case_id)
        .where(CasePhoto.id == photo_id, Case.customer_id == speaker.customer)
    )
    if row is None or not (path := folder / row.stored_as).is_file():
        raise NotFound
    return Photo(path, row.media_type, row.size)


async def _keep(
    session: AsyncSession, case: Case, picture: Picture, digest: str, folder: Path, at: datetime
) -> CasePhoto:
    name = secrets.token_hex(16) + picture.suffix
    await asyncio.to_thread(_write, folder, name, picture.content)
    row = CasePhoto(
        case_id=case.id, stored_as=name, digest=digest, media_type=picture.media_type, size=len(picture.content),
        width=picture.width, height=picture.height, at=at,
    )
    session.add(row)
    await session.flush()
    return row


def _write(folder: Path, name: str, content: bytes) -> None:
    """Write the file so that it outlives a power cut: its bytes, then its name in the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    handle = os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    place = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(place)
    finally:
        os.close(place)
