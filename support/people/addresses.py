"""An address as somebody gives it, checked; and the rows that keep addresses."""

from dataclasses import asdict, dataclass

from babel import Locale
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from support.errors import InvalidInput
from support.models.customers import Address
from support.refusals import AddressInvalid
from support.text import clean

# Babel's two-letter territories that are no place: unions, a currency area, unknown ones, made-up ones for tests
_NO_COUNTRY = frozenset({"EU", "EZ", "UN", "QO", "ZZ", "XA", "XB"})
COUNTRIES = frozenset(
    code for code in map(str, Locale("en").territories) if len(code) == 2 and code.isalpha() and code not in _NO_COUNTRY
)
_REQUIRED = {"recipient": 200, "line_1": 200, "town": 100, "postcode": 20, "country": 2}
_OPTIONAL = {"line_2": 200, "region": 100}
LONGEST_LABEL = 60


@dataclass(frozen=True, slots=True)
class NewAddress:
    """Where a parcel is to go; `country` is ISO 3166 alpha-2 in either case, `label` the customer's name for it.

    White space is made single, and an optional part that is empty is None. Raises AddressInvalid for a part that is
    missing, too long for its column, no text or not printable, and for a country that there is not.
    """

    recipient: str
    line_1: str
    town: str
    postcode: str
    country: str
    line_2: str | None = None
    region: str | None = None
    label: str = ""

    def __post_init__(self) -> None:
        for name, longest in _REQUIRED.items():
            object.__setattr__(self, name, _part(getattr(self, name), longest))
        for name, longest in _OPTIONAL.items():
            given = getattr(self, name)
            object.__setattr__(self, name, None if _empty(given) else _part(given, longest))
        object.__setattr__(self, "label", "" if _empty(self.label) else _part(self.label, LONGEST_LABEL))
        if self.country.upper() not in COUNTRIES or not self.country.isascii():  # "ß".upper() is South Sudan
            raise AddressInvalid
        object.__setattr__(self, "country", self.country.upper())


def postal(address: Address | NewAddress) -> dict[str, str | None]:
    """What is written on a parcel: every part but the customer's name for the address."""
    return {name: getattr(address, name) for name in (*_REQUIRED, *_OPTIONAL)}


async def keep(session: AsyncSession, customer_id: str, new: NewAddress, *, saved: bool) -> Address:
    """The customer's row that says the same, or a new one, for rows never change; the customer is locked.

    A `saved` one is in the address book under that label; otherwise any row to the same place will do.
    """
    same = [getattr(Address, name) == part for name, part in postal(new).items()]
    if saved:
        same += [Address.saved, Address.label == new.label]
    query = select(Address).where(Address.customer_id == customer_id, *same)
    found = await session.scalar(query.order_by(Address.saved.desc(), Address.is_default.desc(), Address.id).limit(1))
    if found is None:
        found = Address(customer_id=customer_id, saved=saved, is_default=False, **asdict(new))
        session.add(found)
        await session.flush()
    return found


def _empty(part: object) -> bool:
    return part is None or (isinstance(part, str) and not part.strip())


def _part(given: object, longest: int) -> str:
    if not isinstance(given, str):
        raise AddressInvalid
    try:
        return clean(" ".join(clean(given, longest=4 * longest).split()), longest=longest)
    except InvalidInput as error:
        raise AddressInvalid from error
