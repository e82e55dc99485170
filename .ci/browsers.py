"""Refuse a run in which browser tests were skipped: ``browsers.py results.xml``."""

import sys
import xml.etree.ElementTree as ET

cases = [case for case in ET.parse(sys.argv[1]).iter("testcase") if "browser" in case.get("classname", "")]
skipped = [f"{case.get('classname')}.{case.get('name')}" for case in cases if case.find("skipped") is not None]
print(f"{len(cases)} browser tests, {len(skipped)} of them skipped.")
if skipped or not cases:
    sys.exit("\n".join(["Browser tests must run here:", *skipped]))
