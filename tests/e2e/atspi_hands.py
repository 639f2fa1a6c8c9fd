"""Looks at and works the desk through AT-SPI, as a screen reader does. Run by the system's Python.

Reads one JSON question a line on standard input and answers each with one line on standard output:
{"do": one of DO, "role": …, "name": …, "text": …, "seconds": …}
A widget is known by its role and its name, or by the beginning of a name that ends in "*". What is asked for
is waited for; past the deadline the answer is {"error": …}.

It speaks to the bus itself. The library of screen readers asks for the number of children and then for one
after the other, and Qt 6.9 crashes when it is asked for one that has gone meanwhile, such as the scroll bar
of an area whose content became short; `GetChildren` gives all that are there in one answer.
"""

import json
import sys
import threading
import time

import gi

gi.require_version("Gio", "2.0")
from gi.repository import Gio, GLib  # noqa: E402 - the version has to be named first

APP = "jiedaitai"
_CALL_MS = 60_000
_LOOK_AGAIN = threading.Event()
_STATES = {"checked": 4, "enabled": 8, "focused": 12, "showing": 25, "visible": 30}
_ON_SCREEN = 0


def bus():
    """Return the connection to the bus of AT-SPI."""
    if not _bus:
        session = Gio.bus_get_sync(Gio.BusType.SESSION)
        about = ("org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress", None, None)
        (address,) = session.call_sync(*about, Gio.DBusCallFlags.NONE, _CALL_MS, None)
        kind = Gio.DBusConnectionFlags
        _bus.append(
            Gio.DBusConnection.new_for_address_sync(
                address, kind.AUTHENTICATION_CLIENT | kind.MESSAGE_BUS_CONNECTION, None, None
            )
        )
    return _bus[0]


_bus = []


class Widget:
    """Somebody on the bus: an application, a window or a widget."""

    def __init__(self, owner, path):
        self.owner, self.path = owner, path

    def ask(self, part, verb, kinds="", *words):
        """Ask one thing of one of its interfaces."""
        given = GLib.Variant(f"({kinds})", words)
        about = (self.owner, self.path, f"org.a11y.atspi.{part}", verb, given, None)
        (answer,) = bus().call_sync(*about, Gio.DBusCallFlags.NONE, _CALL_MS, None)
        return answer

    def tell(self, part, name):
        """Return one property."""
        given = GLib.Variant("(ss)", (f"org.a11y.atspi.{part}", name))
        about = (self.owner, self.path, "org.freedesktop.DBus.Properties", "Get", given, None)
        (answer,) = bus().call_sync(*about, Gio.DBusCallFlags.NONE, _CALL_MS, None)
        return answer

    def children(self):
        """Return those that are there now."""
        return [Widget(*each) for each in self.ask("Accessible", "GetChildren")]

    def states(self):
        """Return the names of its states."""
        low, high = self.ask("Accessible", "GetState")
        return {name for name, bit in _STATES.items() if (high << 32 | low) >> bit & 1}

    def role(self):
        """Return the name of its role."""
        return self.ask("Accessible", "GetRoleName")

    def name(self):
        """Return its name."""
        return self.tell("Accessible", "Name")

    def can(self):
        """Return the names of its interfaces."""
        return {each.rpartition(".")[2] for each in self.ask("Accessible", "GetInterfaces")}


def widgets(root):
    """Yield every widget that is shown, parents first."""
    for child in root.children():
        if "visible" in child.states() or child.role() == "menu item":
            yield child
            yield from widgets(child)


def windows():
    """Yield the windows of the desk."""
    for app in Widget("org.a11y.atspi.Registry", "/org/a11y/atspi/accessible/root").children():
        if app.name() in {APP, "desk", "python"}:
            yield from app.children()


def matches(widget, role, name):
    """Tell whether the widget has this role and this name; "" is any."""
    if role and widget.role() != role:
        return False
    if not name:
        return True
    shown = widget.name()
    return shown.startswith(name[:-1]) if name.endswith("*") else shown == name


def look(role, name):
    """Return the first shown widget that matches, or None."""
    for window in windows():
        if matches(window, role, name):
            return window
        for widget in widgets(window):
            if matches(widget, role, name) and "showing" in widget.states():
                return widget
    return None


