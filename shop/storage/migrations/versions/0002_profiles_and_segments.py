"""profiles and segments

Revision: 0002
Follows: 0001
"""

import sqlalchemy as sa
from alembic import op

from shop.storage.tables import Json

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("events", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_events_item_id_kind"), ["item_id", "kind"], unique=False)

    op.create_table(
        "segmentations",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("computed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("norms", Json, nullable=False),
        sa.Column("report", Json, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_segmentations")),
    )
    with op.batch_alter_table("segmentations", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_segmentations_computed_at"), ["computed_at"], unique=False)

    op.create_table(
        "segments",
        sa.Column("segmentation_id", sa.Text(), nullable=False),
        sa.Column("label", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("traits", Json, nullable=False),
        sa.Column("figures", Json, nullable=False),
        sa.ForeignKeyConstraint(
            ["segmentation_id"],
            ["segmentations.id"],
            name=op.f("fk_segments_segmentation_id_segmentations"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("segmentation_id", "label", name=op.f("pk_segments")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "shopper_profiles",
        sa.Column("shopper_id", sa.Text(), nullable=False),
        sa.Column("segmentation_id", sa.Text(), nullable=False),
        sa.Column("segment", sa.Integer(), nullable=True),
        sa.Column("recency_days", sa.Float(), nullable=False),
        sa.Column("orders", sa.Integer(), nullable=False),
        sa.Column("spent_minor", sa.BigInteger(), nullable=False),
        sa.Column("recency_score", sa.Integer(), nullable=False),
        sa.Column("frequency_score", sa.Integer(), nullable=False),
        sa.Column("monetary_score", sa.Integer(), nullable=False),
        sa.Column("every_days", sa.Float(), nullable=False),
        sa.Column("overdue", sa.Float(), nullable=False),
        sa.Column("high_value", sa.Boolean(), nullable=False),
        sa.Column("lapsing", sa.Boolean(), nullable=False),
        sa.Column("discounted", sa.Float(), nullable=False),
        sa.Column("price_level", sa.Float(), nullable=False),
        sa.Column("buys", sa.Float(), nullable=False),
        sa.Column("buys_categories", Json, nullable=False),
        sa.ForeignKeyConstraint(
            ["shopper_id"],
            ["shoppers.id"],
            name=op.f("fk_shopper_profiles_shopper_id_shoppers"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["segmentation_id"],
            ["segmentations.id"],
            name=op.f("fk_shopper_profiles_segmentation_id_segmentations"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("shopper_id", name=op.f("pk_shopper_profiles")),
    )
    with op.batch_alter_table("shopper_profiles", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_shopper_profiles_segmentation_id_segment"),
            ["segmentation_id", "segment"],
            unique=False,
        )


def downgrade() -> None:
    with op.batch_alter_table("events", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_events_item_id_kind"))

    with op.batch_alter_table("shopper_profiles", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_shopper_profiles_segmentation_id_segment"))

    op.drop_table("shopper_profiles")
    op.drop_table("segments")
    with op.batch_alter_table("segmentations", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_segmentations_computed_at"))

    op.drop_table("segmentations")
