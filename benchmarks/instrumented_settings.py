"""Samspil's settings with the instruments outermost."""

from samspil.config.settings import *  # noqa: F403
from samspil.config.settings import MIDDLEWARE

MIDDLEWARE = ["benchmarks.instruments.Instruments", *MIDDLEWARE]
