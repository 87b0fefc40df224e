# Products side by side.

compare-row-price = Price
compare-row-unit-price = Price for the same amount
compare-row-size = Size
compare-row-brand = Brand
compare-row-category = Category
compare-row-kind = Kind
compare-row-stock = Stock
compare-row-fits = Fits what you asked for
compare-row-fits-text = Fits “{ $text }”
compare-row-rating = Rating
compare-row-popularity = Popularity
compare-row-bought = You so far

compare-price-was = { $price }, before { $was }
compare-per-oz = { $price } an ounce
compare-per-100g = { $price } per 100 g
compare-per-fl-oz = { $price } a fluid ounce
compare-per-100ml = { $price } per 100 ml
compare-per-piece = { $price } each
compare-per-roll = { $price } a roll
compare-per-bag = { $price } a bag
compare-per-sheet = { $price } a sheet
compare-per-load = { $price } a load
compare-per-use = { $price } a use
compare-per-stem = { $price } a stem
compare-per-pack = { $price } a pack
compare-stock = In stock
compare-stock-few = { $count ->
    [1] The last one
   *[other] Only { $count } left
}
compare-stock-none = Out of stock
compare-yes = Yes
compare-no = No
compare-rating = { $count ->
    [1] { $stars } of 5, one rating
   *[other] { $stars } of 5, { $count } ratings
}
compare-rank = { $rank ->
    [1] Bestseller in { $category }
   *[other] No. { $rank } in { $category }
}
compare-rank-none = Hardly bought so far
compare-bought-never = You have not bought this yet
compare-suits = { $item } suits you more

error-compare-too-few = Please choose at least two products to compare.
error-compare-too-many = Please choose at most four products to compare.
error-compare-twice = That is the same product twice.

storefront-compare = Side by side
storefront-compare-these = Compare with the first of these
storefront-compare-better = (better)

# The telling difference, in chat.
compare-tell-price = { $item } costs less: { $value } against { $against }.
compare-tell-unit-price = { $item } gives you more for your money: { $value } against { $against }.
compare-tell-unit-price-though = For the same amount, though, { $item } is the better buy: { $value } against { $against }.
compare-tell-both = { $one } { $other }
compare-tell-property = They cost the same. { $label }: { $values }.
compare-tell-list = { $one } and { $other }
compare-tell-alike = As far as I can see they are alike, in price too.
