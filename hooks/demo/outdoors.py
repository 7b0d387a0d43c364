"""Sports, camping and cycling."""

from __future__ import annotations

from hooks.demo.shelf import Shelf

CYCLING = Shelf(
    "Cycling",
    "To be seen, to be dry, to get home.",
    seller="harbour.cycles",
    shelves=(
        Shelf(
            "Lights & Locks",
            "See, be seen, find the bicycle again.",
            tags=("bicycle", "commuting", "safety", "city"),
            colors=("black", "silver"),
            model="HL",
            weight=("0.03", "2.60"),
            size=((5, 4, 2), (40, 24, 8)),
            used=0.05,
            about=(
                "Fits bars and seat posts from 22 to 35 millimetres.",
                "Spare rubber bands and screws are in the box.",
                "Water does it no harm, salt neither.",
            ),
            offers="""
Front light, 90 lux | Harbour | 79.00 | aluminium
  A beam with a clean upper edge: the road is bright, oncoming eyes are not.

Rear light with brake signal | Harbour | 39.90 | polycarbonate
  Grows brighter when you slow down. Forty hours on a charge.

Folding lock, 90 cm | Schlossmeister | 89.00 | hardened steel
  Six plates in a holder on the frame. Three keys, replaced by number.

U-lock, 13 mm | Schlossmeister | 74.50 | hardened steel
  Holds against the long lever. Short enough to leave no room for a jack.

Set of clip-on lights | Harbour | 24.90 | silicone
  White in front, red behind, for the evening that got longer.

Chain lock with cloth sleeve | Schlossmeister | 68.00 | hardened steel, nylon
  A metre of square links that does not scratch the frame.

Helmet light | Harbour | 32.00 | polycarbonate
  Looks where you look; magnetic, so it comes off at the door.

Bell with a long ring | Harbour | 18.50 | brass
  Polite, clear, and heard through headphones.

Reflective spokes, set of 72 | Harbour | 14.90 | reflective film
  Two circles of light from the side, nothing to charge.
""",
        ),
        Shelf(
            "Panniers & Tools",
            "What a bicycle carries and what it needs.",
            tags=("bicycle", "commuting", "repair", "touring"),
            colors=("black", "ochre", "grey"),
            weight=("0.10", "2.10"),
            size=((10, 5, 3), (42, 34, 20)),
            about=(
                "Tested for a winter by two couriers.",
                "Every small part can be ordered singly.",
                "Fits racks with rods of 8 to 16 millimetres.",
            ),
            offers="""
Roll-top pannier, 20 litres | Harbour | 84.00 | recycled tarpaulin
  Dry in a downpour, off the rack with one hand, a strap for the stairs.

Handlebar bag with map window | Harbour | 69.00 | canvas, leather
  Snacks, wallet, and the map where you can read it.

Saddle bag for spares | Indigo Mill | 34.00 | waxed canvas
  One tube, two levers, one multitool, no rattle.

Multitool, 18 functions | Schwenk | 42.00 | steel
  Every hex you need, a chain breaker that works.

Floor pump with gauge | Schwenk | 58.00 | steel, ash
  A long wooden handle, a steady foot, and a head for both valves.

Mini pump with hose | Schwenk | 36.50 | aluminium
  Seven bar without bending the valve.

Repair stand, foldable | Schwenk | 129.00 | aluminium
  Holds an e-bike at chest height. Packs to the size of a tent.

Leather saddle | Sapataria Lima | 119.00 | leather, steel
  Break it in for three hundred kilometres, keep it for twenty years.

Mudguards in ash wood | Oak & Ash | 98.00 | ash
  Steam-bent and varnished. For tyres up to 40 millimetres.
""",
        ),
    ),
)

CAMPING = Shelf(
    "Camping & Hiking",
    "A night outside, or ten.",
    seller="sam",
    shelves=(
        Shelf(
            "Tents & Sleeping Bags",
            "To lie dry and sleep warm.",
            tags=("camping", "hiking", "travel", "lightweight"),
            colors=("sage", "rust", "slate"),
            weight=("0.35", "5.60"),
            size=((22, 12, 8), (65, 26, 24)),
            used=0.12,
            about=(
                "Pitched and slept in before it went into the catalogue.",
                "Comes with a repair kit and four spare pegs.",
                "Let it dry before you pack it away for the winter.",
            ),
            offers="""
Two-person tent, three seasons | Fell & Fjord | 329.00 | ripstop nylon, aluminium
  Stands in six minutes, two doors, two porches, 1.9 kilograms.

Family tent for five | Fell & Fjord | 549.00 | polycotton, steel
  Two bedrooms, a living room to stand in, and curtains.

Down sleeping bag, −5 °C | Dunvik | 269.00 | duck down, nylon
  Eight hundred fill power and a hood that closes to a breathing hole.

Synthetic sleeping bag, +5 °C | Fell & Fjord | 98.00 | polyester
  Dries overnight, survives summer camps.

Self-inflating mat, 5 cm | Fell & Fjord | 74.00 | polyester, foam
  Opens while you cook. The valve lets go in seconds.

Insulated air mat, 480 g | Dunvik | 139.00 | nylon, foil
  Warm on snow, quiet when you turn.

Hammock with tree straps | Mekong Craft | 59.90 | parachute nylon
  Holds two hundred kilograms and leaves no mark on the bark.

Tarp, 3 × 3 m | Fell & Fjord | 84.50 | ripstop nylon
  Nineteen loops, so there is always one where the tree is.

Silk liner | Dunvik | 62.00 | silk
  Adds four degrees and keeps the bag clean. The size of an orange.
""",
        ),
        Shelf(
            "Camp Kitchen",
            "Hot food far from the kitchen.",
            tags=("camping", "cooking", "hiking", "lightweight"),
            weight=("0.05", "3.20"),
            size=((10, 10, 3), (34, 26, 20)),
            used=0.08,
            about=(
                "Packs into itself.",
                "Fuel cannot be sent by post and is not included.",
                "Does without plastic where it gets hot.",
            ),
            offers="""
Gas stove, 85 grams | Forge Nine | 54.00 | titanium, steel
  Boils half a litre in three minutes and fits in the pot.

Alcohol burner set | Forge Nine | 48.90 | brass, aluminium
  Burner, wind shield and two pots, silent as a candle.

Titanium pot, 900 ml | Forge Nine | 62.00 | titanium
  A lid with holes for draining and marks for measuring.

Enamel mugs, set of four | Lund Kök | 29.00 | enamelled steel
  White with a blue rim. They chip, and they stay beautiful.

Cool box, 24 litres | Tidewater | 119.00 | polyethylene, foam
  Ice for four days, a seat for one.

Fire bowl with grate | Forge Nine | 149.00 | steel
  Folds flat. Sausages at six, a camp fire at nine.

Folding spork, set of two | Kolibri | 16.90 | titanium
  Neither a good spoon nor a good fork, and you will take nothing else.

Water filter bottle | Fell & Fjord | 59.00 | Tritan, hollow fibre
  Two thousand litres from streams, without tablets.

Cast iron Dutch oven, 6 litres | Brandt & Kessel | 84.00 | cast iron
  Legs for the embers and a rim on the lid for the coals on top.
""",
        ),
    ),
)

OUTDOORS = Shelf("Sports & Outdoors", "On two wheels, on foot, under canvas.", shelves=(CYCLING, CAMPING))
