"""ONNX Runtime, which judges what is speech, reports to nobody: Zimu uses the network only where it is asked to.

From version 1.29 on its wheels for Linux and macOS, and later ones for Windows, send events to Microsoft over HTTPS
unless they are told not to. They begin as the library is loaded, with an identifier and a database under
``Microsoft/DeveloperTools`` in the user's cache; its ``disable_telemetry_events`` comes too late for both.
"""

from __future__ import annotations

import os


def switch_off() -> None:
    """Have ONNX Runtime collect, keep and send nothing; to be called before whatever loads it.

    This holds for the whole process and for those that it starts. Without effect once the library is loaded.
    """
    os.putenv("ORT_DISABLE_TELEMETRY", "1")  # the variable of its Privacy.md; it is read from C, not from os.environ
