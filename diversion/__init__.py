"""Work for a county District Attorney's two diversion programs."""

import gc

# What is read at the start all stays: looking through it again and again is a sixth of a start.
gc.set_threshold(20_000, 20, 50)
