"""Clothing, shoes and what one carries."""

from __future__ import annotations

from hooks.demo.shelf import Shelf

CLOTHING = Shelf(
    "Clothing",
    "Good cloth, few seams, long life.",
    seller="greta.wool",
    shelves=(
        Shelf(
            "Shirts & Knitwear",
            "From the first layer to the thick jumper.",
            tags=("clothing", "wool", "cotton", "unisex"),
            colors=("navy", "ecru", "moss", "rust", "charcoal"),
            weight=("0.18", "1.10"),
            size=((28, 22, 2), (40, 32, 12)),
            about=(
                "Sizes XS to XXL; if in doubt, take the smaller one.",
                "Cut and sewn in Portugal.",
                "Send it back when it wears through: we mend it once for free.",
            ),
            offers="""
Fisherman's jumper | Greta Wool | 148.00 | merino wool
  Ribbed so that it keeps its shape, with a collar that can be turned up.

Oxford shirt with button-down collar | Loom & Last | 79.00 | organic cotton
  A heavy oxford that needs no ironing if you hang it up wet.

Heavy T-shirt, set of two | Loom & Last | 54.00 | organic cotton
  Knitted in the round, without side seams that wander.

Linen shirt with band collar | Casa Linho | 86.00 | linen
  Washed twice before it is sewn, so it does not shrink afterwards.

Cardigan with shawl collar | Greta Wool | 169.00 | lambswool
  Five horn buttons and pockets for cold hands.

Merino base layer | Fell & Fjord | 74.90 | merino wool
  Warm when wet, and it does not tell anybody about your weekend.

Striped sailor shirt | Loom & Last | 58.00 | cotton
  Twenty-one stripes, boat neck, three-quarter sleeves.

Flannel overshirt | Fell & Fjord | 98.00 | brushed cotton
  Between shirt and jacket, with two pockets that close.

Cashmere beanie and gloves | Greta Wool | 89.00 | cashmere
  Knitted from the ends of spools, so no two sets have the same stripe.
""",
        ),
        Shelf(
            "Jackets & Coats",
            "Against wind, rain and the long winter.",
            tags=("clothing", "outerwear", "waterproof", "winter"),
            colors=("black", "olive", "navy", "mustard"),
            weight=("0.50", "2.30"),
            size=((34, 28, 6), (55, 40, 16)),
            used=0.1,
            about=(
                "The zip runs both ways and can be replaced.",
                "Proofed without fluorocarbons.",
                "Sizes XS to XXL, cut to go over a jumper.",
            ),
            offers="""
Waxed field jacket | Loom & Last | 239.00 | waxed cotton, brass
  Four pockets, a corduroy collar, and creases that become yours.

Rain coat with taped seams | Fell & Fjord | 179.00 | recycled polyester
  Long enough for cycling, with a hood that sees round corners.

Down jacket, 260 grams | Fell & Fjord | 198.00 | duck down, nylon
  Packs into its own pocket. Down that can be traced to the farm.

Wool overcoat | Loom & Last | 329.00 | wool, cupro
  Half lined, with shoulders that do without padding.

Quilted liner | Loom & Last | 118.00 | nylon, recycled filling
  Under a coat in January, on its own in April.

Denim jacket | Indigo Mill | 139.00 | denim
  Fourteen ounces, unwashed. It will fade where you bend.

Fleece with chest pocket | Fell & Fjord | 99.00 | recycled polyester
  High pile, high collar, no fluff in the wash.

Parka with removable lining | Fell & Fjord | 289.00 | cotton, down
  Two jackets that button into one for minus twenty.

Chore coat | Indigo Mill | 112.00 | cotton drill
  Three patch pockets: pencil, phone, secateurs.
""",
        ),
    ),
)

