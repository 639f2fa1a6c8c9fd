"""The code on a board: which station, and which deputy, it speaks of (domain.md 7.5). No personal data.

`https://<host>/s/<station>` and `https://<host>/s/<station>/<deputy record id>`, or without a host
`JDT1:S:<station>` and `JDT1:S:<station>:<deputy record id>`, so that the code also works without a server.
The colon keeps it apart from a receipt's code, whose payload has none.
"""

from urllib.parse import quote

from desk.rules.receipts import OFFLINE_PREFIX


def board_code(station_code: str, deputy_id: str = "", host: str = "") -> str:
    """Return the text of the QR code; `deputy_id` is the opaque record id, "" for the station's own code."""
    parts = [quote(part, safe="") for part in (station_code, deputy_id) if part]
    if host:
        return f"https://{host}/s/" + "/".join(parts)
    return f"{OFFLINE_PREFIX}S:" + ":".join(parts)
