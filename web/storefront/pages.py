"""Pages to look around: home, departments, products, search."""

from sanic import Blueprint, HTTPResponse

from shop import catalogue, recommendations
from shop.catalogue import Group, Product
from shop.context import Shop
from shop.currencies import in_own_currency
from shop.errors import NotFound
from shop.wishes import Wish
from web.guard import MAX_CHARACTERS
from web.kinds import AnyRequest
from web.services import services
from web.storefront.render import page
from web.storefront.shelves import Shelf, shelf, stocked
from web.storefront.visitors import Visitor, visitor_of
from web.threads import in_thread

ON_A_SHELF = 10
ON_A_PAGE = 30

pages = Blueprint("storefront_pages")


@pages.get("/")
async def home(request: AnyRequest) -> HTTPResponse:
    """What suits this visitor, what they buy again, what is new, what everybody buys."""
    shop, visitor = services(request).shop, visitor_of(request)
    shelves = await in_thread(home_shelves, shop, visitor)
    return await page(request, "home.html", shelves=shelves)


@pages.get("/browse")
async def browse(request: AnyRequest) -> HTTPResponse:
    """A department or one of its categories."""
    shop, visitor = services(request).shop, visitor_of(request)
    department, category = request.args.get("department", ""), request.args.get("category")
    here, groups, found = await in_thread(department_of, shop, visitor, department, category)
    return await page(
        request, "browse.html", department=here, categories=groups, category=category, found=found
    )


@pages.get("/search")
async def search(request: AnyRequest) -> HTTPResponse:
    """What matches the words in the search box."""
    shop, visitor = services(request).shop, visitor_of(request)
    text = request.args.get("q", "").strip()[:MAX_CHARACTERS]
    found = await in_thread(search_shelf, shop, visitor, text) if text else None
    return await page(request, "search.html", text=text, found=found)


@pages.get("/product/<item_id:str>", unquote=True)
async def product(request: AnyRequest, item_id: str) -> HTTPResponse:
    """One product, what is like it and what goes with it."""
    shop, visitor = services(request).shop, visitor_of(request)
    item, names, shelves = await in_thread(product_shelves, shop, visitor, item_id)
    return await page(
        request, "product.html", item=item, names=names, shelves=shelves, slate=request.args.get("slate")
    )


def home_shelves(shop: Shop, visitor: Visitor) -> list[Shelf]:
    """The shelves of the home page; what stands on one of them is not suggested on the next."""
    audience = in_own_currency(shop, visitor.audience("home"))

    def novelties(*others: Shelf | None) -> Shelf | None:
        wish = _not_on(*others)
        return shelf("new", lambda: recommendations.new_products(shop, audience, wish, ON_A_SHELF), said=2)

    bestsellers = shelf("bestsellers", lambda: recommendations.bestsellers(shop, audience, n=ON_A_SHELF))
    if visitor.shopper_id is None:
        more = shelf(
            "discover", lambda: recommendations.recommend(shop, audience, _not_on(bestsellers), ON_A_SHELF)
        )
        return stocked(bestsellers, novelties(bestsellers, more), more)
    again = shelf("again", lambda: recommendations.buy_again(shop, audience, ON_A_SHELF, asked=False))
    new = shelf("for-you", lambda: recommendations.recommend(shop, audience, _not_on(again), ON_A_SHELF))
    return stocked(again, new, novelties(again, new), bestsellers)


def _not_on(*others: Shelf | None) -> Wish:
    return Wish(exclude=frozenset(item["item_id"] for other in stocked(*others) for item in other.items))


def department_of(
    shop: Shop, visitor: Visitor, department: str, category: str | None
) -> tuple[Group, list[Group], Shelf | None]:
    """The department, its categories, and what stands there.

    Raises:
        NotFound: no such department, or no such category in it.
    """
    groups = catalogue.categories(shop, department, visitor.locale)
    here = next(g for g in catalogue.departments(shop, visitor.locale) if g.value == department)
    if category is not None and category not in {group.value for group in groups}:
        raise NotFound("no such category", field="category")
    wish = Wish(department=department, category=category)
    audience = in_own_currency(shop, visitor.audience("browse"))
    found = shelf("browse", lambda: recommendations.search(shop, audience, wish, n=ON_A_PAGE))
    return here, groups, found


def search_shelf(shop: Shop, visitor: Visitor, text: str) -> Shelf | None:
    """What matches, as a slate."""
    audience = in_own_currency(shop, visitor.audience("search"))
    return shelf("search", lambda: recommendations.search(shop, audience, Wish(text=text), n=ON_A_PAGE))


def product_shelves(
    shop: Shop, visitor: Visitor, item_id: str
) -> tuple[Product, dict[str, str], list[Shelf]]:
    """The product, the names of where it stands, and the shelves below it.

    Raises:
        NotFound: the shop does not sell it.
    """
    item = catalogue.product(shop, item_id, visitor.locale)
    audience = in_own_currency(shop, visitor.audience("product"))
    names = catalogue.group_names(shop, item, visitor.locale)
    shelves = stocked(
        shelf("goes-with", lambda: recommendations.goes_with(shop, audience, [item_id], n=ON_A_SHELF)),
        shelf("similar", lambda: recommendations.similar(shop, audience, item_id, n=ON_A_SHELF)),
    )
    return item, names, shelves
