"""Runs the platform's own browser modules under Node, where there is one."""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

WEB = Path(__file__).resolve().parents[3] / "src" / "lerend_web"
TOKENS = WEB / "invited/static/invited/tokens.js"
KEY_FILE = WEB / "workbench/static/workbench/key-file.js"

NODE = shutil.which("node")
needs_node = pytest.mark.skipif(
    NODE is None, reason="no Node here: the browser's modules were not run outside a browser"
)

# A data address is a module in every version of Node, whatever the name of the file.
START = """
let given = "";
for await (const part of process.stdin) given += part;
const input = JSON.parse(given);
const module = await import("data:text/javascript;base64," + input.module);
const hex = (bytes) => Buffer.from(bytes).toString("hex");
const octets = (text) => Uint8Array.from(Buffer.from(text, "hex"));
const run = async (module, input) => {
"""
END = """
};
process.stdout.write(JSON.stringify(await run(module, input)));
"""


def in_node(module: Path, body: str, **given: object) -> Any:
    """What the body returns, in which `module` is a file of ours and `input` what is given."""
    assert NODE is not None
    given["module"] = base64.b64encode(module.read_bytes()).decode()
    done = subprocess.run(
        [NODE, "--input-type=module", "-e", START + body + END],
        input=json.dumps(given),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
