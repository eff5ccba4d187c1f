import pytest
from hypothesis import given
from hypothesis import strategies as some

from support.errors import InvalidInput, NotFound
from support.identity import Speaker
from support.models.catalogue import Product
from support.models.conversations import Level
from support.products import catalogue
from support.products.product_search import ranked
from support.products.product_views import PriceRange
from support.text import new_id
from tests.support.shop_rows import create_customer, create_product, create_variant, speaker_of

VISITOR = Speaker(Level.VISITOR)


async def create_named(session, name, category="Kitchen", description="Made to last."):
    product = Product(reference=new_id(), name=name, category=category, description=description)
    session.add(product)
    await session.flush()
    return product


@pytest.fixture
async def bottle(session):
    """A bottle in two colours and three sizes, one of the six sold out, priced from 18.00 to 32.50."""
    product = await create_named(session, "Steel Bottle", "Kitchen", "Keeps tea hot for a day.")
    for place, (colour, size, price, stock) in enumerate((
        ("blue", "large", 3250, 2), ("blue", "small", 1800, 4), ("blue", "medium", 2400, 0),
        ("Café au lait", "large", 3250, 1), ("Café au lait", "small", 1800, 7), ("Café au lait", "medium", 2400, 3),
    )):
        variant = await create_variant(session, product, price=price, stock=stock, colour=colour, size=size)
        variant.sku = f"B{place}-{new_id()}"
    await session.flush()
    return product


class TestSearch:
    @pytest.mark.parametrize(
        ("words", "names"),
        [
            ("kettle", ["Enamel Kettle", "Travel Kettle"]),
            ("ketle", ["Enamel Kettle", "Travel Kettle"]),
            ("Do you have any KETTELS?", ["Enamel Kettle", "Travel Kettle"]),
            ("enamel kettle", ["Enamel Kettle", "Travel Kettle"]),
            ("travel kettle", ["Travel Kettle", "Enamel Kettle"]),
            ("throw", ["Linen Throw"]),
            ("bedroom", ["Linen Throw"]),
            ("bedrom", ["Linen Throw"]),
            ("creme brulee", ["Crème-Brûlée Dish"]),
            ("crème brûlée", ["Crème-Brûlée Dish"]),
            ("torch", ["Crème-Brûlée Dish"]),
            ("wether", ["Linen Throw"]),
            ("lin", ["Linen Throw"]),
            ("piano", []),
            ("", []),
            ("?!", []),
            ("\x00", []),
        ],
    )
    async def test_it_finds_by_name_category_and_description_with_typos(self, session, words, names):
        await create_named(session, "Enamel Kettle")
        await create_named(session, "Travel Kettle")
        await create_named(session, "Linen Throw", "Bedroom", "For cold\nweather.")
        await create_named(session, "Crème-Brûlée Dish", "Oven", "With a torch.")
        found = await catalogue.search(session, VISITOR, words)
        assert [one.name for one in found.products] == names
        assert found.more == 0

    async def test_a_list_names_the_prices_and_what_is_in_stock_and_counts_the_rest(self, session, bottle):
        for place in range(3):
            await create_named(session, f"Steel Bottle holder {place}")
        found = await catalogue.search(session, VISITOR, "steel bottle", limit=2)
        first = found.products[0]
        assert (first.name, first.variants, first.in_stock) == ("Steel Bottle", 6, 5)
        assert first.prices == (PriceRange("EUR", 1800, 3250),)
        assert (found.products[1].variants, found.products[1].in_stock, found.products[1].prices) == (0, 0, ())
        assert found.more == 2

    async def test_an_empty_catalogue_has_nothing(self, session):
        assert await catalogue.search(session, VISITOR, "kettle") == catalogue.ProductList((), 0)

    @pytest.mark.parametrize("limit", [0, -1, 201, True, 2.0])
    async def test_a_limit_that_is_none_is_refused(self, session, limit):
        with pytest.raises(InvalidInput):
            await catalogue.search(session, VISITOR, "kettle", limit=limit)


