"""What buyers notice, by shelf: what pleases, and what annoys."""

from __future__ import annotations

NOTICED: dict[str, tuple[str, str]] = {
    "Pots & Pans": (
        "It heats evenly and cleans up in a minute.|Goes from the stove to the table and looks good in both places."
        "|Works on my induction hob without a sound.|Nothing sticks, not even eggs.",
        "The handle gets hot.|It is heavier than I thought.|It stains faster than I would like.",
    ),
    "Kitchen Knives": (
        "Sharp enough to be careful with.|The weight is just right in the hand.|The edge holds for months."
        "|Tomatoes do not stand a chance.",
        "It had a small burr when it came.|The wood was dry and needed oil.",
    ),
    "Tableware": (
        "Guests always ask where it is from.|The glaze is even more beautiful in daylight."
        "|Survived a year of dishwashers.|It feels good in the hand.",
        "There was a small chip at the rim.|It is a little smaller than I had imagined.",
    ),
    "Coffee & Tea": (
        "The best cup I have made at home.|Easy to take apart and clean.|No drip, no mess, no fuss."
        "|It is the first thing I touch every morning, gladly.",
        "The lid does not sit quite straight.|It takes longer than the description says.",
    ),
    "Lighting": (
        "The light is warm and does not dazzle.|It changed the whole room.|Stands firmly."
        "|Put together in five minutes.",
        "The cable could be longer.|It hums very faintly when dimmed.",
    ),
    "Bedding & Throws": (
        "Soft, without the chemical smell that new things often have.|It gets better with every wash."
        "|Warm, but never too warm.|The colour is calm and goes with everything.",
        "The colour is duller than on my screen.|One seam had come loose.",
    ),
    "Baskets & Boxes": (
        "Holds more than it looks.|Sturdy, and still nice to look at.|It fits the shelf to the centimetre."
        "|The hallway has never been so tidy.",
        "It wobbles a little.|It smelt of glue for the first few days.",
    ),
    "Keyboards & Mice": (
        "My wrists are grateful.|Plugged in and it worked, on Linux too.|Quiet enough for the office."
        "|The keys have just the right resistance.",
        "It wakes up slowly after a pause.|The cable is too short.",
    ),
    "Monitors & Stands": (
        "My neck has stopped hurting.|Set up in ten minutes, and nothing wobbles.|The desk looks twice as large."
        "|Everything is exactly as it is described.",
        "The screws were a little too long.|The manual is hard to follow.",
    ),
    "Drives & Hubs": (
        "Fast, quiet, and it stays cool.|Recognised at once by every computer in the house."
        "|One cable instead of four.|Small enough to forget in a pocket.",
        "It gets warm during long copies.|The plug sits very tightly.",
    ),
    "Headphones": (
        "Voices are clear even when it is quiet.|I hear things in old records that I had never noticed."
        "|The battery lasts longer than promised.|I forget that I am wearing them.",
        "It loses the connection now and then.|The pads get warm in summer.",
    ),
    "Speakers": (
        "It fills the room without shouting.|The bass is there without pushing itself forward."
        "|Set up in minutes, and it simply works.|Even the radio news sounds good.",
        "A faint hiss when nothing plays.|The app is clumsy.",
    ),
    "Cameras": (
        "The condition was better than described.|Everything clicks and turns as it should."
        "|The first pictures are all sharp.|Came with strap, cap and a handwritten note.",
        "The battery is near its end.|There is some dust in the viewfinder.",
    ),
    "Lenses & Filters": (
        "Sharp to the corners.|The glass is clean and the ring turns smoothly.|It hardly ever leaves the camera."
        "|The background melts away.",
        "The focus ring is stiff.|The cap does not hold well.",
    ),
    "Shirts & Knitwear": (
        "True to size, and the sleeves are long enough.|After ten washes it looks like new."
        "|Warm without being heavy.|The cut suits people who are not models.",
        "It pills under the arms.|It shrank a little in the first wash.",
    ),
    "Jackets & Coats": (
        "An hour of rain, and not a drop inside.|The pockets are where hands look for them."
        "|Warm without being heavy.|It looks better than what I paid three times as much for.",
        "It runs small.|The zip catches at the top.",
    ),
    "Boots": (
        "No blisters, not even on the first day.|The sole grips on wet stone.|The patina is beautiful already."
        "|My feet stayed warm all winter.",
        "They are narrow at the toes.|They took weeks to break in.",
    ),
    "Trainers": (
        "Comfortable from the box.|Light, and they still give support.|They still look good after a summer."
        "|I walk to work again.",
        "They run half a size small.|The insole slips a little.",
    ),
    "Bags & Backpacks": (
        "Everything has its place in it.|The stitching is perfect.|Comfortable even when it is full."
        "|It gets more beautiful with every scratch.",
        "The zip catches at the corner.|The strap was stiff for a long time.",
    ),
    "Watches": (
        "Two seconds off in a week.|Easy to read without my glasses.|Slim enough for a shirt cuff."
        "|The strap is as good as the watch.",
        "The buckle scratches.|The crown is fiddly.",
    ),
    "Fiction": (
        "I finished it in two evenings.|Lent it to three friends already.|The last chapter alone is worth it."
        "|I missed my station because of it.",
        "The middle part drags.|The spine was bent.",
    ),
    "Cookery Books": (
        "Seven recipes so far, and every one worked.|It explains why, not only how."
        "|My copy is full of flour already.|Ordinary ingredients, extraordinary dinners.",
        "Some of the ingredients are hard to find.|The print is too small for a kitchen.",
    ),
    "Science & Nature": (
        "I look at walls and puddles differently now.|Clear without being simple.|The drawings are wonderful."
        "|My daughter and I read it to each other.",
        "It takes a while to get going.|The binding is tight.",
    ),
    "Notebooks": (
        "No ink comes through, not even with a broad nib.|It lies flat, at last.|The paper is a pleasure."
        "|Survives my bag.",
        "The lines are printed too dark.|The cover attracts fingerprints.",
    ),
    "Pens & Ink": (
        "It starts at once, even after a fortnight.|It makes me want to write letters."
        "|Smooth, and it does not smudge.|Lies well in a small hand.",
        "The cap has to be pushed hard.|The ink takes long to dry.",
    ),
    "Patterns & Printables": (
        "Clear, complete and easy to follow.|Printed without trouble.|My question was answered within an hour."
        "|Even beginners can do it.",
        "Step seven needs a picture.|One page had to be scaled by hand.",
    ),
    "Lights & Locks": (
        "Used all winter in rain and salt.|Drivers keep more distance now.|Mounted in five minutes with what I had."
        "|Nothing rattles.",
        "The clip is fiddly with gloves.|It is heavier than I thought.",
    ),
    "Panniers & Tools": (
        "Does what it should, every day.|A whole week's shopping on the bicycle.|It fits as if made for my rack."
        "|The workshop was jealous.",
        "The strap is a little short.|One screw was missing.",
    ),
    "Tents & Sleeping Bags": (
        "A night of storm, and everything stayed dry.|Set up in the dark at the first try."
        "|Small and light enough for my pack.|I slept better than at home.",
        "Condensation in the morning.|It does not go back into its bag.",
    ),
    "Camp Kitchen": (
        "Hot coffee at two thousand metres.|Light, sturdy and easy to clean."
        "|Ten days in the Pyrenees, nothing to complain about.|It packs down to nothing.",
        "It rattles in the pack.|It blackens at once.",
    ),
    "Board Games": (
        "We played it three times on the first evening.|The rules fit on two pages."
        "|Works with children and with my father-in-law.|The pieces feel lovely.",
        "It takes longer than the box says.|The rules leave some questions open.",
    ),
    "Puzzles": (
        "Every piece fits, and only where it should.|Kept four of us quiet for a weekend."
        "|The picture is a joy to look at for hours.|Good thick pieces.",
        "One piece was missing.|It left some dust on the table.",
    ),
    "Wooden Toys": (
        "No sharp edge anywhere.|Will be handed down, that is certain.|It is played with every single day."
        "|The colours are beautiful and they stay.",
        "The paint came off at one corner.|It is smaller than it looks.",
    ),
    "Soft Toys": (
        "Our two-year-old will not let go of it.|It has been to bed, to the park and in the bath."
        "|So soft that I kept it for a day myself.|Lovingly made, down to the ears.",
        "It lost some fluff in the wash.|It is smaller than it looks.",
    ),
    "Seeds & Plants": (
        "Nearly everything came up.|It arrived fresh and well watered.|Our balcony has never been so green."
        "|The instructions are honest about the weather.",
        "Not all of it made it through the first month.|It came a week later than planned.",
    ),
    "Garden Tools": (
        "Cuts like butter.|It lies well in the hand, for small hands too.|Proper steel, not the usual tin."
        "|My back is grateful.",
        "The handle came dry and needed oil.|It is heavier than I thought.",
    ),
    "Hand Tools": (
        "Square to a hair.|Ready to use; I only had to hone it.|Feels like the ones my grandfather had."
        "|A pleasure to work with.",
        "It needed an hour of tuning.|The marks are hard to read.",
    ),
    "Power Tools": (
        "Enough power for old oak.|The battery lasts for a day's work.|Quieter than I expected."
        "|It lies well in the hand, even overhead.",
        "The case does not close properly.|The switch is stiff.",
    ),
}
