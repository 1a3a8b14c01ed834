"""``python -m tracker`` and the ``tracker`` command."""

from tracker.cli.app import main

if __name__ == "__main__":
    main()
