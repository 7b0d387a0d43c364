"""Books and stationery. Authors and publishers are invented."""

from __future__ import annotations

from hooks.demo.shelf import Shelf

BOOKS = Shelf(
    "Books",
    "New ones, and read ones with a history.",
    seller="tomas.books",
    shelves=(
        Shelf(
            "Fiction",
            "Novels, stories and crime.",
            tags=("book", "novel", "reading", "gift"),
            weight=("0.22", "0.85"),
            size=((19, 12, 1), (24, 16, 5)),
            used=0.45,
            about=(
                "Thread-sewn, so it opens flat.",
                "Posted in a cardboard wrapper, never in a plastic bag.",
                "Printed on paper from certified forests.",
            ),
            offers="""
The Salt Ledger, by Inês Carrasco | Foz Editions | 22.00 | hardback
  A customs clerk in 1890s Setúbal begins to invent ships. A novel about lies that float.

Eleven Winters on Hollow Street, by Tom Ashdown | Gatehouse | 14.90 | paperback
  One house, eleven tenants, and a piano that nobody can get down the stairs.

A Short History of Waiting, by Mirela Popa | Gatehouse | 12.50 | paperback
  Stories set in stations, queues and hospital corridors; funnier than that sounds.

The Lighthouse Auditor, by Kjersti Moe | Northword | 18.00 | paperback
  She is sent to close the last manned lights on the coast. The third keeper refuses.

Murder at the Seed Fair, by P. L. Hathersage | Gatehouse | 10.90 | paperback
  Inspector Bramley is allergic to pollen and to amateur botanists. The fifth case.

Night Ferry to Kaunas, by Rasa Vaitkus | Northword | 16.50 | paperback
  Two strangers swap suitcases, then countries, then mothers.

What the Beekeeper Saw, by Amara Osei | Foz Editions | 19.90 | hardback
  A village, a missing surveyor, and a narrator who only trusts insects.

The Cartographer's Sister, by Elena Brandt | Northword | 21.00 | hardback
  He drew the coast. She had walked it. A historical novel told in footnotes.

Small Rooms with Big Windows, by Yuki Hasegawa | Foz Editions | 13.90 | paperback
  Twelve linked stories from one apartment block in Kanazawa.
""",
        ),
        Shelf(
            "Cookery Books",
            "Recipes that were cooked more than once.",
            tags=("book", "cooking", "recipes", "gift"),
            weight=("0.60", "1.60"),
            size=((22, 18, 2), (29, 24, 4)),
            used=0.3,
            about=(
                "With a ribbon and a page for your own notes.",
                "Weights in grams, oven temperatures that are true.",
                "Indexed by ingredient as well as by dish.",
            ),
            offers="""
Bread on Weekdays, by Hanne Holt | Northword | 29.00 | hardback
  Loaves that rise while you are at work. Seven doughs, sixty breads.

Beans, by Jorge Almada | Foz Editions | 26.50 | hardback
  Ninety recipes for the cheapest thing in the shop, from Oaxaca to Alentejo.

The Two-Pan Kitchen, by Priya Raman | Gatehouse | 24.00 | paperback
  Dinner for four from one hob and no cupboard.

Pickle, Smoke, Cure, by Anton Weber | Northword | 32.00 | hardback
  What to do with forty kilograms of cucumbers, and with a mackerel.

Sunday Soups, by Marguerite Leroy | Foz Editions | 22.90 | hardback
  Fifty-two of them, one for each week, in season.

A Baker's Notebook, by Samir Haddad | Gatehouse | 27.50 | hardback
  Pastry explained by a man who gets up at two so that you need not.

Cooking for One, Properly, by Lena Fjeld | Northword | 21.00 | paperback
  No halved eggs. Leftovers on purpose.

The Market Cook, by Beatriz Nunes | Foz Editions | 34.00 | hardback
  What to buy, how to tell, and what to say to the fishmonger.

Tea and Small Cakes, by Emi Sato | Gatehouse | 23.00 | hardback
  Forty bites with matcha, sesame and yuzu.
""",
        ),
        Shelf(
            "Science & Nature",
            "How it works, and how it was found out.",
            tags=("book", "science", "nature", "non-fiction"),
            weight=("0.30", "1.40"),
            size=((20, 13, 2), (28, 22, 4)),
            used=0.35,
            about=(
                "With notes and a real index.",
                "Illustrated by the author.",
                "Checked by three specialists, readable by everybody.",
            ),
            offers="""
The Patience of Lichens, by Oona Virtanen | Northword | 24.90 | hardback
  Four hundred years on one boulder, and what it says of our air.

Twelve Bridges, by Daniel Achterberg | Gatehouse | 27.00 | hardback
  Why they stand, and why one of them did not.

Counting Starlings, by Ruth Pemberton | Gatehouse | 17.50 | paperback
  A statistician moves to the coast and cannot stop.

Field Guide to City Trees, by Marta Kowal | Foz Editions | 19.00 | paperback
  Bark, bud and leaf of 140 trees that grow between kerbs.

The Weather Downstairs, by Isaac Mbeki | Northword | 22.00 | hardback
  What the deep sea does with our heat.

Moss: A Slow Adventure, by Clara Ito | Foz Editions | 26.00 | hardback
  Macro photographs of the forest a centimetre tall.

How Clocks Agree, by Henrik Sand | Northword | 18.90 | paperback
  From church towers to atoms: the long quarrel about what time it is.

A Year at the Pond, by Nell Garrick | Gatehouse | 16.00 | paperback
  Fifty-two visits, one puddle, six hundred species.

Numbers for Walkers, by Teodor Ilić | Foz Editions | 15.50 | paperback
  Gradients, shadows and why the coast has no length.
""",
        ),
    ),
)

