"""Who speaks in a widget: by its token, by the shop's word, and by nobody's after signing out."""

from datetime import timedelta

import jwt
import pytest

from support import clock
from support.chat import conversations
from support.errors import SignedInAsAnother, SignInExpired, SignInInvalid, TokenInvalid
from support.models.conversations import Level
from support.signing_in import sign_in, visitors
from support.text import new_id
from tests.support.refused import refused
from tests.support.shop_rows import create_customer

HOUR = timedelta(hours=1)
SECRET = "a secret of the tests, long enough"


class TestToken:
    async def test_is_the_visitor_and_is_kept_as_a_digest(self, session):
        token, visitor = await visitors.begin(session)
        assert (await visitors.authenticate(session, token)).contact is visitor.contact
        assert (len(token) >= 43, token == visitor.session.token_digest) == (True, False)

    async def test_an_unknown_one_and_one_that_signed_out_are_over(self, session):
        token, visitor = await visitors.begin(session)
        await visitors.sign_out(session, visitor)
        for one in (token, "never given"):
            await refused(session, TokenInvalid, visitors.authenticate(session, one))


class TestSignIn:
    async def test_the_conversations_go_with_whoever_signs_in_on_a_second_device(self, session):
        customer = await create_customer(session)
        contacts = []
        for _ in range(2):
            _, visitor = await visitors.begin(session)
            talk, _ = await conversations.start(session, visitor.contact, new_id())
            signed_in, found = await visitors.sign_in(session, visitor, customer.reference, lifetime=HOUR)
            await session.refresh(talk)
            assert (found, talk.contact_id, signed_in.is_signed_in) == (customer, signed_in.contact.id, True)
            contacts.append(signed_in.contact)
        assert contacts[0] is contacts[1]
        assert (contacts[0].name, len(await conversations.of_contact(session, contacts[0]))) == ("Aoife Brennan", 2)

    async def test_again_as_the_same_lasts_longer_and_as_another_is_refused(self, session):
        ada, ben = await create_customer(session), await create_customer(session)
        _, visitor = await visitors.begin(session)
        visitor, _ = await visitors.sign_in(session, visitor, ada.reference, lifetime=HOUR)
        clock.shift(HOUR / 2)
        before = visitor.session.signed_in_until
        await visitors.sign_in(session, visitor, ada.reference, lifetime=HOUR)
        assert visitor.session.signed_in_until > before
        await refused(session, SignedInAsAnother, visitors.sign_in(session, visitor, ben.reference, lifetime=HOUR))

    async def test_a_customer_that_the_shop_has_not_or_no_more_is_nobody(self, session):
        gone = await create_customer(session)
        gone.erased_at = clock.now()
        _, visitor = await visitors.begin(session)
        for reference in ("C-nobody", gone.reference):
            await refused(session, SignInInvalid, visitors.sign_in(session, visitor, reference, lifetime=HOUR))

    async def test_lapsed_it_must_be_renewed_before_anything_else(self, session):
        customer = await create_customer(session)
        token, visitor = await visitors.begin(session)
        assert (await visitors.who(session, visitor)).level is Level.VISITOR
        visitor, _ = await visitors.sign_in(session, visitor, customer.reference, lifetime=HOUR)
        assert (await visitors.who(session, visitor)).until == visitor.session.signed_in_until
        clock.shift(HOUR)
        await refused(session, SignInExpired, visitors.authenticate(session, token))
        assert (await visitors.authenticate(session, token, lapsed=True)).contact.customer_id == customer.id


class TestShopsWord:
    def test_is_the_customer_that_it_names(self):
        token = sign_in.sign("C-1", secret=SECRET, audience="rapport")
        assert sign_in.verify(token, secret=SECRET, audience="rapport") == "C-1"

    @pytest.mark.parametrize("changes", [
        {"exp": -1}, {"iat": 60}, {"iat": -10, "exp": 600}, {"iat": 20, "exp": 10}, {"sub": ""}, {"sub": 5},
        {"aud": "another"}, {"exp": None}, {"iat": "soon"}, {"iat": [1]},
    ])
    def test_of_the_wrong_time_length_person_or_audience_is_refused(self, changes):
        now = clock.now().timestamp()
        claims = {"sub": "C-1", "aud": "rapport", "iat": 0, "exp": 300} | changes
        for name in ("iat", "exp"):
            claims[name] = now + claims[name] if isinstance(claims[name], int) else claims[name]
        token = jwt.encode({name: value for name, value in claims.items() if value is not None}, SECRET)
        with pytest.raises(SignInInvalid):
            sign_in.verify(token, secret=SECRET, audience="rapport")

    @pytest.mark.parametrize("token", ["", "a.b.c", jwt.encode({"sub": "C-1"}, "", algorithm="none")])
    def test_unsigned_or_no_token_at_all_is_refused(self, token):
        with pytest.raises(SignInInvalid):
            sign_in.verify(token, secret=SECRET, audience="rapport")
