#!/usr/bin/env python3
"""Start the record on a machine with nothing but some Python: see USAGE below.

The standard library alone, in syntax that Python 2.7 can read: an old Python must get far enough to find a
newer one. All it makes lies beside it, in `.venv` (the environment) and `.venv-tools` (lock, log, and a
fetched Python where the machine has none); deleting both is safe. Why so: docs/decisions, 0006.
"""

from __future__ import print_function

import contextlib
import glob
import hashlib
import os
import shutil
import subprocess
import sys
import threading

USAGE = """Allies: the governance record of a co-production group.

  python3 run.py demo [--port N] [--no-open]   show the record with an invented example group
  python3 run.py test [pytest arguments]       run the tests
  python3 run.py manage COMMAND ...            run a command of manage.py ("manage help" lists them)

The first start makes what it needs in the folder .venv and takes a minute or two;
later starts take about a second."""

OLDEST = (3, 12)
NEWEST_TRIED = (3, 14)
FETCHED = "3.13"

ROOT = os.path.dirname(os.path.realpath(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
TOOLS = os.path.join(ROOT, ".venv-tools")
LOG = os.path.join(TOOLS, "last.log")
STAMP = os.path.join(VENV, "allies-ready")
WINDOWS = os.name == "nt"
PROGRAMS = "Scripts" if WINDOWS else "bin"
SUFFIX = ".exe" if WINDOWS else ""
VENV_PYTHON = os.path.join(VENV, PROGRAMS, "python" + SUFFIX)

RUNTIME = "requirements.txt"
DEVELOPMENT = "requirements-dev.txt"  # holds all of requirements.txt and the tools besides

GET_PYTHON = (
    "Install Python 3.12 or newer from python.org or with your system's packages, then start this again."
)

# Where Pythons lie that are not on PATH. `~` is the home folder; the newest of a pattern comes first.
PLACES = (
    os.path.join(TOOLS, "python", "cpython-3.*", "bin", "python3"),
    os.path.join(TOOLS, "python", "cpython-3.*", "python.exe"),
    os.path.join(os.environ.get("PYENV_ROOT") or "~/.pyenv", "versions", "3.*", "bin", "python3"),
    "~/.pyenv/pyenv-win/versions/3.*/python.exe",
    "~/.local/share/uv/python/cpython-3.*/bin/python3",
    "~/.local/share/mise/installs/python/3.*/bin/python3",
    "~/.asdf/installs/python/3.*/bin/python3",
    "~/.local/bin/python3.*",
    "/usr/local/bin/python3.*",
    "/usr/bin/python3.*",
    "/opt/homebrew/bin/python3.*",
    "/opt/python*/bin/python3.*",
    "/Library/Frameworks/Python.framework/Versions/3.*/bin/python3",
    "~/AppData/Local/Programs/Python/Python3*/python.exe",
    "C:/Program Files/Python3*/python.exe",
)

# What a Python says about itself. A virtual environment's Python names the one it was made from, for .venv
# may not lean on an environment that can be deleted. Debian may leave ensurepip out; few packages come for a
# build without the GIL.
QUESTION = """
import os, sys, sysconfig
from platform import python_implementation
try:
    import ensurepip, venv
    whole = not sysconfig.get_config_var("Py_GIL_DISABLED")
except ImportError:
    whole = False
base = getattr(sys, "_base_executable", None) or sys.executable
path = base if os.path.exists(base) else sys.executable
print("%s %d %d %d %s" % ((python_implementation(),) + sys.version_info[:2] + (whole, path)))
"""


class Refusal(Exception):
    """Something that cannot be done, as a sentence for the person at the keyboard."""


class Python(object):
    """A Python that answered: its path, its version as (3, 13), whether it can make an environment alone."""

    def __init__(self, path, version, whole):
        self.path = path
        self.version = version
        self.whole = whole


def say(sentence):
    """Tell the person something; on stderr, for stdout belongs to the command that is run."""
    print(sentence, file=sys.stderr)
    sys.stderr.flush()


# ---- Running other programs


def surroundings(**more):
    """What programs we start find around them, without what bends a Python or sends packages elsewhere."""
    environment = dict(os.environ)
    for name in ("PYTHONHOME", "__PYVENV_LAUNCHER__", "PIP_TARGET", "PIP_PREFIX", "PIP_ROOT"):
        environment.pop(name, None)
    environment.setdefault("PYTHONUTF8", "1")
    environment.update(more)
    return environment


def answer(command):
    """What a program prints, or None when it cannot be started, fails, or takes more than twenty seconds."""
    with open(os.devnull, "r+b") as nothing:
        try:
            child = subprocess.Popen(
                command, stdin=nothing, stdout=subprocess.PIPE, stderr=nothing, env=surroundings()
            )
        except EnvironmentError:
            return None
        alarm = threading.Timer(20, child.kill)
        alarm.start()
        try:
            printed = child.communicate()[0]
        finally:
            alarm.cancel()
    return printed.decode("utf-8", "replace").strip() if child.returncode == 0 else None


def worked(command, **more):
    """Run one step of the preparation, its words going to the log; True when it succeeded.

    The step inherits the lock (see `one_at_a_time`), so that nothing else starts while it still writes.
    """
    with open(LOG, "ab") as log, open(os.devnull, "rb") as nothing:
        try:
            code = subprocess.call(
                command, stdin=nothing, stdout=log, stderr=log, env=surroundings(**more), close_fds=False
            )
        except EnvironmentError as problem:
            log.write(("%s: %s\n" % (command[0], problem.strerror)).encode("utf-8", "replace"))
            return False
    return code == 0


def logged():
    """What the steps of this start have said so far."""
    try:
        with open(LOG, "rb") as log:
            return log.read().decode("utf-8", "replace")
    except EnvironmentError:
        return ""


# ---- Finding a Python


def on_path(name):
    """Every program of this name on PATH, in order: the first may be a shim that only fails."""
    folders = os.environ.get("PATH", "").split(os.pathsep)
    found = [os.path.join(folder, name + SUFFIX) for folder in folders if folder]
    return [path for path in found if os.path.isfile(path) and os.access(path, os.X_OK)]


def possible_pythons():
    """Commands that may start a Python, the likeliest first. None is believed before it has answered."""
    if sys.executable:
        yield [sys.executable]
    versions = ["%d.%d" % (3, minor) for minor in range(NEWEST_TRIED[1], OLDEST[1] - 1, -1)]
    for version in versions:
        for path in on_path("python" + version):
            yield [path]
    if WINDOWS:
        for option in ["-" + version for version in versions] + ["-3"]:
            yield ["py", option]
    for name in ("python3", "python"):
        for path in on_path(name):
            yield [path]
    for place in PLACES:
        for path in sorted(glob.glob(os.path.expanduser(place)), reverse=True):
            yield [path]


def ask(command):
    """The Python that a command starts, or None when it starts none (a shim, another program)."""
    words = (answer(command + ["-I", "-c", QUESTION]) or "").split("\n")[-1].split(" ", 4)
    if len(words) != 5 or words[0] != "CPython":
        return None
    return Python(words[4].strip(), (int(words[1]), int(words[2])), words[3] == "1")


def usable_pythons():
    """Pythons from 3.12 on: whole ones first, then those with something missing, then a fetched one."""
    seen, lesser = set(), []
    for command in possible_pythons():
        python = ask(command)
        if python is None or python.version < OLDEST or os.path.realpath(python.path) in seen:
            continue
        seen.add(os.path.realpath(python.path))
        if python.whole and python.version <= NEWEST_TRIED:
            yield python
        else:
            lesser.append(python)
    for python in lesser:
        yield python
    yield fetched_python(lesser)


def fetched_python(lesser):
    """Fetch a Python with uv into our own folder; raises Refusal when that cannot be done.

    Takes the Pythons that were found and would not do, for these are nearer to being mended.
    """
    say("No Python 3.12 or newer was found that can be used. Trying to fetch one, for this folder alone ...")
    uv = uv_here() or uv_fetched()
    folder = os.path.join(TOOLS, "python")
    where = {"UV_PYTHON_INSTALL_DIR": folder, "UV_PYTHON_INSTALL_BIN": "0"}
    if uv and worked([uv, "python", "install", FETCHED], **where):
        for place in PLACES[:2]:
            for path in glob.glob(place):
                python = ask([path])
                if python and python.version >= OLDEST:
                    return python
    if lesser:
        raise Refusal(
            "Python %d.%d is here, but not what it needs to make an environment, and no other could be fetched.\n"
            "On Debian and Ubuntu the package python3-venv adds it. Or: %s"
            % (lesser[0].version + (GET_PYTHON,))
        )
    raise Refusal(
        "Allies needs Python 3.12 or newer. None was found on this machine that can be used, and none could "
        "be fetched (is there a network?).\n" + GET_PYTHON
    )


def uv_here():
    """The uv that is already on this machine, or None."""
    usual = [os.path.expanduser(place + SUFFIX) for place in ("~/.local/bin/uv", "~/.cargo/bin/uv")]
    for path in on_path("uv") + usual + glob.glob(os.path.join(TOOLS, "uv*", "[bS]*", "uv" + SUFFIX)):
        if answer([path, "--version"]):
            return path
    return None


def uv_fetched():
    """Fetch uv with whichever pip there is, into our own folder, not among the system's packages; or None."""
    others = on_path("python3") + on_path("python")
    for command in [[sys.executable]] + [[path] for path in others]:
        target = os.path.join(TOOLS, "uv")
        if worked(
            command + ["-m", "pip", "install", "--quiet", "--no-input", "--target", target, "uv"],
            PIP_REQUIRE_VIRTUALENV="0",
        ):
            break
        # A Python without pip may still make an environment that has it.
        alone = os.path.join(TOOLS, "uv-environment")
        inside = os.path.join(alone, PROGRAMS, "python" + SUFFIX)
        if worked(command + ["-m", "venv", alone]) and worked([inside, "-m", "pip", "install", "-q", "uv"]):
            break
    return uv_here()


# ---- Making the environment


def digest(data):
    """A short name for some bytes, the same on every machine."""
    return hashlib.sha256(data).hexdigest()


def location():
    """Where the environment lies. Its programs hold this path, so a moved folder needs a new one."""
    return digest(VENV if isinstance(VENV, bytes) else os.fsencode(VENV))


def content(requirements):
    """What the requirements file of this name holds now."""
    with open(os.path.join(ROOT, requirements), "rb") as pinned:
        return digest(pinned.read().replace(b"\r\n", b"\n"))


def read_stamp():
    """What the last preparation wrote down: None when there is none, {} when it did not finish."""
    try:
        with open(STAMP) as stamp:
            return dict(line.split() for line in stamp if len(line.split()) == 2)
    except EnvironmentError:
        return None


def write_stamp(facts):
    """Write down what the environment holds, whole or not at all."""
    with open(STAMP + ".new", "w") as stamp:
        stamp.write("".join("%s %s\n" % fact for fact in sorted(facts.items())))
    (os.replace if hasattr(os, "replace") else os.rename)(STAMP + ".new", STAMP)


def environment_version():
    """The version of the environment's Python as "3.13", or None when it is too old or does not start."""
    python = ask([VENV_PYTHON]) if os.path.exists(VENV_PYTHON) else None
    return "%d.%d" % python.version if python and python.version >= OLDEST else None


def is_sound(stamp):
    """Whether the environment can be built upon: finished, and with the Python and in the place it was made.

    One without a stamp was made by a developer's own hand: it is kept when it has pip.
    """
    version = environment_version()
    if stamp is None:
        return version is not None and answer([VENV_PYTHON, "-I", "-m", "pip", "--version"]) is not None
    return version is not None and stamp.get("location") == location() and stamp.get("python") == version


def is_ready(requirements):
    """Whether the environment holds just what the requirements file of this name asks for now."""
    stamp = read_stamp()
    return bool(stamp) and stamp.get(requirements) == content(requirements) and is_sound(stamp)


@contextlib.contextmanager
def one_at_a_time():
    """Hold the lock of this folder. A start that is killed leaves it to the step it began, till that ends."""
    if not os.path.isdir(TOOLS):
        try:
            os.makedirs(TOOLS)
        except EnvironmentError:
            if not os.path.isdir(TOOLS):
                raise
    with open(os.path.join(TOOLS, "lock"), "a+") as lock:
        if WINDOWS:
            import msvcrt

            lock.seek(0)
            while True:
                try:
                    msvcrt.locking(lock.fileno(), msvcrt.LK_LOCK, 1)
                    break
                except EnvironmentError:  # it gives up after ten seconds; we do not
                    continue
        else:
            import fcntl

            if hasattr(os, "set_inheritable"):
                os.set_inheritable(lock.fileno(), True)
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except EnvironmentError:
                say("Another start is preparing this folder; waiting for it ...")
                fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def prepare(requirements):
    """Make the environment hold what the requirements file asks for; raises Refusal when it cannot."""
    if is_ready(requirements):
        return
    with one_at_a_time():
        if is_ready(requirements):
            return
        open(LOG, "wb").close()
        if not is_sound(read_stamp()):
            make_environment()
        write_stamp({})
        say("Installing the packages ...")
        install(requirements)
        held = [RUNTIME, DEVELOPMENT] if requirements == DEVELOPMENT else [RUNTIME]
        write_stamp(
            dict([(name, content(name)) for name in held], location=location(), python=environment_version())
        )


def make_environment():
    """Make .venv anew with the first Python that can; raises Refusal when none can."""
    for python in usable_pythons():
        clear_environment()
        say("Making an environment with Python %d.%d in .venv ..." % python.version)
        os.mkdir(VENV)
        write_stamp({})
        if filled(python):
            return
    raise Refusal("No Python on this machine can make a virtual environment.\n" + GET_PYTHON)


def clear_environment():
    """Take away what is left of an earlier environment."""
    if not os.path.lexists(VENV):
        return
    if os.path.islink(VENV) or not os.path.isdir(VENV):
        raise Refusal("Here .venv is not a folder, so it is left alone. Move it away, then start this again.")
    try:
        shutil.rmtree(VENV)
    except EnvironmentError as problem:
        raise Refusal(
            "The old folder .venv could not be removed (%s).\n"
            "Close what still uses it, delete it, then start this again." % problem.strerror
        )


def filled(python):
    """Make an environment with pip in the empty .venv, in whichever way works here; False when none does."""
    start = [python.path, "-I", "-m"]
    if python.whole and worked(start + ["venv", VENV]):
        return True
    uv = uv_here()
    ways = [
        [
            start + ["venv", "--without-pip", VENV],
            start + ["pip", "--python", VENV_PYTHON, "install", "pip"],
        ],
        [[uv, "venv", "--seed", "--allow-existing", "--python", python.path, VENV]] if uv else [],
        [start + ["virtualenv", VENV]],
    ]
    ways += [[[path, "--python", python.path, VENV]] for path in on_path("virtualenv")]
    return any(steps and all(worked(step) for step in steps) and is_sound(None) for steps in ways)


def install(requirements):
    """Install the pinned set, as the person's own pip settings say; raises Refusal when it cannot."""
    pip = [VENV_PYTHON, "-I", "-m", "pip", "--disable-pip-version-check", "--no-input", "install"]
    if worked(pip + ["--quiet", "--no-user", "--require-hashes", "-r", os.path.join(ROOT, requirements)]):
        return
    said = logged()
    signs = ("onnection", "Retrying", "resolution", "No matching distribution", "timed out")
    if "DO NOT MATCH THE HASHES" in said:
        reason = (
            "a package is not the one that was pinned (its hash differs).\nTry again; if it stays, report it."
        )
    elif "No space left" in said:
        reason = "the disk is full.\nMake some room, then start this again."
    elif any(sign in said for sign in signs):
        reason = (
            "the package index could not be reached, or does not have them.\n"
            "Connect to the internet, then start this again."
        )
    else:
        reason = "pip stopped with: %s" % (said.strip().split("\n") or [""])[-1]
    raise Refusal("The packages could not be installed: %s\n(All that was said is in %s)" % (reason, LOG))


# ---- What can be asked for


def hand_over(arguments, **more):
    """Become the environment's Python with these arguments: input, output and exit code are its own."""
    command, environment = [VENV_PYTHON] + arguments, surroundings(**more)
    if not WINDOWS:
        os.execve(VENV_PYTHON, command, environment)
    child = subprocess.Popen(command, env=environment)
    while True:
        try:
            return child.wait()
        except KeyboardInterrupt:  # the child got it too and decides how to end
            continue


def run(command, arguments):
    """Prepare for one of our commands and hand over to it; gives the exit code where handing over returns."""
    manage = os.path.join(ROOT, "manage.py")
    if command == "test":
        prepare(DEVELOPMENT)
        os.chdir(ROOT)
        return hand_over(["-m", "pytest"] + arguments)
    prepare(RUNTIME)
    if command == "demo":
        quiet = {"DJANGO_RUNSERVER_HIDE_WARNING": "true"}  # it is this person alone who looks
        return hand_over([manage, "demo"] + arguments, ALLIES_DEMO="1", **quiet)
    return hand_over([manage] + arguments)


def main(arguments):
    """Do what was asked; gives the exit code: 1 with a plain sentence when it cannot be done."""
    if not arguments or arguments[0] in ("-h", "--help", "help"):
        print(USAGE)
        return 0
    if arguments[0] not in ("demo", "test", "manage"):
        say('"%s" is not something run.py can do.\n\n%s' % (arguments[0], USAGE))
        return 2
    try:
        return run(arguments[0], arguments[1:])
    except Refusal as refusal:
        say(str(refusal))
    except EnvironmentError as problem:
        say("This could not go on: %s (%s)." % (problem.strerror, problem.filename or ROOT))
    except KeyboardInterrupt:
        say("\nStopped.")
        return 130
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
