"""The sentences that the samples are put together from, written for this project."""

# Each topic: how a question names it, and things that are true of it.
TOPICS = {
    "starting a compost heap": [
        "Mix two parts of dry brown material with one part of fresh green material.",
        "Keep the heap about as moist as a wrung-out sponge.",
        "Turn it every week or two so that air reaches the middle.",
        "Leave out meat, dairy and anything oily, because they smell and draw rats.",
        "Chop large pieces first; small ones rot much faster.",
        "A cubic metre holds its own heat, while a small pile stays cold.",
        "After three to nine months it turns dark and crumbly and smells of soil.",
    ],
    "reading a topographic map": [
        "Every point on one contour line has the same height above the sea.",
        "Lines that stand close together mean a steep slope, wide gaps mean gentle ground.",
        "Closed rings mark hilltops unless little ticks point inwards, which mark hollows.",
        "Contours bend uphill where they cross a stream, so a V shape shows a valley.",
        "Check the scale first: at 1:25,000 four centimetres are one kilometre.",
        "Turn the map until its north agrees with the compass before you compare it with the land.",
        "Count the lines you will cross to know how much you will climb.",
    ],
    "choosing a hash function": [
        "Decide first whether somebody may try to break it or only chance is against you.",
        "For passwords use a slow function with a salt, such as Argon2.",
        "For file integrity against attackers SHA-256 is a safe and dull choice.",
        "For a hash table speed matters most, and a keyed hash keeps floods of collisions away.",
        "MD5 and SHA-1 have practical collisions and belong in no new design.",
        "With n bits you expect the first accidental collision after about 2^(n/2) items.",
        "Write the name of the algorithm beside every stored digest, so you can change it later.",
    ],
    "sharpening a kitchen knife": [
        "Hold one angle, about fifteen to twenty degrees, for the whole stroke.",
        "Begin on a coarse stone only when the edge is chipped or round.",
        "Work one side until you feel a burr along the other, then change sides.",
        "Finish on a fine stone with light strokes, one side after the other.",
        "A honing rod straightens an edge, it does not replace sharpening.",
        "Test it on a sheet of paper or a ripe tomato, never on your thumb.",
        "Wash the blade before you cook, since the slurry holds fine steel.",
    ],
    "planning a small database": [
        "Write down the questions it has to answer before you draw a single table.",
        "Give every table a key that never changes its meaning.",
        "Store each fact once, and let queries put facts together.",
        "Let the database enforce rules with constraints instead of trusting every program.",
        "Add an index for a query you have measured, not for one you imagine.",
        "Keep times in UTC and remember the zone separately where people need it.",
        "Practise restoring a backup, because an untested backup is only a hope.",
    ],
    "training for a first ten-kilometre run": [
        "Run three times a week and leave a day of rest between the runs.",
        "Go slowly enough to speak in whole sentences.",
        "Make only one run a week longer, by no more than a tenth.",
        "Mix in walking breaks early, before you are tired.",
        "Every fourth week do less, so that tendons can catch up.",
        "Change shoes when the sole is worn, often after 600 to 800 kilometres.",
        "Pain that changes how you run is a reason to stop for the day.",
    ],
    "writing a useful bug report": [
        "Say what you did, what you expected and what happened instead.",
        "Give the smallest input that still shows the problem.",
        "Copy the exact error message as text rather than as a picture.",
        "Name the version, the system and how you installed it.",
        "Report one problem at a time.",
        "Tell how often it happens when it does not happen every time.",
        "Leave out guesses about the cause, or mark them clearly as guesses.",
    ],
    "making bread without a machine": [
        "Weigh the flour and use about two thirds of its weight in water.",
        "Salt is close to two percent of the flour, and more slows the yeast.",
        "Let the dough rest half an hour before kneading, and it needs less work.",
        "Fold it a few times during the first rise to build strength.",
        "It has risen enough when a dent fills slowly and not quite.",
        "Bake in a closed pot for the first twenty minutes so that steam keeps the crust soft.",
        "The loaf is done at about 96 degrees inside; cut it only when it has cooled.",
    ],
    "understanding compound interest": [
        "Interest is paid on the sum and on all earlier interest, so growth is exponential.",
        "The final amount is the principal times (1 + rate) to the number of periods.",
        "Seventy-two divided by the rate in percent is roughly the years to double.",
        "A fee of one percent a year eats about a quarter of the result in thirty years.",
        "Debts grow by the same rule, which is why card balances run away.",
        "Take inflation off the rate to see what the money will really buy.",
        "Starting ten years earlier often beats saving twice as much later.",
    ],
    "keeping bees for the first time": [
        "Spend a season with an experienced keeper before you buy a hive.",
        "Two colonies are easier than one, since you can compare them.",
        "Look for eggs at each inspection; they prove that a queen was there three days ago.",
        "Treat against varroa mites at the right time of the year, and count them afterwards.",
        "Leave enough stores for the winter, often fifteen kilograms or more.",
        "Face the entrance away from paths and towards the morning sun.",
        "Calm bees answer calm hands, so move slowly and use little smoke.",
    ],
    "debugging a slow web page": [
        "Measure first, with the network panel open and the cache switched off.",
        "Look at the time to the first byte to tell a slow server from a heavy page.",
        "Images are usually the largest part; send them in the size they are shown.",
        "Scripts in the head block drawing unless they are deferred.",
        "Fonts should be few, preloaded and allowed to swap.",
        "Cache files with a hash in their name for a year.",
        "Test on a cheap phone, because that is what many visitors hold.",
    ],
    "learning to identify birds by song": [
        "Begin with five common species in your own street.",
        "Listen at dawn in spring, when most of them sing.",
        "Describe a song in words or syllables of your own; odd ones stick best.",
        "Pay attention to rhythm and tone before you try to follow the melody.",
        "See the singer whenever you can, since sight and sound fix each other.",
        "Calls are short and used all year, songs are longer and mark a territory.",
        "Repeat one recording many times instead of many recordings once.",
    ],
    "choosing a bicycle for commuting": [
        "Mudguards, lights and a rack matter more each day than a light frame.",
        "Tyres about forty millimetres wide forgive bad roads and cost little speed.",
        "A hub gear needs little care and can be shifted while standing.",
        "Ride several sizes; the right one lets you start and stop without thinking.",
        "Spend a tenth of the price on a good lock.",
        "Disc brakes stop well in rain, rim brakes are simple to repair.",
        "Ask where it will stand at night before you decide what it may cost.",
    ],
    "explaining recursion": [
        "A recursive function solves a problem by calling itself on a smaller one.",
        "It needs a base case that is answered without another call.",
        "Each call must come closer to the base case, or it never ends.",
        "Every open call keeps its own variables on the stack.",
        "A tree is the natural example, because each branch is a tree again.",
        "Any recursion can be written as a loop with a stack of your own.",
        "Remembering earlier answers can turn exponential time into linear time.",
    ],
    "preparing for a job interview": [
        "Read the advertisement line by line and find an example from your work for each demand.",
        "Tell stories in four steps: situation, task, what you did, what came of it.",
        "Prepare three questions that show you have thought about the job.",
        "Practise aloud, since silent answers always sound better than they are.",
        "Know the salary range before somebody asks for your number.",
        "It is fine to think for a few seconds before you answer.",
        "Write a short note of thanks within a day.",
    ],
    "saving water in a garden": [
        "Water early in the morning, when little of it evaporates.",
        "Soak the ground deeply once a week rather than sprinkling every day.",
        "A hand's width of mulch halves what the sun takes.",
        "Collect rain from the roof; a hundred square metres give a thousand litres in ten millimetres of rain.",
        "Group plants by thirst, so no bed gets more than it needs.",
        "Drip lines bring water to roots and leave the weeds dry.",
        "Let the lawn turn brown in summer, because it comes back.",
    ],
    "using version control well": [
        "Commit one change at a time and say in the message why it was made.",
        "Look at the difference before every commit.",
        "Keep branches short, and bring in the main line often.",
        "Never rewrite history that others have already fetched.",
        "Leave generated files and secrets out from the first day.",
        "A bisection finds the commit that broke something in a handful of steps.",
        "Tags mark releases, so anyone can build exactly what was shipped.",
    ],
    "how vaccines work": [
        "A vaccine shows the immune system a harmless piece or picture of a germ.",
        "B cells that fit it multiply and make antibodies.",
        "Some of them stay for years as memory cells.",
        "At the real infection the answer comes in days instead of weeks.",
        "A booster raises both the number and the fit of the antibodies.",
        "When enough people are immune the germ finds too few hosts to spread.",
        "Sore arms and a mild fever are signs of the reaction and soon pass.",
    ],
    "taking photographs at night": [
        "Put the camera on a tripod and use the timer, so nothing shakes.",
        "Open the aperture and prefer a longer exposure to a higher ISO.",
        "Focus by hand on a bright point, since autofocus hunts in the dark.",
        "The half hour after sunset gives a blue sky beside lit windows.",
        "Shoot raw files; the shadows hold more than the screen shows.",
        "For sharp stars stay below 500 divided by the focal length, in seconds.",
        "Switch stabilisation off when the camera stands still.",
    ],
    "repairing a dripping tap": [
        "Turn off the water under the sink and open the tap to empty it.",
        "Close the drain, so no screw can vanish.",
        "In an old tap the rubber washer is worn; bring it along to buy the same size.",
        "In a single-lever tap the whole cartridge is replaced.",
        "Clean lime from the seat, or the new part will leak as well.",
        "Grease the seals with silicone, never with oil.",
        "Open the water slowly and watch for a minute.",
    ],
    "ordering food in Japanese (日本語)": [
        "Say すみません (sumimasen) to call somebody to the table.",
        "Point and say これをください (kore o kudasai), which means “this one, please”.",
        "Numbers take a counter for things: ひとつ, ふたつ, みっつ.",
        "おすすめは何ですか (osusume wa nan desu ka) asks what they recommend.",
        "Say いただきます before you eat and ごちそうさまでした afterwards.",
        "お会計 (okaikei) asks for the bill; tips are not expected.",
        "For allergies carry a card: “卵アレルギーがあります” is “I am allergic to eggs”.",
    ],
    "writing regular expressions": [
        "Escape a dot as `\\.`, or it stands for any character.",
        "`\\d+` matches one or more digits, and `\\b` the edge of a word.",
        "Quantifiers are greedy; `.*?` takes as little as it can.",
        "In a JSON file every backslash is doubled: `\"\\\\d+\\\\s*\\\"\"`.",
        "Anchor with `^` and `$` when the whole line has to match.",
        "A Windows path needs care: `C:\\\\Users\\\\[^\\\\]+\\\\notes\\.txt`.",
        "Nested quantifiers such as `(a+)+` can take exponential time.",
    ],
    "sending a parcel from France to Québec": [
        "Remplissez la déclaration en douane: contents, value and “cadeau” for a present.",
        "Write the postal code as three and three: H2X 1Y4, Montréal.",
        "Gifts worth more than 60 $ CA may cost duty — even naïve little souvenirs.",
        "Crème brûlée does not travel; honey and cheese may be stopped too.",
        "A tracked parcel of 2 kg takes about 8–12 days and costs near 30 €.",
        "Pack with 5 cm of padding on each side and close the seams with tape.",
        "Keep the receipt: the number on it is what “où est mon colis ?” is answered with.",
    ],
    "estimating with Python": [
        "Start from a formula you can say aloud, then write it as a function.",
        "Use `random.gauss(mu, sigma)` for quantities that vary around a middle.",
        "Run it ten thousand times and look at the quantiles, not only at the mean.",
        "Fix the seed, so that a colleague sees the same numbers.",
        "Print intermediate values when the result surprises you.",
        "Units belong in the names: `distance_km`, `time_h`.",
        "An estimate without a range is only half an estimate.",
    ],
}

