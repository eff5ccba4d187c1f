"""Every table, imported here so that `Base.metadata` knows them all."""

from support.models import agents, conversations, loyalty, shop
from support.models.base import Base

__all__ = ["Base", "agents", "conversations", "loyalty", "shop"]
