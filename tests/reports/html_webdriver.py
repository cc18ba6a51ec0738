"""Enough of the W3C WebDriver protocol to drive headless Chromium, on the standard library alone."""
import json
import os
import re
import select
import shutil
import subprocess
import tempfile
import time
import unittest
import urllib.request

ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
KEYS = {"Tab": "\ue004", "Enter": "\ue007", "Down": "\ue015", "Up": "\ue013", "Home": "\ue011", "End": "\ue010",
        "Space": " "}
QUIET = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
         "--disable-background-networking", "--disable-component-update", "--disable-sync", "--hide-scrollbars",
         "--force-prefers-reduced-motion"]


def until(look, content, what, seconds=10):
    """What look() gives, as soon as content() accepts it."""
    deadline = time.monotonic() + seconds
    while not content(seen := look()):
        if time.monotonic() > deadline:
            raise AssertionError(f"not within {seconds} s: {what}; last seen: {seen}")
    return seen


def available():
    return shutil.which("chromedriver") and (shutil.which("chromium") or shutil.which("google-chrome"))


class Browser:
    """A browser of its own, with a fresh profile. Use as a context manager."""

    def __init__(self, width=1280, height=1000, script=True):
        self.profile = tempfile.TemporaryDirectory(prefix="edgesurvey-browser-", ignore_cleanup_errors=True)
        self.driver = subprocess.Popen(["chromedriver", "--port=0"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        try:
            self.base = f"http://127.0.0.1:{self._port()}"
            options = {"args": QUIET + [f"--user-data-dir={self.profile.name}", f"--window-size={width},{height}"]}
            if not script:
                options["prefs"] = {"profile.managed_default_content_settings.javascript": 2}
            asked = {"capabilities": {"alwaysMatch": {"goog:chromeOptions": options,
                                                      "goog:loggingPrefs": {"browser": "ALL"}}}}
            self.base += "/session/" + self.ask("POST", "/session", asked)["sessionId"]
            self.devtools("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1,
                          mobile=False)
        except BaseException:
            self._stop()
            raise

    def _port(self):
        deadline, said = time.monotonic() + 20, b""
        while select.select([self.driver.stdout], [], [], max(0, deadline - time.monotonic()))[0]:
            # Not readline(): it takes all lines that came at once, and select() then waits for more than that.
            some = os.read(self.driver.stdout.fileno(), 4096)
            said += some
            if port := re.search(rb"successfully on port (\d+)\.", said):
                return int(port[1])
            if not some:
                break
        raise RuntimeError(f"chromedriver did not start; it said {said.decode(errors='replace')!r}")

    def _stop(self):
        self.driver.terminate()
        self.driver.wait()
        self.driver.stdout.close()
        self.profile.cleanup()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        try:
            self.ask("DELETE", "")
        finally:
            self._stop()

    def ask(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.base + path, data, {"Content-Type": "application/json"}, method=method)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            raise RuntimeError(error.read().decode()[:500]) from None

    def open(self, url):
        self.ask("POST", "/url", {"url": url})

    def run(self, script, *arguments):
        return self.ask("POST", "/execute/sync", {"script": script, "args": list(arguments)})

    def run_async(self, script, *arguments):
        return self.ask("POST", "/execute/async", {"script": script, "args": list(arguments)})

    def click(self, css):
        self.ask("POST", f"/element/{self._find(css)}/click", {})

    def type(self, css, text):
        self.ask("POST", f"/element/{self._find(css)}/value", {"text": text})

    def clear(self, css):
        self.run("const e = document.querySelector(arguments[0]); e.value = '';"
                 "e.dispatchEvent(new Event('input', {bubbles: true}))", css)

    def press(self, *names):
        """Real key presses, to whatever has the focus."""
        actions = [{"type": kind, "value": KEYS[name]} for name in names for kind in ("keyDown", "keyUp")]
        self.ask("POST", "/actions", {"actions": [{"type": "key", "id": "keyboard", "actions": actions}]})

    def wait_for(self, condition, seconds=10):
        """Until the JavaScript expression is true."""
        until(lambda: self.run(f"return Boolean({condition})"), bool, condition, seconds)

    def devtools(self, command, **parameters):
        return self.ask("POST", "/goog/cdp/execute", {"cmd": command, "params": parameters})

    def complaints(self):
        """What the console said: errors, and what the page's policy refused."""
        return [entry["message"] for entry in self.ask("POST", "/se/log", {"type": "browser"})]

    def _find(self, css):
        return self.ask("POST", "/element", {"using": "css selector", "value": css})[ELEMENT]


def needed():
    if not available():
        raise unittest.SkipTest("chromium and chromium-driver are not installed: the page was not opened")
