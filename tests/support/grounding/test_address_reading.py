from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.grounding.address_reading import read_address
from support.grounding.part_reading import read_part

# What was typed, and line 1, line 2, town, region, postcode and country in it
ADDRESSES = [
    ('123 Elm Street, Suite 641, Denver, CO 80279, USA', '123 Elm Street|Suite 641|Denver|CO|80279|US'),
    ('please change it to 14 Quay Lane, Kinsale, Co. Cork, P17 AB12, Ireland', '14 Quay Lane||Kinsale|Co. Cork|P17 AB12|IE'),
    ('Hauptstr. 5, 10115 Berlin', 'Hauptstr. 5||Berlin||10115|DE'),
    ('123 Elm Street Suite 641 Denver CO 80279', '123 Elm Street|Suite 641|Denver|CO|80279|US'),
    ('My new address is 445 Maple Drive, Suite 394, Fort Worth, Texas 76165.', '445 Maple Drive|Suite 394|Fort Worth|TX|76165|US'),
    ('I moved, so please send it to 10 Downing Street, London SW1A 2AA, UK. Thanks!', '10 Downing Street||London||SW1A 2AA|GB'),
    ('Flat 3, 12 High Street, Oxford, OX1 4BG', '12 High Street|Flat 3|Oxford||OX1 4BG|GB'),
    ('12 rue de Rivoli, 75001 Paris, France', '12 rue de Rivoli||Paris||75001|FR'),
    ('12, rue de Rivoli, 75001 Paris', '12, rue de Rivoli||Paris||75001|FR'),
    ('Calle Mayor 5, 2º B, 28013 Madrid, Spain', 'Calle Mayor 5|2º B|Madrid||28013|ES'),
    ('Calle Mayor, 5, 28013 Madrid, España', 'Calle Mayor, 5||Madrid||28013|ES'),
    ('Via Roma 10, 20121 Milano (MI), Italia', 'Via Roma 10||Milano|MI|20121|IT'),
    ('Via Roma 10, 20121 Milano MI', 'Via Roma 10||Milano|MI|20121|IT'),
    ('Keizersgracht 123, 1015 CJ Amsterdam', 'Keizersgracht 123||Amsterdam||1015 CJ|NL'),
    ('Keizersgracht 123, 1015CJ Amsterdam, The Netherlands', 'Keizersgracht 123||Amsterdam||1015 CJ|NL'),
    ('change my address to 123 elm street, denver, co 80279', '123 Elm Street||Denver|CO|80279|US'),
    ('Could you ship order #W6390527 to 76 Sunset Drive, Apt 4B, New York, NY 10001 instead?', '76 Sunset Drive|Apt 4B|New York|NY|10001|US'),
    ('Rose Cottage, Main Street, Kinsale, Co. Cork, P17 AB12', 'Rose Cottage|Main Street|Kinsale|Co. Cork|P17 AB12|IE'),
    ('22 Baker Street, Dublin 2, D02 X285', '22 Baker Street||Dublin 2||D02 X285|IE'),
    ('548 Park Avenue, same as on my water bottle order. Both orders please!', '548 Park Avenue|||||'),
    ("The street is 548 Park Avenue, Apt 338, 'both orders' isn't part of it, haha.", '548 Park Avenue|Apt 338||||'),
    ('12 Elm Street, Denver. Moved there last week!', '12 Elm Street||Denver|||'),
    ('12 Elm Street. Denver. Colorado', '12 Elm Street||Denver|CO||US'),
    ('14 Quay Lane, Stratford upon Avon', '14 Quay Lane||Stratford upon Avon|||'),
    ('90028, Los Angeles, CA. It is Apt 338.', '||Los Angeles|CA|90028|US'),
    ('send it to my brother, 77 Ridge Road, Portland, OR 97201', '77 Ridge Road||Portland|OR|97201|US'),
    ('it goes to my parents, 12 Elm St, Denver, CO 80202. Only that order', '12 Elm St||Denver|CO|80202|US'),
    ('123 Elm Street', '123 Elm Street|||||'),
    ('Suite 641', '|Suite 641||||'),
    ('change it to blue', '|||||'),
    ('I want to exchange the lamp for 2 mugs', '|||||'),
    ('12345 Elm Street, Denver, CO 80279', '12345 Elm Street||Denver|CO|80279|US'),
    ('12345 Elm Street, Denver', '12345 Elm Street||Denver|||'),
    ('501 Oak Avenue, Apt. 12, Atlanta, Georgia 30301', '501 Oak Avenue|Apt. 12|Atlanta|GA|30301|US'),
    ('1 Infinite Loop, Cupertino, CA, 95014, United States', '1 Infinite Loop||Cupertino|CA|95014|US'),
    ('Unter den Linden 77, 10117 Berlin, Germany', 'Unter den Linden 77||Berlin||10117|DE'),
    ('Musterstraße 12, 3. OG, 80331 München, Deutschland', 'Musterstraße 12|3. OG|München||80331|DE'),
    ('Please update my default address to 9 Harbour View, Cobh, County Cork, P24 XY45 and use PayPal', '9 Harbour View||Cobh|County Cork|P24 XY45|IE'),
    ('100 King St W, Toronto, ON M5X 1A9, Canada', '100 King St W||Toronto|ON|M5X 1A9|CA'),
    ('Damrak 1 hs, 1012 LG Amsterdam', 'Damrak 1 hs||Amsterdam||1012 LG|NL'),
    ('the address should be 847 Cedar Street, Unit 12, San Diego, California, 92101', '847 Cedar Street|Unit 12|San Diego|CA|92101|US'),
    ('Maria Lopez, 76 Sunset Drive, Denver, CO 80202', '76 Sunset Drive||Denver|CO|80202|US'),
    ('Mariahilfer Straße 45, 1060 Wien, Österreich', 'Mariahilfer Straße 45||Wien||1060|AT'),
    ('Rue Neuve 12, 1000 Bruxelles, Belgique', 'Rue Neuve 12||Bruxelles||1000|BE'),
    ('Bahnhofstrasse 3, 8001 Zürich, Switzerland', 'Bahnhofstrasse 3||Zürich||8001|CH'),
    ('500 Granville St, Vancouver, BC V6C 1W6', '500 Granville St||Vancouver|BC|V6C 1W6|CA'),
    ('Can you change the shipping address for #W4082615 to 159 Hickory Lane, Suite 238, Phoenix, AZ 85028?', '159 Hickory Lane|Suite 238|Phoenix|AZ|85028|US'),
    ("It's 159 Hickory Lane, Suite 238, Phoenix, Arizona, USA, 85028.", '159 Hickory Lane|Suite 238|Phoenix|AZ|85028|US'),
    ('The new address is: 159 Hickory Lane; Suite 238; Phoenix; AZ; 85028; USA', '159 Hickory Lane|Suite 238|Phoenix|AZ|85028|US'),
    ('Address line 1: 159 Hickory Lane, Address line 2: Suite 238, City: Phoenix, State: AZ, Zip: 85028, Country: USA', '159 Hickory Lane|Suite 238|Phoenix|AZ|85028|US'),
    ('159 Hickory Lane\nSuite 238\nPhoenix, AZ 85028\nUSA', '159 Hickory Lane|Suite 238|Phoenix|AZ|85028|US'),
    ('Sure, the address is 159 Hickory Lane, Suite 238, in Phoenix, AZ, USA, zip code 85028.', '159 Hickory Lane|Suite 238|Phoenix|AZ|85028|US'),
    ('Yes, 159 Hickory Lane, Suite 238, Phoenix, Arizona 85028, United States. Please also use my gift card.', '159 Hickory Lane|Suite 238|Phoenix|AZ|85028|US'),
    ('My address is 5 Abbey Road, Cambridge CB1 2AB, England', '5 Abbey Road||Cambridge||CB1 2AB|GB'),
    ('send to 10 rue Victor Hugo, appartement 4, 69002 Lyon, France please', '10 rue Victor Hugo|appartement 4|Lyon||69002|FR'),
    ('PO Box 120, Reno, NV 89501', 'PO Box 120||Reno|NV|89501|US'),
    ('Washington, DC 20001, 1600 Pennsylvania Avenue NW', '1600 Pennsylvania Avenue NW||Washington|DC|20001|US'),
    ('1600 Pennsylvania Avenue NW, Washington, DC 20001', '1600 Pennsylvania Avenue NW||Washington|DC|20001|US'),
    ('1600 Pennsylvania Avenue NW, Washington DC 20001', '1600 Pennsylvania Avenue NW||Washington|DC|20001|US'),
    ("I've moved to Houston. My new address is 592 Elm Avenue, Suite 647, Houston, TX 77129. Can you update it?", '592 Elm Avenue|Suite 647|Houston|TX|77129|US'),
    ('I live at 592 Elm Avenue Suite 647, Houston TX 77129 now', '592 Elm Avenue|Suite 647|Houston|TX|77129|US'),
    ('I want the address of the order changed to 592 Elm Avenue, Suite 647, New York City, New York 10001', '592 Elm Avenue|Suite 647|New York City|NY|10001|US'),
    ('ship it to 592 Elm Avenue #647, Houston, TX, 77129', '592 Elm Avenue|#647|Houston|TX|77129|US'),
    ('Wohnung: Gartenweg 12a, 50667 Köln, Deutschland', 'Gartenweg 12a||Köln||50667|DE'),
    ('Lange Straße 4, D-70173 Stuttgart', 'Lange Straße 4||Stuttgart||70173|DE'),
    ('4 Privet Drive, Little Whinging, Surrey, GU1 1AA, UK', '4 Privet Drive|Little Whinging|Surrey||GU1 1AA|GB'),
    ("Apartment 7, 3 O'Connell Street, Limerick, V94 T9PX", "3 O'Connell Street|Apartment 7|Limerick||V94 T9PX|IE"),
    ('1 Main St, Springfield', '1 Main St||Springfield|||'),
    ('1 Main St, Springfield, IL', '1 Main St||Springfield|IL||US'),
    ('1 Main St, Springfield, Illinois, USA', '1 Main St||Springfield|IL||US'),
    ('Carrer de Mallorca 401, 3º 2ª, 08013 Barcelona', 'Carrer de Mallorca 401|3º 2ª|Barcelona||08013|ES'),
    ('Avenida de América, 12, piso 4, 28002 Madrid', 'Avenida de América, 12|piso 4|Madrid||28002|ES'),
    ('Piazza del Duomo 1, 50122 Firenze FI, Italy', 'Piazza del Duomo 1||Firenze|FI|50122|IT'),
    ('Prinsengracht 263-267, 1016 GV Amsterdam, Netherlands', 'Prinsengracht 263-267||Amsterdam||1016 GV|NL'),
    ("I'd like to return order #W12345 please", '|||||'),
    ('order 80279 please', '|||||'),
    ('My zip code is 80279', '||||80279|'),
    ('lamp, kettle and mug', '|||||'),
    ('I bought it in Paris on 12 March', '|||||'),
    ('it should go to my place in Denver', '|||||'),
    ('Actually make that 15 Patrick Street.', '15 Patrick Street|||||'),
    ('no, make it 15 Patrick Street, Cork', '15 Patrick Street||Cork|||'),
]