CODE = {
    "explaining recursion": (
        "```python\ndef depth(tree):\n    if not tree:\n        return 0\n"
        "    return 1 + max(depth(branch) for branch in tree)\n```"
    ),
    "estimating with Python": (
        '```python\nimport random\n\nrandom.seed(7)\ntrips = [random.gauss(24.0, 3.5) for _ in '
        'range(10_000)]\nprint(f"median: {sorted(trips)[5_000]:.1f} min\\n")\n```'
    ),
    "using version control well": "```sh\ngit switch -c fix/typo\ngit commit -m \"Fix a typo\"\n```",
    "planning a small database": (
        "```sql\nCREATE TABLE loan (\n\tid INTEGER PRIMARY KEY,\n\tbook_id INTEGER NOT NULL "
        'REFERENCES book(id),\n\tnote TEXT DEFAULT \'say "hi"\'\n);\n```'
    ),
    "writing regular expressions": (
        '```json\n{"path": "C:\\\\temp\\\\\\"x\\"", "pattern": "^\\\\s*\\"(\\\\\\\\.|[^\\"])*\\"$"}\n```'
    ),
}

QUESTIONS = [
    "What should a beginner know about {}?",
    "Give me a short guide to {}.",
    "I have failed twice at {}. What am I likely to be doing wrong?",
    "What are the most important points about {}?",
    "Explain {} to a curious twelve-year-old.",
    "My neighbour asked me about {}. What should I answer?",
    "List a few tips for {}.",
    "Is there anything surprising about {}?",
    "Which mistakes do people make with {}?",
    "I have one free weekend for {}. Where do I start?",
    "Write three sentences about {}.",
    "What would an expert say about {}?",
    "Summarise {} for a poster.",
]

