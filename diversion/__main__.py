"""Run the command line with `python -m diversion`."""

from diversion.app import main

if __name__ == "__main__":
    main()
