from products_made import Shop
from toex.work.products import queries, actions

def test_smoke(unit, people):
    shop = Shop(unit, people)
    v = shop.drafted()
    k = queries.kept(v)
    v = shop.disseminated()
    print(v.state, v.digest)
    v2 = shop.do(actions.renew, version=v)
    shop.work()
    print(shop.fresh(v2).state)
    assert 0