STATIONERY = Shelf(
    "Stationery",
    "Paper and what to do to it.",
    seller="tomas.books",
    shelves=(
        Shelf(
            "Notebooks",
            "Lined, dotted, squared, blank.",
            tags=("paper", "writing", "desk", "gift"),
            colors=("ink", "brick", "forest", "mustard"),
            weight=("0.08", "0.70"),
            size=((14, 9, 1), (30, 21, 3)),
            about=(
                "Paper of 100 grams that takes fountain pens without bleeding.",
                "Opens flat at every page.",
                "Numbered pages and an index in front.",
            ),
            offers="""
Dotted notebook, A5 | Papeterie Aline | 18.90 | paper, linen
  192 pages, two ribbons, a pocket at the back for tickets.

Pocket notebooks, set of three | Papeterie Aline | 12.50 | paper, card
  Thin enough for a shirt. Rounded corners, sewn with thread.

Sketchbook for watercolour | Papeterie Aline | 28.00 | cotton paper
  300-gram cotton that does not buckle. Landscape.

Weekly planner, undated | Deskwork | 24.00 | paper, cloth
  Begin on any Monday, skip as many as you like.

Project book with squared pages | Deskwork | 21.50 | paper, board
  Left page for drawings, right page for lists.

Music notebook, 12 staves | Papeterie Aline | 14.90 | paper, card
  Staves light enough for pencil, dark enough for copies.

Five-year diary | Deskwork | 32.00 | paper, cloth
  Five lines a day. In the fifth year you meet yourself.

Reporter's pad | Deskwork | 9.90 | paper, card
  Spiral at the top, stiff board behind: write standing up.

Guest book in half linen | Papeterie Aline | 38.00 | paper, linen
  A hundred blank sheets for weddings and holiday cottages.
""",
        ),
        Shelf(
            "Pens & Ink",
            "To write so that others can read it.",
            tags=("writing", "fountain pen", "ink", "gift"),
            colors=("black", "blue", "burgundy", "clear"),
            weight=("0.01", "0.35"),
            size=((14, 2, 2), (20, 12, 8)),
            used=0.1,
            about=(
                "Every nib was tried before it was packed.",
                "Refills are ordinary ones that you get anywhere.",
                "Comes in a cardboard tube without plastic.",
            ),
            offers="""
Fountain pen with steel nib | Federwerk | 48.00 | resin, steel
  Starts after a week in the drawer. Nibs from extra fine to broad.

Piston fountain pen | Federwerk | 139.00 | resin, gold-plated steel
  Holds ink for forty pages behind a clear window.

Bottled ink, 50 ml | Tintoretto | 16.90 | glass
  Dries in eight seconds; shades from slate to thunder.

Mechanical pencil, 0.5 mm | Deskwork | 29.00 | brass
  Knurled like a good tool, with a tip that slides back.

Brush pens, set of twelve | Tintoretto | 34.50 | nylon, ABS
  Water-based, blendable, with a brush that springs back.

Ballpoint in brass | Deskwork | 39.00 | brass
  Raw metal that darkens in the hand.

Calligraphy starter set | Federwerk | 44.00 | beech, steel
  Holder, six nibs, ink and a booklet with three alphabets.

Pencils, box of twelve | Deskwork | 15.90 | cedar, graphite
  From 4H to 6B, lacquered by the grade.

Leather pen roll | Sapataria Lima | 58.00 | leather, suede
  Six loops and a flap, tied with a thong.
""",
        ),
        Shelf(
            "Patterns & Printables",
            "Files to download, print, knit and build from.",
            tags=("digital", "download", "diy", "pdf"),
            digital=True,
            about=(
                "You get the file by download, right after payment.",
                "For private use; a licence for small workshops is on the last page.",
                "Corrections are sent to everybody who bought it.",
            ),
            offers="""
Knitting pattern: yoke jumper | Greta Wool | 8.50 | PDF, 14 pages
  Ten sizes, knitted from the top down, with a chart and with words.

Sewing pattern: chore coat | Indigo Mill | 14.00 | PDF, A4 and A0
  Layered sizes, eleven pieces, photographs of every step.

Planner pages for a tablet | Deskwork | 6.90 | PDF, hyperlinked
  A year of linked days, weeks and months.

Plywood bookshelf, cutting plan | Oak & Ash | 12.00 | PDF and DXF
  Two sheets, no screws. For a CNC router or a patient jigsaw.

Crochet pattern: six sea creatures | Wollmaus | 7.50 | PDF, 22 pages
  An octopus that sits, and a ray that does not. For advanced beginners.

Map poster of your town, print file | Papeterie Aline | 16.00 | PDF, 50 x 70 cm
  Line work only, in two colours that you choose.

Watercolour course, 20 lessons | Papeterie Aline | 39.00 | video, PDF
  From washes to wet-in-wet, three pictures a week.

Embroidery motifs: herb garden | Casa Linho | 5.90 | PDF, 8 pages
  Twelve plants the size of a matchbox, in six stitches.

Paper model of a steam tram | Deskwork | 9.50 | PDF, 6 sheets
  Scale 1:45. A long evening, a sharp knife, a quiet child.
""",
        ),
    ),
)

PAPER = Shelf("Books & Stationery", "To read, write and draw.", shelves=(BOOKS, STATIONERY))
