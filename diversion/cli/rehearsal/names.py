"""Name the people of the fictional county; none of them exists.

Surnames are made of two words that rarely stand together, so a test can search for them.
"""

from datetime import date
from random import Random

SURNAMES = (
    "Alderwick", "Ashgrovely", "Bellwinter", "Birchmoor", "Brambleton", "Briarcliffe",
    "Cedarholm", "Cindermoor", "Cloverfeld", "Copperhill", "Dovecastle", "Dunwhistle",
    "Eastmarrow", "Elderquist", "Emberline", "Fallowmere", "Fennimore-Quay", "Fernhollow",
    "Flintwater", "Foxglade", "Frostbrook", "Glenhaven", "Goldspire", "Greymantle",
    "Halloway-Wren", "Harrowgate", "Hazelthorn", "Heatherwyn", "Hollowbrook", "Ironwood-Vale",
    "Juniperus", "Kestrelton", "Kingsparrow", "Larkmeadow", "Lindenquist", "Lockhollow",
    "Marrowbone", "Mistlethorn", "Moonfield", "Mossgrove", "Nettlecombe", "Nightingale-Roe",
    "Oakhurstine", "Osprey-Lund", "Pebblecreek", "Pinecastle", "Quillfeather", "Quincewood",
    "Ravensbrook", "Reedwhistle", "Rookwater", "Rosethorne", "Saltmarsh-Ivy", "Shadowmere",
    "Silverbirchen", "Snowberry", "Sorrelwood", "Starling-Moss", "Stonewhistle",
    "Summerquill", "Tanglewood", "Thistledown", "Thornapple", "Tidewater", "Umberfield",
    "Valewind", "Violetstone", "Wanderquist", "Waxwing", "Westmarrow", "Whitlowe",
    "Wildmarch", "Willowmere", "Windhollow", "Wintergreen", "Wolfsbane-Ray", "Wrenfield",
    "Yarrowby", "Yewbarrow", "Zephyrine",
)  # fmt: skip
SURVIVORS = (
    "Juniper", "Marisol", "Tess", "Opal", "Della", "Lucía", "Wren", "Inés", "Pilar", "Kit",
    "Odalys", "Maribel", "Sage", "Noor", "Ximena", "Tamsin", "Paloma", "Ivy", "Rosalía",
    "Hollis",
)  # fmt: skip
ATTENDEES = (
    "Miguel", "Tom", "Ramón", "Kyle", "Alejandro", "Wei", "Peter", "José", "Anders", "Dmitri",
    "Felix", "Gustavo", "Hank", "Iván", "Jules", "Lars", "Mateo", "Nils", "Óscar", "Pavel",
    "Quentin", "Rufus", "Saúl", "Teodor", "Ulises", "Viktor", "Walt", "Yusuf", "Zeke",
    "Emeka",
)  # fmt: skip
FICTIONAL_EXCHANGE = "+1503555"


def surname(place: int) -> str:
    """Return the `place`-th surname; they come again after a while, as they do in life."""
    return SURNAMES[place % len(SURNAMES)]


def birth_date(random: Random, on: date) -> date:
    """Return a birth date of somebody between 19 and 63 years old on the day `on`."""
    return date(on.year - random.randint(20, 62), random.randint(1, 12), random.randint(1, 28))


def phone(random: Random) -> str:
    """Return a number of the range kept for fiction: 503-555-0100 to 0199."""
    return f"{FICTIONAL_EXCHANGE}{random.randint(100, 199):04d}"
