"""What CUDA has, with stand-ins for the driver and the libraries, some of which crash."""

from __future__ import annotations

import ctypes
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic

import pytest

from toolkit.transcribe import cuda, cuda_probe
from toolkit.transcribe.cuda import Cuda, find_cuda, load_cublas, packaged, wanted_cublas

linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the stand-ins are libraries of Linux")
Compile = Callable[..., Path]

DRIVER = """
#include <stdlib.h>
#include <unistd.h>
int cuInit(unsigned flags) { %s; return %d; }
int cuDeviceGetCount(int *count) { *count = %d; return 0; }
"""


@pytest.fixture
def compiled(tmp_path: Path) -> Compile:
    """Compile C into a shared library of some name."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None:
        pytest.skip("no C compiler to make stand-ins with")

    def make(source: str, path: str, *options: str) -> Path:
        target = tmp_path / path
        target.parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "source.c").write_text(source, encoding="utf-8")
        command = [compiler, "-shared", "-fPIC", "-o", str(target), str(tmp_path / "source.c"), *options]
        subprocess.run(command, check=True, capture_output=True)
        return target

    return make


@pytest.fixture(autouse=True)
def asked_anew() -> Iterator[None]:
    for each in (find_cuda, load_cublas):
        each.cache_clear()
    yield
    for each in (find_cuda, load_cublas):
        each.cache_clear()


@pytest.fixture
def fake_nvidia(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that Python takes for that of NVIDIA's packages."""
    folder = tmp_path / "site" / "nvidia"
    folder.mkdir(parents=True)
    monkeypatch.syspath_prepend(str(folder.parent))
    monkeypatch.delitem(sys.modules, "nvidia", raising=False)
    return folder


def answer(code: str) -> Cuda:
    return cuda._read_answer([sys.executable, "-c", code])


def says(document: object) -> Cuda:
    return answer(f"print({json.dumps(document)!r})")


@linux
@pytest.mark.parametrize(
    ("does", "code", "gpus", "told"),
    [
        ("abort()", 0, 1, "asking NVIDIA's driver crashed (SIGABRT)"),
        ("*(volatile int *)8 = 1", 0, 1, "asking NVIDIA's driver crashed (SIGSEGV)"),
        ("_exit(9)", 0, 1, "asking NVIDIA's driver crashed (exit code 9)"),
        ("", 100, 0, "NVIDIA's driver sees no GPU"),
        ("", 0, 0, "NVIDIA's driver sees no GPU"),
        ("", 803, 0, "NVIDIA's driver was updated and needs a restart of the machine"),
        ("", 999, 0, "NVIDIA's driver fails with error 999"),
        ("sleep(60)", 0, 1, "NVIDIA's driver did not answer in 2 s"),
    ],
)
def test_a_driver_that_fails_or_crashes_is_a_message(
    compiled: Compile,
    monkeypatch: pytest.MonkeyPatch,
    does: str,
    code: int,
    gpus: int,
    told: str,
) -> None:
    driver = compiled(DRIVER % (does, code, gpus), "libcuda.so.1")
    monkeypatch.setenv("LD_LIBRARY_PATH", str(driver.parent))
    monkeypatch.setattr(cuda, "PATIENCE", 2)
    found = find_cuda()
    assert (found.problem, found.compute_types) == (told, ())
    assert found.absent == ("sees no GPU" in told)


@linux
def test_where_the_driver_sees_a_gpu_ctranslate2_is_asked(compiled: Compile, monkeypatch: pytest.MonkeyPatch) -> None:
    driver = compiled(DRIVER % ("", 0, 1), "libcuda.so.1")
    monkeypatch.setenv("LD_LIBRARY_PATH", str(driver.parent))
    assert find_cuda().problem.startswith("CTranslate2 ")


def test_a_child_that_aborts_is_a_message() -> None:
    found = answer("import os; os.abort()")
    assert found.problem.startswith("asking NVIDIA's driver crashed (")
    assert not found.absent


@pytest.mark.parametrize("code", ["", "print('[1]')", "print('{\"compute_types\": [1]}')"])
def test_a_child_that_talks_nonsense_is_a_message(code: str) -> None:
    assert answer(code).problem == "NVIDIA's driver cannot be asked: no answer"


def test_a_python_that_cannot_be_started_is_a_message(tmp_path: Path) -> None:
    assert cuda._read_answer([str(tmp_path / "none")]).problem.startswith("NVIDIA's driver cannot be asked")


def test_what_the_child_says_is_understood() -> None:
    kinds = ["float16", "int8"]
    assert says({"compute_types": [kinds, kinds]}) == Cuda((frozenset(kinds),) * 2)
    none = says({"problem": cuda_probe.NO_DRIVER})
    assert (none.problem, none.absent) == (cuda_probe.NO_DRIVER, True)
    old = says({"problem": "CTranslate2 cannot use the GPU: CUDA driver version is insufficient"})
    assert (old.absent, old.fix) == (False, "see that 'nvidia-smi' works")