@dataclass(frozen=True)
class Kept:
    label: str
    line_1: str
    town: str
    postcode: str
    country: str = "IE"
    is_default: bool = False
    line_2: str | None = None
    region: str | None = None


HOME = Kept("Home", "14 Quay Lane", "Kinsale", "P17 AB12", is_default=True)
WORK = Kept("Work", "1 South Mall", "Cork", "T12 AB34")
SISTER = Kept("My sister", "9 Harbour View", "Cork", "T12 XY99")

streets = st.builds("{} {} {}".format, st.integers(1, 999), st.sampled_from(["Elm", "Maple", "Hickory", "Old Mill", "St Ann"]),
                    st.sampled_from(["Street", "Avenue", "Lane", "Drive", "Road", "Court"]))
units = st.one_of(st.none(), st.builds("{} {}".format, st.sampled_from(["Suite", "Apt", "Unit", "Apartment"]), st.integers(1, 999)))
towns = st.sampled_from(["Denver", "Fort Worth", "New York", "San Diego", "Saint Paul", "Reno"])
states = st.sampled_from(["CO", "TX", "NY", "CA", "MN", "NV", "WA", "DC"])
zips = st.integers(10000, 99999).map(str)
leads = st.sampled_from(["", "Please change it to ", "My new address is ", "ship it to ", "It's ", "Yes, ", "Address: "])
ends = st.sampled_from(["", ".", ". Thanks!", ", please", " and use my PayPal"])


