"""Home and kitchen."""

from __future__ import annotations

from hooks.demo.shelf import Shelf

COOKWARE = Shelf(
    "Cookware & Dining",
    "What you cook with and what you eat from.",
    seller="sofia",
    shelves=(
        Shelf(
            "Pots & Pans",
            "Pots, pans and casseroles for every hob.",
            tags=("cooking", "kitchen", "induction", "oven safe"),
            weight=("0.90", "4.80"),
            size=((22, 20, 6), (42, 32, 24)),
            about=(
                "Works on gas, electric and induction hobs.",
                "The base is flat and stays flat.",
                "Wash by hand with warm water; no steel wool, please.",
            ),
            offers="""
Cast iron casserole, 4.5 litres | Brandt & Kessel | 89.00 | enamelled cast iron
  Holds a chicken with room to spare and keeps it hot until everybody has sat down.

Carbon steel frying pan, 28 cm | Forge Nine | 54.90 | carbon steel, beech
  Light enough to toss with one hand. Comes seasoned with linseed oil and gets better every week.

Tall stockpot, 8 litres | Brandt & Kessel | 64.90 | stainless steel, glass
  For soups that feed a crowd. Measuring marks inside, and handles that stay cool.

Milk pan with two spouts | Lund Kök | 24.50 | stainless steel
  Pours without a drip from the left and from the right.

Ridged grill pan | Forge Nine | 39.90 | cast iron
  Square, so that four slices of halloumi fit. The ridges are high enough to leave real stripes.

Copper sauté pan with lid | Maison Verrier | 179.00 | copper, stainless steel, brass
  Two millimetres of copper lined with steel: reacts to the flame at once.

Enamel roasting tin, large | Hearth & Heron | 32.00 | enamelled steel
  Takes potatoes for six. The rim is rolled, so it does not bend under a goose.

Steaming basket, three tiers | Bao Kitchen | 27.90 | bamboo
  Fits any pot of 24 cm. Dumplings below, vegetables above, buns on top.

Non-stick pancake pan, 25 cm | Lund Kök | 29.90 | aluminium, ceramic coating
  A low rim for turning and a ceramic coating that needs a drop of butter at most.
""",
        ),
        Shelf(
            "Kitchen Knives",
            "Knives, boards and whatever keeps an edge.",
            tags=("knife", "cooking", "kitchen", "chef"),
            weight=("0.08", "1.60"),
            size=((18, 3, 2), (40, 26, 4)),
            about=(
                "Sharpened by hand before it leaves the workshop.",
                "Never put it in the dishwasher.",
                "Arrives in a cardboard sleeve that doubles as a blade guard.",
            ),
            offers="""
Chef's knife, 20 cm | Katsuro | 119.00 | VG-10 steel, pakka wood
  Thin behind the edge and balanced at the bolster. The one knife most people need.

Paring knife, 9 cm | Katsuro | 49.00 | VG-10 steel, pakka wood
  For apples, garlic and everything that is done in the hand.

Bread knife with wavy edge | Solbakken | 58.00 | stainless steel, ash
  Goes through a crust without crushing what is under it.

Santoku with olive handle | Verdi Coltelli | 94.50 | stainless steel, olive wood
  A short, tall blade for vegetables. No two handles have the same grain.

Six steak knives in a box | Verdi Coltelli | 129.00 | stainless steel, walnut
  Plain edges that can be sharpened, in a box that can be given away.

End-grain chopping board | Oak & Ash | 72.00 | oak
  Kind to edges and heavy enough to stay where it is. Oiled with walnut oil.

Whetstone 1000/3000 | Katsuro | 38.90 | corundum
  One side repairs, the other polishes. With a holder that does not slip.

Magnetic knife rack, 45 cm | Oak & Ash | 46.00 | oak, neodymium
  Holds five knives and looks like a plank. Screws and plugs are in the bag.

Kitchen scissors that come apart | Solbakken | 26.50 | stainless steel
  Two blades, no screw: take them apart, wash them, hook them together again.
""",
        ),
        Shelf(
            "Tableware",
            "Plates, bowls, glasses and cutlery.",
            tags=("table", "ceramics", "dining", "gift"),
            colors=("chalk", "sage", "slate blue", "sand"),
            weight=("0.30", "5.20"),
            size=((8, 8, 4), (32, 30, 20)),
            about=(
                "Safe in dishwasher and microwave.",
                "Glazes vary a little from piece to piece; that is how you know a hand made it.",
                "Replacement pieces are sold one by one.",
            ),
            offers="""
Dinner plates, set of four | Olaria do Norte | 68.00 | stoneware
  A broad, flat plate with a thumb-wide rim, glazed to the foot.

Pasta bowls, set of four | Olaria do Norte | 62.00 | stoneware
  Wide and shallow: sauce stays in, pasta stays warm.

Espresso cups, set of six | Kiln Street | 48.00 | porcelain
  Thick walls for 70 millilitres, and a handle for a whole finger.

Carafe with cork stopper | Glashaus | 27.90 | borosilicate glass, cork
  One litre, straight from the tap. Fits the door of the fridge.

Tumblers, set of six | Glashaus | 33.00 | pressed glass
  Twelve facets and a heavy base. They stack, and they survive the dishwasher.

Cutlery for six, 24 pieces | Solbakken | 139.00 | stainless steel
  Slim handles, brushed by hand. Heavy where it should be.

Serving platter, oval | Kiln Street | 54.00 | stoneware
  Room for a whole fish. Speckled clay under a clear glaze.

Salad bowl with servers | Oak & Ash | 59.50 | ash
  Turned from one piece, finished with food-safe oil.

Salt cellar with swivel lid | Oak & Ash | 18.90 | acacia, magnet
  Opens with a thumb while the other hand stirs.
""",
        ),
        Shelf(
            "Coffee & Tea",
            "For the first cup of the day, and the fourth.",
            tags=("coffee", "tea", "breakfast", "gift"),
            weight=("0.20", "3.90"),
            size=((9, 9, 8), (32, 22, 34)),
            about=(
                "Spare parts are available for at least ten years.",
                "Comes with a short booklet of recipes that work.",
                "Easy to take apart and rinse.",
            ),
            offers="""
Hand coffee grinder | Mahlwerk | 84.00 | steel, beech
  Conical steel burrs, 28 clicks from Turkish to French press. Thirty grams in a minute.

Pour-over dripper with stand | Kiln Street | 36.00 | porcelain, ash
  One big hole and spiral ribs. The stand raises it over any mug.

Stovetop espresso maker, 6 cups | Caffettiera Rossi | 34.90 | aluminium
  Fills the kitchen with the right smell in four minutes.

Gooseneck kettle, 1 litre | Mahlwerk | 79.00 | stainless steel
  A thin, slow stream, and a thermometer in the lid.

French press, 8 cups | Glashaus | 42.50 | borosilicate glass, steel
  Double mesh keeps the grounds where they belong.

Cast iron teapot, 0.9 litres | Iwate House | 69.00 | cast iron, enamel
  Keeps tea hot for an hour. The sieve is deep enough for leaves to open.

Matcha set: bowl, whisk, spoon | Iwate House | 52.00 | stoneware, bamboo
  A bowl that fits two hands and a whisk with eighty tines.

Airtight coffee tin, 500 g | Lund Kök | 22.00 | tinplate, silicone
  The inner lid pushes the air out; a valve lets fresh beans breathe.

Milk frother with whisk | Caffettiera Rossi | 44.90 | stainless steel
  Hot or cold foam for two cappuccinos, quiet enough for six in the morning.
""",
        ),
    ),
)

