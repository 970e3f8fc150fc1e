"""What is counted together."""

from enum import StrEnum


class Group(StrEnum):
    AREA = "area"
    BASIS = "basis"
    TEMPLATE = "template"
