# What is known of a shopper, as the shopper reads it; and where each fact comes from.

profile-pace-days = { $days ->
    [1] You order nearly every day
   *[other] You order about every { $days } days
}
profile-pace-weeks = { $weeks ->
    [1] You order about every week
   *[other] You order about every { $weeks } weeks
}
profile-pace-months = { $months ->
    [1] You order about every month
   *[other] You order about every { $months } months
}
profile-basket = An order of yours comes to about { $amount }
profile-lapsing = You have stayed away for longer than usual
profile-category = { $compared ->
    [yes] You buy { $category } more than others do
   *[no] You often buy { $category }
}
profile-brand = { $compared ->
    [yes] You choose { $brand } more than others do
   *[no] You often choose { $brand }
}
profile-discount = { $compared ->
    [yes] { $share } of what you buy is discounted ({ $usual } is usual)
   *[no] { $share } of what you buy is discounted
}
profile-price = { $level ->
    [premium] You choose dearer products of a kind
    [budget] You choose cheaper products of a kind
   *[average] You choose products at usual prices
}
profile-item-days = { $days ->
    [1] { $item }: nearly every day
   *[other] { $item }: about every { $days } days
}
profile-item-weeks = { $weeks ->
    [1] { $item }: about every week
   *[other] { $item }: about every { $weeks } weeks
}
profile-item-months = { $months ->
    [1] { $item }: about every month
   *[other] { $item }: about every { $months } months
}
profile-due = { $rhythm }, next around { $day }
profile-due-now = { $rhythm }, due now
profile-segment = You shop like { $others } others: { $habits }
profile-buys = We expect an order within { $days } days with a chance of { $share }
profile-life-stage = { $stage ->
    [student] Stage of life: student
    [family] Stage of life: children at home
    [young] Stage of life: young adult
    [older] Stage of life: older adult
   *[middle] Stage of life: middle-aged adult
}
profile-known = { $name ->
    [age] Age: { $value }
    [gender] Gender: { $value }
    [income] Household income: { $value }
    [home] Home: { $value }
    [marital_status] Marital status: { $value }
    [household_size] People in the household: { $value }
    [household] Household: { $value }
    [kids] Children: { $value }
    [occupation] Occupation: { $value }
   *[other] { $name }: { $value }
}
profile-favourite = { $item } is a favourite of yours
profile-dismiss = You do not want to be shown { $item }
profile-consent = { $granted ->
    [yes] You agreed to { $purpose ->
        [personalisation] personal suggestions
        [promotions] offers from us
       *[analytics] statistics
    }
   *[no] { $purpose ->
        [personalisation] You paused personal suggestions
        [promotions] You do not want offers from us
       *[analytics] You did not agree to statistics
    }
}
profile-paused = Personal suggestions are paused: your orders are not looked at

profile-source-orders = { $orders ->
    [1] from your order of { $first }
   *[other] from your { $orders } orders between { $first } and { $last }
}
profile-source-told = you told us
profile-source-survey = survey
profile-source-computed = computed from all shoppers' orders on { $last }

profile-avoid = Not shown to you unasked: { $label }
profile-avoid-group = Not shown to you unasked: { $label }
profile-gift = { $label } was a gift, so it does not count
profile-gift-order = Order { $label } was a gift, so it does not count
profile-viewed = You looked at { $item }
profile-in-cart = { $item } is in your cart
profile-name = Your name: { $value }
profile-email = Your e-mail address: { $value }
profile-source-visit = from this visit
