"""Indexes along which the listings are read: by the day, in the order in which they print.

Revision 0005, after 0004.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_OPEN = "done_text IS NULL AND waived_text IS NULL"


def upgrade() -> None:
    op.drop_index("ix_activity__status_on_upper", table_name="activity")
    op.drop_index("ix_standing__status_from_day", table_name="standing")
    _partly(
        "ix_activity__open",
        "activity",
        [sa.text("coalesce(until_upper, on_upper)")],
        "status IN ('planned', 'postponed')",
    )
    op.create_index("ix_standing__status_to_day", "standing", ["status", "to_day"])
    _partly("ix_milestone__between", "milestone", ["warn_day"], "warn_day < on_day")
    _partly("ix_occurrence__between", "occurrence", ["warn_on"], f"warn_on < due_on AND {_OPEN}")
    _partly("ix_occurrence__done_lower", "occurrence", ["done_lower", "warn_on"], "done_lower IS NOT NULL")
    _partly("ix_occurrence__waived_lower", "occurrence", ["waived_lower", "warn_on"], "waived_lower IS NOT NULL")


def downgrade() -> None:
    op.drop_index("ix_occurrence__waived_lower", table_name="occurrence")
    op.drop_index("ix_occurrence__done_lower", table_name="occurrence")
    op.drop_index("ix_occurrence__between", table_name="occurrence")
    op.drop_index("ix_milestone__between", table_name="milestone")
    op.drop_index("ix_standing__status_to_day", table_name="standing")
    op.drop_index("ix_activity__open", table_name="activity")
    op.create_index("ix_standing__status_from_day", "standing", ["status", "from_day"])
    op.create_index("ix_activity__status_on_upper", "activity", ["status", "on_upper"])


def _partly(name: str, table: str, columns: list, where: str) -> None:
    op.create_index(name, table, columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where))
