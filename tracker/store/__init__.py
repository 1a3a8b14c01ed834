"""Engine, transactions, load and save by noun, the named queries, migrations, kept files."""
