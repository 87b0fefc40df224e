"""service requests, addresses and proofs of ownership

Revision: 0006
Follows: 0005
"""

import sqlalchemy as sa
from alembic import op

from shop.storage.tables import Json

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "service_requests",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("order_id", sa.Text(), nullable=False),
        sa.Column("shopper_id", sa.Text(), nullable=True),
        sa.Column("conversation_id", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("lines", Json, nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("wish", sa.Text(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("amount_minor", sa.Integer(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        _reference("service_requests", "order_id", "orders", "CASCADE"),
        _reference("service_requests", "shopper_id", "shoppers", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_requests")),
    )
    _index("service_requests", "order_id")
    _index("service_requests", "shopper_id", "created_at")
    _index("service_requests", "status", "created_at")
    op.create_table(
        "shopper_addresses",
        sa.Column("shopper_id", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        _reference("shopper_addresses", "shopper_id", "shoppers", "CASCADE"),
        sa.PrimaryKeyConstraint("shopper_id", name=op.f("pk_shopper_addresses")),
    )
    op.create_table(
        "order_addresses",
        sa.Column("order_id", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        _reference("order_addresses", "order_id", "orders", "CASCADE"),
        sa.PrimaryKeyConstraint("order_id", name=op.f("pk_order_addresses")),
    )
    op.create_table(
        "order_claims",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("conversation_id", sa.Text(), nullable=False),
        sa.Column("order_id", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        _reference("order_claims", "order_id", "orders", "CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_claims")),
    )
    _index("order_claims", "conversation_id", "created_at")
    _index("order_claims", "order_id")


def _reference(table: str, column: str, other: str, on_delete: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{other}")
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name, ondelete=on_delete)


def _index(table: str, *columns: str) -> None:
    with op.batch_alter_table(table, schema=None) as batch_op:
        batch_op.create_index(batch_op.f(f"ix_{table}_{'_'.join(columns)}"), list(columns), unique=False)


def downgrade() -> None:
    for table in ("order_claims", "order_addresses", "shopper_addresses", "service_requests"):
        op.drop_table(table)
