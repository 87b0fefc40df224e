# What shoppers read about their own data: the profile in chat, the receipt of an erasure, the account page.

rights-fact-bare = • { $text }
rights-fact = { $count ->
    [1] • { $text } ({ $source })
   *[other] • { $text }
      ({ $source })
}
rights-more = … and { $count ->
    [1] one thing more
   *[other] { $count } more
} on the page “My data”
rights-part = { $part ->
    [conversations] { $count ->
        [1] 1 message of your chats
       *[other] { $count } messages of your chats
    }
    [profile] { $count ->
        [1] 1 entry of your profile and settings
       *[other] { $count } entries of your profile and settings
    }
    [cart] { $count ->
        [1] 1 line of your cart
       *[other] { $count } lines of your cart
    }
    [offers] { $count ->
        [1] 1 campaign or coupon
       *[other] { $count } campaigns and coupons
    }
    [account] { $count ->
        [1] 1 entry of your account (name, address)
       *[other] { $count } entries of your account (name, addresses)
    }
    [orders] { $count ->
        [1] 1 order
       *[other] { $count } orders
    }
    [log] { $count ->
        [1] 1 click or look at a product
       *[other] { $count } clicks and looks at products
    }
    [audit] { $count ->
        [1] 1 line of the audit trail
       *[other] { $count } lines of the audit trail
    }
    [trackers] { $count ->
        [1] 1 entry of the assistant's memory
       *[other] { $count } entries of the assistant's memory
    }
    [logs] { $count ->
        [1] 1 mark in technical logs
       *[other] { $count } marks in technical logs
    }
   *[imports] { $count ->
        [1] 1 row that an import had set aside
       *[other] { $count } rows that an import had set aside
    }
}
rights-list-and = { $first }; { $second }
rights-nothing = nothing
rights-download = Download my data (JSON)
rights-receipt = Done. Receipt { $number }, { $moment }. Deleted: { $deleted }. Kept without you: { $kept }.
rights-receipt-open = Your data is gone from the shop. The rest of the clean-up is still under way; receipt { $number } will show when it is finished.
rights-receipt-afterwards = You are logged out now, and we begin as strangers.

storefront-my-data = My data
storefront-my-data-lead = What this shop knows about you, where it comes from, and what you can do about it.
storefront-my-data-visit = You are not logged in, so this is only about this visit.
storefront-my-data-facts = What we know
storefront-my-data-no-facts = Nothing yet.
storefront-my-data-take-back = Take back
storefront-my-data-personal = Personal suggestions
storefront-my-data-personal-on = On: suggestions are made from what you buy and look at here.
storefront-my-data-personal-off = Paused: your orders are not looked at, and no profile of you is computed.
storefront-my-data-pause = Pause
storefront-my-data-resume = Switch on again
storefront-my-data-copy = A copy
storefront-my-data-copy-more = Everything we hold on you as one file in JSON, for you to keep or to take elsewhere.
storefront-my-data-download = Download
storefront-my-data-erase = Delete
storefront-my-data-erase-more = Deletes your chats, profile, settings, cart, coupons and account. Orders stay in the books without your name, as the law demands; clicks stay as bare numbers. This cannot be undone.
storefront-my-data-erase-what = That would be: { $what }.
storefront-my-data-erase-sure = Yes, I want all of this deleted
storefront-my-data-erase-now = Delete everything
storefront-receipt = Receipt of a deletion
storefront-receipt-number = Number { $number }
storefront-receipt-began = Asked for: { $moment }
storefront-receipt-ended = Finished: { $moment }
storefront-receipt-open = Still under way; look again in a moment.
storefront-receipt-deleted = Deleted: { $what }
storefront-receipt-kept = Kept without you: { $what }
storefront-receipt-keep = Keep the number: it proves the deletion and names nobody.
