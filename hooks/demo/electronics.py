"""Electronics."""

from __future__ import annotations

from hooks.demo.shelf import Shelf

COMPUTING = Shelf(
    "Computing",
    "What sits on a desk and plugs into something.",
    seller="sam",
    shelves=(
        Shelf(
            "Keyboards & Mice",
            "Typing and pointing, wired and wireless.",
            tags=("keyboard", "desk", "office", "usb-c"),
            colors=("graphite", "white", "navy"),
            model="KM",
            weight=("0.08", "1.30"),
            size=((6, 4, 2), (45, 20, 6)),
            used=0.15,
            about=(
                "Works with Windows, macOS and Linux without a driver.",
                "A braided USB-C cable is in the box.",
                "Two years of warranty, spare caps and feet included.",
            ),
            offers="""
Mechanical keyboard, 75 % | Tactil | 129.00 | aluminium, PBT
  Hot-swappable switches on a gasket mount: a low, round sound, and a knob for the volume.

Wireless low-profile keyboard | Tactil | 89.90 | aluminium, ABS
  Three computers at a key press and four months on a charge.

Split ergonomic keyboard | Fjordtype | 219.00 | PBT, steel
  Two halves that go where your shoulders are. Every key can be remapped in the browser.

Vertical mouse | Handgriff | 54.90 | ABS, rubber
  The hand rests as if it shook another. Six buttons, silent clicks.

Trackball with 44 mm ball | Handgriff | 69.00 | ABS, resin
  Stays where it is; only the thumb moves. The bearings pop out for cleaning.

Number pad, wireless | Tactil | 34.50 | aluminium, ABS
  For people with small keyboards and large spreadsheets.

Travel mouse, 62 grams | Kolibri | 39.90 | ABS
  Flat as a card holder, charges in four minutes for a day.

Keycap set, Nordic layout | Fjordtype | 64.00 | PBT
  Dye-sublimated legends with å, ä, ö, æ and ø. Does not shine after a year.

Desk mat in felt, 90 cm | Greta Wool | 36.00 | wool felt, cork
  Quiet under keys and mouse, warm under wrists.
""",
        ),
        Shelf(
            "Monitors & Stands",
            "Screens, arms and stands.",
            tags=("monitor", "desk", "office", "ergonomic"),
            colors=("black", "silver"),
            model="MS",
            weight=("1.10", "9.80"),
            size=((20, 20, 4), (80, 30, 60)),
            used=0.2,
            about=(
                "Screws for the VESA mount, 75 and 100 mm, are included.",
                "Set up in ten minutes with the key in the box.",
                "No dead pixels: we exchange it within thirty days.",
            ),
            offers="""
27-inch monitor, 4K | Panora | 389.00 | aluminium, glass
  Even light to the corners, factory calibrated, one USB-C cable for picture and power.

34-inch ultrawide monitor | Panora | 549.00 | aluminium, ABS
  Two windows side by side without a seam in the middle. Gently curved.

Portable screen, 15.6 inch | Kolibri | 179.00 | aluminium
  Seven millimetres thin. The sleeve folds to a stand.

Monitor arm with gas spring | Schwenk | 98.00 | aluminium, steel
  Holds up to nine kilograms and follows two fingers.

Oak monitor riser | Oak & Ash | 59.00 | oak
  Eleven centimetres up; keyboard and notebook slide beneath.

Laptop stand, foldable | Schwenk | 42.90 | aluminium
  Six heights, folds as flat as a ruler.

Screen light bar | Lumio Works | 76.00 | aluminium
  Lights the desk and leaves the screen alone. Dial on the cable.

Dual monitor arm | Schwenk | 159.00 | aluminium, steel
  Two screens, one clamp, cables hidden inside.

24-inch monitor for photographers | Panora | 449.00 | aluminium, glass
  Covers nearly all of Adobe RGB; a hood keeps the window out.
""",
        ),
        Shelf(
            "Drives & Hubs",
            "Keep it, copy it, connect it.",
            tags=("usb-c", "backup", "laptop", "travel"),
            colors=("silver", "graphite"),
            model="DH",
            weight=("0.04", "0.70"),
            size=((6, 3, 1), (18, 12, 5)),
            about=(
                "Stays cool without a fan.",
                "Tested with more than sixty laptops and tablets.",
                "The aluminium case is made of recycled metal.",
            ),
            offers="""
Portable SSD, 1 TB | Kolibri | 99.00 | aluminium, silicone
  One gigabyte in a second. Survives a fall from the desk and a splash of tea.

Portable SSD, 4 TB | Kolibri | 289.00 | aluminium, silicone
  The whole archive in a shirt pocket, encrypted in hardware.

USB-C dock, 11 ports | Ankerplatz | 149.00 | aluminium
  Two screens, network, cards and 90 watts for the laptop through one plug.

Travel hub, 5 ports | Ankerplatz | 45.90 | aluminium
  HDMI, two USB, card reader, power. The cable tucks into the case.

Network drive for two disks | Ankerplatz | 239.00 | steel, ABS
  Backs up every computer in the house at night and tells you when it could not.

Memory card 256 GB, V60 | Kolibri | 58.00 | ABS
  Fast enough for 4K at sixty frames. With a tiny case that is hard to lose.

Card reader for three cards | Kolibri | 32.90 | aluminium
  Reads SD, microSD and CFexpress at the same time.

Hard disk dock | Ankerplatz | 49.00 | ABS
  Put old disks in like toast. Copies one to the other without a computer.

Charger with four sockets, 100 W | Ankerplatz | 64.90 | ABS
  Laptop, tablet, phone and ear buds from one plug no larger than a matchbox.
""",
        ),
    ),
)

