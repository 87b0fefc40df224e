# What the shop knows of a product, a line each.

details-price = Price: { $value }
details-unit-price = That is { $value }
details-size = Size: { $value }
details-brand = Brand: { $value }
details-category = Category: { $value }
details-kind = Kind: { $value }
details-stock = Stock: { $value }
details-rating = Rating: { $value }
details-popularity = Popularity: { $value }
details-bought = { $value }
