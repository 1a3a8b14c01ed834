"""What a machine does to a program: kills it, runs out of disk, fails to write, loses power, lets others in.

``python -m faults`` runs a reduced form of everything in some minutes, ``--full`` the whole. Needs Linux; the checks
that break single calls need strace. Each check prints its figures; the program ends with 1 on any violation.
"""
