"""Looks at and works the desk through AT-SPI, as a screen reader does. Run by the system's Python.

Reads one JSON question a line on standard input and answers each with one line on standard output:
{"do": one of DO, "role": …, "name": …, "text": …, "seconds": …}
A widget is known by its role and its name, or by the beginning of a name that ends in "*". What is asked for
is waited for; past the deadline the answer is {"error": …}.
"""

import json
import sys
import threading
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, Gio, GLib  # noqa: E402 - the version has to be named first

APP = "jiedaitai"
_LOOK_AGAIN = threading.Event()


def widgets(root):
    """Yield every widget that is shown, parents first."""
    # All at once, before any is gone into, as screen readers do: Qt 6.9 crashes when it is asked for the
    # scroll bar of an area that had one when its children were counted, and has none any more.
    for child in [root.get_child_at_index(n) for n in range(root.get_child_count())]:
        if child is None:
            continue
        states = child.get_state_set()
        if states.contains(Atspi.StateType.VISIBLE) or child.get_role_name() == "menu item":
            yield child
            yield from widgets(child)


def windows():
    """Yield the windows of the desk."""
    desktop = Atspi.get_desktop(0)
    for n in range(desktop.get_child_count()):
        app = desktop.get_child_at_index(n)
        if app is not None and (app.get_name() or "") in {APP, "desk", "python"}:
            app.set_cache_mask(Atspi.Cache.NONE)
            shown = [app.get_child_at_index(m) for m in range(app.get_child_count())]
            yield from (window for window in shown if window is not None)


def matches(widget, role, name):
    """Tell whether the widget has this role and this name; "" is any."""
    if role and widget.get_role_name() != role:
        return False
    shown = widget.get_name() or ""
    return shown.startswith(name[:-1]) if name.endswith("*") else not name or shown == name


def look(role, name):
    """Return the first shown widget that matches, or None."""
    for window in windows():
        if matches(window, role, name):
            return window
        for widget in widgets(window):
            if matches(widget, role, name) and widget.get_state_set().contains(Atspi.StateType.SHOWING):
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
    return widget.get_state_set().contains(Atspi.StateType.ENABLED)


def find(order):
    """Wait for a widget and say how it stands."""
    widget = wanted(order)
    return described(widget)


def described(widget):
    """Return what a person notices of a widget."""
    states = widget.get_state_set()
    text = widget.get_text_iface()
    box = widget.get_extents(Atspi.CoordType.SCREEN) if widget.get_component_iface() else None
    return {
        "role": widget.get_role_name(),
        "name": widget.get_name() or "",
        "about": widget.get_description() or "",
        "text": Atspi.Text.get_text(text, 0, Atspi.Text.get_character_count(text)) if text else "",
        "focused": states.contains(Atspi.StateType.FOCUSED),
        "checked": states.contains(Atspi.StateType.CHECKED),
        "enabled": states.contains(Atspi.StateType.ENABLED),
        "box": [box.x, box.y, box.width, box.height] if box else [],
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
    action = widget.get_action_iface()
    names = [Atspi.Action.get_action_name(action, n) for n in range(Atspi.Action.get_n_actions(action))]
    chosen = next(n for n, name in enumerate(names) if name in {"Press", "Toggle"})
    Atspi.Action.do_action(action, chosen)
    return names[chosen]


def focus(order):
    """Give a widget the focus and wait until it has it."""
    widget = wanted(order, usable=True)

    def has_it():
        Atspi.Component.grab_focus(widget.get_component_iface())
        # Of a table the current cell has it.
        return any(
            each.get_state_set().contains(Atspi.StateType.FOCUSED) for each in (widget, *widgets(widget))
        )

    if not when(has_it, order["seconds"]):
        raise LookupError(f"{order['name']!r} does not take the focus")
    return described(widget)


def write(order):
    """Put a text into a field as assistive programs do."""
    widget = wanted(order, usable=True)
    Atspi.EditableText.set_text_contents(widget.get_editable_text_iface(), order["text"])
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
                focused_now = widget.get_state_set().contains(Atspi.StateType.FOCUSED)
                if focused_now and matches(widget, order.get("role", ""), order.get("name", "")):
                    return widget
        return None

    widget = when(there, order["seconds"])
    if widget is None:
        raise LookupError(f"no focus on {order}")
    return described(widget)


def service(order):
    """Wait until a service is on the session bus."""
    bus = Gio.bus_get_sync(Gio.BusType.SESSION)
    about = ("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "NameHasOwner")
    name = GLib.Variant("(s)", (order["name"],))

    def there():
        return bus.call_sync(*about, name, None, Gio.DBusCallFlags.NONE, -1, None)[0]

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
