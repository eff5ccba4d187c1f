"""The demo shop's website: its page, what the page shows, and the JWT its back end signs as any shop would."""

import colorsys
import hashlib
from typing import Annotated, Any

from fastapi import APIRouter, FastAPI
from pydantic import Field
from sqlalchemy import func, select
from starlette.responses import FileResponse
from starlette.staticfiles import StaticFiles

from desk.desk import TheDesk
from desk.pages import WEB
from desk.visitors.schemas import Strict
from rapport.demo_shop.people import DEMO_AGENTS, DEMO_CUSTOMERS
from support import formatting
from support.errors import NotFound
from support.models.catalogue import Product, Variant
from support.models.customers import Customer
from support.models.outbox import Mail
from support.signing_in import sign_in

router = APIRouter(prefix="/demo")
PRODUCTS = 12
MAILS = 50


class Chosen(Strict):
    customer_id: Annotated[str, Field(max_length=200)]


@router.get("/products")
async def products(desk: TheDesk) -> dict[str, Any]:
    cheapest = func.min(Variant.price_minor).label("price")
    query = (
        select(Product, cheapest)
        .join(Variant, Variant.product_id == Product.id)
        .group_by(Product.id)
        .order_by(Product.name)
    )
    async with desk.database.read() as session:
        rows = (await session.execute(query)).all()
    step = max(1, len(rows) // PRODUCTS)
    shop = desk.business.shop
    return {"products": [
        {
            "name": product.name, "category": product.category, "blurb": product.description,
            "price": formatting.money(price, shop.currency, shop.formats), "colour": _colour(product.name),
        }
        for product, price in rows[::step][:PRODUCTS]
    ]}


def _colour(name: str) -> str:
    """A quiet colour that is always the same for the same name."""
    hue = hashlib.sha256(name.encode()).digest()[0] / 255
    return "#" + "".join(f"{round(part * 255):02x}" for part in colorsys.hls_to_rgb(hue, 0.78, 0.32))


@router.get("/customers")
async def customers(desk: TheDesk) -> dict[str, Any]:
    references = [one["reference"] for one in DEMO_CUSTOMERS]
    query = select(Customer).where(Customer.reference.in_(references))
    async with desk.database.read() as session:
        emails = {customer.reference: customer.email for customer in await session.scalars(query)}
    return {"customers": [
        {
            "id": one["reference"], "name": one["name"], "blurb": one["blurb"],
            "email": emails.get(one["reference"]),
        }
        for one in DEMO_CUSTOMERS
    ]}


@router.get("/agents")
async def agents() -> dict[str, Any]:
    return {"agents": list(DEMO_AGENTS)}


@router.post("/sign-in")
async def sign_in_as(desk: TheDesk, chosen: Chosen) -> dict[str, Any]:
    """What a shop's back end answers its own signed-in customer's page with."""
    async with desk.database.read() as session:
        customer = await session.scalar(select(Customer).where(Customer.reference == chosen.customer_id))
    if customer is None or chosen.customer_id not in {one["reference"] for one in DEMO_CUSTOMERS}:
        raise NotFound
    settings = desk.settings
    token = sign_in.sign(
        customer.reference, secret=settings.jwt_secret.get_secret_value(), audience=settings.jwt_audience
    )
    return {"jwt": token, "name": customer.name}


@router.get("/mails")
async def mails(desk: TheDesk) -> dict[str, Any]:
    """What would have gone out by mail, the newest first."""
    query = select(Mail).order_by(Mail.created_at.desc(), Mail.id).limit(MAILS)
    async with desk.database.read() as session:
        found = list(await session.scalars(query))
    return {"mails": [
        {
            "id": mail.id, "to": mail.recipient, "subject": mail.subject, "text": mail.text,
            "at": mail.created_at.isoformat(), "attachments": sorted(mail.attachment or {}),
        }
        for mail in found
    ]}


@router.get("/mailbox", include_in_schema=False)
async def mailbox() -> FileResponse:
    return FileResponse(WEB / "demo" / "mailbox.html")


def install(app: FastAPI) -> None:
    """Let the desk's process serve the demo shop as well."""
    app.include_router(router)
    app.mount("/demo", StaticFiles(directory=WEB / "demo"), "demo")

    @app.get("/", include_in_schema=False)
    async def front() -> FileResponse:
        return FileResponse(WEB / "demo" / "index.html")
