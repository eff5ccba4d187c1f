"""What an export of one customer holds beside the tables: the copy of everything, the photos, what Rasa keeps."""

import asyncio
import json
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncSession

from support.chat import trackers
from support.identity import Speaker
from support.people.personal_copy import copy_of_everything

COPY = "everything.json"
PHOTOS = "photos"


@dataclass(frozen=True, slots=True)
class Kept:
    """Where more is kept of people than in the database: the folder of photos, the database of Rasa's trackers."""

    photos: Path
    trackers: str


async def write_personal(session: AsyncSession, folder: Path, customer_id: str, kept: Kept) -> None:
    """Write `everything.json` and the files of `photos/`; only their owner can read them. Raises NotFound.

    The JSON is {table: [row]}, and under `dialogue_engine` {conversation: [event]}.
    """
    copy = await copy_of_everything(session, Speaker.signed_in(customer_id))
    talks = await trackers.events_of(kept.trackers, [row["id"] for row in copy["conversations"]])
    names = [row["stored_as"] for row in copy["case_photos"]]
    text = json.dumps({**copy, "dialogue_engine": talks}, ensure_ascii=False, indent=1)
    await asyncio.to_thread(_write, folder, text, kept.photos, names)


def _write(folder: Path, text: str, photos: Path, names: list[str]) -> None:
    with os.fdopen(_opened(folder / COPY), "w", encoding="utf-8") as file:
        file.write(text + "\n")
    if names:
        (folder / PHOTOS).mkdir(mode=0o700)
    for name in names:
        if (photos / name).is_file():
            with (photos / name).open("rb") as found, os.fdopen(_opened(folder / PHOTOS / name), "wb") as file:
                shutil.copyfileobj(found, file)


def _opened(path: Path) -> int:
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
