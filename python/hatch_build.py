"""Puts the program into wheels, and its sources into source archives."""
import os
import shutil
import subprocess
import sysconfig
import tempfile
from pathlib import Path

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

# What the program is built from; Package.swift names tests and benchmarks too.
SOURCES = ["Package.swift", "Sources", "Tests", "Benchmarks", "scripts/lib.sh", "scripts/setup.sh",
           "scripts/older_glibc.c", "scripts/static-program.sh", "LICENSE"]


class ProgramHook(BuildHookInterface):
    PLUGIN_NAME = "custom"

    def initialize(self, version, build_data):
        here = Path(self.root)
        # In a source archive the sources of the program are beside this file.
        top = here if (here / "Package.swift").exists() else here.parent
        if self.target_name == "sdist":
            for name in SOURCES:
                build_data["force_include"][str(top / name)] = name
            return
        if version == "editable":
            return
        program = os.environ.get("DPO_PREP_PROGRAM") or build(top)
        build_data["force_include"][program] = "dpo_prep/bin/dpo-prep"
        # The licences of the libraries in the program, which ask to go where it goes.
        build_data["force_include"][str(Path(program).with_name("NOTICES"))] = "dpo_prep/NOTICES"
        self.shared = tempfile.mkdtemp()
        build_data["shared_data"].update(shared_files(program, Path(self.shared)))
        build_data["pure_python"] = False
        # The program belongs to a system, not to a version of Python.
        platform = sysconfig.get_platform().replace("-", "_").replace(".", "_")
        build_data["tag"] = f"py3-none-{platform}"

    def finalize(self, version, build_data, artifact_path):
        if hasattr(self, "shared"):
            shutil.rmtree(self.shared)


def shared_files(program, folder):
    """Manual pages and completions, which the program writes: where they are, and where they go."""
    subprocess.run([program, "man", str(folder)], check=True)
    places = {str(page): f"share/man/man1/{page.name}" for page in folder.iterdir()}
    for shell, place in [
        ("bash", "share/bash-completion/completions/dpo-prep"),
        ("zsh", "share/zsh/site-functions/_dpo-prep"),
        ("fish", "share/fish/vendor_completions.d/dpo-prep.fish"),
    ]:
        script = folder / shell
        with script.open("wb") as file:
            subprocess.run([program, "completions", shell], check=True, stdout=file)
        places[str(script)] = place
    return places


def build(top):
    """Builds the program from its sources, and gives its path."""
    if shutil.which("swift") is None:
        raise SystemExit(
            "dpo-prep: there is no wheel for this system, and no 'swift' to build one with.\n"
            "  Needed are Linux, the Swift toolchain 6.2 or newer\n"
            "  (https://www.swift.org/install/), and C libraries with their headers, which\n"
            "  scripts/setup.sh in the source archive installs on Debian and Ubuntu.")
    result = subprocess.run(
        [str(top / "scripts/static-program.sh")], check=True, stdout=subprocess.PIPE, text=True)
    return result.stdout.strip().splitlines()[-1]
