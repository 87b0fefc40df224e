# What a shopper asked for beyond the thing itself, and how to let go of it.

wish-and = { $one }, { $other }
wish-price-max = { $price } or less
wish-price-min = { $price } or more
wish-bigger = bigger
wish-smaller = smaller
wish-reduced = on sale
wish-other-brand = another brand
wish-words = { $word }
wish-without = no { $word }

wish-limit-price = the price limit
wish-limit-size = the size
wish-limit-reduced = the discount
wish-limit-brand = the brand
wish-limit-other-brand = the change of brand
wish-limit-words = “{ $word }”
wish-limit-without = “no { $word }”

wish-way = { $count ->
    [1] Without { $limit } there is one.
   *[other] Without { $limit } there are { $count }.
}
wish-way-many = Without { $limit } there are plenty.

# Buttons.
wish-drop = Without { $limit }
wish-cheaper = Cheaper
wish-bigger-pack = Bigger pack
wish-another-brand = Another brand
wish-more = Show more
wish-undo = Undo
wish-first-two = Compare the first two