class TestRanked:
    def test_a_short_word_with_another_first_letter_is_another_word(self):
        shop = [("1", "Lamp", "Light", ""), ("2", "Stamp", "Paper", "")]
        assert ranked(shop, "damp") == []
        assert ranked(shop, "lamb") == ["1"]

    def test_a_word_that_begins_many_of_the_shops_finds_them_all(self):
        shop = [(str(place), f"Bra{chr(97 + place)}", "", "") for place in range(20)]
        assert ranked(shop, "bra") == [str(place) for place in range(20)]

    def test_the_name_goes_before_the_category_and_that_before_the_description(self):
        shop = [("1", "a", "b", "oak"), ("2", "a", "oak", "b"), ("3", "oak", "a", "b")]
        assert ranked(shop, "oak") == ["3", "2", "1"]

    @given(some.lists(some.tuples(some.text(max_size=8), some.text(max_size=8), some.text(max_size=12)), max_size=6),
           some.text(max_size=30))
    def test_whatever_is_typed_each_product_is_found_at_most_once(self, texts, words):
        shop = [(str(place), *each) for place, each in enumerate(texts)]
        found = ranked(shop, words)
        assert len(found) == len(set(found)) <= len(shop)

    @given(some.lists(some.from_regex(r"[a-z]{6,10}", fullmatch=True), min_size=1, max_size=6, unique=True), some.data())
    def test_a_word_of_a_name_with_two_letters_swapped_still_finds_it(self, names, data):
        name = data.draw(some.sampled_from(names))
        place = data.draw(some.integers(1, len(name) - 2))
        typed = name[:place] + name[place + 1] + name[place] + name[place + 2:]
        assert name in ranked([(one, one, "", "") for one in names], typed)


class TestProduct:
    async def test_its_variants_come_with_options_in_order_prices_and_stock(self, session, bottle):
        found = await catalogue.product(session, VISITOR, bottle.id)
        assert (found.name, found.category, found.description) == ("Steel Bottle", "Kitchen", "Keeps tea hot for a day.")
        assert found.offer.options == {"colour": ("blue", "Café au lait"), "size": ("small", "medium", "large")}
        assert found.offer.prices == (PriceRange("EUR", 1800, 3250),)
        assert len(found.offer.variants) == 6
        assert len(found.offer.in_stock) == 5
        assert found.offer.pieces == 17
        assert [one.price_minor for one in found.offer.variants] == [1800, 1800, 2400, 2400, 3250, 3250]

    async def test_numbers_are_put_by_size_and_words_by_the_alphabet(self, session):
        product = await create_product(session)
        for place, (capacity, pattern) in enumerate((("1.5 l", "wave"), ("0.75 l", "plain"), ("10 l", "dots"))):
            variant = await create_variant(session, product, capacity=capacity, pattern=pattern)
            variant.sku = f"{place}-{new_id()}"
        await session.flush()
        options = (await catalogue.product(session, VISITOR, product.id)).offer.options
        assert options == {"capacity": ("0.75 l", "1.5 l", "10 l"), "pattern": ("dots", "plain", "wave")}

    async def test_currencies_are_never_mixed(self, session):
        product = await create_product(session)
        await create_variant(session, product, price=1500)
        await create_variant(session, product, price=900, currency="GBP")
        await create_variant(session, product, price=1100, currency="GBP")
        ranges = (PriceRange("EUR", 1500, 1500), PriceRange("GBP", 900, 1100))
        assert (await catalogue.product(session, VISITOR, product.id)).offer.prices == ranges
        (listed,) = (await catalogue.search(session, VISITOR, product.name)).products
        assert listed.prices == ranges

    async def test_a_product_without_variants_has_none(self, session):
        product = await create_product(session)
        offer = (await catalogue.product(session, VISITOR, product.id)).offer
        assert (offer.variants, offer.options, offer.prices, offer.pieces) == ((), {}, (), 0)

    @pytest.mark.parametrize("product_id", [pytest.param(new_id(), id="of nothing"), "", "P1", "\x00", "' OR 1=1", 7, None, "\ud800"])
    async def test_an_unknown_or_malformed_id_is_not_found(self, session, bottle, product_id):
        for look_up in (catalogue.product, catalogue.variants):
            with pytest.raises(NotFound):
                await look_up(session, VISITOR, product_id)

    async def test_a_signed_in_customer_sees_the_same_as_a_visitor(self, session, bottle):
        speaker = speaker_of(await create_customer(session))
        assert await catalogue.product(session, speaker, bottle.id) == await catalogue.product(
            session, VISITOR, bottle.id
        )


