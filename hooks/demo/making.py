"""Garden and workshop."""

from __future__ import annotations

from hooks.demo.shelf import Shelf

GARDEN = Shelf(
    "Garden",
    "For balconies, beds and orchards.",
    seller="oak.and.ash",
    shelves=(
        Shelf(
            "Seeds & Plants",
            "Old varieties that still taste.",
            tags=("garden", "balcony", "organic", "spring"),
            weight=("0.01", "3.50"),
            size=((12, 8, 1), (40, 30, 60)),
            about=(
                "Open-pollinated, so you can keep your own seed.",
                "Sowing calendar printed on the bag.",
                "Plants travel in straw, upright, on Mondays only.",
            ),
            offers="""
Tomatoes: six old varieties | Quinta Velha | 14.90 | seeds
  From cherry to ox heart, ripe from July to the first frost.

Wildflower meadow, 20 m² | Quinta Velha | 18.50 | seeds
  Thirty-two local species. Mow it once a year and let it be.

Kitchen herbs for the window | Quinta Velha | 22.00 | seeds, clay pots
  Basil, chives, parsley, thyme, with three small pots.

Rosemary in a clay pot | Quinta Velha | 16.90 | plant
  Upright, three years old, hardy to minus ten.

Fig tree, 80 cm | Quinta Velha | 39.00 | plant
  Bears in its second summer. Content with a large pot.

Mushroom kit: oyster | Myzel | 19.90 | straw, mycelium
  Two harvests on the draining board in three weeks.

Chillies from mild to mad | Quinta Velha | 12.90 | seeds
  Eight bags, in order. Start indoors in February.

Strawberry plants, twelve | Quinta Velha | 24.00 | plants
  Early, middle and late, so that there is always a handful.

Tulip bulbs, 50 | Quinta Velha | 26.50 | bulbs
  Parrots and singles in plum, cream and apricot.
""",
        ),
        Shelf(
            "Garden Tools",
            "Forged, riveted, sharpenable.",
            tags=("garden", "tools", "steel", "handmade"),
            weight=("0.15", "4.20"),
            size=((18, 6, 4), (120, 28, 16)),
            used=0.06,
            about=(
                "The handle is oiled, not varnished, so it does not blister.",
                "Forged in a village that has done it since 1740.",
                "A wipe with an oily rag in November is all it asks for.",
            ),
            offers="""
Hand trowel | Forge Nine | 29.00 | carbon steel, ash
  One piece of steel from tip to ring; it will not bend in clay.

Bypass secateurs | Solbakken | 54.00 | steel, leather
  Cut twenty millimetres cleanly. Blade and spring can be bought singly.

Digging fork, four tines | Forge Nine | 79.00 | carbon steel, ash
  Square tines that lift potatoes without spearing them.

Japanese weeding hoe | Katsuro | 34.50 | steel, magnolia
  Pull, do not chop: roots come out whole.

Watering can, 9 litres | Lund Kök | 64.00 | zinc-coated steel
  Long spout, fine rose, balanced when it is full and when it is nearly empty.

Pruning saw, folding | Katsuro | 42.00 | steel, rubber
  Cuts on the pull, branches as thick as an arm.

Leaf rake in bamboo | Mekong Craft | 26.90 | bamboo
  Twenty-two tines, quiet, light, and compostable one day.

Wheelbarrow, 80 litres | Forge Nine | 139.00 | steel, ash
  A wheel with air, handles at the right height.

Kneeling cushion | Greta Wool | 24.50 | wool felt, canvas
  Thick felt in a waxed cover. Hang it by the door.
""",
        ),
    ),
)

WORKSHOP = Shelf(
    "Workshop",
    "To make things, and to mend them.",
    seller="oak.and.ash",
    shelves=(
        Shelf(
            "Hand Tools",
            "Planes, saws, chisels, drivers.",
            tags=("tools", "woodwork", "steel", "workshop"),
            weight=("0.10", "3.80"),
            size=((15, 4, 3), (65, 20, 12)),
            used=0.25,
            about=(
                "Ready to use: flat, square and sharp.",
                "Oil it before you hang it up.",
                "Steel hardened to 61 HRC.",
            ),
            offers="""
Block plane | Solbakken | 96.00 | cast iron, steel
  For end grain and edges. The mouth closes to a hair.

Chisels, set of four | Katsuro | 118.00 | steel, oak
  Six, twelve, eighteen and twenty-four millimetres, hooped for the mallet.

Dovetail saw | Solbakken | 89.00 | steel, brass, walnut
  Eighteen teeth to the inch and a back that keeps it straight.

Joiner's mallet | Oak & Ash | 38.00 | beech
  The faces lean, so they meet the chisel square.

Screwdrivers, set of eight | Schwenk | 52.00 | steel, beech
  Slots, crosses and stars; the handles do not roll away.

Combination square, 300 mm | Solbakken | 64.50 | steel
  Etched marks, locks without creeping.

Bar clamps, pair | Schwenk | 46.00 | steel, beech
  Half a metre of reach, pads that do not dent.

Marking gauge | Oak & Ash | 34.00 | rosewood, brass
  A wheel instead of a pin: lines across the grain without tearing.

Tool roll, twelve pockets | Indigo Mill | 48.00 | waxed canvas
  Ties, hangs, and folds over the edges.
""",
        ),
        Shelf(
            "Power Tools",
            "With a battery and a conscience.",
            tags=("tools", "battery", "diy", "workshop"),
            colors=("green", "grey"),
            model="PT",
            weight=("0.50", "6.20"),
            size=((18, 8, 12), (55, 30, 32)),
            used=0.18,
            about=(
                "One battery for the whole family of tools.",
                "Brushless motor, three years of warranty.",
                "The case is made of steel and fits on a shelf.",
            ),
            offers="""
Cordless drill, 18 V | Kraftwerk Nord | 149.00 | ABS, steel
  Two speeds, metal chuck, light that shines where the hole will be.

Impact driver, 18 V | Kraftwerk Nord | 139.00 | ABS, steel
  Long screws into old beams, without wrist ache.

Jigsaw with dust port | Kraftwerk Nord | 129.00 | aluminium, steel
  Follows a pencil line round a corner and back.

Random orbit sander | Kraftwerk Nord | 98.00 | ABS, rubber
  Quiet enough for Sundays, nearly.

Circular saw, 165 mm | Kraftwerk Nord | 189.00 | magnesium, steel
  Runs on a rail, stops in a second.

Rotary tool with 60 parts | Schwenk | 84.00 | ABS
  Engraves, polishes, cuts bolts. In a tin with an order.

Heat gun | Schwenk | 59.90 | ABS, steel
  Paint, shrink tube, stubborn labels.

Battery, 5 Ah, 18 V | Kraftwerk Nord | 89.00 | ABS, lithium cells
  Shows its charge and stands the frost.

Soldering station, 65 W | Lötwerk | 79.00 | aluminium, silicone
  Hot in nine seconds. The tips are common ones.
""",
        ),
    ),
)

MAKING = Shelf("Garden & Workshop", "Sow, plant, saw, mend.", shelves=(GARDEN, WORKSHOP))
