"""What the demo shop sells: homeware in its variants. Prices are cents."""

from dataclasses import dataclass
from itertools import product as combinations


@dataclass(frozen=True)
class Ware:
    """A product; `options` has the choices of each option, and `steps` what some choices cost on top."""

    name: str
    category: str
    cents: int
    options: dict[str, tuple[str, ...]]
    description: str
    at_once: int = 1  # the most that one buys of it

    def variants(self) -> list[tuple[dict[str, str], int]]:
        """Each combination of choices and its price; the larger of the sizes cost a fifth more a step."""
        chosen = combinations(*self.options.values())
        return [(options := dict(zip(self.options, one, strict=True)), self._price(options)) for one in chosen]

    def _price(self, options: dict[str, str]) -> int:
        size = options.get("size")
        step = self.options["size"].index(size) if size else 0
        return self.cents + self.cents * step // 5 // 50 * 50


METAL = ("brass", "blackened steel", "white")
LINEN = ("sand", "sea blue", "moss", "chalk")
GLAZE = ("oat", "tide blue", "charcoal")
WOOD = ("oak", "walnut")
SIZES = ("small", "medium", "large")

WARES = (
    Ware("Lantern desk lamp", "Lighting", 8900, {"colour": METAL}, "A small reading lamp with a dimmer in its foot."),
    Ware("Harbour floor lamp", "Lighting", 18900, {"colour": METAL}, "Stands behind a chair and leans over the page."),
    Ware("Pebble table lamp", "Lighting", 7450, {"colour": GLAZE, "size": ("small", "large")}, "A glazed stone of light."),
    Ware("Skerry pendant", "Lighting", 12900, {"colour": METAL, "size": SIZES}, "A plain dome for over the table."),
    Ware("Mast wall light", "Lighting", 9900, {"colour": METAL}, "Swings out from the wall, for beds and corners."),
    Ware("Bothy candle lantern", "Lighting", 3450, {"size": SIZES}, "Keeps a candle alight out of doors.", 2),
    Ware("Beeswax dinner candles", "Lighting", 1650, {"colour": ("natural", "ivory", "moss")}, "Six candles, no drips.", 4),
    Ware("Cove night light", "Lighting", 2950, {"colour": ("chalk", "blush")}, "Glows until you are asleep, then stops."),
    Ware("Gooseneck kettle", "Kitchen", 6900, {"colour": ("steel", "matt black", "copper")}, "Pours a thin, steady stream."),
    Ware("Stove-top kettle", "Kitchen", 5450, {"colour": ("cream", "moss", "charcoal")}, "Enamelled, and sings when it boils."),
    Ware("Cast-iron casserole", "Kitchen", 12900, {"colour": ("tide blue", "charcoal"), "size": SIZES}, "For Sundays."),
    Ware("Carbon-steel pan", "Kitchen", 4900, {"size": ("24 cm", "28 cm")}, "Gets better with every breakfast."),
    Ware("Walnut chopping board", "Kitchen", 4550, {"size": SIZES}, "End grain, kind to knives."),
    Ware("Bread knife", "Kitchen", 3900, {"handle": WOOD}, "Goes through a crust without squashing the loaf."),
    Ware("Pepper mill", "Kitchen", 3650, {"wood": WOOD, "size": ("short", "tall")}, "A ceramic grinder in turned wood."),
    Ware("Stoneware butter dish", "Kitchen", 2850, {"colour": GLAZE}, "Holds half a pound, with a lid that stays on."),
    Ware("Linen apron", "Kitchen", 3950, {"colour": LINEN}, "Long ties, deep pockets, washes soft."),
    Ware("Oven glove", "Kitchen", 1950, {"colour": LINEN}, "Quilted to the elbow.", 2),
    Ware("Wooden spoons", "Kitchen", 1450, {"wood": ("beech", "olive")}, "Three spoons, one for each pot."),
    Ware("Storage jar", "Kitchen", 1250, {"size": SIZES}, "Glass with a cork that fits.", 6),
    Ware("Harbour mug", "Tableware", 1550, {"colour": GLAZE}, "A big mug with room for your hand.", 6),
    Ware("Espresso cup", "Tableware", 1150, {"colour": GLAZE}, "Small, thick and warm.", 6),
    Ware("Dinner plate", "Tableware", 1950, {"colour": GLAZE}, "Slightly uneven, as thrown.", 8),
    Ware("Breakfast bowl", "Tableware", 1650, {"colour": GLAZE}, "Deep enough for soup.", 6),
    Ware("Serving platter", "Tableware", 4650, {"colour": GLAZE}, "For one good fish."),
    Ware("Field jug", "Tableware", 3450, {"colour": GLAZE, "size": ("1 litre", "2 litres")}, "Milk, water or tulips."),
    Ware("Teapot for four", "Tableware", 5200, {"colour": GLAZE}, "Does not drip; we tried."),
    Ware("Tumblers", "Tableware", 2600, {"colour": ("clear", "smoke", "sea green")}, "A set of four, mouth-blown.", 3),
    Ware("Wine glasses", "Tableware", 3200, {"kind": ("red", "white")}, "A pair, thin at the rim.", 3),
    Ware("Linen napkins", "Tableware", 2950, {"colour": LINEN}, "Four, hemmed by hand.", 3),
    Ware("Table runner", "Tableware", 3850, {"colour": LINEN, "size": ("1.5 m", "2 m")}, "Washed linen with a plain edge."),
    Ware("Brushed steel cutlery", "Tableware", 7900, {"size": ("16 pieces", "24 pieces")}, "Heavy in the hand."),
    Ware("Merino throw", "Textiles", 9500, {"colour": ("heather", "tide blue", "oat")}, "Woven in Donegal style."),
    Ware("Linen throw", "Textiles", 7900, {"colour": LINEN}, "Light enough for summer evenings."),
    Ware("Wool blanket", "Textiles", 13900, {"colour": ("moss", "rust"), "size": ("single", "double")}, "Two winters warm."),
    Ware("Linen cushion", "Textiles", 3900, {"colour": LINEN, "size": ("45 cm", "60 cm")}, "With a feather pad.", 4),
    Ware("Bouclé cushion", "Textiles", 4400, {"colour": ("chalk", "rust")}, "Nubbly and round.", 2),
    Ware("Linen bedding", "Textiles", 15900, {"colour": LINEN, "size": ("single", "double", "king")}, "Cover and two cases."),
    Ware("Percale sheet", "Textiles", 5900, {"colour": ("white", "chalk"), "size": ("single", "double", "king")}, "Crisp."),
    Ware("Bath towel", "Textiles", 2450, {"colour": ("chalk", "tide blue", "moss")}, "Thick, and dries overnight.", 4),
    Ware("Waffle hand towel", "Textiles", 1350, {"colour": ("chalk", "sand", "moss")}, "Light and quick to dry.", 4),
    Ware("Linen curtains", "Textiles", 11900, {"colour": LINEN, "size": ("short", "long")}, "A pair, lined."),
    Ware("Jute rug", "Textiles", 14900, {"size": SIZES}, "Plaited, flat and hard to wear out."),
    Ware("Sheepskin", "Textiles", 8900, {"colour": ("natural", "grey")}, "For the cold side of the bed."),
    Ware("Ash stool", "Furniture", 9900, {"colour": ("natural", "black")}, "To sit on, or for the plant."),
    Ware("Coat rail", "Furniture", 5900, {"wood": WOOD, "size": ("4 hooks", "6 hooks")}, "Straight oak with turned pegs."),
    Ware("Bedside shelf", "Furniture", 7400, {"wood": WOOD}, "Holds a lamp, a glass and a book."),
    Ware("Magazine rack", "Furniture", 6450, {"colour": ("tan", "black")}, "A leather sling in a steel frame."),
    Ware("Bench for two", "Furniture", 24900, {"wood": WOOD}, "For the hall, the table, or the end of a bed."),
    Ware("Round mirror", "Furniture", 10900, {"colour": METAL, "size": SIZES}, "A thin frame and a deep edge."),
    Ware("Willow log basket", "Storage", 6900, {"size": ("medium", "large")}, "Woven from one field's willow."),
    Ware("Laundry basket", "Storage", 5450, {"colour": ("natural", "grey")}, "With a linen bag that comes out."),
    Ware("Felt storage box", "Storage", 2250, {"colour": ("grey", "rust"), "size": SIZES}, "Folds flat when empty.", 4),
    Ware("Peg bag", "Storage", 1650, {"colour": LINEN}, "Hangs on the line with the washing."),
    Ware("Stoneware vase", "Decoration", 3950, {"colour": GLAZE, "size": SIZES}, "For three stems or thirty."),
    Ware("Bud vases", "Decoration", 2450, {"colour": ("clear", "smoke")}, "Three little bottles for what the garden has."),
    Ware("Oak picture frame", "Decoration", 2750, {"size": ("A5", "A4", "A3")}, "Solid corners, real glass.", 4),
    Ware("Tide clock", "Decoration", 6900, {"colour": ("chalk", "tide blue")}, "Tells when the water comes."),
    Ware("Plant pot", "Garden", 2150, {"colour": ("terracotta", "chalk"), "size": SIZES}, "With a saucer that fits.", 3),
    Ware("Watering can", "Garden", 4450, {"colour": ("moss", "galvanised")}, "Long spout, fine rose, good balance."),
)