class TestVariants:
    @pytest.mark.parametrize(
        ("wished", "exist", "in_stock"),
        [
            (None, 6, 5), ({}, 6, 5), ({"colour": "blue"}, 3, 2), ({"Colour": " BLUE "}, 3, 2),
            ({"color": "bleu"}, 3, 2), ({"colour": "cafe au lait", "size": "small"}, 1, 1),
            ({"size": "medium", "colour": "blue"}, 1, 0), ({"colour": "red"}, 0, 0), ({"material": "steel"}, 0, 0),
            ({"": ""}, 0, 0),
        ],
    )
    async def test_as_many_exist_and_are_in_stock(self, session, bottle, wished, exist, in_stock):
        offer = await catalogue.variants(session, VISITOR, bottle.id, wished)
        assert (len(offer.variants), len(offer.in_stock)) == (exist, in_stock)

    async def test_what_may_be_a_mistake_for_two_values_is_neither(self, session):
        product = await create_product(session)
        for colour in ("grey", "gray"):
            await create_variant(session, product, colour=colour)
        assert (await catalogue.variants(session, VISITOR, product.id, {"colour": "gry"})).variants == ()
        (gray,) = (await catalogue.variants(session, VISITOR, product.id, {"colour": "gray"})).variants
        assert gray.options == {"colour": "gray"}


class TestNames:
    async def test_every_product_is_named_by_the_alphabet(self, session, bottle):
        rug = await create_named(session, "Rug", "Living room")
        assert [(one.id, one.name, one.category) for one in await catalogue.names(session, VISITOR)] == [
            (rug.id, "Rug", "Living room"), (bottle.id, "Steel Bottle", "Kitchen"),
        ]


class TestToBeHad:
    async def test_what_is_in_stock_within_the_prices_is_told_the_cheapest_first(self, session, bottle):
        mug = await create_named(session, "Mug", "Tableware")
        for price, stock in ((700, 3), (900, 0), (2500, 1)):
            await create_variant(session, mug, price=price, stock=stock)
        found = await catalogue.to_be_had(session, VISITOR)
        assert [(one.name, one.in_stock, one.prices) for one in found.products] == [
            ("Mug", 2, (PriceRange("EUR", 700, 2500),)), ("Steel Bottle", 5, (PriceRange("EUR", 1800, 3250),)),
        ]
        found = await catalogue.to_be_had(session, VISITOR, at_least_minor=900, at_most_minor=2400)
        assert [(one.name, one.in_stock, one.prices) for one in found.products] == [
            ("Steel Bottle", 3, (PriceRange("EUR", 1800, 2400),)),
        ]

    async def test_of_a_kind_and_counted_beyond_the_limit(self, session, bottle):
        for place in range(3):
            await create_variant(session, await create_named(session, f"Mug {place}", "Tableware"), price=place)
        found = await catalogue.to_be_had(session, VISITOR, categories=("Tableware",), limit=2)
        assert ([one.name for one in found.products], found.more) == (["Mug 0", "Mug 1"], 1)
        with pytest.raises(InvalidInput):
            await catalogue.to_be_had(session, VISITOR, limit=0)

    async def test_a_product_in_two_currencies_is_one_product(self, session):
        mug = await create_named(session, "Mug")
        await create_variant(session, mug, price=700)
        await create_variant(session, mug, price=900, currency="GBP")
        (found,) = (await catalogue.to_be_had(session, VISITOR)).products
        assert (found.in_stock, found.prices) == (2, (PriceRange("EUR", 700, 700), PriceRange("GBP", 900, 900)))


class TestCategories:
    async def test_products_variants_and_prices_add_up(self, session, bottle):
        await create_named(session, "Rug", "Living room")
        mug = await create_named(session, "Mug", "Kitchen")
        await create_variant(session, mug, price=700, stock=0)
        await create_variant(session, mug, price=900, currency="GBP", stock=1)
        kitchen, living_room = await catalogue.categories(session, VISITOR)
        assert (kitchen.name, kitchen.products, kitchen.variants, kitchen.in_stock) == ("Kitchen", 2, 8, 6)
        assert kitchen.prices == (PriceRange("EUR", 700, 3250), PriceRange("GBP", 900, 900))
        assert (living_room.name, living_room.products, living_room.variants, living_room.prices) == (
            "Living room", 1, 0, ()
        )
