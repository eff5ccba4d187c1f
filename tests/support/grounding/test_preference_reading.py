"""What people want to be written to about, in the words in which they say it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.grounding.preference_reading import ContactWish, read_contact_wishes
from support.models.customers import Channel, Purpose

NEWS, OFFERS, SURVEYS = Purpose.NEWSLETTER, Purpose.OFFERS, Purpose.SURVEYS
EMAIL, SMS, PHONE = Channel.EMAIL, Channel.SMS, Channel.PHONE
NOTHING_ANY_MORE = ContactWish(False, everything=True)


class TestReadContactWishes:
    @pytest.mark.parametrize(("text", "expected"), [
        ("unsubscribe me from the newsletter", (ContactWish(False, (NEWS,)),)),
        ("take me off the mailing list", (ContactWish(False, (NEWS,)),)),
        ("I'd like to get the newsletter again", (ContactWish(True, (NEWS,)),)),
        ("sign me up for your newsletter", (ContactWish(True, (NEWS,)),)),
        ("stop texting me", (ContactWish(False, (), (SMS,)),)),
        ("stop sending me emails", (ContactWish(False, (), (EMAIL,)),)),
        ("you send too many mails, make it stop", (ContactWish(False, (), (EMAIL,)),)),
        ("send me your deals by email", (ContactWish(True, (OFFERS,), (EMAIL,)),)),
        ("I want offers by sms but no calls", (ContactWish(True, (OFFERS,), (SMS,)), ContactWish(False, (), (PHONE,)))),
        ("keep the newsletter but stop the surveys", (ContactWish(True, (NEWS,)), ContactWish(False, (SURVEYS,)))),
        ("Newsletter yes, texts no", (ContactWish(True, (NEWS,)), ContactWish(False, (), (SMS,)))),
        ("only the newsletter, nothing else", (ContactWish(True, (NEWS,)), NOTHING_ANY_MORE)),
        ("no more marketing please", (NOTHING_ANY_MORE,)), ("unsubscribe from everything", (NOTHING_ANY_MORE,)),
        ("don't contact me any more", (NOTHING_ANY_MORE,)),
        ("unsubscribe", ()), ("the newsletter", ()), ("yes", ()), ("", ()),
    ])
    def test_every_yes_and_no_is_read(self, text, expected):
        assert read_contact_wishes(text) == expected

    @given(st.text(max_size=300))
    def test_no_text_breaks_it(self, text):
        read_contact_wishes(text)
