"""Events of the enterprise in words: the log of a replication is told in the language spoken when it is written."""

from __future__ import annotations

from typing import NamedTuple

from oshopt.language import numeral, say, say_amount, sayable
from oshopt.model import LogEntry


class Event(NamedTuple):
    """A kind of event: its name, and what is told of it."""

    what: str
    text: str


RELEASED = Event(sayable("money released"), sayable("the year's money, with what was left"))
NO_PLAN = Event(sayable("no plan"), sayable("the last plan goes on: {reason}"))
PLANNED = Event(sayable("planned anew"), sayable("money for new shares this year"))
UPKEEP = Event(sayable("upkeep"), sayable("upkeep of what is in force"))
LAPSED = Event(sayable("lapsed"), sayable("upkeep short of money: {share} of what is in force lapses"))
GIVEN_UP = Event(sayable("given up"), sayable("{share} no longer kept"))
PAID = Event(sayable("paid"), sayable("payment of a project begun in {year}"))
STOPPED = Event(sayable("stopped"), sayable("{money} due cannot be paid in full: it ends, nothing is paid"))
LACKING = Event(sayable("not begun"), sayable("{money} is not there or buys too little: nothing is paid"))
CUT = Event(sayable("cut"), sayable("short of money: {share} of the measure bought in place of {wanted}"))
TOO_LITTLE = Event(sayable("not begun"), sayable("{money} is too little for it: nothing is paid"))
NOT_IN_FULL = Event(sayable("not begun"), sayable("{money} is not there in full: nothing is paid"))
ORDERED = Event(sayable("ordered"), sayable("{share} of the measure at {overrun} of the planned cost"))
STARTED = Event(sayable("started"), sayable("work of {work} years"))
IN_FORCE = Event(sayable("in force"), sayable("{share} of the measure for {lifetime} years"))
SHOCK = Event(sayable("shock"), sayable("every increment up by {size} for {length} years"))
ENDED = Event(sayable("ended"), sayable("its lifetime is over"))

_FORMS = {"share": ".1%", "wanted": ".1%", "overrun": ".3g", "work": ".2f", "size": ".0%", "length": "g"}
"""Format of each figure that is no whole number."""


def entry(event: Event, time: float, subject: str, paid: float, /, **figures: object) -> LogEntry:
    """Return an event as a line of the log; `figures` are what its text names, money as `money`."""
    shown = {name: _shown(name, value) for name, value in figures.items()}
    return LogEntry(time=time, what=say(event.what), subject=subject, money=paid, text=say(event.text, **shown))


def _shown(name: str, value: object) -> str:
    if name == "money" and isinstance(value, float):
        return say_amount(value)
    return numeral(format(value, _FORMS[name])) if name in _FORMS else str(value)