LIVING = Shelf(
    "Living & Bedroom",
    "Light, warmth and order.",
    seller="nordlys.living",
    shelves=(
        Shelf(
            "Lighting",
            "Lamps to read, work and fall asleep by.",
            tags=("lamp", "led", "living room", "bedroom"),
            colors=("black", "sand", "white", "moss green"),
            weight=("0.60", "6.50"),
            size=((14, 14, 20), (45, 45, 160)),
            about=(
                "Takes an ordinary E27 bulb; a warm LED is included.",
                "The cable is covered in cotton and two metres long.",
                "The dimmer sits in the cable, where a hand finds it in the dark.",
            ),
            offers="""
Reading lamp with jointed arm | Nordlys | 96.00 | steel, brass
  Three joints and a shade that turns all the way round. Stays where you leave it.

Paper pendant, 50 cm | Kami Studio | 44.00 | washi paper, wire
  Folds flat in its envelope and opens to a cloud above the table.

Bedside lamp with glass globe | Nordlys | 58.00 | opal glass, oak
  Soft light without a hot spot. Touch the foot for three levels.

Floor lamp on three legs | Holm & Ast | 149.00 | ash, linen
  A linen drum on slim ash legs. Assembled in five minutes with the key in the box.

Clip-on spotlight | Nordlys | 29.90 | steel
  Bites on shelves up to four centimetres thick and lights the book, not the room.

Rechargeable table lamp | Lumio Works | 74.50 | aluminium
  Twelve hours on the balcony, charged over USB-C. Splash proof.

Wall lamp with pull cord | Holm & Ast | 67.00 | brass, cotton
  The cord makes the sound you remember from your grandmother's hall.

String of 20 garden lights | Lumio Works | 39.90 | acrylic, cable
  Warm white, ten metres, and a socket at the end for the next ten.

Desk lamp with daylight setting | Lumio Works | 82.00 | aluminium
  From candle light to noon in five steps; no flicker on camera.
""",
        ),
        Shelf(
            "Bedding & Throws",
            "Linen, wool and cotton for long nights.",
            tags=("bedroom", "linen", "wool", "natural fibre"),
            colors=("oatmeal", "chalk", "dusty rose", "ink", "olive"),
            weight=("0.40", "3.40"),
            size=((30, 25, 5), (60, 45, 20)),
            about=(
                "Certified free of harmful substances.",
                "Wash at 40 degrees; it gets softer every time.",
                "Sewn in a family workshop near Guimarães.",
            ),
            offers="""
Linen duvet cover, double | Casa Linho | 129.00 | linen
  Cool in August, warm in January. Coconut buttons at the foot.

Percale pillowcases, pair | Casa Linho | 34.00 | organic cotton
  Crisp like a shirt from the line. Envelope closing, nothing to press into your cheek.

Wool throw with fringe | Greta Wool | 88.00 | lambswool
  Woven in herringbone, brushed once. Big enough for two on one sofa.

Waffle bath towels, set of two | Casa Linho | 46.00 | cotton
  Dry quickly and take up no room. With a loop.

Quilted bedspread | Holm & Ast | 139.00 | cotton
  Hand-guided quilting in uneven waves, reversible.

Down pillow, medium | Dunvik | 72.00 | duck down, cotton
  Supports the neck and forgives those who turn over a lot.

Flannel sheet set | Dunvik | 79.90 | brushed cotton
  For rooms with open windows in winter. Deep corners for tall mattresses.

Knitted cushion cover | Greta Wool | 39.50 | merino wool
  Cable knit on the front, plain linen on the back, a zip you do not see.

Weighted blanket, 6 kg | Dunvik | 94.00 | cotton, glass beads
  Small pockets keep the beads where they are. The cover comes off for washing.
""",
        ),
        Shelf(
            "Baskets & Boxes",
            "A place for everything.",
            tags=("storage", "organise", "handmade", "home"),
            colors=("natural", "grey", "terracotta"),
            weight=("0.25", "4.10"),
            size=((16, 14, 10), (60, 40, 45)),
            about=(
                "Woven by hand, so allow a centimetre either way.",
                "Wipe with a damp cloth.",
                "Folds or stacks when it is not needed.",
            ),
            offers="""
Seagrass basket with handles | Mekong Craft | 32.00 | seagrass
  Stands by itself, carries a week of laundry or a medium fig tree.

Stackable crates, set of three | Oak & Ash | 54.00 | pine
  Finger joints, rope handles. Shelf, table or both.

Felt storage box with lid | Greta Wool | 27.50 | wool felt
  Flat in the post, square in the shelf. A brass ring to pull it out.

Bread basket with linen liner | Mekong Craft | 21.90 | rattan, linen
  The liner folds over the rolls and goes in the wash.

Umbrella stand | Holm & Ast | 63.00 | powder-coated steel
  A heavy foot and a cork plate that drinks the drips.

Jewellery tray, three levels | Oak & Ash | 49.90 | walnut, felt
  Lifts apart level by level. Rings in the small holes, bracelets on the bar.

Under-bed drawer on wheels | Holm & Ast | 58.00 | birch plywood
  Eighteen centimetres high, rolls silently on wood and carpet.

Wire basket for the hallway | Lumio Works | 19.90 | steel
  Keys, post, gloves. Hangs on two screws.

Toy chest with slow lid | Oak & Ash | 118.00 | birch
  The lid takes eight seconds to close, so nobody's fingers are in danger.
""",
        ),
    ),
)

HOME = Shelf("Home & Kitchen", "Everything for the rooms you live in.", shelves=(COOKWARE, LIVING))