def test_the_driver_is_asked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[object] = []

    def ask(command: list[str]) -> Cuda:
        calls.append(command)
        return Cuda(problem="none")

    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(cuda, "_read_answer", ask)
    assert find_cuda() is find_cuda()
    assert len(calls) == 1


def test_a_mac_has_no_cuda(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    assert find_cuda().absent


@linux
def test_without_a_driver_the_answer_comes_quickly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing heavy is loaded: an import of CTranslate2 alone would take as long again."""
    assert cuda_probe.ask_driver("libno_such_driver.so.1") == cuda_probe.NO_DRIVER
    blocked = "import sys; sys.modules['ctranslate2'] = None; sys.argv = ['x']; "
    code = f"{blocked}import runpy; runpy.run_path({cuda_probe.__file__!r}, run_name='__main__')"
    monkeypatch.setenv("LD_LIBRARY_PATH", str(tmp_path))
    began = monotonic()
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert monotonic() - began < 5
    assert "ctranslate2" not in done.stdout.lower()


@linux
def test_the_library_of_pips_package_is_loaded_by_its_path(
    compiled: Compile, fake_nvidia: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Afterwards the bare name is found, which it is not before; the cublasLt beside it is loaded first."""
    name = "libcublas.so.77"
    monkeypatch.setattr(cuda, "wanted_cublas", lambda: name)
    with pytest.raises(OSError, match="cannot open shared object"):
        ctypes.CDLL(name)
    inner = "site/nvidia/cublas/lib"
    lt = compiled("int lt(void) { return 7; }", f"{inner}/libcublasLt.so.77", "-Wl,-soname,libcublasLt.so.77")
    whole = "int lt(void); int seven(void) { return lt(); }"
    compiled(whole, f"{inner}/{name}", f"-Wl,-soname,{name}", f"-L{lt.parent}", "-l:libcublasLt.so.77")
    assert load_cublas() == ""
    assert ctypes.CDLL(name).seven() == 7


def test_a_library_that_is_nowhere_is_a_message(fake_nvidia: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cuda, "wanted_cublas", lambda: "libcublas.so.78")
    assert load_cublas() == "libcublas.so.78 is not found or cannot be loaded"
    broken = fake_nvidia / "cublas" / "lib" / "libcublas.so.78"
    broken.parent.mkdir(parents=True)
    broken.write_bytes(b"no library")
    load_cublas.cache_clear()
    assert list(packaged("libcublas.so.78")) == [broken]
    assert load_cublas() != ""


@pytest.mark.parametrize(
    "place", ["cublas/lib/libcublas.so.12", "cu13/lib/libcublas.so.13", "cu13/bin/x86_64/cublas64_13.dll"]
)
def test_packages_keep_their_libraries_in_several_places(fake_nvidia: Path, place: str) -> None:
    path = fake_nvidia / place
    path.parent.mkdir(parents=True)
    path.touch()
    assert list(packaged(path.name)) == [path]


def test_on_windows_the_folder_of_the_library_is_searched(fake_nvidia: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = fake_nvidia / "cublas" / "bin" / "cublas64_12.dll"
    path.parent.mkdir(parents=True)
    for name in ("cublas64_12.dll", "cublasLt64_12.dll"):
        (path.parent / name).touch()
    folders: list[str] = []
    loaded: list[str] = []
    monkeypatch.setattr(cuda.os, "add_dll_directory", folders.append, raising=False)
    monkeypatch.setattr(cuda.ctypes, "CDLL", lambda library, **_: loaded.append(Path(library).name))
    monkeypatch.setattr(cuda, "wanted_cublas", lambda: path.name)
    assert load_cublas() == ""
    assert (folders, loaded) == ([str(path.parent)], ["cublasLt64_12.dll", "cublas64_12.dll"])


def test_the_name_of_the_library_is_read_from_ctranslate2(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert re.fullmatch(r"libcublas\.so\.\d+|cublas64_\d+\.dll", wanted_cublas())
    home = tmp_path / "ctranslate2" / "__init__.py"
    (tmp_path / "ctranslate2.libs").mkdir()
    library = tmp_path / "ctranslate2.libs" / "libctranslate2-1.so.9"

    class Found:
        origin = str(home)

    monkeypatch.setattr(cuda, "find_spec", lambda _: Found)
    for data, name in ((b"..libcublas.so.13\0..", "libcublas.so.13"), (b"..cublas64_13.dll", "cublas64_13.dll")):
        library.write_bytes(data)
        assert wanted_cublas() == name
    library.write_bytes(b"nothing")
    assert wanted_cublas() == cuda.CUBLAS
