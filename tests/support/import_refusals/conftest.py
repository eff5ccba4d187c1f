"""Folders with something wrong in them."""

import pytest

from tests.support.import_folders import SHOP, put, wrongs


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "shop"


@pytest.fixture
def refused(database, folder, rules):
    """What is wrong with the shop after tables were replaced, or, as (table, old, new), changed."""

    async def refuse(*changes, **tables):
        shop = SHOP | tables
        for table, old, new in changes:
            assert old in shop[table]
            shop[table] = shop[table].replace(old, new)
        return await wrongs(database, put(folder, **shop), rules)

    return refuse
