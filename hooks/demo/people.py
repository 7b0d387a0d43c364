"""The demo's people. Everybody has the same password; it is only ever given to demo accounts."""

from __future__ import annotations

PASSWORD = "demo-password-1"  # noqa: S105 - the documentation prints it

# User name, first name, last name, role.
NAMED = (
    ("admin", "Ada", "Lindqvist", "admin"),
    ("sofia", "Sofia", "Marques", "seller"),
    ("sam", "Sam", "Okafor", "seller"),
    ("alice", "Alice", "Nováková", "buyer"),
    ("bob", "Bob", "Tanaka", "buyer"),
    ("nordlys.living", "Ingrid", "Solheim", "seller"),
    ("greta.wool", "Greta", "Aalto", "seller"),
    ("tomas.books", "Tomás", "Figueira", "seller"),
    ("harbour.cycles", "Niall", "Byrne", "seller"),
    ("pixel.parade", "Chiara", "Fontana", "seller"),
    ("oak.and.ash", "Jonas", "Eichhorn", "seller"),
)

BUYERS = """
Marta Kowalska, Yusuf Demir, Lena Hoffmann, Oluwaseun Adeyemi, Camille Laurent, Henrik Nygaard, Priya Nair,
Diego Romero, Aoife Kelly, Kenji Mori, Beatriz Almeida, Pavel Horák, Fatima Zahra, Erik Lundgren, Hannah
Weiss, Luca Moretti, Zeynep Kaya, Tomasz Zieliński, Grace Mensah, Noah Visser, Elif Arslan, Ivan Petrov,
Saoirse Walsh, Rohan Mehta, Inês Teixeira, Mikko Laine, Clara Jensen, Samir Haddad, Julia Sommer, Andrei
Ionescu, Mei Lin, Victor Dubois, Katarina Novak, Daniel Asante, Emma Sørensen, Hugo Ferreira, Anika Bauer,
Leila Rahimi, Oscar Bergström, Nina Vuković, Theo Papadakis, Amina Diallo, Stefan Keller, Chloe Martin,
Rafael Ortiz, Ewa Nowak, James Whitfield, Sana Iqbal, Matteo Ricci, Freya Lund, Kofi Boateng, Laura Vidal,
Arne Dekker, Yara Haddad, Milan Jovanović, Ruth Okeke, Simon Fischer, Tess van Dijk, Gabriel Costa, Olga
Sokolova, Finn Murphy, Hiro Sakamoto, Rosa Delgado
"""
