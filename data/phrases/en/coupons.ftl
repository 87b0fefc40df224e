coupon-title = { $discount } off { $scope }
coupon-title-any = { $discount } off selected products
coupon-ends = Until { $day }
