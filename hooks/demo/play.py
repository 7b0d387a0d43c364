"""Toys and games."""

from __future__ import annotations

from hooks.demo.shelf import Shelf

GAMES = Shelf(
    "Games",
    "For the table, from two to eight.",
    seller="pixel.parade",
    shelves=(
        Shelf(
            "Board Games",
            "Rules in ten minutes, evenings for years.",
            tags=("game", "family", "strategy", "gift"),
            weight=("0.30", "2.60"),
            size=((16, 12, 4), (32, 30, 9)),
            used=0.25,
            about=(
                "All pieces were counted.",
                "Rules in English, German and Portuguese.",
                "Lost a piece? We send single parts.",
            ),
            offers="""
Harbour Masters | Meeple & Crown | 44.90 | card, wood
  Load ships, bribe the pilot, sail before the tide. Two to five players, an hour.

Lanterns of Lisbon | Meeple & Crown | 38.00 | card, wood
  Build tram lines on seven hills. Easy to learn, hard to stop.

Orchard Rivals | Piatto | 24.90 | card
  A card game about bees, frost and neighbours. Twenty minutes.

Night Train | Piatto | 29.50 | card
  Cooperative: find the thief before the border. Three to six players.

Eight Kilns | Meeple & Crown | 54.00 | wood, stoneware
  Firing pots is a gamble. With real clay discs.

Word Weavers | Piatto | 22.00 | card
  Join words until somebody laughs. From ten years.

Chess set in walnut and maple | Oak & Ash | 98.00 | walnut, maple
  Weighted pieces, felt below, a folding board with brass hinges.

Backgammon to roll up | Sapataria Lima | 64.00 | leather, wood
  A leather board that fits next to the umbrella.

Two Towers and a Goat | Piatto | 18.90 | wood
  Stacking with a grudge. For four-year-olds and their uncles.
""",
        ),
        Shelf(
            "Puzzles",
            "From a rainy afternoon to a long winter.",
            tags=("puzzle", "family", "quiet", "gift"),
            weight=("0.20", "1.40"),
            size=((12, 12, 4), (38, 28, 6)),
            used=0.15,
            about=(
                "Cut so that the last piece clicks.",
                "No dust in the bag.",
                "A poster of the picture is included.",
            ),
            offers="""
1,000 pieces: Botanical Plates | Stückwerk | 19.90 | card
  Sixteen drawings from a garden book of 1810.

1,000 pieces: Tram 28 at Dusk | Stückwerk | 19.90 | card
  Yellow where it is easy, cobbles where it is not.

2,000 pieces: World of Moths | Stückwerk | 32.00 | card
  Four hundred moths, half of them brown.

500 pieces: Market in Porto | Stückwerk | 15.90 | card
  Fish, awnings, gossip. Round edges.

Wooden puzzle: Heron | Lasercraft | 46.00 | birch plywood
  Two hundred pieces, forty of them shaped like fish.

Mechanical box with secret drawer | Lasercraft | 58.00 | walnut, maple
  Eleven moves to open, twelve to close.

Floor puzzle: The Whole Farm | Piatto | 24.00 | card
  Thirty-six large pieces and a cow that is in the wrong place.

Cast metal puzzle, level 5 | Lasercraft | 16.50 | zinc
  Two rings that came together somehow.

150 pieces in a tube | Stückwerk | 9.90 | card
  For trains. The picture is as long as a pencil.
""",
        ),
    ),
)

TOYS = Shelf(
    "Toys",
    "Made to be thrown, hugged and handed down.",
    seller="sofia",
    shelves=(
        Shelf(
            "Wooden Toys",
            "Beech, maple and harmless paint.",
            tags=("toy", "wood", "children", "gift"),
            colors=("natural", "rainbow"),
            weight=("0.15", "4.50"),
            size=((12, 8, 5), (50, 40, 28)),
            about=(
                "Painted with colours that may be chewed.",
                "From sustainably managed forests in the Black Forest.",
                "Tested to EN 71, and by Luísa, aged three.",
            ),
            offers="""
Train set, 48 pieces | Holzdorf | 69.00 | beech
  A figure of eight, a bridge, a shed. Fits the tracks you have.

Building blocks, 100 pieces | Holzdorf | 54.00 | maple
  Ten shapes that are exact halves and doubles of one another.

Pull-along snail | Holzdorf | 24.90 | beech
  The shell goes round and clacks.

Marble run | Holzdorf | 79.00 | beech, glass
  Sixty parts, five turns, one bell.

Play kitchen | Oak & Ash | 169.00 | birch plywood
  Two hobs that click and an oven with a window.

Stacking rainbow | Holzdorf | 39.00 | lime wood
  Bridge, tunnel, cradle, fence.

Balance bike | Harbour | 98.00 | birch plywood, rubber
  Grows with the child from two to five. Air in the tyres.

Xylophone, tuned | Holzdorf | 42.00 | maple, steel
  In tune, for everybody's sake.

Shape sorter house | Holzdorf | 34.50 | beech
  Six doors, six keys that look like blocks.
""",
        ),
        Shelf(
            "Soft Toys",
            "Animals to fall asleep with.",
            tags=("toy", "children", "handmade", "organic"),
            colors=("oatmeal", "grey", "honey"),
            weight=("0.08", "1.30"),
            size=((14, 10, 6), (45, 32, 28)),
            about=(
                "Wash at 30 degrees, dry lying down.",
                "Eyes are embroidered, so there is nothing to swallow.",
                "Filled with wool, so it takes on the warmth of the one who holds it.",
            ),
            offers="""
Sleepy hare | Wollmaus | 36.00 | organic cotton, wool
  Long ears, made for being carried by one of them.

Bear with a scarf | Wollmaus | 42.00 | mohair, wool
  Jointed at arms and legs. The scarf comes off.

Elephant with corduroy ears | Wollmaus | 38.50 | cotton, corduroy
  Stands without help.

Whale cushion | Wollmaus | 49.00 | cotton
  As long as an arm, as blue as Sunday.

Hand puppet: fox | Piatto | 27.90 | plush
  The mouth opens; the voice is yours.

Rattle: radish | Wollmaus | 16.90 | organic cotton
  Round, soft, with a bell deep inside.

Octopus with eight patterns | Wollmaus | 33.00 | organic cotton
  One arm for each mood.

Comforter: small sheep | Greta Wool | 21.00 | merino wool
  A head and a square of wool. More is not needed at three in the morning.

Doll with clothes to button | Piatto | 54.00 | cotton, wool
  Six buttons, two zips, one bow to practise on.
""",
        ),
    ),
)

PLAY = Shelf("Toys & Games", "For children, and for those who still are.", shelves=(GAMES, TOYS))
