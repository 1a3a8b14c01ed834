"""Alembic's environment: the connection comes from ``tracker.store.migrate``, which also holds the transaction."""

from alembic import context

from tracker.models.tables import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_as_batch=True,
    transactional_ddl=True,
    compare_type=True,
)
context.run_migrations()
