"""What shells make of command lines when the tabulator key is pressed, each in a terminal of its own.

usage: complete.py SHELL PROGRAM LINE...

For each LINE the shell's line behind the key is printed between << and >>. Only the standard library
is needed; SHELL is bash, zsh or fish.
"""
import os
import pty
import re
import select
import shutil
import signal
import sys
import tempfile
import time

# The key ^T prints the line as the shell has it.
SETUP = {
    "bash": """PS1='ready> '; bind 'set enable-bracketed-paste off'; bind 'set bell-style none'
source <(dpo-prep completions bash)
bind -x '"\\C-t": printf "<<%s>>\\n" "$READLINE_LINE"'
""",
    "zsh": """PS1='ready> '; unsetopt beep prompt_cr prompt_sp; autoload -U compinit; compinit -u -D
source <(dpo-prep completions zsh); bindkey '^I' complete-word
dump() { print -r -- "<<$BUFFER>>" }; zle -N dump; bindkey '^T' dump
""",
    "fish": """function fish_prompt; echo 'ready> '; end; function fish_greeting; end
set -g fish_autosuggestion_enabled 0; dpo-prep completions fish | source
bind \\ct 'printf "<<%s>>\\n" (commandline)'
""",
}
START = {"bash": ["--norc", "--noprofile", "-i"], "zsh": ["-f", "-i"], "fish": ["--no-config", "-i"]}


class Shell:
    """A shell in a terminal."""

    def __init__(self, name, program):
        folder = tempfile.mkdtemp()
        os.symlink(program, folder + "/dpo-prep")
        self.folder = folder
        self.process, self.terminal = pty.fork()
        if self.process == 0:
            os.environ.update(PATH=f"{folder}:{os.environ['PATH']}", TERM="xterm", LC_ALL="C.UTF-8",
                              HOME=folder, LINES="50", COLUMNS="200")
            os.execvp(name, [name] + START[name])
        self.text = b""

    def type(self, text):
        os.write(self.terminal, text.encode())

    def wait(self, pattern, seconds):
        """Waits for a text and takes everything up to its end; None where it does not come."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if found := re.search(pattern.encode(), self.text, re.S):
                self.text = self.text[found.end():]
                return found[1] if found.groups() else found[0]
            if select.select([self.terminal], [], [], 0.1)[0]:
                try:
                    self.text += os.read(self.terminal, 1 << 16)
                except OSError:
                    return None
        return None

    def line(self, typed):
        """The shell's line once it has been completed, which a slow machine may take a while for."""
        self.type(typed)
        self.type("\t")
        last, same = None, 0
        while same < 3:
            time.sleep(0.5)
            self.type("\x14")
            line = self.wait("<<([^\r\n]*)>>", 30)
            if line is None:
                return None
            same = same + 1 if line == last else 0
            last = line
        return last.decode()

    def end(self):
        os.close(self.terminal)
        os.kill(self.process, signal.SIGKILL)
        os.waitpid(self.process, 0)
        shutil.rmtree(self.folder)


def main(name, program, *lines):
    for line in lines:
        shell = Shell(name, program)
        try:
            for command in SETUP[name].splitlines():
                shell.type(command + "\n")
            shell.type("echo s''et up\n")
            if shell.wait("set up", 60) is None:
                print("the shell did not start", file=sys.stderr)
                return 1
            print(f"<<{shell.line(line)}>>", flush=True)
        finally:
            shell.end()
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
