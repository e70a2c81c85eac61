"""Say which release of the program runs."""

from importlib import metadata

try:
    VERSION = metadata.version("diversion")
except metadata.PackageNotFoundError:  # run from a checkout that was not installed
    VERSION = "checkout"