def when(condition, seconds):
    """Return what `condition` returns once it is true, or None past the deadline."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            found = condition()
        except GLib.Error:
            found = None  # a widget went away while it was looked at
        if found or time.monotonic() > deadline:
            return found
        _LOOK_AGAIN.wait(0.05)


def enabled(widget):
    """Tell whether the widget can be used."""
    return "enabled" in widget.states()


def find(order):
    """Wait for a widget and say how it stands."""
    widget = wanted(order)
    return described(widget)


def described(widget):
    """Return what a person notices of a widget."""
    states, can = widget.states(), widget.can()
    return {
        "role": widget.role(),
        "name": widget.name(),
        "about": widget.tell("Accessible", "Description"),
        "text": widget.ask("Text", "GetText", "ii", 0, -1) if "Text" in can else "",
        "focused": "focused" in states,
        "checked": "checked" in states,
        "enabled": "enabled" in states,
        "box": list(widget.ask("Component", "GetExtents", "u", _ON_SCREEN)) if "Component" in can else [],
    }


def wanted(order, usable=False):
    """Return the widget an order names."""

    def there():
        widget = look(order.get("role", ""), order.get("name", ""))
        return widget if widget is not None and (not usable or enabled(widget)) else None

    widget = when(there, order["seconds"])
    if widget is None:
        raise LookupError(f"nothing shown is {order.get('role', '')} {order.get('name', '')!r}")
    return widget


def press(order):
    """Press a button or toggle a tick."""
    widget = wanted(order, usable=True)
    names = [widget.ask("Action", "GetName", "i", n) for n in range(widget.tell("Action", "NActions"))]
    chosen = next(n for n, name in enumerate(names) if name in {"Press", "Toggle"})
    widget.ask("Action", "DoAction", "i", chosen)
    return names[chosen]


def focus(order):
    """Give a widget the focus and wait until it has it."""
    widget = wanted(order, usable=True)

    def has_it():
        widget.ask("Component", "GrabFocus")
        # Of a table the current cell has it.
        return any("focused" in each.states() for each in (widget, *widgets(widget)))

    if not when(has_it, order["seconds"]):
        raise LookupError(f"{order['name']!r} does not take the focus")
    return described(widget)


def write(order):
    """Put a text into a field as assistive programs do."""
    widget = wanted(order, usable=True)
    widget.ask("EditableText", "SetTextContents", "s", order["text"])
    return described(widget)


def holds(order):
    """Wait until a field holds a text."""

    def there():
        widget = look(order.get("role", ""), order.get("name", ""))
        return widget is not None and described(widget)["text"] == order["text"]

    if not when(there, order["seconds"]):
        widget = look(order.get("role", ""), order.get("name", ""))
        raise LookupError(f"{order['name']!r} holds {widget and described(widget)['text']!r}")
    return True


def gone(order):
    """Wait until nothing of this role and name is shown."""
    if not when(lambda: look(order.get("role", ""), order.get("name", "")) is None, order["seconds"]):
        raise LookupError(f"still shown: {order}")
    return True


def focused(order):
    """Wait until a widget of this role and name has the focus, and say how it stands."""

    def there():
        for window in windows():
            for widget in widgets(window):
                focused_now = "focused" in widget.states()
                if focused_now and matches(widget, order.get("role", ""), order.get("name", "")):
                    return widget
        return None

    widget = when(there, order["seconds"])
    if widget is None:
        raise LookupError(f"no focus on {order}")
    return described(widget)


def service(order):
    """Wait until a service is on the session bus."""
    session = Gio.bus_get_sync(Gio.BusType.SESSION)
    about = ("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "NameHasOwner")
    name = GLib.Variant("(s)", (order["name"],))

    def there():
        return session.call_sync(*about, name, None, Gio.DBusCallFlags.NONE, -1, None)[0]

    if not when(there, order["seconds"]):
        raise LookupError(f"nobody offers {order['name']}")
    return True


def tree(_order):
    """Return every shown widget that can be used or read, with its role."""
    found = []
    for window in windows():
        for widget in (window, *widgets(window)):
            try:
                found.append(described(widget))
            except GLib.Error:
                continue  # it went away while it was looked at
    return found


DO = {
    "find": find,
    "press": press,
    "focus": focus,
    "write": write,
    "holds": holds,
    "gone": gone,
    "focused": focused,
    "service": service,
    "tree": tree,
}


def main():
    """Answer until standard input ends."""
    for line in sys.stdin:
        order = json.loads(line)
        try:
            answer = {"value": DO[order["do"]](order)}
        except (LookupError, StopIteration, GLib.Error) as error:
            answer = {"error": f"{type(error).__name__}: {error}"}
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
