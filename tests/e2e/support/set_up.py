"""A box whose setting-up is over."""

from lab.waiting import wait_for

from .administrator import Administrator, Json

_STATED = {"language": "ja", "identity": "compared", "time": "right", "noc": "later"}


def sets_up(who: Administrator) -> Json:
    """By the API, of a box whose services answer and whose isolation was proved; the report."""
    assert who.ask("POST", "/diagnosis").status == 202
    wait_for("the services to be tried", lambda: "ended" in who.ask("GET", "/diagnosis").json or None, 60)
    for step, stated in _STATED.items():
        done = who.ask("POST", f"/setup/steps/{step}", {"stated": stated})
        assert done.status == 204, done
    made = who.ask("POST", "/setup/report")
    assert made.status == 201, (made, who.ask("GET", "/setup").json)
    return dict(made.json)
