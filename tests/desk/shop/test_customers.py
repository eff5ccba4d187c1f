"""The shop's own systems over HTTP: what they put about customers is what we hold, by their own ids."""

import copy
import json
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from support import clock
from support.models.customers import Address, Customer
from support.models.payments import PaymentMethod
from tests.desk.conftest import RunningDesk
from tests.desk.shop.putting import CUSTOMER_ID, MIA, ORDER_ID, at, error, everything, faults


class TestCustomers:
    async def test_are_held_as_they_were_put(self, desk: RunningDesk, shop: httpx.AsyncClient) -> None:
        answer = await shop.put(at("customers", CUSTOMER_ID), json=MIA)
        assert answer.json() == {
            "added": {"customers": 1, "addresses": 2, "payment_methods": 2}, "changed": {}, "unchanged": {}
        }
        held = (await shop.get(at("customers", CUSTOMER_ID))).json()
        assert held["id"] == CUSTOMER_ID
        assert {name: held[name] for name in ("first_name", "last_name", "email", "phone", "locale")} == {
            name: MIA[name] for name in ("first_name", "last_name", "email", "phone", "locale")
        }
        assert held["addresses"] == [
            {"id": "home", "label": "Home", "recipient": "Mia Garcia", "line_1": "14 Quay Lane", "line_2": None, "town": "Kinsale",
             "region": None, "postcode": "P17 AB12", "country": "IE", "default": True},
            {"id": "work", "label": "Work", "recipient": "Mia at work", "line_1": "2 Mill St", "line_2": "Floor 3", "town": "Cork",
             "region": "Munster", "postcode": "T12 XY34", "country": "IE", "default": False},
        ]
        assert [(one["id"], one["kind"], one.get("balance"), one["expires_on"]) for one in held["payment_methods"]] == [
            ("credit_card_7394", "card", None, "2029-08-31"), ("gift_card_1", "gift_card", "40.00", None),
        ]

    async def test_put_again_or_back_change_nothing(self, desk: RunningDesk, stocked: httpx.AsyncClient) -> None:
        kinds = (Customer, Address, PaymentMethod)
        before = await everything(desk, *kinds)
        for body in (MIA, (await stocked.get(at("customers", CUSTOMER_ID))).json()):
            answer = await stocked.put(at("customers", CUSTOMER_ID), json=body)
            assert answer.status_code == 200, answer.text
            assert (answer.json()["added"], answer.json()["changed"]) == ({}, {})
        assert await everything(desk, *kinds) == before

    async def test_keep_what_is_not_named(self, stocked: httpx.AsyncClient) -> None:
        body = {"first_name": "Maria", "last_name": "Garcia", "email": "maria@mail.example"}
        assert (await stocked.put(at("customers", CUSTOMER_ID), json=body)).status_code == 200
        held = (await stocked.get(at("customers", CUSTOMER_ID))).json()
        assert (held["first_name"], held["phone"], len(held["addresses"])) == ("Maria", MIA["phone"], 2)

    async def test_are_refused_whole_with_every_fault(self, desk: RunningDesk, stocked: httpx.AsyncClient) -> None:
        before = await everything(desk, Customer, Address, PaymentMethod)
        body = copy.deepcopy(MIA) | {"id": "another", "emial": "x", "email": "nowhere"}
        body["addresses"][1] |= {"country": "Atlantis", "customer_id": "C-1"}
        body["addresses"].append("a text")
        body["payment_methods"][0]["last_digits"] = "4111111111111111"
        body["payment_methods"][1]["balance"] = 40.5
        answer = await stocked.put(at("customers", CUSTOMER_ID), json=body)
        assert faults(answer) == {
            ("customers", 0, "id", "id_differs"), ("addresses", 2, "customer_id", "id_differs"),
            ("addresses", 3, "", "type_wrong"), ("payment_methods", 1, "last_digits", "last_digits"),
            ("payment_methods", 2, "balance", "type_wrong"),
        }
        body = copy.deepcopy(MIA) | {"emial": "x", "email": "nowhere"}
        body["addresses"][1]["country"] = "Atlantis"
        found = faults(await stocked.put(at("customers", CUSTOMER_ID), json=body))
        assert {fault[:3] for fault in found} >= {("customers", 0, "emial"), ("addresses", 2, "country")}
        assert "4111111111111111" not in answer.text
        assert await everything(desk, Customer, Address, PaymentMethod) == before

    @pytest.mark.parametrize("addresses", ["x", 1, {"id": "home"}, True])
    async def test_with_parts_that_are_no_list_are_refused(self, shop: httpx.AsyncClient, addresses: Any) -> None:
        answer = await shop.put(at("customers", "C9"), json=MIA | {"addresses": addresses})
        assert faults(answer) == {("customers", 0, "addresses", "type_wrong")}

    async def test_with_two_defaults_are_refused_at_their_place(self, shop: httpx.AsyncClient) -> None:
        body = copy.deepcopy(MIA)
        body["addresses"][1]["default"] = True
        (fault,) = faults(await shop.put(at("customers", "C9"), json=body))
        assert fault[:3] == ("addresses", 2, "default")
        assert error(await shop.get(at("customers", "C9"))) == (404, "not_found")

    @pytest.mark.parametrize("name", ["bad\u0000name", "bad\ud800name"])
    async def test_with_a_column_that_cannot_be_shown_are_refused(self, shop: httpx.AsyncClient, name: str) -> None:
        body = {**MIA, "addresses": [{**MIA["addresses"][0], name: "x"}]}
        answer = await shop.put(at("customers", "C9"), content=json.dumps(body), headers={"Content-Type": "application/json"})
        assert faults(answer) == {("addresses", 1, "", "unknown_column")}

    async def test_that_nobody_knows_are_not_found(self, shop: httpx.AsyncClient) -> None:
        for id in ("C-404", "%00", "a" * 201, " ", "\u200b\n"):
            assert error(await shop.get(at("customers", id))) == (404, "not_found")
            assert error(await shop.get(at("orders", id))) == (404, "not_found")
        assert error(await shop.put(at("customers", "a" * 201), json=MIA)) == (404, "not_found")

    async def test_that_are_erased_are_neither_shown_nor_put(self, desk: RunningDesk, stocked: httpx.AsyncClient) -> None:
        async def erase(session: Any) -> None:
            customer = await session.scalar(select(Customer).where(Customer.reference == CUSTOMER_ID))
            customer.erased_at = clock.now()

        await desk.do(erase)
        assert error(await stocked.get(at("customers", CUSTOMER_ID))) == (404, "not_found")
        assert error(await stocked.get(at("orders", ORDER_ID))) == (404, "not_found")
        assert error(await stocked.put(at("customers", CUSTOMER_ID), json=MIA)) == (422, "records_refused")
