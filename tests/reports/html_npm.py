"""The judges that only npm has (html_judges/package.json and the like), installed once into the build folder."""
import functools
import json
import pathlib
import shutil
import subprocess
import unittest

HERE = pathlib.Path(__file__).resolve().parent


@functools.cache
def judges(folder, which="html_judges"):
    """The node_modules folder below `folder`; skips the calling test where there is no npm or no registry."""
    wanted = (HERE / which / "package.json").read_text()
    names = " and ".join(json.loads(wanted)["devDependencies"])
    if not shutil.which("npm") or not shutil.which("node"):
        raise unittest.SkipTest(f"npm is not installed: {names} were not asked")
    folder = pathlib.Path(folder)
    modules = folder / "node_modules"
    copy = folder / "package.json"
    if modules.is_dir() and copy.is_file() and copy.read_text() == wanted:
        return modules
    folder.mkdir(parents=True, exist_ok=True)
    copy.write_text(wanted)
    command = ["npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=45)
    except subprocess.TimeoutExpired:
        done = None
    if done is None or done.returncode != 0:
        copy.unlink()  # so that the next run tries again
        said = "no answer in 45 s" if done is None else done.stderr.strip()[-300:]
        raise unittest.SkipTest(f"npm could not install {names}: {said}")
    return modules
