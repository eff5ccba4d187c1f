"""The prepared people of the demo: six customers to sign in as, each in another situation, and three agents."""

from dataclasses import dataclass
from typing import TypedDict


class DemoCustomer(TypedDict):
    """What the demo page shows; `reference` is the shop's own id of the customer."""

    reference: str
    name: str
    blurb: str


class DemoAgent(TypedDict):
    name: str
    email: str
    password: str


@dataclass(frozen=True)
class Prepared:
    """A customer whose story is told in `stories`."""

    reference: str
    first_name: str
    last_name: str
    country: str
    blurb: str
    days_with_us: int


REGULAR = Prepared("C1001", "Aoife", "Brennan", "IE", "Evergreen regular with two years of orders", 720)
LATE = Prepared("C1002", "Liam", "Gallagher", "IE", "Has a parcel on its way, and it is late", 410)
LAPSING = Prepared("C1003", "Sofia", "Ricci", "IT", "Has points that are about to lapse", 540)
RETURNED = Prepared("C1004", "Jonas", "Weber", "DE", "Has just sent something back", 260)
NEWCOMER = Prepared("C1005", "Priya", "Shah", "GB", "Has just placed a first order", 1)
LOOKING = Prepared("C1006", "Daniel", "Okafor", "IE", "Signed up, but has not bought anything yet", 6)

PREPARED = (REGULAR, LATE, LAPSING, RETURNED, NEWCOMER, LOOKING)

DEMO_CUSTOMERS: tuple[DemoCustomer, ...] = tuple(
    {"reference": one.reference, "name": f"{one.first_name} {one.last_name}", "blurb": one.blurb}
    for one in PREPARED
)

DEMO_AGENTS: tuple[DemoAgent, ...] = (
    {"name": "Niamh Kavanagh", "email": "niamh@harbourandfield.example", "password": "harbour-demo-1"},
    {"name": "Tomasz Wrona", "email": "tomasz@harbourandfield.example", "password": "harbour-demo-2"},
    {"name": "Grace Adeyemi", "email": "grace@harbourandfield.example", "password": "harbour-demo-3"},
)
