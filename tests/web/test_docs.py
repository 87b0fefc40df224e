"""The documentation names what there is."""

import re

from shop.settings import PROJECT_ROOT
from web.api import operations

PAGE = (PROJECT_ROOT / "docs" / "api.md").read_text()


def test_every_operation_stands_on_the_page() -> None:
    for operation in operations():
        path = re.sub(r"<(\w+)(:[^>]*)?>", r"{\1}", operation.path)
        assert re.search(rf"`{operation.method} {re.escape(path)}[?`]", PAGE), operation.path


def test_every_field_of_every_body_and_query_stands_on_the_page() -> None:
    for operation in operations():
        for model in filter(None, (operation.body, operation.query)):
            for name in model.model_fields:
                assert re.search(rf"\b{name}\b", PAGE), (operation.path, name)


def test_the_page_names_no_operation_that_is_not_there() -> None:
    named = set(re.findall(r"\| `(GET|POST|PATCH|DELETE) ([^`?]+)", PAGE))
    served = {(o.method, re.sub(r"<(\w+)(:[^>]*)?>", r"{\1}", o.path)) for o in operations()}
    assert named == served
