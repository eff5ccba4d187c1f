"""Invoices whose orders are no longer told of keep their numbers"""

import sqlalchemy as sa
from alembic import op

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None

ORDER_ID = sa.String(length=36)


def _invoices(*, nullable: bool) -> sa.Table:
    # SQLite makes the table anew; read from the database it would be read with all to which it leads
    return sa.Table(
        'invoices', sa.MetaData(),
        sa.Column('id', sa.String(length=36), nullable=False),
        sa.Column('order_id', ORDER_ID, nullable=nullable),
        sa.Column('year', sa.Integer(), nullable=False),
        sa.Column('number', sa.Integer(), nullable=False),
        sa.Column('issued_at', sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(['order_id'], ['orders.id'], name=op.f('fk_invoices_order_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_invoices')),
        sa.UniqueConstraint('order_id', name=op.f('uq_invoices_order_id')),
        sa.UniqueConstraint('year', 'number', name=op.f('uq_invoices_year_number')),
    )


def upgrade() -> None:
    with op.batch_alter_table('invoices', copy_from=_invoices(nullable=False)) as batch_op:
        batch_op.alter_column('order_id', existing_type=ORDER_ID, nullable=True)


def downgrade() -> None:
    op.execute('DELETE FROM invoices WHERE order_id IS NULL')
    with op.batch_alter_table('invoices', copy_from=_invoices(nullable=True)) as batch_op:
        batch_op.alter_column('order_id', existing_type=ORDER_ID, nullable=False)
