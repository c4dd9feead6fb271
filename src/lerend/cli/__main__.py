"""`python -m lerend.cli`, the same as `lerend`."""

from lerend.cli.main import main

raise SystemExit(main())
