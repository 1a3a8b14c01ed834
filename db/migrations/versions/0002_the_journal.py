"""The journal: what every write changed, entry by entry.

Revision 0002, after 0001. What stands in the database becomes the first entry (tracker.store.migrate).
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "journal_entry",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("command", sa.String(), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("undoes", sa.Integer(), nullable=True),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("seal", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_journal_entry")),
    )
    op.create_table(
        "journal_row",
        sa.Column("entry", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("table_name", sa.String(), nullable=False),
        sa.Column("row_key", sa.String(), nullable=False),
        sa.Column(
            "operation",
            sa.Enum(
                "insert",
                "update",
                "delete",
                "erase",
                name="operation",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("ref", sa.String(), nullable=True),
        sa.Column("payload", sa.String(), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["entry"], ["journal_entry.number"], name=op.f("fk_journal_row__entry")),
        sa.PrimaryKeyConstraint("entry", "position", name=op.f("pk_journal_row")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_journal_row__table_name_row_key", "journal_row", ["table_name", "row_key", "entry"], unique=False
    )
    op.create_index(op.f("ix_journal_row__ref"), "journal_row", ["ref"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_journal_row__ref"), table_name="journal_row")
    op.drop_index("ix_journal_row__table_name_row_key", table_name="journal_row")
    op.drop_table("journal_row")
    op.drop_table("journal_entry")
