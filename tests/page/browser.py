"""Chromium, controlled by its DevTools protocol over two pipes: keys, window sizes, and requests to the network."""

import json
import os
import select
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, Self

CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "chrome"))), None
)

_START = """
import fcntl, os, sys
pipes = [fcntl.fcntl(int(each), fcntl.F_DUPFD, 20) for each in sys.argv[1:3]]
for pipe, number in zip(pipes, (3, 4)):
    os.dup2(pipe, number)
os.execv(sys.argv[3], sys.argv[3:])
"""
"""Starts a browser with its pipes where it looks for them."""

_CLOCK = """{
    const Own = Date, ahead = %d - Own.now();
    Date = class extends Own {
        constructor(...parts) { if (parts.length) super(...parts); else super(Own.now() + ahead); }
        static now() { return Own.now() + ahead; }
    };
}"""
"""Lets a page begin at a time in milliseconds, as tests do."""

PATIENCE = 30  # seconds until a browser that says nothing is given up

DRAWN = "document.querySelector('#screen .row') !== null"
"""What is true of a page once it has asked for what it keeps."""

KEYS = {"Tab": 9, "Enter": 13, " ": 32, "ArrowDown": 40}


class Browser:
    """A page in a browser without a window; a context, at whose end it is over."""

    def __init__(self, folder: Path) -> None:
        self.events: list[dict[str, Any]] = []
        self._folder = folder
        self._count = 0
        self._session = ""
        self._heard = b""

    def __enter__(self) -> Self:
        read, self._to = os.pipe()
        self._from, write = os.pipe()
        options = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run")
        own = ("--remote-debugging-pipe", f"--user-data-dir={self._folder}", "about:blank")
        self._process = subprocess.Popen(
            [sys.executable, "-c", _START, str(read), str(write), str(CHROMIUM), *options, *own],
            pass_fds=(read, write),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(read)
        os.close(write)
        try:
            target = self.call("Target.createTarget", url="about:blank")["targetId"]
            self._session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
            for domain in ("Page", "Network", "Log", "Runtime"):
                self.call(f"{domain}.enable")
            self.call("Page.setLifecycleEventsEnabled", enabled=True)
            self.call("Page.addScriptToEvaluateOnNewDocument", source=_CLOCK % (1000 * time.time()))
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *failure: object) -> None:
        self._process.kill()
        self._process.wait()
        os.close(self._to)
        os.close(self._from)

    def call(self, method: str, **values: Any) -> Any:
        """Have it do something, and give what comes back."""
        self._count += 1
        asked = {"id": self._count, "method": method, "params": values}
        if self._session:
            asked["sessionId"] = self._session
        os.write(self._to, json.dumps(asked).encode() + b"\0")
        while True:
            answer = self._next()
            if answer.get("id") == self._count:
                assert "error" not in answer, (method, answer)
                return answer["result"]
            self.events.append(answer)

    def _next(self) -> dict[str, Any]:
        """Give the next thing that it says; raises OSError where it says nothing more."""
        while b"\0" not in self._heard:
            ready, _, _ = select.select([self._from], [], [], PATIENCE)
            heard = os.read(self._from, 1 << 16) if ready else b""
            if not heard:
                raise BrokenPipeError
            self._heard += heard
        first, _, self._heard = self._heard.partition(b"\0")
        answer: dict[str, Any] = json.loads(first)
        return answer

    def open(
        self, address: str, width: int, scheme: str = "light", *, touch: bool = False, anew: bool = True
    ) -> None:
        """Open an address in a window of this width, with or without a touch screen; ``anew`` without anything stored."""
        if anew:
            self._load(address)
            self.look("localStorage.clear()")
            self.events.clear()
        self.call(
            "Emulation.setDeviceMetricsOverride", width=width, height=640, deviceScaleFactor=1, mobile=touch
        )
        self.call("Emulation.setTouchEmulationEnabled", enabled=touch)
        self.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
        self._load(address)
        if anew:
            # A tab keeps 50 entries, and drops some of a test's own when those of the tests before fill it.
            self.call("Page.resetNavigationHistory")

    def _load(self, address: str) -> None:
        """Go to an address, and wait until the page has drawn itself."""
        loader = self.call("Page.navigate", url=address)["loaderId"]
        while not any(
            each["loaderId"] == loader and each["name"] == "load"
            for each in self._told("Page.lifecycleEvent")
        ):
            self.events.append(self._next())
        until = time.monotonic() + PATIENCE
        while not self.look(DRAWN):
            assert time.monotonic() < until, self.complaints()
            time.sleep(0.005)

    def look(self, expression: str) -> Any:
        """Give the value of an expression in the page; of a promise, what comes of it."""
        found = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in found, found
        return found["result"].get("value")

    def press(self, key: str) -> None:
        """Press a key."""
        text = {"Enter": "\r", " ": " "}.get(key, "")
        values = {"key": key, "code": "Space" if key == " " else key, "windowsVirtualKeyCode": KEYS[key]}
        self.call("Input.dispatchKeyEvent", type="keyDown" if text else "rawKeyDown", text=text, **values)
        self.call("Input.dispatchKeyEvent", type="keyUp", **values)

    def point(self, element: str, *, touch: bool) -> None:
        """Tap or click the middle of an element. Nothing may cover it."""
        x, y = self.look(
            f"(element => {{ element.scrollIntoView({{ block: 'center' }}); const box = element.getBoundingClientRect();"
            " const at = [box.x + box.width / 2, box.y + box.height / 2];"
            f" return element.contains(document.elementFromPoint(...at)) && at; }})({element})"
        )
        if touch:
            self.call("Input.dispatchTouchEvent", type="touchStart", touchPoints=[{"x": x, "y": y}])
            self.call("Input.dispatchTouchEvent", type="touchEnd", touchPoints=[])
        else:
            for kind in ("mousePressed", "mouseReleased"):
                self.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    def type(self, words: str) -> None:
        """Type words."""
        self.call("Input.insertText", text=words)

    def asked_for(self) -> list[str]:
        """List the addresses that the page requested, without requests that its policy blocked."""
        refused = {
            each["requestId"]
            for each in self._told("Network.loadingFailed")
            if each.get("blockedReason") == "csp"
        }
        sent = self._told("Network.requestWillBeSent")
        return [each["request"]["url"] for each in sent if each["requestId"] not in refused]

    def complaints(self) -> list[str]:
        """List what it wrote on its console, and what failed."""
        names = ("Log.entryAdded", "Runtime.exceptionThrown", "Runtime.consoleAPICalled")
        return [str(each) for name in names for each in self._told(name)]

    def _told(self, method: str) -> list[dict[str, Any]]:
        return [each["params"] for each in self.events if each.get("method") == method]
