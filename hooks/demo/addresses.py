"""Where the demo's orders go, with whom, and what people say about them."""

from __future__ import annotations

# Street, city, state, postal code, country.
PLACES = (
    ("Rua do Carmo", "Porto", "Porto", "4050-164", "PT"),
    ("Avenida da Liberdade", "Lisboa", "Lisboa", "1250-096", "PT"),
    ("Lindenstraße", "Leipzig", "Sachsen", "04109", "DE"),
    ("Große Bergstraße", "Hamburg", "Hamburg", "22767", "DE"),
    ("Rue des Tanneurs", "Lyon", "Rhône", "69005", "FR"),
    ("Via Garibaldi", "Torino", "Piemonte", "10122", "IT"),
    ("Karl Johans gate", "Oslo", "Oslo", "0162", "NO"),
    ("Götgatan", "Stockholm", "Stockholm", "118 46", "SE"),
    ("Dame Street", "Dublin", "Leinster", "D02 A028", "IE"),
    ("Ulica Długa", "Gdańsk", "Pomorskie", "80-831", "PL"),
    ("Keizersgracht", "Amsterdam", "Noord-Holland", "1016 EE", "NL"),
    ("Valencia Street", "San Francisco", "CA", "94110", "US"),
    ("Queen Street West", "Toronto", "ON", "M5H 2N2", "CA"),
    ("Teramachi-dori", "Kyoto", "Kyoto", "604-8081", "JP"),
)

# Name, code.
CARRIERS = (("DHL", "dhl-parcel"), ("CTT", "ctt-express"), ("PostNord", "postnord-mypack"), ("UPS", "ups-standard"))

WISHES = (
    "Please ring twice, the bell is shy.",
    "Leave it with the neighbour on the left.",
    "It is a present: no invoice in the box, please.",
    "No hurry at all.",
    "The dog barks but is friendly.",
)

REASONS = (
    "The last one turned out to be damaged.",
    "Sold out at the warehouse.",
    "The buyer asked for it.",
    "We cannot ship to this address.",
)
