"""What things cost, measured side by side: run with ``make bench``, figures in docs/performance.md."""