FOOTWEAR = Shelf(
    "Footwear",
    "Shoes that can be resoled.",
    seller="sofia",
    shelves=(
        Shelf(
            "Boots",
            "For mud, cobbles and offices.",
            tags=("shoes", "leather", "winter", "resoleable"),
            colors=("brown", "black", "tan"),
            weight=("0.90", "2.20"),
            size=((30, 20, 12), (38, 32, 16)),
            used=0.05,
            about=(
                "Sizes 36 to 47, half sizes to 44.",
                "Welted, so that any cobbler can put on new soles.",
                "The leather comes from a tannery that cleans its water.",
            ),
            offers="""
Chelsea boots | Sapataria Lima | 189.00 | calf leather, rubber
  A slim last and elastic that still grips after five winters.

Hiking boots, ankle high | Fell & Fjord | 219.00 | nubuck, rubber
  Waterproof lining, toe cap, and a sole that clings to wet granite.

Work boots with moc toe | Indigo Mill | 249.00 | oiled leather, cork
  Stiff for a fortnight, then the most comfortable thing you own.

Desert boots | Sapataria Lima | 129.00 | suede, crepe
  Two eyelets, crepe soles, no lining.

Rubber boots, knee high | Tidewater | 79.00 | natural rubber
  Made by hand from eleven pieces. They do not crack at the ankle.

Winter boots with shearling | Sapataria Lima | 229.00 | leather, shearling
  Warm to minus fifteen; hooks for gloved fingers.

Brogue boots | Sapataria Lima | 269.00 | calf leather
  Punched by hand, stitched with waxed thread.

Ankle boots with block heel | Sapataria Lima | 179.00 | calf leather
  Five centimetres you can run for a tram in.

Insulated snow boots | Tidewater | 119.00 | rubber, felt
  The felt sock comes out to dry by the stove.
""",
        ),
        Shelf(
            "Trainers",
            "For running, and for everything else.",
            tags=("shoes", "running", "everyday", "vegan"),
            colors=("white", "grey", "sand", "forest"),
            weight=("0.45", "0.95"),
            size=((28, 18, 10), (34, 22, 13)),
            about=(
                "Sizes 35 to 48.",
                "The insole comes out for washing or for your own.",
                "Sewn and glued in Felgueiras.",
            ),
            offers="""
Everyday trainers in canvas | Passo | 69.00 | canvas, natural rubber
  A white shoe that looks better a little dirty.

Running shoes, neutral | Veloce | 139.00 | mesh, foam
  Eight millimetres' drop and foam that is still awake at kilometre thirty.

Trail running shoes | Veloce | 149.00 | mesh, rubber
  Four-millimetre lugs, a rock plate, laces that hide.

Leather court shoes | Passo | 119.00 | leather, rubber
  One line of stitching, no logo.

Knitted slip-ons | Passo | 84.90 | merino wool, foam
  Worn without socks, washed at thirty degrees.

Gym shoes with flat sole | Veloce | 89.00 | canvas, rubber
  Feet stay wide and near the ground when the bar is heavy.

Retro runners | Passo | 109.00 | suede, nylon
  The shape of 1979 with the cushioning of now.

Children's trainers with hook and loop | Passo | 49.90 | canvas, rubber
  On in three seconds. A window in the sole shows the room left to grow.

Racing shoes with plate | Veloce | 229.00 | mesh, carbon fibre
  For one morning in October.
""",
        ),
    ),
)

ACCESSORIES = Shelf(
    "Accessories",
    "What goes along.",
    seller="sofia",
    shelves=(
        Shelf(
            "Bags & Backpacks",
            "For a laptop, a weekend, a market.",
            tags=("bag", "travel", "leather", "everyday"),
            colors=("olive", "black", "cognac", "navy"),
            weight=("0.15", "2.40"),
            size=((20, 15, 4), (60, 35, 28)),
            used=0.08,
            about=(
                "The bottom seams are bound and sewn twice.",
                "Brass buckles, no glue.",
                "We repair what we sold, also after ten years.",
            ),
            offers="""
Roll-top backpack, 22 litres | Tidewater | 129.00 | waxed canvas, leather
  A sleeve for the laptop, a bottle pocket, and a roll that swallows a baguette.

Leather satchel | Sapataria Lima | 198.00 | bridle leather
  Two pockets, one strap, cut from a single hide.

Weekender | Tidewater | 169.00 | canvas, leather
  Cabin size. Shoes have their own compartment at the end.

Market tote | Casa Linho | 32.00 | linen
  Carries fifteen kilograms of oranges and folds into a fist.

Sling bag | Tidewater | 64.00 | recycled nylon
  Passport, phone, small camera; opens while you walk.

Laptop sleeve, 14 inch | Greta Wool | 44.90 | wool felt, leather
  Thick felt, one leather tab, nothing that scratches.

Card holder for six cards | Sapataria Lima | 39.00 | vegetable-tanned leather
  Saddle-stitched. Darkens like a good table.

Toiletry bag that hangs | Tidewater | 48.00 | waxed canvas
  Unrolls on a hook: brushes above, bottles below.

Camera backpack, 18 litres | Tidewater | 159.00 | recycled nylon
  Opens at the back, so nobody else opens it.
""",
        ),
        Shelf(
            "Watches",
            "Three hands, sometimes two.",
            tags=("watch", "gift", "automatic", "vintage"),
            colors=("steel", "black", "gold"),
            model="W",
            weight=("0.04", "0.22"),
            size=((10, 8, 6), (14, 12, 10)),
            used=0.35,
            about=(
                "The strap changes without tools.",
                "Regulated in six positions before it is sent.",
                "Comes in a cork box with a spare pin.",
            ),
            offers="""
Automatic watch, 38 mm | Meridian & Sons | 489.00 | steel, sapphire
  A clean dial, a date that does not shout, forty-two hours of reserve.

Field watch, hand-wound | Meridian & Sons | 329.00 | steel, canvas
  Reads in the dark, winds in the morning.

Diver's watch, 200 m | Tidewater | 389.00 | steel, ceramic
  A bezel that clicks sixty times and lume like a torch.

Two-hand dress watch | Meridian & Sons | 279.00 | steel, calf leather
  Seven millimetres thin. For people who are not in a hurry.

Solar watch | Nordlys | 159.00 | titanium
  Any lamp feeds it. Light as a coin.

Chronograph from the seventies | Zenka | 640.00 | steel
  Serviced last spring; the pushers snap as they should.

Children's watch to learn on | Passo | 36.00 | ABS, nylon
  The hands say 'past' and 'to'. Survives the sandpit.

Pocket watch with chain | Meridian & Sons | 219.00 | brass, glass
  Open face, engraved by hand on request.

Digital watch with stopwatch | Pulso | 44.90 | resin
  Ten years on a battery, laps for the last hundred.
""",
        ),
    ),
)

CLOTHES = Shelf("Clothing & Accessories", "To wear and to carry.", shelves=(CLOTHING, FOOTWEAR, ACCESSORIES))
