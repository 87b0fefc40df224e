coupon-title = { $scope }立减 { $discount }
coupon-title-any = 指定商品立减 { $discount }
coupon-ends = 有效期至 { $day }
