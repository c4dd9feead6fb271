# shellcheck shell=bash
# Sourced by ./run and ./test: makes .venv, keeps it in step with the pins, and compiles the translations.
# Needs Python 3.11 or newer with venv, and nothing else. PYTHON=… chooses the interpreter.
# The caller sets `home`, the folder of the clone. Everything said here goes to standard error.

venv=$home/.venv

stop() {
    printf '%s\n' "$@" >&2
    exit 1
}

is_new_enough() {
    command -v "$1" >/dev/null 2>&1 && "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

find_python() {
    local candidate
    if [ -n "${PYTHON:-}" ]; then
        is_new_enough "$PYTHON" || stop "PYTHON=$PYTHON is not a Python of version 3.11 or newer."
        command -v "$PYTHON"
        return
    fi
    for candidate in python3 python3.14 python3.13 python3.12 python3.11 python; do
        if is_new_enough "$candidate"; then
            command -v "$candidate"
            return
        fi
    done
    stop "lerend needs Python 3.11 or newer, and found: $(python3 --version 2>&1 || true)" \
        "Install one (on Debian and Ubuntu: apt-get install python3 python3-venv), or name it: PYTHON=/path/to/python3 $0"
}

make_venv() {
    local python
    python=$(find_python) || exit 1
    "$python" -c 'import ensurepip, venv' >/dev/null 2>&1 ||
        stop "$python cannot make virtual environments: its module venv is missing." \
            "On Debian and Ubuntu: apt-get install python3-venv"
    printf 'Making .venv with %s\n' "$("$python" --version)" >&2
    "$python" -m venv --clear "$venv" || stop "Making .venv failed; the lines above say why."
}

# A virtual environment holds its own address: one that was moved or copied along is made again, and so is one of
# another Python than the one asked for.
is_usable() {
    [ "$(cat "$venv/made-in" 2>/dev/null || echo "$home")" = "$home" ] || return 1
    "$venv/bin/python" -c '' >/dev/null 2>&1 || return 1
    [ -z "${PYTHON:-}" ] || [ "$("$PYTHON" --version 2>&1)" = "$("$venv/bin/python" --version)" ]
}

# One line that changes whenever what must be installed changes.
wanted() {
    cd "$home" || exit 1
    "$venv/bin/python" - "$1" <<'PYTHON'
import hashlib, pathlib, sys

kind = sys.argv[1]
files = ["pyproject.toml", "hatch_build.py", "requirements/uv.txt", f"requirements/{kind}.txt"]
parts = [pathlib.Path(name).read_bytes() for name in files]
print(hashlib.sha256(b"\0".join([sys.version.encode(), *parts])).hexdigest())
PYTHON
}

install_all() {
    local kind=$1 log
    log=$(mktemp)
    printf 'Installing what lerend needs (once, and again when the pins change)\n' >&2
    {
        "$venv/bin/python" -m pip --disable-pip-version-check install --quiet --require-hashes \
            --only-binary :all: -r "$home/requirements/uv.txt" &&
            "$venv/bin/uv" pip install --quiet --python "$venv/bin/python" --require-hashes \
                -r "$home/requirements/$kind.txt" &&
            "$venv/bin/uv" pip install --quiet --python "$venv/bin/python" --no-build-isolation --no-deps \
                --offline --editable "$home"
    } >"$log" 2>&1 || {
        tail -n 12 "$log" >&2
        rm -f "$log"
        stop "" "Installing failed; the lines above say why." \
            "The packages come from PyPI: is there a network connection? Behind a proxy, set HTTPS_PROXY." \
            "With a certificate of your own, set SSL_CERT_FILE and PIP_CERT."
    }
    rm -f "$log"
}

compile_translations() {
    local source stale=
    while read -r source; do
        [ "${source%.po}.mo" -nt "$source" ] || stale=yes
    done < <(find "$home/src" -name '*.po')
    [ -z "$stale" ] || "$venv/bin/python" "$home/tools/translations.py" compile ||
        stop "Compiling the translations failed; the lines above say why."
}

# prepare run|dev: after this, .venv has all that is pinned in requirements/run.txt (or dev.txt, which holds more).
prepare() {
    local kind=$1 now
    if command -v flock >/dev/null 2>&1; then # two first starts at once must not write in the same folder
        exec 9>"$home/.venv.lock"
        flock 9
    fi
    is_usable || make_venv
    now=$(wanted "$kind") || exit 1
    if [ "$(cat "$venv/installed-$kind" 2>/dev/null)" != "$now" ]; then
        rm -f "$venv"/installed-*
        printf '%s\n' "$home" >"$venv/made-in"
        install_all "$kind"
        printf '%s\n' "$now" >"$venv/installed-$kind"
        # Who tests has all that running needs.
        [ "$kind" = run ] || wanted run >"$venv/installed-run"
    fi
    compile_translations
    exec 9>&-
}