AUDIO = Shelf(
    "Audio",
    "Music and voices, close up and in the room.",
    seller="sam",
    shelves=(
        Shelf(
            "Headphones",
            "Over the ear, on the ear, in the ear.",
            tags=("music", "bluetooth", "travel", "noise cancelling"),
            colors=("black", "cream", "forest"),
            model="HP",
            weight=("0.02", "0.42"),
            size=((5, 5, 3), (20, 18, 9)),
            used=0.2,
            about=(
                "Ear pads and battery can be replaced at home.",
                "Connects to two devices at once.",
                "A hard case and a 3.5 mm cable are included.",
            ),
            offers="""
Noise-cancelling headphones | Stille | 249.00 | aluminium, protein leather
  Takes the engine out of the flight. Thirty-six hours, ten minutes' charge for three more.

Open studio headphones | Monitorwerk | 189.00 | steel, velour
  A wide stage and no boom. For mixing, and for string quartets.

Wireless ear buds | Stille | 119.00 | ABS, silicone
  Five sizes of tips, a case like a pebble, calls that sound like you.

Sports ear buds with hook | Pulso | 79.90 | ABS, silicone
  Stay in during burpees. Rinse under the tap.

Children's headphones | Pulso | 34.90 | ABS, cotton
  Never louder than 85 decibels. Folds, bends, and can be painted on.

Closed headphones for podcasts | Monitorwerk | 139.00 | steel, protein leather
  Hears what the microphone hears and leaks nothing back into it.

Wired in-ear monitors | Monitorwerk | 98.00 | resin, copper
  One honest driver, a cable that can be swapped, no battery to die.

Bone-conduction headset | Pulso | 89.00 | titanium, silicone
  Ears stay open for bells and traffic.

Headphone stand in walnut | Oak & Ash | 38.00 | walnut, leather
  A broad bow that does not dent the headband.
""",
        ),
        Shelf(
            "Speakers",
            "For the shelf, the garden and the bathroom.",
            tags=("music", "bluetooth", "wifi", "living room"),
            colors=("black", "oak", "white"),
            model="SP",
            weight=("0.40", "11.00"),
            size=((9, 9, 7), (42, 34, 60)),
            used=0.1,
            about=(
                "Two of the same make a stereo pair.",
                "Software updates are promised for eight years.",
                "The cloth in front comes off and can be washed.",
            ),
            offers="""
Bookshelf speakers, pair | Klangholz | 329.00 | walnut veneer, paper cone
  A two-way design with a silk dome. Amplifier inside, so one cable is all.

Wi-Fi speaker for the kitchen | Klangholz | 159.00 | ABS, wool cloth
  Radio with three real buttons. Forgives wet fingers.

Waterproof speaker with loop | Pulso | 69.90 | rubber, steel
  Floats, plays for twenty hours, hangs on a branch.

Soundbar with wireless bass | Stille | 279.00 | aluminium, cloth
  Makes dialogue clear at low volume; the bass goes behind the sofa.

Floor-standing speakers, pair | Klangholz | 890.00 | oak veneer, paper cone
  Three ways, a calm treble, and bass that stops when the drummer does.

Turntable with built-in preamp | Rille | 299.00 | MDF, aluminium, glass
  Belt drive and a carbon arm, set up at the factory. Put it on a table and press start.

Bluetooth receiver for old amplifiers | Rille | 49.90 | aluminium
  Teaches a forty-year-old amplifier to listen to a phone.

Pocket radio with DAB+ | Rille | 74.00 | ABS, leather
  Twelve stations on twelve presets, and a battery that anybody can change.

Party speaker with handle | Pulso | 189.00 | ABS, steel
  Loud enough for a courtyard. Also charges the phone that plays.
""",
        ),
    ),
)

