# What sets a group of shoppers apart, for the shop's own people.

segment-description = { $value ->
    [high] High value
    [low] Low value
   *[middle] Middle value
}: { segment-habits }
segment-habits = { $frequency ->
    [often] frequent
    [rarely] infrequent
   *[sometimes] regular
} { $basket ->
    [big] big baskets
    [small] small baskets
   *[medium] baskets
}{ $price ->
    [premium] {" of dearer products"}
    [budget] {" of cheaper products"}
   *[average] {""}
}{ $discount ->
    [often] {", often on discount"}
    [rarely] {", rarely on discount"}
   *[average] {""}
}{ $has_favourite ->
    [yes] {", keen on "}{ $category }
   *[no] {""}
}{ $recency ->
    [away] {", not seen lately"}
   *[other] {""}
}
