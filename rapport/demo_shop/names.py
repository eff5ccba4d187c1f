"""Where the demo shop's customers come from: names, towns and streets by country, all written for this list.

Telephone numbers lie in ranges that the countries' regulators keep free for fiction; countries without one get none.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Country:
    """`towns` are (town, region, beginning of the postcode); `postcode` and `phone` have a # for each digit."""

    code: str
    locale: str
    share: int
    first: tuple[str, ...]
    last: tuple[str, ...]
    towns: tuple[tuple[str, str | None, str], ...]
    streets: tuple[str, ...]
    street: str
    postcode: str
    phone: str | None


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.replace("_", " ") for word in text.split())


COUNTRIES = (
    Country(
        "IE", "en_IE", 44,
        _words("Aisling Brendan Ciara Cormac Deirdre Declan Eimear Eoin Fiona Fergal Gráinne Hugh Ita Kieran Laoise "
               "Maeve Muireann Niall Orla Oisín Róisín Ruairí Saoirse Seán Sinéad Tadhg Úna Chidi Agnieszka Rafael"),
        _words("Ahern Boyle Byrne Casey Clancy Coughlan Daly Doyle Farrell Flanagan Foley Geraghty Healy Hickey Keane "
               "Kinsella Lynch McGrath Mulligan Nolan O'Dea O'Leary Quinn Rafferty Scanlon Tierney Nwosu Wójcik Lima"),
        (("Cork", "Co. Cork", "T12"), ("Dublin 8", "Co. Dublin", "D08"), ("Galway", "Co. Galway", "H91"),
         ("Limerick", "Co. Limerick", "V94"), ("Sligo", "Co. Sligo", "F91"), ("Waterford", "Co. Waterford", "X91"),
         ("Kilkenny", "Co. Kilkenny", "R95"), ("Ennis", "Co. Clare", "V95"), ("Westport", "Co. Mayo", "F28"),
         ("Athlone", "Co. Westmeath", "N37"), ("Tralee", "Co. Kerry", "V92")),
        _words("Abbey_Street Barrack_Hill Bridge_Street Castle_Road Chapel_Lane Fair_Green Mill_Road Quay_Street "
               "Rectory_Lane Shore_Road Station_Road Strand_View Weir_Lane"),
        "{number} {street}", " @#@#", "+353 20 91# ####",
    ),
    Country(
        "GB", "en_GB", 24,
        _words("Alice Amara Ben Callum Catrin Daniel Eleanor Euan Farah George Grace Harriet Imran Isla Jack Kavita "
               "Lewis Megan Nadia Oliver Priya Rhys Sophie Thomas Zara"),
        _words("Adeyemi Barker Chaudhry Clarke Davies Fletcher Graham Hughes Iqbal Jenkins Kerr Lawson MacLeod Morgan "
               "Nicholls Osborne Patel Reid Shaw Taylor Underwood Vaughan Whitfield Young"),
        (("Bristol", None, "BS3"), ("Leeds", "West Yorkshire", "LS6"), ("Glasgow", None, "G41"), ("Cardiff", None, "CF11"),
         ("Belfast", None, "BT9"), ("Norwich", "Norfolk", "NR2"), ("York", "North Yorkshire", "YO23")),
        _words("Albert_Road Beech_Grove Church_Lane Elm_Terrace Granby_Street Hillside Kingsley_Road Mere_Lane "
               "Park_View Queens_Road St_John's_Terrace Victoria_Street"),
        "{number} {street}", " #@@", "+44 7700 900###",
    ),
    Country(
        "DE", "de_DE", 8,
        _words("Anke Bastian Carla Dieter Emre Frieda Greta Henrik Ines Jannik Katrin Leyla Matthias Nele Tobias"),
        _words("Albrecht Böhm Çelik Dietz Engel Fuchs Hartmann Jung Köhler Lorenz Neumann Peters Roth Schreiber Vogt"),
        (("Hamburg", None, "22"), ("Köln", None, "50"), ("Leipzig", None, "04"), ("Freiburg", None, "79")),
        _words("Ahornweg Bahnhofstraße Gartenstraße Hafenweg Lindenallee Mühlenweg Schillerstraße Ulmenweg"),
        "{street} {number}", "###", "+49 30 23125 ###",
    ),
    Country(
        "FR", "fr_FR", 8,
        _words("Adèle Baptiste Camille Étienne Fatima Gaëlle Hugo Inès Jules Karim Lucie Mathilde Nathan Océane"),
        _words("Aubert Benali Chevalier Delorme Fontaine Garnier Lemaire Marchand Perrin Renaud Roussel Tissier"),
        (("Nantes", None, "44"), ("Lyon", None, "69"), ("Rennes", None, "35"), ("Lille", None, "59")),
        _words("rue_des_Lilas rue_du_Port avenue_Jean_Jaurès rue_de_la_Gare place_du_Marché rue_des_Tanneurs"),
        "{number} {street}", "###", "+33 1 99 00 ## ##",
    ),
    Country(
        "ES", "es_ES", 6,
        _words("Alba Bruno Carmen Diego Elena Gonzalo Irene Javier Lucía Marcos Nuria Pablo Rocío"),
        _words("Aguilar Blanco Cano Domínguez Esteban Fuentes Herrero Iglesias Molina Navarro Ortega Vidal"),
        (("Valencia", None, "46"), ("Bilbao", None, "48"), ("Sevilla", None, "41")),
        _words("calle_Mayor calle_del_Río calle_Nueva paseo_del_Puerto calle_Olmo"),
        "{street} {number}", "###", None,
    ),
    Country(
        "IT", "it_IT", 5,
        _words("Alessia Bianca Chiara Davide Elisa Federico Giulia Lorenzo Marta Nicolò Paola Simone"),
        _words("Bassi Caruso De_Luca Ferrari Gallo Lombardi Marini Neri Pellegrini Serra Vitale"),
        (("Bologna", "BO", "40"), ("Torino", "TO", "10"), ("Genova", "GE", "16")),
        _words("via_Garibaldi via_dei_Mille via_Roma corso_Italia via_del_Molo"),
        "{street} {number}", "###", None,
    ),
    Country(
        "NL", "nl_NL", 5,
        _words("Anouk Bram Daan Esra Femke Gijs Hanneke Jasper Lotte Maarten Noor Sanne Youssef"),
        _words("Bakker Dijkstra van_Dam El_Amrani Hoekstra Jansen Kuipers Mulder de_Ruiter Smit Visser"),
        (("Utrecht", None, "35"), ("Groningen", None, "97"), ("Haarlem", None, "20")),
        _words("Dorpsstraat Havenkade Kerkweg Lindelaan Molenstraat"),
        "{street} {number}", "## @@", None,
    ),
)