def parts_of(reading) -> str:
    names = ("line_1", "line_2", "town", "region", "postcode", "country")
    return "|".join(getattr(reading, name) or "" for name in names)


class TestReadAddress:
    def test_the_table_is_as_long_as_it_is_meant_to_be(self):
        assert len(ADDRESSES) >= 60

    @pytest.mark.parametrize(("text", "expected"), ADDRESSES)
    def test_each_part_is_found_and_what_is_missing_is_left_open(self, text, expected):
        assert parts_of(read_address(text)) == expected

    @given(leads, streets, units, towns, states, zips, st.sampled_from(["", ", USA", ", United States"]), ends,
           st.sampled_from([", ", "\n"]))
    def test_an_american_address_written_out_is_read_as_it_was(self, lead, street, unit, town, state, code, country, end, gap):
        text = lead + gap.join(part for part in (street, unit, town) if part) + f", {state} {code}{country}{end}"
        assert parts_of(read_address(text)) == f"{street}|{unit or ''}|{town}|{state}|{code}|US"

    @given(leads, st.integers(1, 99), st.sampled_from(["Gartenweg", "Hauptstraße", "Lange Straße", "Rosenallee"]), zips,
           st.sampled_from(["Berlin", "Köln", "Bad Homburg", "Frankfurt am Main"]), st.sampled_from(["", "."]))
    def test_a_german_address_written_out_is_read_as_it_was(self, lead, number, street, code, town, end):
        reading = read_address(f"{lead}{street} {number}, {code} {town}, Germany{end}")
        assert parts_of(reading) == f"{street} {number}||{town}||{code}|DE"

    @given(leads, streets, st.sampled_from(["London", "Milton Keynes", "York"]), st.sampled_from(["SW1A 2AA", "MK9 3QA", "YO1 7HH"]), ends)
    def test_a_british_address_written_out_is_read_as_it_was(self, lead, street, town, code, end):
        assert parts_of(read_address(f"{lead}{street}, {town} {code}, UK{end}")) == f"{street}||{town}||{code}|GB"

    @given(st.text(max_size=400))
    def test_no_text_breaks_it(self, text):
        read_address(text, known=(HOME, WORK))

    @pytest.mark.parametrize("talk", [
        "sweet. Two more things. The order with the luggage set has to go to my brother, ", "oh right, forgot that haha. ", "Of course! It's the new one. ", "sorry, I should have said that. ",
    ])
    def test_sentences_that_lead_to_it_are_no_part_of_it(self, talk):
        parts = read_address(f"{talk}77 Willow Court, Apt 5, Austin, TX 78704").parts
        assert (parts["line_1"], parts["line_2"], parts["town"]) == ("77 Willow Court", "Apt 5", "Austin")
        assert "recipient" not in parts

    @pytest.mark.parametrize("smile", [" :)", " ;-)", " :D", " 😀"])
    def test_a_smile_is_no_part_of_it(self, smile):
        known = read_address(f"77 willow court{smile}").parts
        assert known == read_address("77 willow court").parts
        assert read_address(f"83 Willow Court, Austin, TX 78704{smile}").parts["line_1"] == "83 Willow Court"

    def test_who_lives_there_is_told_from_the_street(self):
        reading = read_address("Maria Lopez, 76 Sunset Drive, Denver, CO 80202")
        assert (reading.recipient, reading.line_1) == ("Maria Lopez", "76 Sunset Drive")

    def test_what_is_missing_is_named_in_the_order_to_ask(self):
        assert read_address("123 Elm Street").missing == ("town", "postcode", "country")

    def test_a_country_is_guessed_from_the_address_book_if_the_postcode_fits(self):
        there = Kept("Home", "5 Oak Road", "Dallas", "75201", "US", is_default=True)
        reading = read_address("14 Quay Road, Houston, 77129", known=(there,))
        assert (reading.country, reading.guessed) == ("US", ("country",))

    def test_a_country_is_not_guessed_if_the_postcode_does_not_fit(self):
        assert read_address("14 Quay Road, Houston, 77129", known=(HOME,)).country is None

    @pytest.mark.parametrize(("text", "expected"), [
        ("my default address", HOME), ("send it to my home address", HOME), ("work", WORK), ("to the Kinsale one", HOME),
        ("the one on Quay Lane", HOME), ("not my home address, the work one", WORK), ("14 Quay Lane", HOME),
        ("14 quay lane, kinsale", HOME), ("the address on file", HOME), ("my sister's place", SISTER),
        ("same as order #W123", WORK), ("the same address as my order W123", WORK),
    ])
    def test_an_address_on_record_is_meant_by_what_it_is_called(self, text, expected):
        reading = read_address(text, known=(HOME, WORK, SISTER), of_orders={"#W123": WORK})
        assert (reading.known, reading.parts) == (expected, {})

    @pytest.mark.parametrize("text", [
        "They should go to 175 River Road, Suite 972, Charlotte, my default address.", "175 River Road, Suite 972, Charlotte NC",
        "ship it to 175 River Road please", "175 River Road, thanks!",
    ])
    def test_the_house_of_one_on_record_is_that_one_without_its_postcode(self, text):
        there = Kept("Home", "175 River Road", "Charlotte", "28268", "US", line_2="Suite 972", region="NC", is_default=True)
        assert read_address(text, known=(there,)).known == there

    @pytest.mark.parametrize("text", ["175 River Road, Suite 5, Charlotte", "175 River Road, Denver", "175 River Road, Charlotte, NC 28299"])
    def test_another_flat_or_town_is_none_on_record(self, text):
        there = Kept("Home", "175 River Road", "Charlotte", "28268", "US", line_2="Suite 972", region="NC", is_default=True)
        assert read_address(text, known=(there,)).known is None

    @pytest.mark.parametrize(("text", "known"), [("the LA one", True), ("to LA please", True), ("not the LA one", False), ("la la la", False)])
    def test_a_town_is_known_by_its_initials(self, text, known):
        there = Kept("", "548 Park Avenue", "Los Angeles", "90028", "US", region="CA")
        assert (read_address(text, known=(HOME, there)).known == there) is known

    def test_two_that_are_meant_are_asked_about(self):
        assert read_address("the one in Cork", known=(HOME, WORK, SISTER)).candidates == (WORK, SISTER)

    @pytest.mark.parametrize("text", ["yes, and pay with my PayPal account", "refund it to the account that I paid with", "hello", "yes", "no problem", "change it to blue", "order #W123", "by the way", "2 of them"])
    def test_other_talk_has_no_address(self, text):
        reading = read_address(text, known=(HOME, WORK))
        assert (reading.parts, reading.known, reading.candidates) == ({}, None, ())


class TestReadPart:
    @pytest.mark.parametrize(("name", "text", "expected"), [
        ("town", "Denver", "Denver"), ("town", "it's in Kinsale", "Kinsale"), ("town", "san diego please", "San Diego"),
        ("postcode", "80279", "80279"), ("postcode", "the zip code is 80279", "80279"), ("postcode", "sw1a2aa", "SW1A 2AA"),
        ("country", "USA", "US"), ("country", "the netherlands", "NL"), ("country", "ireland please", "IE"),
        ("country", "Narnia", None), ("region", "colorado", "CO"), ("region", "Co. Cork", "Co. Cork"), ("region", "none", ""),
        ("line_2", "no", ""), ("line_2", "Suite 12", "Suite 12"), ("line_1", "12 elm street", "12 Elm Street"),
        ("line_1", "what?", None), ("recipient", "Maria Lopez", "Maria Lopez"), ("recipient", "12 Elm Street", None),
    ])
    def test_an_answer_to_one_question_is_that_part(self, name, text, expected):
        assert read_part(name, text) == expected

    def test_a_postcode_of_another_country_is_none(self):
        assert read_part("postcode", "80279", country="IE") is None
