# Why a card is shown. Short: they stand on the card.

reason-bought-often-days = { $days ->
    [1] You buy this nearly every day
   *[other] You buy this about every { $days } days
}
reason-bought-often-weeks = { $weeks ->
    [1] You buy this about every week
   *[other] You buy this about every { $weeks } weeks
}
reason-bought-often-months = { $months ->
    [1] You buy this about every month
   *[other] You buy this about every { $months } months
}
reason-bought-often = { $times ->
    [1] You bought this before
    [2] You bought this twice
   *[other] You bought this { $times } times
}
reason-last-time = { $bought }, last { $ago }
reason-ago-days = { $days ->
    [0] today
    [1] yesterday
   *[other] { $days } days ago
}
reason-ago-weeks = { $weeks ->
    [1] a week ago
   *[other] { $weeks } weeks ago
}
reason-ago-months = { $months ->
    [1] a month ago
   *[other] { $months } months ago
}
reason-new-week = New this week
reason-new-month = New this month
reason-new = New in the shop
reason-bought-with = Often bought with what you buy
reason-bought-with-item = Often bought with { $item }
reason-bought-after = Often bought soon after what you bought last
reason-bought-after-item = Often bought soon after { $item }
reason-similar-to = Similar to what you buy
reason-similar-to-item = Similar to { $item }
reason-promoted = Promoted by the shop
reason-popular = Popular right now
reason-popular-item = Popular right now
reason-popular-early = Others have bought it already
reason-profile = Popular with households like yours
reason-profile-item = Popular with households like yours
reason-favourite-category = You often buy { $category }
reason-session = Goes with what you just looked at
reason-session-item = You just looked at { $item }

# Only in answers to "why this?".
reason-search = It matches “{ $text }”
reason-none = It fits what you asked for
reason-personalisation-paused = Your purchases were not used: you paused personal suggestions
