# Amounts of money.

money-about = about { $price }

error-unknown-currency = I have no rate for that currency.
