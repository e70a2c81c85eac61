"""Settings and their defaults; the environment overrides them as DIVERSION_NAME."""

# Where the county's data lies. An absolute path; `make run` sets one inside the checkout.
DATA_FOLDER = ""
# Empty means SQLite in the data folder; else postgresql+psycopg://…
DATABASE_URL = ""
# The master key's file, outside the data folder and its backups.
MASTER_KEY_FILE = ""
# Where signed anchors of the log go, better on another machine; empty: in the data folder.
ANCHOR_FILE = ""
# Where backups are written; empty means the folder `backups` of the data folder.
BACKUP_FOLDER = ""
# Signs the form keys and tokens of pages; at least 32 signs.
SECRET_KEY = ""

COUNTY = "Example County"
COURT_ZONE = "America/Los_Angeles"
HELP_DESK = "503-555-0100"
LANGUAGES = ["en", "es"]

# Up to this many cents a supervisor approves waivers and vouchers; above it a finance manager.
SUPERVISOR_LIMIT_CENTS = 100_000
# What a payer is charged for a returned item, at most, in cents; 0 charges nothing.
RETURNED_ITEM_FEE_CENTS = 0
# How many business days a paid check is held before it can be refunded.
REFUND_HOLD_DAYS = 10

# By which policy a reduction is proposed. The poverty guideline of a month, for one person and
# for each more: HHS guidelines of 2025 for the 48 states (90 FR 5917), a twelfth of the year's.
POVERTY_GUIDELINE_CENTS = (130_417, 45_833)
# Up to how many percent of it, how many percent of what is open are proposed to be given up.
ABILITY_STEPS = ((125, 100), (200, 50))
# How many percent of what is left in a month an instalment should take at most.
INSTALMENT_SHARE = 20
# The first month of the fiscal year; periods, year close and yearly figures follow it.
FISCAL_YEAR_STARTS = 7
# True if a second person signs the exceptions week by week before a month can be closed.
EXCEPTIONS_SIGNED_WEEKLY = False
# True if what the budget left over lapses at the end of the year; else it is carried.
BUDGET_LAPSES = True

# Up to this many lines a file of the ledger is made while its page waits; above it by a job.
EXPORT_AT_ONCE = 20_000

# Host names under which the program answers; others get a plain 400.
TRUSTED_HOSTS: list[str] = ["localhost", "127.0.0.1"]
# Where people reach the program, for links in invitations: https://diversion.county.example
PUBLIC_ADDRESS = ""
# How many proxies stand before the program and may set X-Forwarded-For.
PROXY_HOPS = 0
# True only on plain http at the loopback address.
LOOPBACK_ONLY = False

IDLE_MINUTES = 15
ABSOLUTE_HOURS = 10
PASSWORD_HASH = "argon2id"  # or pbkdf2_sha256  # noqa: S105 (the name of a method)
ARGON2_MEMORY_KIB = 65536
ARGON2_TIME_COST = 3
# In one process; `serve` shares the four of a machine among its processes.
HASHES_AT_ONCE = 4

LOG_LEVEL = "INFO"
WTF_CSRF_ENABLED = True

MAX_CONTENT_LENGTH = 10 * 1024 * 1024
MAX_FORM_MEMORY_SIZE = 500_000
MAX_FORM_PARTS = 200

BABEL_DEFAULT_LOCALE = "en"
WTF_CSRF_TIME_LIMIT = None
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
