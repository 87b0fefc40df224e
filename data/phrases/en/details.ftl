# What the shop knows of a product.

details-line = { $label }: { $value }
