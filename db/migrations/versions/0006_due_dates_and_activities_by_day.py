"""Indexes along which all due dates and all activities are listed: settled due dates by day, activities by day.

Revision 0006, after 0005.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_SETTLED = sa.text("done_text IS NOT NULL OR waived_text IS NOT NULL")


def upgrade() -> None:
    op.create_index(
        "ix_occurrence__settled",
        "occurrence",
        ["due_on", "id"],
        sqlite_where=_SETTLED,
        postgresql_where=_SETTLED,
    )
    op.create_index("ix_activity__on_lower", "activity", ["on_lower"])


def downgrade() -> None:
    op.drop_index("ix_activity__on_lower", table_name="activity")
    op.drop_index("ix_occurrence__settled", table_name="occurrence")
