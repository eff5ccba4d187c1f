
import pytest

from support.identity import Speaker
from support.returning import exchanges, returns, settling
from support.returning.exchanges import ExchangedLine
from support.returning.returns import ReturnedLine
from tests.support.returning.coming_back import LATER
from tests.support.shop_rows import NOW


@pytest.fixture
def ask_return(session, rules):
    """Asks for a return with what a test does not say being plain: all of the mug, to the card."""

    def asked(bought, lines=None, *, speaker=None, order_id=None, method_id=None, reason=None, key="key", business=rules,
              at=NOW, **more):
        return returns.request_return(
            session, speaker or bought.speaker, order_id or bought.order.id,
            [ReturnedLine(bought.mug.id)] if lines is None else lines, method_id=method_id or bought.card.id,
            reason=reason, key=key, business=business, at=at, **more,
        )

    return asked


@pytest.fixture
def plan_return(session, rules):
    def planned(bought, lines=None, *, business=rules, at=NOW, **more):
        return returns.plan_return(
            session, bought.speaker, bought.order.id, [ReturnedLine(bought.mug.id)] if lines is None else lines,
            business=business, at=at, **more,
        )

    return planned


@pytest.fixture
def send_back(session, rules):
    """Asks for a return and answers its reference: of all that was bought, to the card, if a test says nothing else."""

    async def asked(bought, *lines, method=None, key="send back", at=NOW):
        lines = lines or [ReturnedLine(bought.kettles.id), ReturnedLine(bought.mug.id)]
        done = await returns.request_return(
            session, bought.speaker, bought.order.id, lines, method_id=(method or bought.card).id, reason=None, key=key,
            business=rules, at=at,
        )
        return done.details["return"]

    return asked


@pytest.fixture
def exchange(session, rules):
    """The same for an exchange: of both small kettles for large ones, 11.00 dearer."""

    async def asked(bought, *lines, method=None, key="exchange", at=NOW):
        done = await exchanges.request_exchange(
            session, bought.speaker, bought.order.id, lines or [ExchangedLine(bought.kettles.id, bought.large.id)],
            method_id=(method or bought.card).id, key=key, business=rules, at=at,
        )
        return done.details["return"]

    return asked


@pytest.fixture
def complete(session, rules):
    """The shop says that the parcel has arrived."""

    def asked(bought, reference, *, speaker=None, key="complete", at=LATER):
        speaker = speaker or Speaker.shop_for(bought.customer.id)
        return settling.complete(session, speaker, reference, key=key, business=rules, at=at)

    return asked


@pytest.fixture
def call_off(session, rules):
    def asked(bought, reference, *, speaker=None, key="call off", at=LATER):
        return settling.call_off(session, speaker or bought.speaker, reference, key=key, business=rules, at=at)

    return asked


@pytest.fixture
def ask_exchange(session, rules):
    """Asks for an exchange: of both small kettles for large ones, 11.00 dearer, if a test says nothing else."""

    def asked(bought, *lines, speaker=None, order_id=None, method_id=None, reason=None, key="key", business=rules,
              at=NOW, **more):
        return exchanges.request_exchange(
            session, speaker or bought.speaker, order_id or bought.order.id,
            lines or [ExchangedLine(bought.kettles.id, bought.large.id)], method_id=method_id, reason=reason, key=key,
            business=business, at=at, **more,
        )

    return asked


@pytest.fixture
def plan_exchange(session, rules):
    def planned(bought, *lines, at=NOW, **more):
        return exchanges.plan_exchange(
            session, bought.speaker, bought.order.id, lines or [ExchangedLine(bought.kettles.id, bought.large.id)],
            business=rules, at=at, **more,
        )

    return planned
