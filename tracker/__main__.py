"""``python -m tracker`` and the ``tracker`` command."""

import gc

gc.disable()  # what is loaded stays to the end: to look for garbage in it is a tenth of what a short command takes

from tracker.cli.app import main as run  # noqa: E402


def main() -> None:
    """Run the command line; garbage is looked for from now on, in what the command itself makes."""
    gc.freeze()
    gc.enable()
    run()


if __name__ == "__main__":
    main()
