"""What buyers say, by rating. What they notice about the thing itself is in `noticed`."""

from __future__ import annotations

# How often each rating is given, of 100 reviews.
RATINGS = {5: 44, 4: 31, 3: 13, 2: 7, 1: 5}

TITLES = {
    5: (
        "Exactly what I hoped for", "Would buy again tomorrow", "Better than in the pictures", "A small joy every day",
        "Worth every cent", "Perfect present", "Finally a good one", "My neighbour wants one too", "Beautifully made",
        "No complaints at all", "Five stars from the whole family", "Made to last", "Love it", "Quality you can feel",
        "Second one I have bought",
    ),
    4: (
        "Very good, nearly perfect", "Happy with it", "Good value", "Solid", "Does what it says", "Would recommend",
        "Good, with one small thing", "Pleasantly surprised", "Nice work", "Well thought out", "Almost five stars",
        "Good everyday choice",
    ),
    3: (
        "Fine, not more", "It is all right", "Expected a little more for the price", "Mixed feelings",
        "Good idea, average finish", "Works, with quirks", "Decent", "Not bad, not great",
    ),
    2: (
        "Disappointed", "Not what I expected", "Looks better than it is", "Had to send the first one back",
        "Too many small flaws", "Would not buy it again",
    ),
    1: ("Broke within weeks", "Sent it back", "Not as described", "Avoid", "Very poor"),
}  # fmt: skip

OPENINGS = {
    5: (
        "It has been here for two months and still makes me happy.",
        "Bought it as a present and had to order a second one for myself.",
        "Arrived two days early and very well packed.",
        "I compared six of them before I chose, and I chose right.",
        "I had looked for one like this for a long time.",
        "You notice that somebody thought about every detail.",
        "The pictures do not do it justice.",
        "I was sceptical about the price. I am not any more.",
        "My third order from this seller, and again everything is right.",
    ),
    4: (
        "Good quality, and delivered when they said.",
        "It does its work without fuss.",
        "After a month of use I am still pleased.",
        "A little smaller than I had imagined, but it is all in the description.",
        "Nearly perfect for what I need.",
        "I was not sure at first, and now I would miss it.",
        "Honest product for an honest price.",
    ),
    3: (
        "It does the job.",
        "I like the idea more than the result.",
        "Fine for occasional use.",
        "The first impression was better than the second.",
        "Half of it is very good.",
    ),
    2: (
        "I wanted to like it.",
        "The seller was friendly, but it is not good enough.",
        "It looked so much better in the pictures.",
        "For this price I expect more.",
    ),
    1: (
        "I had high hopes, and none are left.",
        "What arrived was not what is in the pictures.",
        "I asked for my money back.",
    ),
}

CLOSINGS = {
    5: ("Thank you!", "Warmly recommended.", "I will be back.", "Good contact, quick reply.", ""),
    4: ("I would buy it again.", "Recommended.", "All in all a good buy.", ""),
    3: ("I keep it, but I hesitated.", "You get what you pay for.", ""),
    2: ("A pity.", "It goes to the guest room.", ""),
    1: ("Never again.", "The refund took two weeks.", ""),
}
