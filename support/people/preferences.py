"""What a customer may be written to about, and how: every yes and no is a row, the latest holds."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from support import service_requests
from support.identity import Speaker, use_case
from support.models.conversations import Level
from support.models.customers import Channel, Consent, Purpose
from support.people import customers
from support.refusals import PreferenceInvalid
from support.service_requests import Asked, Done

_SOURCES = {"customer": "assistant", "agent": "agent", "shop": "shop"}
_TICK = timedelta(microseconds=1)


@dataclass(frozen=True)
class Preference:
    """Whether the customer agreed to be reached about `purpose` by `channel`; `since` is None if they never said."""

    purpose: Purpose
    channel: Channel
    granted: bool
    since: datetime | None


@use_case("look up", needs=Level.VERIFIED)
async def preferences(session: AsyncSession, speaker: Speaker) -> tuple[Preference, ...]:
    """What the customer agreed to: every purpose by every channel, in the order of the enums. Raises NotFound."""
    customer = await customers.speaking(session, speaker)
    latest = await _latest(session, customer.id)
    return tuple(
        Preference(purpose, channel, row.granted if row else False, row.at if row else None)
        for purpose in Purpose for channel in Channel for row in [latest.get((purpose, channel))]
    )


@use_case("do", needs=Level.VERIFIED)
async def set_preference(
    session: AsyncSession, speaker: Speaker, purpose: Purpose | str, channel: Channel | str, granted: bool, *,
    key: str, at: datetime,
) -> Done:
    """Say yes or no to one purpose by one channel; what is so already gets no further row.

    Raises PreferenceInvalid, IdReused.
    """
    wanted = (_one_of(Purpose, purpose), _one_of(Channel, channel))
    if not isinstance(granted, bool):
        raise PreferenceInvalid
    content = {"purpose": wanted[0].value, "channel": wanted[1].value, "granted": granted}
    asked = Asked(speaker, "set_preference", key, content, at)
    if made := await service_requests.made_before(session, asked):
        return made
    latest = await _latest(session, speaker.customer)
    # Never asked and asked and refused come to the same, but the second is worth keeping
    unchanged = wanted in latest and latest[wanted].granted is granted
    return await _enter(session, asked, latest, [] if unchanged else [wanted], granted)


@use_case("do", needs=Level.VERIFIED)
async def stop_everything(session: AsyncSession, speaker: Speaker, *, key: str, at: datetime) -> Done:
    """Take back every yes that the customer has given. Raises IdReused."""
    asked = Asked(speaker, "stop_everything", key, {}, at)
    if made := await service_requests.made_before(session, asked):
        return made
    latest = await _latest(session, speaker.customer)
    agreed = [wanted for wanted, row in latest.items() if row.granted]
    return await _enter(session, asked, latest, agreed, False)


async def _enter(
    session: AsyncSession, asked: Asked, latest: dict[tuple[Purpose, Channel], Consent],
    wanted: Iterable[tuple[Purpose, Channel]], granted: bool,
) -> Done:
    request = await service_requests.enter(session, asked)
    changes: list[dict[str, Any]] = []
    for purpose, channel in wanted:
        before = latest.get((purpose, channel))
        # Two words on the same thing in one instant: the later one must still be the latest
        at = asked.at if before is None else max(asked.at, before.at + _TICK)
        session.add(Consent(
            customer_id=asked.speaker.customer, purpose=purpose, channel=channel, granted=granted,
            source=_SOURCES[asked.speaker.actor], at=at,
        ))
        changes.append({"purpose": purpose.value, "channel": channel.value, "granted": granted})
    said = {"changes": changes}
    return await service_requests.finish(
        session, request, details=said, event="customer.consent_changed" if changes else None, body=said
    )


async def _latest(session: AsyncSession, customer_id: str) -> dict[tuple[Purpose, Channel], Consent]:
    rows = await session.scalars(
        select(Consent).where(Consent.customer_id == customer_id).order_by(Consent.at, Consent.id)
    )
    return {(row.purpose, row.channel): row for row in rows}


def _one_of[E: StrEnum](kind: type[E], name: str) -> E:
    try:
        return kind(name)
    except ValueError:
        raise PreferenceInvalid from None