PHOTOGRAPHY = Shelf(
    "Photography",
    "Cameras old and new, and the glass in front of them.",
    seller="pixel.parade",
    shelves=(
        Shelf(
            "Cameras",
            "Film and digital, checked and cleaned.",
            tags=("camera", "photography", "travel", "vintage"),
            colors=("black", "silver"),
            model="CX",
            weight=("0.25", "1.40"),
            size=((10, 6, 3), (18, 14, 12)),
            used=0.55,
            about=(
                "Every shutter speed was measured on our bench before it was listed.",
                "A strap, a body cap and a charged battery are included.",
                "Six months of warranty on second-hand cameras.",
            ),
            offers="""
Mirrorless camera, 24 megapixels | Ophir | 899.00 | magnesium, rubber
  A sensor that sees in candle light, and dials you can read without turning it on.

Compact camera with 28 mm lens | Ophir | 749.00 | aluminium
  Fits a coat pocket. Snap focus for the street, leaf shutter for silence.

35 mm film camera with light meter | Zenka | 229.00 | brass, leatherette
  All metal, all manual, new seals. The meter agrees with ours to a third of a stop.

Medium format folding camera | Zenka | 340.00 | aluminium, leather
  Twelve negatives of six by six, and it folds to the size of a paperback.

Instant camera, square format | Plop | 119.00 | ABS
  Two exposures on one picture, a self-timer, and a mirror for self-portraits.

Rangefinder with 40 mm lens | Zenka | 279.00 | brass, glass
  A bright patch and a lens that people write poems about.

Action camera, waterproof | Pulso | 259.00 | polycarbonate
  Level horizon whatever the handlebar does. Ten metres deep without a case.

Full-frame camera, 45 megapixels | Ophir | 2390.00 | magnesium
  For prints as large as a door. Two card slots, sealed against dust and rain.

Point and shoot, 38–115 mm | Zenka | 89.00 | ABS
  The party camera of 1998, flash and red eyes included.
""",
        ),
        Shelf(
            "Lenses & Filters",
            "Glass, from wide to long.",
            tags=("lens", "photography", "portrait", "macro"),
            model="LF",
            weight=("0.04", "1.50"),
            size=((5, 5, 1), (12, 12, 26)),
            used=0.4,
            about=(
                "No fungus, no haze: we look through every lens with a strong lamp.",
                "Front and back caps are included.",
                "The aperture blades are dry and move freely.",
            ),
            offers="""
35 mm f/1.8 prime lens | Ophir | 429.00 | metal, glass
  Small, quick and quiet. Sharp in the middle wide open, everywhere at f/4.

85 mm f/1.8 portrait lens | Ophir | 549.00 | metal, glass
  Flattering distance, soft background, eyes in focus.

16–35 mm f/4 zoom | Ophir | 879.00 | metal, glass
  Rooms, mountains and narrow streets without bent walls.

100 mm macro lens | Lumen Optik | 489.00 | metal, glass
  A bee fills the frame from thirty centimetres, so it does not mind.

50 mm f/2 manual lens | Zenka | 119.00 | brass, glass
  A focus ring like butter and six elements without coating tricks.

70–200 mm f/4 zoom | Ophir | 1090.00 | metal, glass
  Light enough to carry up the hill that the view is on.

Variable ND filter, 67 mm | Lumen Optik | 89.90 | brass, glass
  Two to five stops with hard ends and no cross.

Polarising filter, 58 mm | Lumen Optik | 54.00 | brass, glass
  Takes the shine off leaves and water. Thin enough for wide angles.

Set of three extension tubes | Lumen Optik | 69.00 | aluminium
  Ten, sixteen and twenty-one millimetres, with contacts, so autofocus stays.
""",
        ),
    ),
)

ELECTRONICS = Shelf("Electronics", "Made to be used and repaired.", shelves=(COMPUTING, AUDIO, PHOTOGRAPHY))