FOLLOW_UPS = [
    "Thanks. Can you say more about the first point?",
    "That is too general for me. What do I do first?",
    "And what changes when I have very little time?",
    "Could you put the rest of it into a list?",
]

SYSTEMS = [
    "You are a patient teacher. Answer in plain English.",
    "You are a terse assistant. Prefer short answers.",
    "Answer as helpfully as you can, and say so when you are not sure.",
]

OPENERS = [
    "Gladly.",
    "Here is what matters.",
    "In short:",
    "Good question!",
    "A few things help.",
    "",
    "",
]

# True of everything, and so of no use to anybody.
PADDING = [
    "Of course there is a great deal more that could be said about a subject as rich as this one.",
    "It is important to remember that every situation is different and that results may vary.",
    "Many people have asked themselves exactly this question, and there are many possible answers.",
    "Before we go any further, it is worth taking a moment to consider why the question matters.",
    "As with so many things in life, patience and practice are the keys to lasting success.",
    "Needless to say, it is always a good idea to gather as much information as possible.",
    "In other words, what has been said above applies in most cases, although not in every case.",
    "Taking all of this together, we can see that there are several aspects to keep in mind.",
    "There are advantages and disadvantages, and both of them deserve careful thought.",
    "Ultimately the right decision depends on your own needs, your goals and your circumstances.",
    "I hope that this overview has given you a useful first impression of the matter.",
    "Please do not hesitate to ask if there is anything else that you would like to know.",
    "Experts do not always agree with each other, which makes the subject all the more interesting.",
    "It goes without saying that safety, comfort and enjoyment should never be forgotten.",
    "To put it differently, a good preparation is half of the work, as the saying goes.",
    "With that in mind, let us look at the question once more from a slightly different angle.",
    "Over time you will develop a feeling for what works well and what works less well.",
    "This may sound simple at first, but there is more to it than meets the eye.",
]

VAGUE = [
    "That depends.",
    "There are many ways to do it, and most of them work.",
    "I am not sure, but you can probably find out.",
    "People usually just try it.",
    "It is mostly a matter of taste.",
]

CLOSERS = ["Good luck!", "Have fun 🙂", "That is all you need to begin.", "Enjoy it — and take notes."]
