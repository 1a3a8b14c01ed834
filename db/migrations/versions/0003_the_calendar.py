"""What calendars were given, so that a change can be told from a repetition.

Revision 0003, after 0002.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "calendar_entry",
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("agreement", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("revised_at", sa.String(), nullable=False),
        sa.Column("cancelled", sa.Boolean(), nullable=False),
        sa.Column("confidential", sa.Boolean(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_calendar_entry")),
        sa.UniqueConstraint("agreement", "key", name=op.f("uq_calendar_entry__agreement_key")),
    )
    op.create_table(
        "calendar_given",
        sa.Column("calendar", sa.String(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["uid"], ["calendar_entry.uid"], name=op.f("fk_calendar_given__uid"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("calendar", "uid", name=op.f("pk_calendar_given")),
    )
    op.create_index(op.f("ix_calendar_given__uid"), "calendar_given", ["uid"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_calendar_given__uid"), table_name="calendar_given")
    op.drop_table("calendar_given")
    op.drop_table("calendar_entry")
