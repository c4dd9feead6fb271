"""Charts as SVG: functions from values to markup, without script, with real text and a description in words."""
