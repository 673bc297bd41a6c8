"""
What the time zone database with its backzone file (as Debian's tzdata installs it) says of local births.

Reads lines of "zone date time" and writes, for each, a line of JSON: every instant (seconds since 1970) at which the
zone's clocks showed that time, and whether the zone was then on its local mean time ("LMT", or "-00": none known).
"""
import json
import sys
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo, available_timezones

if "--ready" in sys.argv:
    # a zone that only backzone tells from its neighbour: Oslo had summer time in 1960, Berlin had none
    oslo = datetime(1960, 7, 1, 12, tzinfo=ZoneInfo("Europe/Oslo")).utcoffset()
    print("ready" if "Europe/Oslo" in available_timezones() and oslo == timedelta(hours=2) else "merged")
    sys.exit()

EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
zones = {}
for line in sys.stdin:
    name, date, time = line.split()
    zone = zones.setdefault(name, ZoneInfo(name))
    naive = datetime.fromisoformat(f"{date}T{time}:00")
    found = {}
    for fold in (0, 1):
        local = naive.replace(tzinfo=zone, fold=fold)
        utc = local.astimezone(timezone.utc)
        if utc.astimezone(zone).replace(tzinfo=None) == naive:
            found[int((utc - EPOCH).total_seconds())] = local.tzname() in ("LMT", "-00")
    print(json.dumps({"at": sorted(found), "mean": any(found.values())}))
